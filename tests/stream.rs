//! Minutes of audio: no sample lost, doubled or reordered, whatever is done to the patch around the box.

mod support;

use std::path::Path;

use support::{
    deinterleave,
    host::Host,
    model,
    patch::{Patch, escaped},
    read_raw,
};

/// The counter model says how many samples it has seen, in two channels: `n mod 65536` and `n div 65536`.
fn counter_patch(file: &Path, buffer: usize) {
    let mut patch = Patch::new();
    let adc = patch.object("adc~ 1");
    let nn =
        patch.object(&format!("nn~ {} forward {buffer}", escaped(&model("counter").display().to_string())));
    patch.connect(adc, 0, nn, 0);
    for channel in 0..2 {
        let dac = patch.object(&format!("dac~ {}", channel + 1));
        patch.connect(nn, channel, dac, 0);
    }
    let control = patch.object("r control");
    patch.connect(control, 0, nn, 0);
    patch.write(file);
}

/// Checks that the counts follow each other from the latency on.
fn assert_unbroken(recording: &Path, latency: usize, frames: usize) {
    let channels = deinterleave(&read_raw(recording), 2);
    assert_eq!(channels[0].len(), frames);
    let count = |n: usize| channels[1][n] as u64 * 65_536 + channels[0][n] as u64;
    assert!(channels.iter().all(|lane| lane[..latency].iter().all(|&s| s == 0.0)));
    let first = count(latency);
    assert!(first <= 1, "the first sample heard is the first sample seen, not number {first}");
    for n in latency..frames {
        assert_eq!(count(n), first + (n - latency) as u64, "at sample {n}");
    }
}

#[test]
fn ten_minutes_without_a_sample_lost_doubled_or_reordered() {
    for buffer in [2048, 100] {
        let folder = tempfile::tempdir().unwrap();
        let (file, recording) = (folder.path().join("counter.pd"), folder.path().join("out.raw"));
        counter_patch(&file, buffer);
        let ticks = 10 * 60 * 44_100 / 64;
        let mut host = Host::new(1, 2);
        host.line(format!("open \"{}\"", file.display())).line("message control wait 1").line("dsp 1");
        host.line(format!("output \"{}\"", recording.display())).line(format!("run {ticks}"));
        assert_eq!(host.run().errors(), Vec::<&str>::new());
        let latency = if buffer == 2048 { 4032 } else { 100 - 4 + 128 };
        assert_unbroken(&recording, latency, ticks * 64);
    }
}

#[test]
fn editing_the_patch_while_it_plays_keeps_the_stream() {
    for buffer in [2048, 0] {
        let folder = tempfile::tempdir().unwrap();
        let (file, recording) = (folder.path().join("counter.pd"), folder.path().join("out.raw"));
        counter_patch(&file, buffer);
        let mut host = Host::new(1, 2);
        host.line(format!("open \"{}\"", file.display())).line("message control wait 1").line("dsp 1");
        host.line(format!("output \"{}\"", recording.display())).line("run 100");
        // Objects 6 and 7 of the patch come into being, are connected, and go again; each rebuilds the DSP chain.
        for round in 0..20 {
            host.line(format!("message pd-counter.pd obj 300 {} osc~ 440", 20 + round * 5)).line("run 7");
            host.line(format!("message pd-counter.pd obj 300 {} *~ 0", 22 + round * 5)).line("run 3");
            host.line(format!("message pd-counter.pd connect {} 0 {} 0", 5 + round * 2, 6 + round * 2))
                .line("run 33");
            host.line(format!("message pd-counter.pd disconnect {} 0 {} 0", 5 + round * 2, 6 + round * 2));
            host.line("run 1");
        }
        host.line("run 500");
        let transcript = host.run();
        assert_eq!(transcript.errors(), Vec::<&str>::new());
        assert!(transcript.lines.iter().all(|line| !line.contains("failed")), "{:?}", transcript.lines);
        let latency = if buffer == 2048 { 4032 } else { 0 };
        assert_unbroken(&recording, latency, (100 + 20 * 44 + 500) * 64);
    }
}

#[test]
fn switching_audio_off_and_on_discards_what_was_queued_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let (file, recording) = (folder.path().join("counter.pd"), folder.path().join("out.raw"));
    counter_patch(&file, 2048);
    let mut host = Host::new(1, 2);
    host.line(format!("open \"{}\"", file.display()))
        .line("message control wait 1")
        .line("dsp 1")
        .line("run 1000");
    // Stretches of all lengths, the later ones shorter than the first.
    let stretches = [200, 100, 400, 150];
    for stretch in stretches {
        let recording = recording.with_extension(stretch.to_string());
        host.line("dsp 0").line("run 500").line("dsp 1");
        host.line(format!("output \"{}\"", recording.display())).line(format!("run {stretch}"));
    }
    host.run();
    for stretch in stretches {
        let channels = deinterleave(&read_raw(&recording.with_extension(stretch.to_string())), 2);
        let silent = channels[0].iter().take_while(|&&s| s == 0.0).count();
        assert_eq!(silent, 4032, "the latency begins anew, stretch of {stretch} blocks");
        assert_eq!(channels[0][4033] - channels[0][4032], 1.0);
    }
}

#[test]
fn in_real_time_what_is_heard_is_in_its_place() {
    for (wait, burst) in [("auto", 1), ("0", 4)] {
        let folder = tempfile::tempdir().unwrap();
        let (file, recording) = (folder.path().join("identity.pd"), folder.path().join("out.raw"));
        let mut patch = Patch::new();
        let (adc, dac, control) = (patch.object("adc~ 1"), patch.object("dac~ 1"), patch.object("r control"));
        let nn =
            patch.object(&format!("nn~ {} forward 2048", escaped(&model("identity").display().to_string())));
        let told = patch.object("s told");
        patch.connect(adc, 0, nn, 0);
        patch.connect(nn, 0, dac, 0);
        patch.connect(nn, 1, told, 0);
        patch.connect(control, 0, nn, 0);
        patch.write(&file);
        let mut host = Host::new(1, 1);
        host.line("listen told").line(format!("open \"{}\"", file.display()));
        host.line("message control bang")
            .line("until 60 told loaded 1")
            .line(format!("message control wait {wait}"));
        host.line("dsp 1").line("ramp").line(format!("output \"{}\"", recording.display()));
        host.line(format!("realtime 6000 {burst}"));
        host.run();
        // A buffer may be late on a busy machine: then it is silent after a decay, and the next one fades in. It is
        // never heard in another's place.
        const FADE_FRAMES: usize = 221;
        let output = read_raw(&recording);
        let mut in_time = 0;
        let buffers: Vec<_> = output[4032..].chunks_exact(2048).collect();
        for (number, buffer) in buffers.iter().enumerate() {
            let wanted = |n: usize| ((number * 2048 + n) % 65_536) as f32 / 65_536.0;
            let heard = (FADE_FRAMES..2048).all(|n| buffer[n] == wanted(n));
            let silent = buffer[FADE_FRAMES..].iter().all(|&sample| sample == 0.0);
            assert!(heard || silent, "wait {wait}: buffer {number} is neither itself nor silent");
            in_time += usize::from(heard);
        }
        assert!(in_time * 4 > buffers.len(), "wait {wait}: {in_time} of {} buffers in time", buffers.len());
    }
}
