//! First runs cost more than later ones: they happen before the sound depends on them.

use std::time::{Duration, Instant};

use crate::{
    fit::{Trial, input::Content},
    port::{buffer::BufferShape, stream::StreamFormat},
    resample::Resampling,
};
use nn_model::{Model, RunError};

/// A model that plays finds its weights and its code gone from the caches at every run, and so it does here.
const PAUSE: Duration = Duration::from_millis(10);

/// How many runs `deadline auto` looks at, after those that compile.
pub const MEASURED_RUNS: usize = 52;

/// What a warm-up showed.
#[derive(Debug, Default)]
pub struct WarmUp {
    /// How long the last run took.
    pub took: Duration,
    /// The longest run after the first two.
    pub worst: Duration,
    /// Why a run failed.
    pub fault: Option<RunError>,
}

/// How long a buffer takes and takes at most, with a model that is warmed up for it: all the model's runs that may fall
/// into one buffer, and the way to its rate and back.
pub(super) fn warm_up_for(copy: &mut dyn Model, method: usize, format: &StreamFormat, runs: usize) -> WarmUp {
    let measured = warm_up(copy, method, format.model_shape(), runs);
    let Some(plan) = format.resampling else { return measured };
    let most_runs = u32::try_from(plan.most_runs).unwrap_or(u32::MAX);
    let mut resampling = Resampling::new(plan, format.shape, false);
    let mut buffer = format.shape.buffer();
    let begin = Instant::now();
    let _no_fault = resampling.run(&mut buffer, |_| Ok(()));
    let between = begin.elapsed();
    let whole = |run: Duration| run.saturating_mul(most_runs) + between;
    WarmUp { took: whole(measured.took), worst: whole(measured.worst), fault: measured.fault }
}

/// Runs a method of a copy until it is compiled, at the pace at which a playing model is run.
pub fn warm_up(copy: &mut dyn Model, method: usize, shape: BufferShape, runs: usize) -> WarmUp {
    let mut measured = WarmUp::default();
    if copy.runs_leave_traces() {
        return measured;
    }
    // Not silence: what is zero may be left out of the computation.
    let Some(mut trial) = Trial::new(copy.spec(), method, shape.batch, shape.buffer_frames, Content::Sound)
    else {
        return measured;
    };
    for number in 0..runs {
        if number >= 2 {
            std::thread::sleep(PAUSE);
        }
        let begin = Instant::now();
        if let Err(fault) = trial.run(copy) {
            measured.fault = Some(fault);
            break;
        }
        measured.took = begin.elapsed();
        if number >= 2 {
            measured.worst = measured.worst.max(measured.took);
        }
    }
    measured
}
