//! First runs cost more than later ones: they happen before the sound depends on them.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use crate::{
    model::{Device, Model, TensorView, TensorViewMut},
    port::frame::FrameShape,
};

/// Runs a method on a copy until it is compiled, so that the model's own state stays what the file holds. Answers how
/// long the last run took.
///
/// Faults are left to the first real run, which reports them.
pub fn warm_up(model: &dyn Model, method: usize, shape: FrameShape, device: Device) -> Duration {
    let Ok(mut copy) = model.fork_to(device) else { return Duration::ZERO };
    let Some((in_ratio, out_ratio)) = copy.spec().methods.get(method).map(|m| (m.in_ratio, m.out_ratio))
    else {
        return Duration::ZERO;
    };
    let in_frames = shape.buffer_frames / in_ratio;
    let out_frames = shape.buffer_frames / out_ratio;
    let input = vec![0.0; shape.in_lanes() * in_frames];
    let mut output = vec![0.0; shape.out_lanes() * out_frames];
    let mut took = Duration::ZERO;
    for _ in 0..2 {
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
        let begin = Instant::now();
        if !matches!(catch_unwind(AssertUnwindSafe(|| copy.run(method, input, output))), Ok(Ok(()))) {
            break;
        }
        took = begin.elapsed();
    }
    took
}
