//! Latency in real Pure Data: every sample arrives exactly where the arithmetic says.

mod support;

use nn_core::{
    spec::ModelSpec,
    timing::{Mode, Timing},
};
use support::{
    RATE_HZ, deinterleave, direct,
    host::Host,
    model,
    patch::{Patch, escaped},
    pd, read_raw,
};

const BUFFERS: [usize; 9] = [0, 1, 64, 100, 256, 2048, 3000, 8192, 65_536];
const TICK_FRAMES: usize = 64;

fn timing(spec: &ModelSpec, wanted: usize, block: usize) -> Timing {
    let mode = if wanted == 0 { Mode::Inline } else { Mode::Worker { deadline_frames: None } };
    Timing::new(wanted, spec.ratio_lcm().unwrap(), block, mode).unwrap()
}

/// Boxes with all buffers of one model and method inside a subpatch with `[block~]`; its inlets are `inputs`
/// signals, its outlets first the inlets themselves, then the outputs of all boxes.
fn boxes_in_block(model_name: &str, method: &str, inputs: usize, outputs: usize, block: usize) -> Patch {
    let mut inner = Patch::new();
    inner.object(&format!("block~ {block}"));
    let inlets: Vec<_> = (0..inputs).map(|_| inner.object("inlet~")).collect();
    let control = inner.object("r control");
    let mut sources = inlets.iter().map(|&inlet| (inlet, 0)).collect::<Vec<_>>();
    for buffer in BUFFERS {
        let path = escaped(&model(model_name).display().to_string());
        let nn = inner.object(&format!("nn~ {path} {method} {buffer}"));
        inner.connect(control, 0, nn, 0);
        for (number, &inlet) in inlets.iter().enumerate() {
            inner.connect(inlet, 0, nn, number);
        }
        sources.extend((0..outputs).map(|outlet| (nn, outlet)));
        let tell = inner.object("s told");
        inner.connect(nn, outputs, tell, 0);
    }
    for (source, outlet) in &sources {
        let out = inner.object("outlet~");
        inner.connect(*source, *outlet, out, 0);
    }
    let mut patch = Patch::new();
    let adc: Vec<_> = (1..=inputs).map(|n| patch.object(&format!("adc~ {n}"))).collect();
    let sub = patch.subpatch("boxes", &inner);
    for (number, adc) in adc.into_iter().enumerate() {
        patch.connect(adc, 0, sub, number);
    }
    for number in 0..sources.len() {
        let dac = patch.object(&format!("dac~ {}", number + 1));
        patch.connect(sub, number, dac, 0);
    }
    patch
}

/// Plays a ramp through all buffers of one model in one block size and compares every sample.
fn check(model_name: &str, method: &str, block: usize, input_of_output: &[usize]) {
    let spec = direct::describe(&model(model_name));
    let method_spec = spec.method(method).unwrap().clone();
    let ratio = method_spec.in_ratio;
    let (inputs, outputs) = (method_spec.in_channels, method_spec.out_channels);
    let channels = inputs + BUFFERS.len() * outputs;
    let folder = tempfile::tempdir().unwrap();
    let patch = folder.path().join("latency.pd");
    boxes_in_block(model_name, method, inputs, outputs, block).write(&patch);
    let recording = folder.path().join("out.raw");
    let longest = timing(&spec, 65_536, block);
    let ticks = (longest.latency_frames + 3 * longest.buffer_frames).div_ceil(TICK_FRAMES).max(5000);

    let mut host = Host::new(inputs, channels);
    host.line("listen told").line(format!("open \"{}\"", patch.display())).line("message control wait 1");
    host.line("dsp 1").line("ramp").line(format!("output \"{}\"", recording.display()));
    host.line(format!("run {ticks}")).line("message control latency").line("message control stats");
    let transcript = host.run();
    assert_eq!(transcript.errors(), Vec::<&str>::new());

    let recorded = deinterleave(&read_raw(&recording), channels);
    let (dry, wet) = recorded.split_at(inputs);
    let told: Vec<usize> = transcript
        .after("recv told latency")
        .iter()
        .map(|l| l.split(' ').next().unwrap().parse().unwrap())
        .collect();
    for (index, wanted) in BUFFERS.into_iter().enumerate() {
        let timing = timing(&spec, wanted, block);
        let what = format!("{model_name} {method}, block {block}, buffer {wanted}: {timing:?}");
        assert_eq!(told[index], timing.latency_frames, "{what}: what the box itself says");
        for output in 0..outputs {
            let lane = &wet[index * outputs + output];
            let dry = &dry[input_of_output[output]];
            assert!(
                lane[..timing.latency_frames].iter().all(|&s| s == 0.0),
                "{what}: sound before the latency"
            );
            assert!(lane.len() > timing.latency_frames + 2 * timing.buffer_frames, "{what}: too short");
            for (n, &sample) in lane[timing.latency_frames..].iter().enumerate() {
                // The last sample of its group, repeated over the group.
                let wanted = dry[n / ratio * ratio + ratio - 1];
                assert!(
                    sample == wanted,
                    "{what}: output {output}, sample {n}: {sample} instead of {wanted}"
                );
            }
        }
    }
    for stats in transcript.after("recv told stats") {
        assert!(stats.contains(" late 0 "), "{stats}");
    }
}

#[test]
fn an_identity_model_is_exactly_late_in_every_host_block() {
    for block in [1, 16, 64, 1024, 4096] {
        check("identity", "forward", block, &[0]);
    }
}

#[test]
fn a_model_with_ratio_512_is_exactly_late_in_every_host_block() {
    for block in [1, 16, 64, 1024, 4096] {
        check("ratio512", "forward", block, &[0]);
    }
}

#[test]
fn a_model_with_ratio_3000_is_exactly_late_in_every_host_block() {
    for block in [1, 16, 64, 1024, 4096] {
        check("ratio3000", "forward", block, &[0]);
    }
}

#[test]
fn several_channels_arrive_together_and_in_their_places() {
    for block in [1, 16, 64, 1024, 4096] {
        check("multi", "swap", block, &[1, 0]);
    }
}

#[test]
fn a_model_with_two_ratios_takes_their_least_common_multiple() {
    let spec = direct::describe(&model("ratios"));
    assert_eq!(spec.ratio_lcm(), Ok(192_000));
    let mut host = Host::new(1, 1);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ratios.pd");
    let mut patch = Patch::new();
    let (adc, dac) = (patch.object("adc~ 1"), patch.object("dac~ 1"));
    let nn = patch.object(&format!("nn~ {} fast 2048", escaped(&model("ratios").display().to_string())));
    let (control, told) = (patch.object("r control"), patch.object("s told"));
    patch.connect(adc, 0, nn, 0);
    patch.connect(nn, 0, dac, 0);
    patch.connect(control, 0, nn, 0);
    patch.connect(nn, 1, told, 0);
    patch.write(&file);
    let recording = folder.path().join("out.raw");
    host.line("listen told")
        .line(format!("open \"{}\"", file.display()))
        .line("message control wait 1")
        .line("dsp 1");
    host.line("ramp").line(format!("output \"{}\"", recording.display())).line("run 12000");
    host.line("message control latency");
    let transcript = host.run();
    let latency = 192_000 - 64 + 192_000;
    assert_eq!(transcript.after("recv told latency").len(), 1);
    assert!(transcript.after("recv told latency")[0].starts_with(&latency.to_string()));
    let notes = transcript.after("print nn~: buffer of 192000 samples instead of 2048");
    assert_eq!(notes.len(), 1, "said once: {:?}", transcript.lines);
    let output = read_raw(&recording);
    let first_sound = output.iter().position(|&s| s != 0.0).unwrap();
    assert!((latency..latency + 512).contains(&first_sound), "{first_sound}");
}

/// Of boxes in a chain each value is taken from the end of its group, and what a latency is more than whole groups is not
/// heard: what the boxes say adds up to the sample.
#[test]
#[expect(clippy::too_many_lines, reason = "one session, step after step")]
fn latencies_of_a_chain_add_up() {
    // Messages to each box of the chain; all have the same ratio.
    type Chain<'a> = (&'a str, usize, &'a [(usize, &'a str)]);
    let chains: [Chain<'_>; 6] = [
        ("ratio512", 512, &[(512, "wait 1"), (512, "wait 1")]),
        ("ratio512", 512, &[(2048, "wait 1"), (2048, "wait 1")]),
        ("ratio512", 512, &[(2048, "deadline 64"), (4096, "deadline 448"), (512, "deadline 1000")]),
        ("ratio512", 512, &[(0, "wait 1"), (0, "wait 1"), (2048, "wait 1")]),
        ("ratio3000", 3000, &[(3000, "wait 1"), (3000, "wait 1")]),
        ("ratio3000", 3000, &[(0, "wait 1"), (6000, "deadline 640")]),
    ];
    for (name, ratio, boxes) in chains {
        let folder = tempfile::tempdir().unwrap();
        let (file, recording) = (folder.path().join("chain.pd"), folder.path().join("out.raw"));
        let mut patch = Patch::new();
        let (adc, dac) = (patch.object("adc~ 1"), patch.object("dac~ 1"));
        let path = escaped(&model(name).display().to_string());
        let mut before = adc;
        for (number, (buffer, _)) in boxes.iter().enumerate() {
            let nn = patch.object(&format!("nn~ {path} forward {buffer}"));
            let control = patch.object(&format!("r control{number}"));
            let told = patch.object(&format!("s told{number}"));
            patch.connect(control, 0, nn, 0);
            patch.connect(nn, 1, told, 0);
            patch.connect(before, 0, nn, 0);
            before = nn;
        }
        patch.connect(before, 0, dac, 0);
        patch.write(&file);
        let mut host = Host::new(1, 1);
        host.line(format!("open \"{}\"", file.display()));
        for (number, (_, message)) in boxes.iter().enumerate() {
            host.line(format!("listen told{number}")).line(format!("message control{number} wait 1"));
            host.line(format!("message control{number} {message}"));
        }
        host.line("dsp 1").line("ramp").line(format!("output \"{}\"", recording.display())).line("run 2000");
        for number in 0..boxes.len() {
            host.line(format!("message control{number} latency"));
        }
        let transcript = host.run();
        let what = format!("{name} {boxes:?}");
        assert_eq!(transcript.errors(), Vec::<&str>::new(), "{what}");
        let told = |number: usize| -> (usize, usize) {
            let lines = transcript.after(&format!("recv told{number} latency"));
            let words: Vec<_> = lines.last().expect("an answer").split(' ').collect();
            assert_eq!(words[2], "chained", "{words:?}");
            (words[0].parse().unwrap(), words[3].parse().unwrap())
        };
        let last = boxes.len() - 1;
        let total = (0..last).map(|number| told(number).1).sum::<usize>() + told(last).0;
        let sound = read_raw(&recording);
        let first = sound.iter().position(|&sample| sample != 0.0).expect("sound");
        // The ramp counts its samples, in 65536ths.
        for (n, &sample) in sound.iter().enumerate().skip(total) {
            let begin = (n - total) / ratio * ratio;
            assert_eq!(
                sample,
                ((begin + ratio - 1) % 65_536) as f32 / 65_536.0,
                "{what}: sample {n}, first sound {first}, told {total}"
            );
        }
        assert!(
            sound[..total].iter().all(|&sample| sample == 0.0),
            "{what}: first sound {first}, told {total}"
        );
    }
}

/// The distribution's Pd: the recording is the dry signal beside the box's output, made by Pd itself.
#[test]
fn the_distribution_s_pd_delays_an_impulse_by_the_same_samples() {
    for (buffer, name) in [(2048, "worker"), (0, "callback"), (100, "odd")] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("impulse.pd");
        let recording = folder.path().join("out.wav");
        let mut patch = Patch::new();
        for table in ["source 2000", "dry 20000", "wet 20000"] {
            patch.object(&format!("table {table}"));
        }
        let begin = patch.object("loadbang");
        let wait = patch.message("wait 1");
        let prepare = patch.message(r"\; source 1000 1 \; pd dsp 1");
        let play = patch.object("del 100");
        let source = patch.object("tabplay~ source");
        let path = escaped(&model("identity").display().to_string());
        let nn = patch.object(&format!("nn~ {path} forward {buffer}"));
        let (dry, wet) = (patch.object("tabwrite~ dry"), patch.object("tabwrite~ wet"));
        let end = patch.object("del 1000");
        let save = patch
            .message(&format!("write -wave -bytes 4 {} dry wet", escaped(&recording.display().to_string())));
        let soundfiler = patch.object("soundfiler");
        let saved = patch.object("t b");
        let leave = patch.message(r"\; pd quit");
        for (from, to) in [
            (begin, end),
            (begin, play),
            (begin, prepare),
            (begin, wait),
            (wait, nn),
            (play, source),
            (play, dry),
            (play, wet),
            (source, nn),
            (source, dry),
            (nn, wet),
            (end, save),
            (save, soundfiler),
            (soundfiler, saved),
            (saved, leave),
        ] {
            patch.connect(from, 0, to, 0);
        }
        patch.write(&file);
        let mut command = pd::command(&file, &["-batch"]);
        let output = pd::output_within(&mut command, std::time::Duration::from_secs(60));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{name}: {said}");
        let mut reader = hound::WavReader::open(&recording).unwrap_or_else(|e| panic!("{name}: {e}: {said}"));
        assert_eq!(reader.spec().sample_rate, RATE_HZ);
        let samples: Vec<f32> = reader.samples::<f32>().map(Result::unwrap).collect();
        let channels = deinterleave(&samples, 2);
        let position =
            |lane: &[f32]| lane.iter().position(|&s| s == 1.0).unwrap_or_else(|| panic!("{name}: {said}"));
        let timing = timing(&direct::describe(&model("identity")), buffer, TICK_FRAMES);
        assert_eq!(position(&channels[1]) - position(&channels[0]), timing.latency_frames, "{name}: {said}");
        assert_eq!(channels[1].iter().filter(|&&s| s != 0.0).count(), 1, "{name}: one impulse, once");
    }
}
