//! A box's output is the direct call of the model, sample by sample: every model, every method, with and without a
//! worker.

mod support;

use std::path::{Path, PathBuf};

use support::{
    deinterleave, direct,
    host::Host,
    noise,
    patch::{Patch, escaped},
    read_raw, root, write_raw,
};

const BUFFER_FRAMES: usize = 2048;
const BLOCK_FRAMES: usize = 64;

fn models() -> Vec<PathBuf> {
    let mut models: Vec<_> = std::fs::read_dir(root().join("models"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "ts"))
        .collect();
    models.sort();
    models
}

/// What a box plays, against what the model answers when called directly.
fn compare(path: &Path, method: usize, threaded: bool) {
    let spec = direct::describe(path);
    let name = spec.methods[method].name.clone();
    let (inputs, outputs) = (spec.methods[method].in_channels, spec.methods[method].out_channels);
    let step = spec.ratio_lcm().unwrap();
    // Without a worker, buffer 0 becomes the smallest legal one.
    let buffer =
        if threaded { BUFFER_FRAMES.next_multiple_of(step) } else { BLOCK_FRAMES.next_multiple_of(step) };
    // At least five runs, and at least half a second.
    let frames = (5 * buffer).max(22_016).next_multiple_of(buffer);
    let latency = if threaded { 2 * buffer - BLOCK_FRAMES } else { buffer - BLOCK_FRAMES };
    assert!(buffer.is_multiple_of(BLOCK_FRAMES) || !threaded || step == 192_000, "the cases are simple ones");
    let what = format!("{} {name}, {}", path.display(), if threaded { "worker" } else { "callback" });

    let input: Vec<_> = (0..inputs).map(|channel| noise(7 + channel as u64, frames)).collect();
    let mut model = direct::load(path);
    let wanted = direct::run(model.as_mut(), method, &input, buffer, frames);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("equality.pd");
    let mut patch = Patch::new();
    let wish = if threaded { buffer } else { 0 };
    let nn = patch.object(&format!("nn~ {} {name} {wish}", escaped(&path.display().to_string())));
    for channel in 0..inputs {
        let adc = patch.object(&format!("adc~ {}", channel + 1));
        patch.connect(adc, 0, nn, channel);
    }
    for channel in 0..outputs {
        let dac = patch.object(&format!("dac~ {}", channel + 1));
        patch.connect(nn, channel, dac, 0);
    }
    let control = patch.object("r control");
    patch.connect(control, 0, nn, 0);
    patch.write(&file);
    let (source, recording) = (folder.path().join("in.raw"), folder.path().join("out.raw"));
    let mut host = Host::new(inputs.max(1), outputs);
    host.line(format!("open \"{}\"", file.display())).line("message control wait 1").line("dsp 1");
    if inputs > 0 {
        write_raw(&source, &input);
        host.line(format!("input \"{}\"", source.display()));
    }
    host.line(format!("output \"{}\"", recording.display()));
    host.line(format!("run {}", (frames + latency).div_ceil(BLOCK_FRAMES)));
    let transcript = host.run();
    let played = deinterleave(&read_raw(&recording), outputs);

    match wanted {
        Ok(wanted) if wanted.iter().flatten().all(|s| s.is_finite()) => {
            assert_eq!(transcript.errors(), Vec::<&str>::new(), "{what}");
            assert!(
                wanted.iter().flatten().any(|&s| s != 0.0),
                "{what}: a model that says nothing proves nothing"
            );
            for (channel, (played, wanted)) in played.iter().zip(&wanted).enumerate() {
                assert!(played[..latency].iter().all(|&s| s == 0.0), "{what}: sound before the latency");
                for (n, (&played, &wanted)) in played[latency..].iter().zip(wanted).enumerate() {
                    assert!(played == wanted, "{what}: channel {channel}, sample {n}: {played} not {wanted}");
                }
            }
        }
        // What cannot be called directly is silent in the box too (until its first fault, if it has one later).
        _ => {
            assert_eq!(transcript.errors().len(), 1, "{what}: one line: {:?}", transcript.errors());
            assert!(played.iter().flatten().all(|s| s.is_finite()), "{what}");
            assert!(
                played.iter().all(|lane| lane[lane.len() - buffer..].iter().all(|&s| s == 0.0)),
                "{what}"
            );
        }
    }
}

#[test]
fn every_method_of_every_model_sounds_like_the_direct_call() {
    let mut compared = 0;
    for path in models() {
        for method in 0..direct::describe(&path).methods.len() {
            for threaded in [true, false] {
                compare(&path, method, threaded);
                compared += 1;
            }
        }
    }
    assert!(compared >= 60, "only {compared} comparisons");
}
