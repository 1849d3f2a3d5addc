//! What a UGen plays offline is the direct call of the model, sample by sample. The direct call is not through this
//! project's C++ (`tests/oracle`).

use std::path::PathBuf;

use nn_core::{
    engine::noise::noise,
    timing::{Mode, Timing},
};

use crate::{
    definition::{AUDIO, Definition, constants, outputs},
    offline::{Rendering, render},
    osc::{Arg, args},
    support::{RATE_HZ, direct, model, root},
};

const BLOCK_FRAMES: usize = 64;
const BUFFER_FRAMES: usize = 2048;

/// A method of a model, and what it should sound like.
struct Case {
    path: PathBuf,
    method: usize,
    buffer_frames: usize,
    inputs: usize,
    latency_frames: usize,
    wanted: Vec<Vec<f32>>,
}

fn models() -> Vec<PathBuf> {
    let files = std::fs::read_dir(root().join("models")).expect("the models");
    let mut paths: Vec<_> = files.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "ts"));
    paths.sort();
    paths
}

/// Methods that answer each buffer, in the worker or in the audio thread. What faults sound like is compared in other hosts.
fn cases(inputs: &[Vec<f32>], frames: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    for path in models() {
        let spec = direct::describe(&path);
        if spec.ratio_lcm().is_ok_and(|lcm| lcm > frames / 3) {
            continue;
        }
        for method in 0..spec.methods.len() {
            for threaded in [true, false] {
                let (asked, mode) = if threaded {
                    (BUFFER_FRAMES, Mode::Worker { deadline_frames: None })
                } else {
                    (0, Mode::Inline)
                };
                let timing = Timing::new(asked, spec.ratio_lcm().expect("ratios"), BLOCK_FRAMES, mode)
                    .expect("a buffer");
                let mut model = direct::load(&path);
                model.seed(3);
                let (wanted, broken) = model.run(method, inputs, timing.buffer_frames, frames);
                if broken.is_some() || wanted.iter().flatten().any(|sample| !sample.is_finite()) {
                    continue;
                }
                cases.push(Case {
                    path: path.clone(),
                    method,
                    buffer_frames: asked,
                    inputs: spec.methods[method].in_channels,
                    latency_frames: timing.latency_frames,
                    wanted,
                });
            }
        }
    }
    cases
}

/// All of them at once, each in a synth of its own.
fn play(server: &str, cases: &[Case], inputs: &[Vec<f32>], frames: usize) -> Rendering {
    let outs: usize = cases.iter().map(|case| case.wanted.len()).sum();
    let mut commands: Vec<(f64, &str, Vec<Arg>)> = Vec::new();
    let mut paths: Vec<_> = cases.iter().map(|case| case.path.display().to_string()).collect();
    paths.dedup();
    for (number, path) in (0..).zip(&paths) {
        commands.push((0.0, "/cmd", args!["/nn_load", number, path.as_str()].to_vec()));
    }
    let mut first = 0;
    for (number, case) in cases.iter().enumerate() {
        let name = format!("case{number}");
        let mut definition = Definition::new(&name);
        let heard = if case.inputs == 0 {
            Vec::new()
        } else {
            let bus = definition.ugen("In", AUDIO, constants(&[outs as f32]), case.inputs);
            outputs(bus, case.inputs)
        };
        let number = i32::try_from(number).expect("few");
        let model = paths.iter().position(|path| *path == case.path.display().to_string());
        let model = model.and_then(|place| i32::try_from(place).ok()).expect("a model");
        let buffer = i32::try_from(case.buffer_frames).expect("small");
        let seed = constants(&[-10.0, 3.0]);
        let ugen = definition.nn((model, case.method, buffer), heard, seed, case.wanted.len());
        definition.out(first, outputs(ugen, case.wanted.len()));
        first += case.wanted.len();
        commands.push((0.0, "/d_recv", args![definition.bytes()].to_vec()));
        commands.push((0.0, "/s_new", args![name.as_str(), 1000 + number, 1, 0].to_vec()));
    }
    let longest = cases.iter().map(|case| case.latency_frames).max().expect("a case");
    commands.push(((frames + longest) as f64 / f64::from(RATE_HZ), "/c_set", args![0, 0.0].to_vec()));
    let commands: Vec<_> = commands.iter().map(|(at, address, args)| (*at, *address, &args[..])).collect();
    render(server, &commands, inputs, outs, &[("NN_OPTIMISE", "0")])
}

#[test]
fn every_method_of_every_model_sounds_like_the_direct_call() {
    let frames = 6 * 6144;
    let inputs: Vec<_> = (0..24).map(|channel| noise(7 + channel, frames)).collect();
    let cases = cases(&inputs, frames);
    assert!(cases.len() >= 40, "only {} comparisons", cases.len());
    let rendering = play("scsynth", &cases, &inputs, frames);
    let mut first = 0;
    for case in &cases {
        let what = format!("{} method {} buffer {}", case.path.display(), case.method, case.buffer_frames);
        for (channel, wanted) in case.wanted.iter().enumerate() {
            let played = &rendering.outputs[first + channel];
            let (silence, sound) = played.split_at(case.latency_frames);
            assert!(silence.iter().all(|sample| *sample == 0.0), "{what}: sound before the latency");
            let differs = wanted.iter().zip(sound).position(|(wanted, played)| wanted != played);
            assert_eq!(
                differs, None,
                "{what}, channel {channel}: first frame that differs\n{}",
                rendering.log
            );
            assert!(sound.len() >= wanted.len(), "{what}: cut off");
        }
        first += case.wanted.len();
    }
}

/// supernova does not hear a file offline, so it plays noise of its own beside what the model makes of it.
#[test]
fn in_supernova_too_a_model_sounds_like_the_direct_call() {
    const MODELS: [&str; 3] = ["codec", "delay", "gain"];
    let frames = 8 * BUFFER_FRAMES;
    let mut definition = Definition::new("all");
    let noise = definition.ugen("WhiteNoise", AUDIO, Vec::new(), 1);
    definition.out(0, outputs(noise, 1));
    let mut commands: Vec<(f64, &str, Vec<Arg>)> = Vec::new();
    let mut latency_frames = 0;
    for (number, name) in (0..).zip(MODELS) {
        let path = model(name).display().to_string();
        let spec = direct::describe(path.as_ref());
        let mode = Mode::Worker { deadline_frames: None };
        let timing = Timing::new(BUFFER_FRAMES, spec.ratio_lcm().expect("ratios"), BLOCK_FRAMES, mode);
        latency_frames = timing.expect("a buffer").latency_frames;
        let ugen = definition.nn((number, 0, 2048), outputs(noise, 1), Vec::new(), 1);
        definition.out(number as usize + 1, outputs(ugen, 1));
        commands.push((0.0, "/cmd", args!["/nn_load", number, path.as_str()].to_vec()));
    }
    commands.push((0.0, "/d_recv", args![definition.bytes()].to_vec()));
    commands.push((0.0, "/s_new", args!["all", 1000, 1, 0].to_vec()));
    let end_s = (frames + latency_frames) as f64 / f64::from(RATE_HZ);
    commands.push((end_s, "/c_set", args![0, 0.0].to_vec()));
    let commands: Vec<_> = commands.iter().map(|(at, address, args)| (*at, *address, &args[..])).collect();
    let rendering = render("supernova", &commands, &[], MODELS.len() + 1, &[("NN_OPTIMISE", "0")]);
    let (heard, played) = rendering.outputs.split_first().expect("noise");
    assert!(heard.iter().any(|sample| *sample != 0.0), "supernova plays no noise: {}", rendering.log);
    for (name, played) in MODELS.into_iter().zip(played) {
        let whole = (heard.len() - latency_frames) / BUFFER_FRAMES * BUFFER_FRAMES;
        let (wanted, _) =
            direct::load(&model(name)).run(0, std::slice::from_ref(heard), BUFFER_FRAMES, whole);
        let differs =
            wanted[0].iter().zip(&played[latency_frames..]).position(|(wanted, played)| wanted != played);
        assert_eq!(differs, None, "{name}: first frame that differs\n{}", rendering.log);
    }
}
