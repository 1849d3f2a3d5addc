use std::sync::atomic::Ordering::Relaxed;

use super::*;
use crate::timing::legal_buffer;
use nn_model::fake::{Behaviour, FakeModel};

/// What is found for a model that failed with `block_frames`, and how many runs that took.
fn found(model: &FakeModel, ratio: usize, block_frames: usize, batch: usize) -> (Option<usize>, u64) {
    let before = model.total_runs.load(Relaxed);
    let mut copy = model.clone();
    let fault = attempt(&mut copy, 0, batch, block_frames, Content::Sound).expect_err("it fails");
    let question = Question {
        copy: &|| model.fork().ok(),
        method: 0,
        batch,
        block_frames,
        legal: &|wanted| legal_buffer(wanted, ratio, 64).ok(),
        wanted: &|| true,
    };
    (nearest(&question, &fault), model.total_runs.load(Relaxed) - before)
}

fn sized(least: usize, most: usize, step: usize) -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Sized { least, most, step, said: "no" })
}

#[test]
fn the_nearest_size_that_works_is_found_larger_ones_first() {
    for (least, most, step, wanted, nearest) in [
        (1000, 100_000, 1, 256, Some(1024)),
        (4096, 4096, 1, 64, Some(4096)),
        (4096, 4096, 1, 16_384, Some(4096)),
        (1, 512, 1, 4096, Some(512)),
        (65_536, 65_536, 1, 64, Some(65_536)),
        (1, 200, 1, 4096, Some(128)),
        (70_000, 80_000, 1, 64, None),
        (1, 32, 1, 4096, None),
    ] {
        assert_eq!(
            found(&sized(least, most, step), 1, wanted, 1).0,
            nearest,
            "{least} to {most}, wanted {wanted}"
        );
    }
}

#[test]
fn a_size_that_only_the_first_run_bears_is_passed_over() {
    let model = FakeModel::new([1, 1, 1, 1], Behaviour::Overlapping(2048));
    // 512 after three quarters of a window, and then 512 after 512.
    for (wanted, nearest) in [(512, 1024), (256, 1024)] {
        assert_eq!(found(&model, 1, wanted, 1).0, Some(nearest), "{wanted}");
    }
    assert!(attempt(&mut model.clone(), 0, 1, 1024, Content::Sound).is_ok());
}

#[test]
fn hints_are_found_in_what_the_model_says_and_a_nearer_size_is_still_taken() {
    let says = |least, step, said| {
        FakeModel::new([1, 1, 1, 1], Behaviour::Sized { least, most: 1 << 20, step, said })
    };
    assert_eq!(found(&says(1, 3000, "not divisible by 3000"), 1, 4096, 1).0, Some(6000));
    assert_eq!(found(&says(1500, 1, "window 1500 larger than input"), 1, 256, 1).0, Some(1500));
    assert_eq!(found(&says(500, 1, "the 8192 of something else"), 1, 256, 1).0, Some(512));
    assert_eq!(found(&says(100_000, 1, "less than 100000"), 1, 256, 1).0, Some(100_000));
}

#[test]
fn a_failure_that_is_not_the_sizes_is_left_as_it_is() {
    let failing = FakeModel::new([1, 1, 1, 1], Behaviour::Failing(0));
    let (nearest, runs) = found(&failing, 1, 4096, 1);
    assert!(nearest.is_none() && runs < 60, "{runs}");
    let panicking = FakeModel::new([1, 1, 1, 1], Behaviour::Panicking);
    assert_eq!(found(&panicking, 1, 4096, 1), (None, 1));
    // What one example does not mind, no size mends.
    let single = FakeModel::new([1, 1, 1, 1], Behaviour::OneExample);
    let (nearest, runs) = found(&single, 1, 4096, 2);
    assert!(nearest.is_none() && runs < 5, "{runs}");
    // Fails with sound, not with silence.
    let touchy = FakeModel::new([1, 1, 1, 1], Behaviour::OnlySilence);
    let (nearest, runs) = found(&touchy, 1, 4096, 1);
    assert!(nearest.is_none() && runs < 5, "{runs}");
}

#[test]
fn ratios_are_kept_and_nothing_is_tried_when_nobody_wants_to_know() {
    let model = FakeModel::new([1, 512, 1, 512], Behaviour::Sized { least: 4, most: 4, step: 1, said: "no" });
    assert_eq!(found(&model, 512, 512, 1).0, Some(2048));
    let fault = RunError::WrongShape {
        method: "m".into(),
        found: "[1, 1, 2]".into(),
        batch: 1,
        channels: 1,
        frames: 4,
        promise: "m_params".into(),
    };
    let unwanted = Question {
        copy: &|| model.fork().ok(),
        method: 0,
        batch: 1,
        block_frames: 512,
        legal: &Some,
        wanted: &|| false,
    };
    let before = model.total_runs.load(Relaxed);
    assert_eq!((nearest(&unwanted, &fault), model.total_runs.load(Relaxed)), (None, before));
}
