//! A box's output is the direct call of the model, sample by sample: every model, every method, with and without a
//! worker. The direct call is not through this project's C++ (`tests/oracle`).

mod support;

use std::path::{Path, PathBuf};

use nn_core::{
    engine::noise::noise,
    timing::{Mode, Timing},
};
use support::{
    deinterleave,
    direct::{self, Broken},
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
        // Silent until MIDI plays it, as it is in nn-core/tests/torch_models.rs.
        .filter(|path| path.file_stem().is_none_or(|name| name != "keys"))
        .collect();
    models.sort();
    models
}

/// What this project's own convolutions may change, relative to the largest sample: the codec's oscillators add roundings
/// up (`nn-core/tests/torch_kernels.rs`).
const KERNELS_TOLERANCE: f32 = 1e-4;

/// Whether a model's code names what this project has kernels of its own for. Files keep their code as it is.
fn convolves(path: &Path) -> bool {
    let file = std::fs::read(path).expect("the model");
    ["conv1d", "conv_transpose1d", "_convolution"]
        .iter()
        .any(|word| file.windows(word.len()).any(|bytes| bytes == word.as_bytes()))
}

/// A box in Pure Data: what it hears, and where its sound begins.
struct Boxed<'a> {
    /// The box's arguments.
    text: String,
    input: &'a [Vec<f32>],
    outputs: usize,
    frames: usize,
    latency: usize,
}

impl Boxed<'_> {
    /// What is played and what is wrong, with this project's own convolutions (`"1"`) or libtorch's.
    fn play(&self, optimise: &str) -> (Vec<Vec<f32>>, Vec<String>) {
        let inputs = self.input.len();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("equality.pd");
        let mut patch = Patch::new();
        let nn = patch.object(&self.text);
        for channel in 0..inputs {
            let adc = patch.object(&format!("adc~ {}", channel + 1));
            patch.connect(adc, 0, nn, channel);
        }
        for channel in 0..self.outputs {
            let dac = patch.object(&format!("dac~ {}", channel + 1));
            patch.connect(nn, channel, dac, 0);
        }
        let control = patch.object("r control");
        patch.connect(control, 0, nn, 0);
        patch.write(&file);
        let (source, recording) = (folder.path().join("in.raw"), folder.path().join("out.raw"));
        let mut host = Host::new(inputs.max(1), self.outputs);
        host.environment("NN_OPTIMISE", optimise)
            .line(format!("open \"{}\"", file.display()))
            .line("message control wait 1")
            .line("message control seed 3")
            .line("dsp 1");
        if inputs > 0 {
            write_raw(&source, self.input);
            host.line(format!("input \"{}\"", source.display()));
        }
        host.line(format!("output \"{}\"", recording.display()));
        host.line(format!("run {}", (self.frames + self.latency).div_ceil(BLOCK_FRAMES)));
        let transcript = host.run();
        let errors = transcript.errors().into_iter().map(str::to_owned).collect();
        (deinterleave(&read_raw(&recording), self.outputs), errors)
    }
}

/// What a box plays, against what the model answers when called directly: to the last bit with libtorch's convolutions,
/// and nearly so with our own, where the model has any.
fn compare(path: &Path, method: usize, threaded: bool, convolves: bool) {
    let spec = direct::describe(path);
    let name = spec.methods[method].name.clone();
    let (inputs, outputs) = (spec.methods[method].in_channels, spec.methods[method].out_channels);
    let (requested_frames, mode) =
        if threaded { (BUFFER_FRAMES, Mode::Worker { deadline_frames: None }) } else { (0, Mode::Inline) };
    let timing = Timing::new(requested_frames, spec.ratio_lcm().unwrap(), BLOCK_FRAMES, mode).unwrap();
    let (buffer, latency) = (timing.buffer_frames, timing.latency_frames);
    // At least five runs, and at least half a second.
    let frames = (5 * buffer).max(22_016).next_multiple_of(buffer);

    let input: Vec<_> = (0..inputs).map(|channel| noise(7 + channel as u64, frames)).collect();
    let mut model = direct::load(path);
    model.seed(3);
    let (wanted, broken) = model.run(method, &input, buffer, frames);

    let text = format!("nn~ {} {name} {requested_frames}", escaped(&path.display().to_string()));
    let boxed = Boxed { text, input: &input, outputs, frames, latency };
    let playings: &[_] = if convolves { &[("0", 0.0), ("1", KERNELS_TOLERANCE)] } else { &[("1", 0.0)] };
    for &(optimise, tolerance) in playings {
        let mode = if threaded { "worker" } else { "callback" };
        let what = format!("{} {name}, {mode}, optimise {optimise}", path.display());
        let (played, errors) = boxed.play(optimise);
        assert_errors(&errors, &wanted, broken.as_ref(), &what);
        for (played, wanted) in played.iter().zip(&wanted) {
            assert!(played[..latency].iter().all(|&s| s == 0.0), "{what}: sound before the latency");
            let finite = wanted.iter().filter(|s| s.is_finite());
            let near = tolerance * finite.fold(0.0_f32, |loudest, s| loudest.max(s.abs()));
            assert_same_but_for_faults(&played[latency..], wanted, (buffer, near), &what);
        }
    }
}

/// A model that plays says nothing; one that fails says why, once.
fn assert_errors(errors: &[String], wanted: &[Vec<f32>], broken: Option<&Broken>, what: &str) {
    if wanted.iter().flatten().all(|s| s.is_finite()) {
        assert_eq!(errors, Vec::<String>::new(), "{what}");
        let is_silent = wanted.iter().flatten().all(|&s| s == 0.0);
        assert!(!is_silent, "{what}: a model that says nothing proves nothing");
        return;
    }
    assert_eq!(errors.len(), 1, "{what}: one line: {errors:?}");
    let is_told = broken.map_or(errors[0].contains("NaN"), |broken| broken.is_told_in(&errors[0]));
    assert!(is_told, "{what}: {errors:?} does not say {broken:?}");
}

/// Every sample of good buffers is the model's or as near, but for the fade after a silence; buffers with NaN are silent
/// after a short decay.
fn assert_same_but_for_faults(played: &[f32], wanted: &[f32], (buffer, near): (usize, f32), what: &str) {
    const FADE_FRAMES: usize = 221;
    let mut fading = 0;
    for (number, (played, wanted)) in played.chunks_exact(buffer).zip(wanted.chunks_exact(buffer)).enumerate()
    {
        if wanted.iter().all(|s| s.is_finite()) {
            let from = fading.min(buffer);
            for n in from..buffer {
                assert!(
                    played[n] == wanted[n] || (played[n] - wanted[n]).abs() <= near,
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
    let (mut compared, mut convolved) = (0, 0);
    for path in models() {
        let convolves = convolves(&path);
        convolved += usize::from(convolves);
        for method in 0..direct::describe(&path).methods.len() {
            for threaded in [true, false] {
                compare(&path, method, threaded, convolves);
                compared += 1;
            }
        }
    }
    assert!(compared >= 16, "only {compared} comparisons");
    let is_ours = std::env::var_os("NN_TEST_MODELS").is_none();
    assert!(convolved >= 3 || !is_ours, "only {convolved} models with convolutions");
}
