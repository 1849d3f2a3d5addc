//! Every model of this repository through libtorch: what it says, what it computes.
#![cfg(feature = "torch")]

mod torch_stand;

use nn_core::{midi::TimedMidi, model::ModelSource};
use torch_stand::{Tensor, load, models, run, source};

/// Models whose methods break their promise on purpose.
const BREAKERS: [&str; 3] = ["throws", "short", "listy"];

fn all_models() -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(models())
        .expect("the folder of models")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ts"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 19, "only {names:?}");
    names
}

#[test]
fn the_loaded_model_is_what_the_file_announces() {
    for name in all_models() {
        let path = models().join(&name).with_extension("ts");
        let described = source().describe(&(&path).into()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(*load(&name).spec(), described, "{name}");
    }
}

#[test]
fn every_method_gives_the_promised_shape_for_any_batch() {
    for name in all_models().into_iter().filter(|name| !BREAKERS.contains(&name.as_str())) {
        let mut model = load(&name);
        let spec = model.spec().clone();
        let block = spec.ratio_lcm().expect("a legal model").next_multiple_of(2048);
        // A missing dimension can only stand for a batch of one.
        let batches: &[usize] = if name == "flat" { &[1] } else { &[1, 3] };
        for method in &spec.methods {
            for &batch in batches {
                let input = Tensor::noise(batch, method.in_channels, block / method.in_ratio);
                let output = run(&mut *model, &method.name, &input);
                assert!(!output.samples.contains(&-77.0), "{name}.{}: samples left out", method.name);
            }
        }
    }
}

#[test]
fn identities_are_exact() {
    for name in ["identity", "ratio512", "ratio3000", "ratios", "slow", "strided", "double", "keeper"] {
        let mut model = load(name);
        let batch = 2;
        let input = Tensor::noise(batch, 1, 1536);
        if name == "keeper" {
            run(&mut *model, "forward", &input);
        }
        assert_eq!(run(&mut *model, "forward", &input), input, "{name}");
    }
}

#[test]
fn an_output_without_its_batch_of_one_is_taken() {
    let mut model = load("flat");
    let (mono, stereo) = (Tensor::noise(1, 1, 512), Tensor::noise(1, 2, 512));
    assert_eq!(run(&mut *model, "forward", &mono), mono);
    assert_eq!(run(&mut *model, "stereo", &stereo), stereo);
}

#[test]
fn channels_go_where_the_model_sends_them() {
    let mut model = load("multi");
    let input = Tensor::noise(3, 2, 64);
    let output = run(&mut *model, "swap", &input);
    for example in 0..3 {
        assert_eq!(output.channel(example, 0), input.channel(example, 1));
        assert_eq!(output.channel(example, 1), input.channel(example, 0));
    }
    assert_eq!(model.spec().method("midside").expect("midside").output_labels, ["mid", "side"]);
}

#[test]
fn a_generator_without_input_channels_runs_at_the_hosts_rate() {
    let mut model = load("generator");
    assert!(model.spec().takes_sample_rate);
    model.set_sample_rate(48_000).expect("a rate");
    let output = run(&mut *model, "osc", &Tensor::zeros(1, 0, 4800));
    for (frame, &sample) in output.samples.iter().enumerate() {
        let wanted = 0.5 * (std::f64::consts::TAU * 440.0 * frame as f64 / 48_000.0).sin();
        assert!((f64::from(sample) - wanted).abs() < 1e-6, "frame {frame}: {sample} instead of {wanted}");
    }
    let refused = model.set_sample_rate(0).expect_err("0 Hz").to_string();
    assert_eq!(refused, "sample rate: the model raised: ValueError: a sample rate of 0 Hz is impossible");
}

#[test]
fn a_model_says_at_which_rate_it_is_at_home() {
    assert_eq!(load("features").spec().sample_rate_hz, Some(44_100));
    assert_eq!(load("latent").spec().sample_rate_hz, Some(48_000));
    assert_eq!(load("identity").spec().sample_rate_hz, None);
}

#[test]
fn state_moves_on_by_one_block_per_run() {
    let mut model = load("delay");
    let input = Tensor::noise(1, 1, 2048);
    let mut heard = Vec::new();
    for block in input.samples.chunks(256) {
        let block = Tensor { samples: block.to_vec(), frames: 256, ..Tensor::zeros(1, 1, 0) };
        heard.extend(run(&mut *model, "forward", &block).samples);
    }
    assert!(heard[..500].iter().all(|&sample| sample == 0.0));
    assert_eq!(heard[500..], input.samples[..2048 - 500]);
}

#[test]
fn a_loaded_model_lets_methods_without_code_count_for_the_buffer() {
    let model = load("sized/announced");
    let methods: Vec<_> = model.spec().methods.iter().map(|method| method.name.as_str()).collect();
    assert_eq!((methods, model.spec().ratio_lcm()), (vec!["forward"], Ok(4096)));
}

/// A run of a model without input; its sound, and the messages that it answers.
fn played(
    model: &mut dyn nn_core::model::Model,
    messages: &[(usize, [u8; 3])],
    frames: usize,
) -> (Vec<f32>, Vec<TimedMidi>) {
    let messages: Vec<_> = messages
        .iter()
        .map(|(at_frames, bytes)| TimedMidi { at_frames: *at_frames, bytes: bytes.to_vec() })
        .collect();
    model.set_midi(&messages).expect("messages");
    let sound = run(model, "forward", &Tensor::noise(1, 0, frames)).samples;
    let mut answered = Vec::new();
    model.read_midi(&mut answered).expect("messages");
    (sound, answered)
}

#[test]
fn a_model_with_attributes_for_midi_is_played_by_messages() {
    let mut model = load("keys");
    model.set_sample_rate(48_000).expect("a rate");
    let (sound, answered) = played(&mut *model, &[(100, [0x90, 69, 127])], 9600);
    assert!(sound[..100].iter().all(|&sample| sample == 0.0));
    // A at half the level, once it has risen.
    let turns = |sound: &[f32]| sound.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
    assert!((86..=88).contains(&turns(&sound[100..])), "{}", turns(&sound[100..]));
    let loudest = sound[4800..].iter().copied().fold(0.0, f32::max);
    assert!((loudest - 0.5).abs() < 0.01, "{loudest}");
    assert_eq!(answered, [TimedMidi { at_frames: 100, bytes: vec![0x90, 81, 127] }]);
    // Without messages it plays on; the last held key counts; all keys up is silence.
    let (on, answered) = played(&mut *model, &[], 4800);
    assert!(answered.is_empty() && (on[0] - sound[9599]).abs() < 0.05, "it goes on");
    let (higher, _) = played(&mut *model, &[(0, [0x91, 81, 64]), (4800, [0x80, 81, 0])], 9600);
    assert!((86..=90).contains(&turns(&higher[..4800])) && (42..=46).contains(&turns(&higher[4800..])));
    let (end, _) = played(&mut *model, &[(0, [0x90, 69, 0])], 9600);
    assert!(end[4800..].iter().all(|sample| sample.abs() < 1e-4));
    let largest_step = end.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
    assert!(largest_step < 0.05, "it clicks: {largest_step}");
}
