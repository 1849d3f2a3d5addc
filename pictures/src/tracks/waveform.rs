//! A long signal as the lowest and the highest sample of each column of pixels.

use crate::describe::Axis;
use crate::frame::{self, Frame};
use crate::shape::Shape;
use crate::theme::SERIES;

/// How far the axis goes on both sides of zero: round, and enough for all signals.
pub fn extent<'a>(signals: impl Iterator<Item = &'a [f32]>) -> f64 {
    let peak = |samples: &[f32]| {
        samples.iter().map(|sample| sample.abs()).filter(|size| size.is_finite()).fold(0.0, f32::max)
    };
    let loudest = f64::from(signals.map(peak).fold(0.0, f32::max));
    let steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
    if loudest == 0.0 { 1.0 } else { steps.into_iter().find(|step| *step >= loudest).unwrap_or(loudest) }
}

/// The signal with its frame and vertical axis.
pub fn drawn(frame: &Frame, samples: &[f32], sample_rate_hz: u32) -> Vec<Shape> {
    let mut shapes = frame::grid(frame);
    let length_s = samples.len() as f64 / f64::from(sample_rate_hz.max(1));
    let columns = (length_s / frame.x.to * f64::from(frame.width)).round().max(1.0) as usize;
    let mut upper = Vec::with_capacity(columns);
    let mut lower = Vec::with_capacity(columns);
    for column in 0..columns {
        let frame_at = |column: usize| (column as f64 / columns as f64 * samples.len() as f64) as usize;
        let part =
            &samples[frame_at(column)..frame_at(column + 1).max(frame_at(column) + 1).min(samples.len())];
        let finite = part.iter().copied().filter(|sample| sample.is_finite());
        let (least, most) = finite.fold((f32::INFINITY, f32::NEG_INFINITY), |(least, most), sample| {
            (least.min(sample), most.max(sample))
        });
        let (least, most) = if least > most { (0.0, 0.0) } else { (least, most) };
        let x = (frame.left + column as f32 + 0.5).min(frame.right());
        // Silence is a thin line too.
        let row = |sample: f32| frame.at_within(0.0, f64::from(sample))[1];
        upper.push([x, (row(most) - 0.4).max(frame.top)]);
        lower.push([x, (row(least) + 0.4).min(frame.foot())]);
    }
    upper.extend(lower.into_iter().rev());
    shapes.push(Shape::Fill { points: upper, colour: SERIES[0], opacity: 1.0 });
    shapes.push(frame::outline(frame));
    shapes.extend(frame::vertical_axis(frame, &Axis::linear("amplitude")));
    shapes
}
