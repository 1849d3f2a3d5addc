//! First runs cost more than later ones: they happen before the sound depends on them.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use crate::{
    model::{Model, TensorView, TensorViewMut},
    port::{frame::FrameShape, stream::StreamFormat},
    resample::Resampling,
};

/// A model that plays finds its weights and its code gone from the caches at every run, and so it does here.
const PAUSE: Duration = Duration::from_millis(10);

/// How many runs `deadline auto` looks at, after those that compile.
pub const MEASURED_RUNS: usize = 52;

/// How long a buffer takes and takes at most, with a model that is warmed up for it: all the model's runs that may fall
/// into one buffer, and the way to its rate and back.
pub(super) fn warm_up_for(
    copy: &mut dyn Model,
    method: usize,
    format: &StreamFormat,
    runs: usize,
) -> (Duration, Duration) {
    let (took, worst) = warm_up(copy, method, format.model_shape(), runs);
    let Some(plan) = format.resampling else { return (took, worst) };
    let most_runs = u32::try_from(plan.most_runs).unwrap_or(u32::MAX);
    let mut resampling = Resampling::new(plan, format.shape, false);
    let mut frame = format.shape.frame();
    let begin = Instant::now();
    let _no_fault = resampling.run(&mut frame, |_| Ok(()));
    let between = begin.elapsed();
    (took.saturating_mul(most_runs) + between, worst.saturating_mul(most_runs) + between)
}

/// Runs a method of a copy until it is compiled. Answers how long the last run took, and the longest after the first
/// two, at a pace at which a model is run that plays.
///
/// Faults are left to the first real run, which reports them.
pub fn warm_up(copy: &mut dyn Model, method: usize, shape: FrameShape, runs: usize) -> (Duration, Duration) {
    let none = (Duration::ZERO, Duration::ZERO);
    let Some((in_ratio, out_ratio)) = copy.spec().methods.get(method).map(|m| (m.in_ratio, m.out_ratio))
    else {
        return none;
    };
    let in_frames = shape.buffer_frames / in_ratio;
    let out_frames = shape.buffer_frames / out_ratio;
    // Not silence: what is zero may be left out of the computation.
    let input: Vec<f32> =
        (0..shape.in_lanes() * in_frames).map(|n| ((n * 7919) % 1000) as f32 * 2e-4 - 0.1).collect();
    let mut output = vec![0.0; shape.out_lanes() * out_frames];
    let (mut took, mut worst) = none;
    for number in 0..runs {
        let input = TensorView {
            samples: &input,
            batch: shape.batch,
            channels: shape.in_channels,
            frames: in_frames,
        };
        let output = TensorViewMut {
            samples: &mut output,
            batch: shape.batch,
            channels: shape.out_channels,
            frames: out_frames,
        };
        if number >= 2 {
            std::thread::sleep(PAUSE);
        }
        let begin = Instant::now();
        if !matches!(catch_unwind(AssertUnwindSafe(|| copy.run(method, input, output))), Ok(Ok(()))) {
            break;
        }
        took = begin.elapsed();
        if number >= 2 {
            worst = worst.max(took);
        }
    }
    (took, worst)
}
