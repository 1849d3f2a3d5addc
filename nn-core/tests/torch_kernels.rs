//! The backend's own convolutions: the same sound as libtorch's, weights packed once, nobody else notices.
#![cfg(feature = "torch")]

mod torch_stand;

use nn_core::{
    model::{Model, Runtime},
    torch::TorchRuntime,
};
use torch_stand::{Tensor, load, run};

/// What is allowed relative to the largest output.
const TOLERANCE: f32 = 5e-6;

/// The largest difference relative to the largest sample of `wanted`.
fn relative_difference(found: &Tensor, wanted: &Tensor) -> f32 {
    assert_eq!(found.samples.len(), wanted.samples.len());
    let largest = wanted.samples.iter().fold(0.0_f32, |largest, sample| largest.max(sample.abs()));
    assert!(largest > 0.0, "silence shows nothing");
    let pairs = found.samples.iter().zip(&wanted.samples);
    pairs.fold(0.0_f32, |worst, (found, wanted)| worst.max((found - wanted).abs())) / largest
}

/// A fork that libtorch alone computes.
fn plain(model: &dyn Model) -> Box<dyn Model> {
    let mut fork = model.fork().expect("a fork");
    assert!(fork.set_optimise(false), "the model knows the difference");
    fork
}

fn taken(model: &dyn Model) -> u64 {
    model.kernel_figures().expect("figures").taken
}

fn packs(model: &dyn Model) -> u64 {
    model.kernel_figures().expect("figures").packs
}

/// One test at a time: files of one content share weights and packs, and these tests count and change them.
fn alone() -> std::sync::MutexGuard<'static, ()> {
    static ALONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[test]
fn streamed_blocks_of_awkward_convolutions_are_those_of_libtorch() {
    let _alone = alone();
    for batch in 1..=3 {
        let mut model = load("convolutions");
        let mut reference = plain(&*model);
        let mut left = Vec::new();
        for block in 0..20 {
            left.push(model.kernel_figures().expect("figures").left);
            for (method, frames) in [("forward", 480), ("upsample", 120)] {
                let input = Tensor::noise(batch, 2, frames).map(|sample| sample * (1.0 + block as f32));
                let found = run(&mut *model, method, &input);
                let wanted = run(&mut *reference, method, &input);
                let difference = relative_difference(&found, &wanted);
                assert!(difference <= TOLERANCE, "{method}, batch {batch}, block {block}: {difference:e}");
            }
        }
        let figures = model.kernel_figures().expect("figures");
        assert!(figures.taken > 0, "{figures:?}");
        // Some are faster in libtorch, in every block. A weight that is computed anew at every call is known when it
        // comes the second time; another test may have shown it first: loads of one file share packs.
        let (first, each) = (left[1] - left[0], (left[19] - left[1]) / 18);
        assert_eq!(left[19] - left[1], 18 * each, "{left:?}");
        assert!(first <= each + 1, "{left:?}");
        assert_eq!(taken(&*reference), 0);
    }
}

#[test]
fn the_latents_of_the_codec_are_those_of_libtorch() {
    let _alone = alone();
    let mut model = load("codec");
    let mut reference = plain(&*model);
    for block in 0..20 {
        let input = Tensor::noise(1, 1, 2048).map(|sample| sample * 0.05 * block as f32 + 1e-3);
        let found = run(&mut *model, "encode", &input);
        let difference = relative_difference(&found, &run(&mut *reference, "encode", &input));
        assert!(difference <= TOLERANCE, "block {block}: {difference:e}");
    }
    assert!(taken(&*model) > 0);
}

/// Its oscillators round how far they turn to whole numbers and add that up for ever: whatever is summed in another order
/// drifts apart, libtorch from itself too.
#[test]
fn the_sound_of_the_codec_drifts_no_further_than_libtorchs_own_with_another_batch() {
    let _alone = alone();
    let mut model = load("codec");
    let (mut reference, mut pair) = (plain(&*model), plain(&*model));
    let (mut ours, mut theirs) = (0.0_f32, 0.0_f32);
    for block in 0..50 {
        let input = Tensor::noise(1, 1, 2048).map(|sample| sample * 0.02 * block as f32 + 1e-3);
        let latents = run(&mut *reference, "encode", &input);
        let wanted = run(&mut *reference, "decode", &latents);
        let found = run(&mut *model, "decode", &latents);
        let twice = Tensor { batch: 2, samples: latents.samples.repeat(2), ..latents };
        let both = run(&mut *pair, "decode", &twice);
        let half = Tensor { batch: 1, samples: both.samples[..wanted.samples.len()].to_vec(), ..both };
        ours = ours.max(relative_difference(&found, &wanted));
        theirs = theirs.max(relative_difference(&half, &wanted));
    }
    println!("with kernels {ours:e}, libtorch with another batch {theirs:e}");
    // Where libtorch sums both batches in the same order it says nothing.
    assert!(ours <= 4.0 * theirs.max(2.5e-5), "{ours:e} against {theirs:e}");
}

#[test]
fn switched_off_the_model_is_libtorch_bit_for_bit() {
    let _alone = alone();
    let input = Tensor::noise(1, 2, 480);
    let original = load("convolutions");
    let mut on = original.fork().expect("a fork");
    let mut off = plain(&*original);
    let mut fork_of_off = off.fork().expect("a fork");
    let wanted = run(&mut *off, "forward", &input);
    // Called by others, without this project's C++ (`tests/oracle`).
    let mut oracle = nn_oracle::load(&torch_stand::models().join("convolutions.ts"));
    let asked = nn_oracle::Tensor { samples: input.samples.clone(), shape: vec![1, 2, 480] };
    let answered = oracle.run("forward", &asked).expect("a tensor");
    assert_eq!(answered.samples, wanted.samples);
    assert_eq!(run(&mut *fork_of_off, "forward", &input), wanted, "forks do as their original");
    assert_ne!(
        run(&mut *on, "forward", &input),
        wanted,
        "the order of sums differs, or this test shows nothing"
    );
    // The same model, switched in the middle of its stream.
    let mut switched = original.fork().expect("a fork");
    switched.set_optimise(false);
    assert_eq!(run(&mut *switched, "forward", &input), wanted);
    assert_eq!((taken(&*off), taken(&*fork_of_off), taken(&*switched)), (0, 0, 0));
    switched.set_optimise(true);
    run(&mut *switched, "forward", &input);
    assert!(taken(&*switched) > 0);
}

#[test]
fn a_weight_that_is_changed_in_place_is_heard() {
    let _alone = alone();
    let input = Tensor::noise(1, 2, 480);
    let mut model = load("convolutions");
    let mut reference = plain(&*model);
    run(&mut *model, "forward", &input);
    let before = run(&mut *model, "forward", &input);
    run(&mut *reference, "forward", &input);
    run(&mut *reference, "forward", &input);
    let packed = packs(&*model);
    for turn in 0..6 {
        // Weights are shared: whoever turns them, turns them for both.
        torch_stand::set(&mut *model, "sharpness", &[nn_core::value::Value::Float(2.0 + f64::from(turn))])
            .expect("a setter");
        let found = run(&mut *model, "forward", &input);
        let wanted = run(&mut *reference, "forward", &input);
        assert!(relative_difference(&found, &wanted) <= TOLERANCE, "turn {turn}");
        assert!(relative_difference(&found, &before) > 1e-3, "turn {turn}: the change is not heard");
    }
    for _ in 0..40 {
        run(&mut *model, "forward", &input);
    }
    assert_eq!(packs(&*model), packed, "packs of weights that are gone must go, and new ones must come");
}

#[test]
fn forks_share_packs_and_run_at_the_same_time() {
    let _alone = alone();
    // What is left to libtorch depends on how many threads it may use.
    TorchRuntime.prepare_thread(1);
    let model = load("convolutions");
    let input = Tensor::noise(1, 2, 480);
    // The second time all weights are known.
    run(&mut *model.fork().expect("a fork"), "forward", &input);
    let wanted = run(&mut *model.fork().expect("a fork"), "forward", &input);
    let packed = packs(&*model);
    assert!(packed > 0);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (mut fork, model, input) =
                (model.fork().expect("a fork"), model.fork().expect("a fork"), input.clone());
            std::thread::spawn(move || {
                TorchRuntime.prepare_thread(1);
                let outputs = (0..30).map(|_| run(&mut *model.fork().expect("a fork"), "forward", &input));
                let outputs: Vec<_> = outputs.chain([run(&mut *fork, "forward", &input)]).collect();
                (outputs, fork.kernel_figures().expect("figures"))
            })
        })
        .collect();
    for thread in threads {
        let (outputs, figures) = thread.join().expect("a thread that ends");
        for (n, output) in outputs.iter().enumerate() {
            assert!(*output == wanted, "{n}: {:e}", relative_difference(output, &wanted));
        }
        assert_eq!(figures.packs, packed);
    }
    // Another load has them too, as long as the first one lives.
    assert_eq!(packs(&*load("convolutions")), packed);
}

#[test]
fn many_threads_at_their_first_run_pack_once() {
    let _alone = alone();
    let model = load("codec");
    let input = Tensor::noise(1, 1, 2048);
    let outputs: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let mut fork = model.fork().expect("a fork");
                let input = &input;
                scope.spawn(move || run(&mut *fork, "encode", input))
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("a thread that ends")).collect()
    });
    assert!(outputs.iter().all(|output| *output == outputs[0]));
    let packed = packs(&*model);
    assert!(packed > 0);
    run(&mut *model.fork().expect("a fork"), "encode", &input);
    assert_eq!(packs(&*model), packed);
}

#[test]
fn another_thread_takes_libtorchs_own_way_meanwhile() {
    let _alone = alone();
    let original = load("convolutions");
    let input = Tensor::noise(1, 2, 480);
    let wanted = run(&mut *plain(&*original), "forward", &input);
    let busy = &std::sync::atomic::AtomicBool::new(true);
    std::thread::scope(|scope| {
        let mut on = original.fork().expect("a fork");
        let worker = scope.spawn({
            let input = &input;
            move || {
                while busy.load(std::sync::atomic::Ordering::Relaxed) {
                    run(&mut *on, "forward", input);
                }
                taken(&*on)
            }
        });
        for _ in 0..100 {
            let mut off = plain(&*original);
            assert_eq!(run(&mut *off, "forward", &input), wanted);
            assert_eq!(taken(&*off), 0);
        }
        busy.store(false, std::sync::atomic::Ordering::Relaxed);
        assert!(worker.join().expect("a thread that ends") > 0);
    });
}
