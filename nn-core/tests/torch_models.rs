//! Every model of this repository through libtorch: what it says, what it computes.
#![cfg(feature = "torch")]

mod torch_stand;

use nn_core::model::ModelSource;
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
