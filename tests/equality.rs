//! A box's output is the direct call of the model, sample by sample: every model, every method, with and without a
//! worker.

mod support;

use std::path::{Path, PathBuf};

use nn_core::{
    engine::noise::noise,
    timing::{Mode, Timing},
};
use support::{
    deinterleave, direct,
    host::Host,
    patch::{Patch, escaped},
    read_raw, root, write_raw,
};

const BUFFER_FRAMES: usize = 2048;
/// Pd's.
const BLOCK_FRAMES: usize = 64;

/// The project's models, or those of the folder named by `NN_TEST_MODELS`.
fn models() -> Vec<PathBuf> {
    let folder = std::env::var_os("NN_TEST_MODELS").map_or_else(|| root().join("models"), PathBuf::from);
    let mut models: Vec<_> = std::fs::read_dir(folder)
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
    let (wish, mode) =
        if threaded { (BUFFER_FRAMES, Mode::Worker { deadline_frames: None }) } else { (0, Mode::Inline) };
    let timing = Timing::new(wish, spec.ratio_lcm().unwrap(), BLOCK_FRAMES, mode).unwrap();
    let (buffer, latency) = (timing.buffer_frames, timing.latency_frames);
    // At least five runs, and at least half a second.
    let frames = (5 * buffer).max(22_016).next_multiple_of(buffer);
    let what = format!("{} {name}, {}", path.display(), if threaded { "worker" } else { "callback" });

    let input: Vec<_> = (0..inputs).map(|channel| noise(7 + channel as u64, frames)).collect();
    let mut model = direct::load(path);
    model.seed(3);
    let (wanted, fault) = direct::run(model.as_mut(), method, &input, buffer, frames);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("equality.pd");
    let mut patch = Patch::new();
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
    host.line(format!("open \"{}\"", file.display()))
        .line("message control wait 1")
        .line("message control seed 3")
        .line("dsp 1");
    if inputs > 0 {
        write_raw(&source, &input);
        host.line(format!("input \"{}\"", source.display()));
    }
    host.line(format!("output \"{}\"", recording.display()));
    host.line(format!("run {}", (frames + latency).div_ceil(BLOCK_FRAMES)));
    let transcript = host.run();
    let played = deinterleave(&read_raw(&recording), outputs);

    let errors = transcript.errors();
    if wanted.iter().flatten().all(|s| s.is_finite()) {
        assert_eq!(errors, Vec::<&str>::new(), "{what}");
        assert!(
            wanted.iter().flatten().any(|&s| s != 0.0),
            "{what}: a model that says nothing proves nothing"
        );
    } else {
        assert_eq!(errors.len(), 1, "{what}: one line: {errors:?}");
        let said = fault.map_or("NaN".to_owned(), |fault| fault.to_string());
        assert!(errors[0].contains(&said), "{what}: {errors:?} does not say {said}");
    }
    for (played, wanted) in played.iter().zip(&wanted) {
        assert!(played[..latency].iter().all(|&s| s == 0.0), "{what}: sound before the latency");
        assert_same_but_for_faults(&played[latency..], wanted, buffer, &what);
    }
}

/// Every sample of good buffers is the model's, but for the fade after a silence; buffers with NaN are silent after a
/// short decay.
fn assert_same_but_for_faults(played: &[f32], wanted: &[f32], buffer: usize, what: &str) {
    const FADE_FRAMES: usize = 221;
    let mut fading = 0;
    for (number, (played, wanted)) in played.chunks_exact(buffer).zip(wanted.chunks_exact(buffer)).enumerate()
    {
        if wanted.iter().all(|s| s.is_finite()) {
            let from = fading.min(buffer);
            for n in from..buffer {
                assert!(
                    played[n] == wanted[n],
                    "{what}: buffer {number}, sample {n}: {} not {}",
                    played[n],
                    wanted[n]
                );
            }
            assert!(played.iter().all(|s| s.is_finite()), "{what}");
            fading -= from;
        } else {
            assert!(played.iter().all(|s| s.is_finite()), "{what}");
            assert!(played.iter().skip(FADE_FRAMES).all(|&s| s == 0.0), "{what}");
            fading = FADE_FRAMES;
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
    assert!(compared >= 16, "only {compared} comparisons");
}
