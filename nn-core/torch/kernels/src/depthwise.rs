//! Convolutions in which each output channel reads one channel only: too few products for panels.

use crate::{element::Element, shape::Convolution};

/// Whether every group reads one channel.
pub fn suits(shape: &Convolution) -> bool {
    !shape.transposed && shape.groups > 1 && shape.group_inputs() == 1
}

/// One channel of one example: `x` are its frames, `y` gets all of its output.
pub fn fill_row<E: Element>(shape: &Convolution, taps: &[E], x: &[f32], bias: f32, y: &mut [f32]) {
    y.fill(bias);
    for (tap, &weight) in taps.iter().enumerate() {
        add_tap(shape, x, tap, weight.value(), y);
    }
}

/// Adds what one tap gives to all frames that it reaches.
#[inline(always)] // Into the loop over the taps, for every type of weights.
fn add_tap(shape: &Convolution, x: &[f32], tap: usize, weight: f32, y: &mut [f32]) {
    let (stride, ahead) = (shape.stride, tap * shape.dilation);
    // Frame `t` reads `t * stride + ahead - padding`.
    let first = shape.padding.saturating_sub(ahead).div_ceil(stride);
    let begin = first * stride + ahead - shape.padding;
    let (Some(y), Some(x)) = (y.get_mut(first..), x.get(begin..)) else { return };
    if stride == 1 {
        for (y, x) in y.iter_mut().zip(x) {
            *y += weight * x;
        }
    } else {
        for (y, x) in y.iter_mut().zip(x.iter().step_by(stride)) {
            *y += weight * x;
        }
    }
}
