//! Which taps meet which frames.
//!
//! Both kinds of convolution become the same product. An ordinary one has one phase. A transposed one has as many as
//! its stride: the outputs `q * stride + phase` are an ordinary convolution of their own, with the taps that can reach
//! them, so no output is written twice and nothing has to be added up in memory.

use crate::shape::Convolution;

/// One of the interleaved ordinary convolutions.
pub struct Phase {
    /// Which of the kernel's taps belong to it, and for each how many frames after the column's first it reads.
    pub taps: Vec<(usize, isize)>,
    /// Input frames from one column to the next.
    pub in_step: usize,
    /// Output frames from one column to the next.
    pub out_step: usize,
    /// What to subtract from `column * out_step` to find the output frame.
    cut: isize,
}

impl Phase {
    /// All phases of a convolution.
    pub fn of(shape: &Convolution) -> Vec<Self> {
        if !shape.transposed {
            let offset = |tap: usize| (tap * shape.dilation) as isize - shape.padding as isize;
            let taps = (0..shape.kernel).map(|tap| (tap, offset(tap))).collect();
            return vec![Self { taps, in_step: shape.stride, out_step: 1, cut: 0 }];
        }
        let stride = shape.stride;
        (0..stride)
            .map(|phase| {
                let reach = (0..shape.kernel).filter(|tap| tap * shape.dilation % stride == phase);
                let taps = reach.map(|tap| (tap, -((tap * shape.dilation / stride) as isize))).collect();
                Self { taps, in_step: 1, out_step: stride, cut: shape.padding as isize - phase as isize }
            })
            .collect()
    }

    /// The first column whose output is not cut off, its output frame, and how many columns there are.
    pub fn columns(&self, out_frames: usize) -> (usize, usize, usize) {
        let step = self.out_step as isize;
        let first = self.cut.max(0).div_ceil_by(step);
        let from = first * step - self.cut;
        let count = (out_frames as isize - from).max(0).div_ceil_by(step);
        (first as usize, from as usize, count as usize)
    }
}

trait DivCeil {
    /// Rounded up; `self` is not negative.
    fn div_ceil_by(self, step: Self) -> Self;
}

impl DivCeil for isize {
    fn div_ceil_by(self, step: Self) -> Self {
        (self + step - 1) / step
    }
}
