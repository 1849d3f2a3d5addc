//! What messages do to the sound of one box.

use crate::support::{
    deinterleave,
    host::Host,
    model,
    patch::{Patch, escaped},
    read_raw,
};
use std::path::Path;

/// A box with `control` and `told`, and its first input and output at the sound card.
fn one_box(folder: &Path, arguments: &str) -> std::path::PathBuf {
    let mut patch = Patch::new();
    let (adc, dac) = (patch.object("adc~ 1"), patch.object("dac~ 1"));
    let nn = patch.object(&format!("nn~ {arguments}"));
    let (control, told) = (patch.object("r control"), patch.object("s told"));
    patch.connect(adc, 0, nn, 0);
    patch.connect(nn, 0, dac, 0);
    patch.connect(control, 0, nn, 0);
    patch.connect(nn, 1, told, 0);
    let file = folder.join("one.pd");
    patch.write(&file);
    file
}

#[test]
fn an_attribute_is_heard_from_the_buffer_in_which_it_was_set() {
    for (buffer, latency) in [(256, 448), (0, 0)] {
        let folder = tempfile::tempdir().unwrap();
        let file = one_box(
            folder.path(),
            &format!("{} forward {buffer}", escaped(&model("gain").display().to_string())),
        );
        let recording = folder.path().join("out.raw");
        let mut host = Host::new(1, 1);
        host.line(format!("open \"{}\"", file.display()))
            .line("message control wait 1")
            .line("dsp 1")
            .line("ramp");
        host.line(format!("output \"{}\"", recording.display()))
            .line("run 40")
            .line("message control set gain 0.5");
        host.line("run 40").line("message control set muted 1").line("run 40");
        assert_eq!(host.run().errors(), Vec::<&str>::new());
        let output = deinterleave(&read_raw(&recording), 1).remove(0);
        for (n, &sample) in output.iter().enumerate().skip(latency) {
            let entered = n - latency;
            let ramp = entered as f32 / 65_536.0;
            let factor = if entered < 40 * 64 {
                1.0
            } else if entered < 80 * 64 {
                0.5
            } else {
                0.0
            };
            assert_eq!(sample, ramp * factor, "buffer {buffer}, sample {n}");
        }
    }
}

#[test]
fn disabled_is_silent_and_enabled_sounds_again() {
    let folder = tempfile::tempdir().unwrap();
    let file =
        one_box(folder.path(), &format!("{} forward 512", escaped(&model("identity").display().to_string())));
    let recording = folder.path().join("out.raw");
    let mut host = Host::new(1, 1);
    host.line(format!("open \"{}\"", file.display()))
        .line("message control wait 1")
        .line("dsp 1")
        .line("noise 1");
    host.line(format!("output \"{}\"", recording.display())).line("run 100").line("message control enable 0");
    host.line("run 100").line("message control enable 1").line("run 100");
    host.run();
    let output = read_raw(&recording);
    let loud = |from: usize, to: usize| output[from * 64..to * 64].iter().any(|&s| s != 0.0);
    assert!(loud(50, 100) && !loud(110, 200) && loud(250, 300));
}

#[test]
fn batch_rendering_is_the_same_from_run_to_run_with_no_late_block() {
    for wait in ["wait 1", "wait auto"] {
        let mut recordings = Vec::new();
        for _ in 0..3 {
            let folder = tempfile::tempdir().unwrap();
            let file = one_box(
                folder.path(),
                &format!("{} forward 2048", escaped(&model("codec").display().to_string())),
            );
            let recording = folder.path().join("out.raw");
            let mut host = Host::new(1, 1);
            host.line("listen told").line(format!("open \"{}\"", file.display()));
            // By itself, waiting for a load begins when the host is known to render offline.
            host.line("message control bang")
                .line("until 60 told loaded 1")
                .line(format!("message control {wait}"));
            host.line("dsp 1")
                .line("noise 5")
                .line(format!("output \"{}\"", recording.display()))
                .line("run 5000");
            host.line("message control stats");
            let transcript = host.run();
            let stats = transcript.after("recv told stats").pop().unwrap().to_owned();
            assert!(stats.contains(" late 0 "), "{wait}: {stats}");
            recordings.push(read_raw(&recording));
        }
        assert!(recordings[0].iter().any(|&s| s != 0.0));
        assert!(recordings.windows(2).all(|pair| pair[0] == pair[1]), "{wait}: not repeatable");
    }
}

#[test]
fn where_workers_are_not_allowed_the_callback_runs_the_model() {
    let mut threads = Vec::new();
    for (allowed, latency) in [("1", 4032), ("0", 1984)] {
        let folder = tempfile::tempdir().unwrap();
        let file = one_box(
            folder.path(),
            &format!("{} forward 2048", escaped(&model("identity").display().to_string())),
        );
        let recording = folder.path().join("out.raw");
        let mut host = Host::new(1, 1);
        host.environment("NN_WORKER", allowed)
            .line("listen told")
            .line(format!("open \"{}\"", file.display()));
        host.line("message control wait 1").line("dsp 1").line("impulse 100");
        host.line(format!("output \"{}\"", recording.display())).line("run 500").line("stat");
        let transcript = host.run();
        threads.push(transcript.number("stat", "threads"));
        let output = read_raw(&recording);
        assert_eq!(output.iter().position(|&s| s != 0.0), Some(100 + latency), "workers: {allowed}");
    }
    assert_eq!(threads[0] - threads[1], 1.0, "one thread fewer: {threads:?}");
}
