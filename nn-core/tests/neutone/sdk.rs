//! Boxes against the SDK's own answers, which `cargo xtask neutone` makes (`tests/neutone`): to the last bit with libtorch's
//! convolutions, and nearly so with this project's own.

use std::path::{Path, PathBuf};

use nn_core::{
    message::Atom,
    model::{ModelLocation, ModelSource, TensorView, TensorViewMut},
    offline::HostMode,
    timing::{Mode, Timing},
};

use crate::{
    stand::{errors, latency, made},
    torch_stand::{models, source},
};

/// Names the folder; without it those below `target/neutone`.
const VARIABLE: &str = "NN_NEUTONE";
/// Fails where there is none.
const REQUIRED: &str = "NN_REQUIRE_NEUTONE";
/// The versions of the SDK, by their folders.
const VERSIONS: [&str; 2] = ["1.5", "1.4"];
/// Of the loudest sample, what this project's own convolutions may change.
const TOLERANCE: f32 = 5e-6;
const BLOCK_FRAMES: usize = 64;

/// What one file was asked, at one rate and in one buffer.
struct Case {
    folder: PathBuf,
    name: String,
    file: String,
    rate_hz: u32,
    frames: usize,
    ins: usize,
    outs: usize,
    seed: i64,
    delay_frames: usize,
}

impl Case {
    /// Sound or parameters: `in`, `params` or `out`.
    fn read(&self, kind: &str, channels: usize) -> Vec<Vec<f32>> {
        let path = self.folder.join(format!("{}.{kind}.f32", self.name));
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let samples: Vec<f32> = bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        samples.chunks_exact(samples.len() / channels).map(<[f32]>::to_vec).collect()
    }
}

fn cases_in(folder: &Path) -> Option<Vec<Case>> {
    let text = std::fs::read_to_string(folder.join("cases.json")).ok()?;
    let listed: serde_json::Value = serde_json::from_str(&text).expect("a list of cases");
    let case = |said: &serde_json::Value| {
        let number = |key: &str| said[key].as_i64().unwrap_or_else(|| panic!("{key} in {said}"));
        let size = |key: &str| usize::try_from(number(key)).expect(key);
        let text = |key: &str| said[key].as_str().unwrap_or_else(|| panic!("{key} in {said}")).to_owned();
        Case {
            folder: folder.to_owned(),
            name: text("name"),
            file: text("file"),
            rate_hz: u32::try_from(number("rate_hz")).expect("a rate"),
            frames: size("frames"),
            ins: size("ins"),
            outs: size("outs"),
            seed: number("seed"),
            delay_frames: size("delay_frames"),
        }
    };
    Some(listed.as_array().expect("a list").iter().map(case).collect())
}

/// What was made with these versions of the SDK; nothing where nothing was, which is said.
pub fn of_versions<T>(versions: &[&str], read: impl Fn(&Path) -> Option<Vec<T>>) -> Vec<T> {
    let root = std::env::var_os(VARIABLE).map_or_else(|| models().join("../target/neutone"), PathBuf::from);
    let of = |version: &&str| {
        let folder = root.join(version);
        let made = read(&folder);
        if made.as_ref().is_none_or(Vec::is_empty) {
            let missing = format!("{}: nothing was made, run `cargo xtask neutone`", folder.display());
            assert!(std::env::var_os(REQUIRED).is_none(), "{missing}");
            println!("skipped: {missing}");
        }
        made
    };
    versions.iter().filter_map(of).flatten().collect()
}

/// What a box plays of it, without its latency, and what `latency` says beyond the buffer.
fn played(case: &Case, optimise: i64) -> (Vec<Vec<f32>>, usize) {
    let what = format!("{} of {}", case.name, case.folder.display());
    let host = (case.rate_hz, BLOCK_FRAMES);
    let mut player = made(&case.folder.join(&case.file), HostMode::Offline, host, case.frames);
    // Before the model is there: later, the sound would pass from one copy of it to another.
    player.send("optimise", &[Atom::Int(optimise)]);
    player.send("seed", &[Atom::Int(case.seed)]);
    player.until_ready(crate::stand::PATIENCE).expect(&what);
    let timing =
        Timing::new(case.frames, 1, BLOCK_FRAMES, Mode::Worker { deadline_frames: None }).expect(&what);
    assert_eq!(timing.buffer_frames, case.frames, "{what}: not the effect's own buffer");
    let mut inputs = case.read("in", case.ins);
    let parameters = player.object.inlets() - case.ins;
    inputs.extend(case.read("params", 4).into_iter().take(parameters));
    let frames = inputs[0].len();
    // The end of the sound is heard later.
    let all = (frames + timing.latency_frames).next_multiple_of(BLOCK_FRAMES);
    inputs.iter_mut().for_each(|signal| signal.resize(all, 0.0));
    let heard = player.play(&inputs);
    player.poll();
    assert_eq!(errors(&player.take_events()), Vec::<String>::new(), "{what}");
    let beyond = latency(&mut player) - timing.latency_frames;
    let cut = |signal: &Vec<f32>| signal[timing.latency_frames..][..frames].to_vec();
    (heard[..case.outs].iter().map(cut).collect(), beyond)
}

#[test]
fn effects_sound_to_the_last_bit_as_the_sdk_plays_them() {
    for case in of_versions(&VERSIONS, cases_in) {
        let wanted = case.read("out", case.outs);
        let (found, beyond) = played(&case, 0);
        let what = format!("{} of {}", case.name, case.folder.display());
        assert!(wanted.iter().flatten().any(|sample| sample.abs() > 0.01), "{what}: silence shows nothing");
        for (channel, (found, wanted)) in found.iter().zip(&wanted).enumerate() {
            let first =
                found.iter().zip(wanted).position(|(found, wanted)| found.to_bits() != wanted.to_bits());
            if let Some(n) = first {
                panic!("{what}, channel {channel}, sample {n}: {} instead of {}", found[n], wanted[n]);
            }
        }
        assert_eq!(beyond, case.delay_frames, "{what}: the delay that it declares");
        println!("{what}: the same");
    }
}

#[test]
fn effects_sound_nearly_the_same_with_this_projects_convolutions() {
    for case in of_versions(&VERSIONS, cases_in) {
        let wanted = case.read("out", case.outs);
        let (found, _) = played(&case, 1);
        let largest = wanted.iter().flatten().fold(0.0_f32, |largest, sample| largest.max(sample.abs()));
        let pairs = found.iter().flatten().zip(wanted.iter().flatten());
        let worst = pairs.fold(0.0_f32, |worst, (found, wanted)| worst.max((found - wanted).abs()));
        let what = format!("{} of {}", case.name, case.folder.display());
        println!("{what}: {:e} of the loudest", worst / largest);
        assert!(worst <= TOLERANCE * largest, "{what}: {:e}", worst / largest);
    }
}

#[test]
fn convolutions_of_an_effect_are_taken_by_this_projects_kernels_and_all_examples_share_their_weights() {
    let cases = of_versions(&VERSIONS, cases_in);
    let convolved: Vec<_> = cases.iter().filter(|case| case.file.contains("convolved")).collect();
    assert!(cases.is_empty() || !convolved.is_empty(), "one effect has convolutions");
    for case in convolved {
        let location = ModelLocation::from(&case.folder.join(&case.file));
        let packs = [1, 3].map(|batch| {
            let mut model = source().load(&location).expect("a model");
            model.set_optimise(true);
            model.set_sample_rate(case.rate_hz).expect("a rate");
            let method = model.spec().methods[0].clone();
            let (ins, outs, frames) = (method.in_channels, method.out_channels, case.frames);
            // No signal moves its parameters.
            let sounds = ins - method.parameters;
            let lane = |lane: usize| if lane % ins < sounds { 0.1 } else { f32::NAN };
            let input: Vec<f32> = (0..batch * ins * frames).map(|at| lane(at / frames)).collect();
            let mut output = vec![0.0; batch * outs * frames];
            for _ in 0..3 {
                let input = TensorView { samples: &input, batch, channels: ins, frames };
                let output = TensorViewMut { samples: &mut output, batch, channels: outs, frames };
                model.run(0, input, output).expect("a run");
            }
            let figures = model.kernel_figures().expect("figures");
            assert!(figures.taken >= 3 * batch as u64, "{}: {figures:?}", case.name);
            figures.packs
        });
        assert_eq!(packs[0], packs[1], "{}", case.name);
    }
}
