//! The definition of a convolution, in double precision, without any thought of speed.

use nn_kernels::{Convolution, ElementType};

/// A weight as a type keeps it.
pub fn kept(element: ElementType, weight: f32) -> f32 {
    match element {
        ElementType::F32 => weight,
        ElementType::Bf16 => with_8_bits(weight),
    }
}

/// The nearest number whose fraction has 8 bits with the leading one, the even one of two. For normal numbers.
fn with_8_bits(weight: f32) -> f32 {
    if weight == 0.0 {
        return weight;
    }
    let power_of_two = f32::from_bits(weight.to_bits() & f32::INFINITY.to_bits());
    let step = f64::from(power_of_two) / 128.0;
    ((f64::from(weight) / step).round_ties_even() * step) as f32
}

/// `[batch, out_channels, out_frames]`.
pub fn convolve(
    shape: &Convolution,
    weights: &[f32],
    bias: Option<&[f32]>,
    batch: usize,
    in_frames: usize,
    x: &[f32],
) -> Vec<f64> {
    let out_frames = shape.out_frames(in_frames);
    let (inputs, outputs) = (shape.group_inputs(), shape.group_outputs());
    let mut y = vec![0.0; batch * shape.out_channels * out_frames];
    for (row, y) in y.chunks_exact_mut(out_frames).enumerate() {
        let (example, out) = (row / shape.out_channels, row % shape.out_channels);
        y.fill(bias.map_or(0.0, |bias| f64::from(bias[out])));
        for input in 0..inputs {
            let channel = out / outputs * inputs + input;
            let x = &x[(example * shape.in_channels + channel) * in_frames..][..in_frames];
            for tap in 0..shape.kernel {
                let at = if shape.transposed {
                    (channel * outputs + out % outputs) * shape.kernel + tap
                } else {
                    (out * inputs + input) * shape.kernel + tap
                };
                let weight = f64::from(weights[at]);
                let (stride, shift) =
                    (shape.stride, (tap * shape.dilation) as isize - shape.padding as isize);
                if shape.transposed {
                    for (from, &x) in x.iter().enumerate() {
                        let to = (from * stride).checked_add_signed(shift);
                        if let Some(y) = to.and_then(|to| y.get_mut(to)) {
                            *y += weight * f64::from(x);
                        }
                    }
                } else {
                    for (to, y) in y.iter_mut().enumerate() {
                        let from = (to * stride).checked_add_signed(shift);
                        if let Some(&x) = from.and_then(|from| x.get(from)) {
                            *y += weight * f64::from(x);
                        }
                    }
                }
            }
        }
    }
    y
}
