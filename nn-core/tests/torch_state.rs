//! Who owns what: inputs, states, weights, memory.
#![cfg(feature = "torch")]

mod torch_stand;

use std::sync::Barrier;

use nn_core::{model::Model, value::Value};
use torch_stand::{Tensor, get, load, method, run, set};

#[test]
fn a_model_may_keep_its_input() {
    let mut model = load("keeper");
    let forward = method(&*model, "forward");
    let mut memory = Tensor::noise(1, 1, 64);
    let first = memory.clone();
    let mut output = Tensor::zeros(1, 1, 64);
    model.run(forward, memory.view(), output.view_mut()).expect("a first run");
    assert_eq!(output, Tensor::zeros(1, 1, 64));
    // The same memory, as a host does it.
    memory.samples.fill(99.0);
    model.run(forward, memory.view(), output.view_mut()).expect("a second run");
    assert_eq!(output, first);
}

#[test]
fn a_fork_goes_on_alone_from_the_same_state() {
    let mut model = load("delay");
    let input = Tensor::noise(1, 1, 256);
    run(&mut *model, "forward", &input);
    let mut fork = model.fork().expect("a fork");
    assert_eq!(fork.spec(), model.spec());

    let silence = Tensor::zeros(1, 1, 256);
    // The original hears another input; the fork must not.
    run(&mut *model, "forward", &input.map(|_| 5.0));
    run(&mut *fork, "forward", &silence);
    let forked = run(&mut *fork, "forward", &silence).samples;
    let original = run(&mut *model, "forward", &silence).samples;
    // 512 samples in, the first one is heard at 500.
    assert_eq!(forked[..244], input.samples[12..]);
    assert!(forked[244..].iter().all(|&s| s == 0.0), "the fork heard the original's input");
    assert_eq!(original[..244], input.samples[12..]);
    assert!(original[244..].iter().all(|&s| s == 5.0));
}

#[test]
fn attributes_of_a_fork_are_its_own() {
    let mut model = load("gain");
    set(&mut *model, "gain", &[Value::Float(0.5)]).expect("a gain");
    let mut fork = model.fork().expect("a fork");
    assert_eq!(get(&mut *fork, "gain"), [Value::Float(0.5)]);
    set(&mut *fork, "gain", &[Value::Float(2.0)]).expect("another gain");
    assert_eq!(get(&mut *model, "gain"), [Value::Float(0.5)]);
}

#[test]
fn a_fork_outlives_its_original() {
    let model = load("delay");
    let mut fork = model.fork().expect("a fork");
    drop(model);
    let mut second = fork.fork().expect("a fork of a fork");
    let input = Tensor::noise(1, 1, 512);
    assert_eq!(run(&mut *fork, "forward", &input), run(&mut *second, "forward", &input));
}

const FORKS: usize = 4;
const RUNS: usize = 40;

/// What one fork answers to its own inputs, one after the other.
fn stream(mut fork: Box<dyn Model>, name: &str, inputs: &[Tensor]) -> Vec<Tensor> {
    fork.prepare_thread(1);
    inputs.iter().map(|input| run(&mut *fork, name, input)).collect()
}

#[test]
fn forks_run_at_the_same_time_as_each_would_alone() {
    // All but the last have state: what is heard depends on what was heard before.
    for (name, method, channels, frames, stateful) in [
        ("delay", "forward", 1, 64, true),
        ("codec", "encode", 1, 2048, true),
        ("codec", "decode", 24, 4, true),
        ("codec", "forward", 1, 512, true),
        ("latent", "forward", 1, 2048, false),
    ] {
        let model = load(name);
        let fork = || model.fork().expect("a fork");
        // Every fork hears something else.
        let noise = Tensor::noise(FORKS * RUNS, channels, frames);
        let pieces = noise.samples.chunks_exact(channels * frames);
        let pieces: Vec<_> =
            pieces.map(|piece| Tensor { samples: piece.into(), batch: 1, channels, frames }).collect();
        let inputs: Vec<_> = pieces.chunks_exact(RUNS).collect();
        let alone: Vec<_> = inputs.iter().map(|inputs| stream(fork(), method, inputs)).collect();
        let fresh = run(&mut *fork(), method, &inputs[0][RUNS - 1]);
        assert_eq!(fresh != alone[0][RUNS - 1], stateful, "{name} {method}");

        let start = Barrier::new(FORKS);
        let together: Vec<_> = std::thread::scope(|scope| {
            let begin = |inputs| {
                let (fork, start) = (fork(), &start);
                scope.spawn(move || {
                    start.wait();
                    stream(fork, method, inputs)
                })
            };
            let threads: Vec<_> = inputs.iter().map(|inputs| begin(*inputs)).collect();
            threads.into_iter().map(|thread| thread.join().expect("a thread that ends")).collect()
        });
        for (number, (together, alone)) in together.iter().zip(&alone).enumerate() {
            let differs = (0..RUNS).find(|&run| together[run] != alone[run]);
            assert_eq!(differs, None, "{name} {method}, fork {number}: first run that differs");
        }
    }
}
