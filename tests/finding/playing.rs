//! Who waits for whom, and boxes that are there.

use crate::stand::{BOTH, boxed};
use crate::support::{
    host::Host,
    patch::Patch,
    session::{Player, Session},
};
use std::time::{Duration, Instant};

#[test]
fn a_batch_waits_by_itself_and_is_the_same_every_time() {
    for (name, buffer) in [("codec", 2048), ("delay", 256), ("counter", 64)] {
        let outlets = if name == "counter" { 2 } else { 1 };
        let render = |early: &[&str]| {
            let heard = Session::new(&boxed(name, &format!("forward {buffer}")), 1, outlets)
                .source("noise~")
                .early(early.iter().copied())
                .steps(["enable 1"; 8])
                .step("stats")
                .play(Player::PdBatch);
            let stats = &heard.last().unwrap().told[0];
            assert!(stats.contains(" late 0 dropped 0 "), "{name} {buffer} {early:?}: {stats}");
            heard.into_iter().flat_map(|heard| heard.sound.concat()).collect::<Vec<_>>()
        };
        let exact = render(&["wait 1"]);
        assert!(exact.iter().any(|&s| s != 0.0), "{name}");
        for early in [&[][..], &[], &["wait auto"], &["wait 1"]] {
            assert!(render(early) == exact, "{name} {buffer} {early:?}: not the same");
        }
    }
}

#[test]
fn a_batch_that_is_told_not_to_wait_does_not() {
    let begin = Instant::now();
    // 200 ms of computing for 1.5 ms of sound, and half a second of it.
    let heard = Session::new(&boxed("slow", "forward 64"), 1, 1)
        .early(["wait 1", "set work 1"])
        .step("wait 0\nset work 5000")
        .steps(["enable 1"; 8])
        .step("stats")
        .play(Player::PdBatch);
    let stats: Vec<_> = heard.last().unwrap().told[0].split(' ').collect();
    let late: u64 = stats[stats.iter().position(|&word| word == "late").unwrap() + 1].parse().unwrap();
    assert!(late > 100, "{stats:?}");
    assert!(begin.elapsed() < Duration::from_secs(40), "{:?}", begin.elapsed());
}

#[test]
fn where_workers_are_not_allowed_the_latency_is_one_buffer_less() {
    for player in BOTH {
        for (allowed, latency) in [("1", "latency 448 "), ("0", "latency 192 ")] {
            let heard = Session::new(&boxed("gain", "forward 256"), 1, 1)
                .environment("NN_WORKER", allowed)
                .steps(["latency", "set gain 0.5\nget gain"])
                .play(player);
            assert!(heard[1].told[0].starts_with(latency), "{player:?}: {:?}", heard[1].told);
            assert_eq!(heard[2].told, ["gain 0.5"], "{player:?}");
            assert_eq!(heard[2].level(0), 0.25, "{player:?}");
            let (dry, wet): (Vec<f32>, Vec<f32>) = (heard[0].dry.clone(), heard[0].sound[0].clone());
            let frames: usize = latency.split(' ').nth(1).unwrap().parse().unwrap();
            let (first_in, first_out) =
                (dry.iter().position(|&s| s != 0.0).unwrap(), wet.iter().position(|&s| s != 0.0).unwrap());
            assert_eq!(first_out - first_in, frames, "{player:?}");
        }
    }
}

#[test]
fn messages_are_answered_while_audio_is_off() {
    for (buffer, workers) in [(2048, "1"), (2048, "0"), (0, "1")] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("silent.pd");
        let mut patch = Patch::new();
        let nn = patch.object(&format!("nn~ {}", boxed("gain", &format!("forward {buffer}"))));
        let (control, told) = (patch.object("r control"), patch.object("s told"));
        patch.connect(control, 0, nn, 0);
        patch.connect(nn, 1, told, 0);
        patch.write(&file);
        let mut host = Host::new(1, 1);
        host.environment("NN_WORKER", workers);
        host.line("listen told").line(format!("open \"{}\"", file.display()));
        host.line("message control get gain").line("until 60 told gain 1");
        host.line("message control set gain 0.5")
            .line("message control get gain")
            .line("until 60 told gain 0.5");
        host.line("message control bang").line("until 60 told ratio 1 1");
        assert_eq!(host.run().errors(), Vec::<&str>::new(), "buffer {buffer}, workers {workers}");
    }
}

#[test]
fn boxes_of_one_model_keep_their_own_attributes() {
    for buffer in [256, 0] {
        let folder = tempfile::tempdir().unwrap();
        let (file, recording) = (folder.path().join("two.pd"), folder.path().join("out.raw"));
        let mut patch = Patch::new();
        let source = patch.object("sig~ 0.5");
        for number in 1..=2 {
            let nn = patch.object(&format!("nn~ {}", boxed("gain", &format!("forward {buffer}"))));
            let (control, dac) =
                (patch.object(&format!("r c{number}")), patch.object(&format!("dac~ {number}")));
            patch.connect(source, 0, nn, 0);
            patch.connect(control, 0, nn, 0);
            patch.connect(nn, 0, dac, 0);
        }
        patch.write(&file);
        let mut host = Host::new(0, 2);
        host.line(format!("open \"{}\"", file.display())).line("message c1 wait 1").line("message c2 wait 1");
        host.line("message c2 set gain 0.25").line("dsp 1").line("run 100").line("message c1 set gain 3");
        host.line("run 100").line(format!("output \"{}\"", recording.display())).line("run 1");
        assert_eq!(host.run().errors(), Vec::<&str>::new());
        let sound = crate::support::read_raw(&recording);
        assert_eq!(sound[sound.len() - 2..], [1.5, 0.125], "buffer {buffer}");
    }
}
