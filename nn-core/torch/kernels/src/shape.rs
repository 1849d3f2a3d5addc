//! What a convolution is.

/// A one-dimensional convolution, ordinary or transposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Convolution {
    /// Channels read.
    pub in_channels: usize,
    /// Channels written.
    pub out_channels: usize,
    /// Taps.
    pub kernel: usize,
    /// Input frames per output frame; transposed: output frames per input frame.
    pub stride: usize,
    /// Zeros on either side of the input; transposed: frames cut off on either side of the output.
    pub padding: usize,
    /// Frames from one tap to the next.
    pub dilation: usize,
    /// Parts into which the channels fall: each reads and writes its own.
    pub groups: usize,
    /// Whether the frames of the input are spread instead of gathered.
    pub transposed: bool,
    /// Frames added at the end; transposed only.
    pub output_padding: usize,
}

impl Convolution {
    /// Whether the numbers make sense together and are small enough to be multiplied.
    pub fn is_sound(&self) -> bool {
        const LARGEST: usize = 1 << 24;
        let counts =
            [self.in_channels, self.out_channels, self.kernel, self.stride, self.dilation, self.groups];
        counts.iter().all(|count| (1..=LARGEST).contains(count))
            && self.padding <= LARGEST
            && self.output_padding < self.stride.max(self.dilation)
            && (self.transposed || self.output_padding == 0)
            && self.in_channels.is_multiple_of(self.groups)
            && self.out_channels.is_multiple_of(self.groups)
            && self.weight_count().is_some()
    }

    /// How many weights there are; `None` when they are more than can be counted.
    pub fn weight_count(&self) -> Option<usize> {
        self.in_channels.checked_mul(self.out_channels / self.groups)?.checked_mul(self.kernel)
    }

    /// Channels that one group reads.
    pub fn group_inputs(&self) -> usize {
        self.in_channels / self.groups
    }

    /// Channels that one group writes.
    pub fn group_outputs(&self) -> usize {
        self.out_channels / self.groups
    }

    /// Frames that the taps span.
    pub fn span_frames(&self) -> usize {
        (self.kernel - 1) * self.dilation + 1
    }

    /// Frames written for `in_frames` read; 0 when the input is too short.
    pub fn out_frames(&self, in_frames: usize) -> usize {
        if in_frames == 0 {
            0
        } else if self.transposed {
            let all = (in_frames - 1) * self.stride + self.span_frames() + self.output_padding;
            all.saturating_sub(2 * self.padding)
        } else {
            let padded = in_frames + 2 * self.padding;
            padded.checked_sub(self.span_frames()).map_or(0, |free| free / self.stride + 1)
        }
    }

    /// Where the weight of an input channel of a group, an output channel of that group and a tap stands in
    /// `[out, in / groups, kernel]`, or transposed in `[in, out / groups, kernel]`.
    pub(crate) fn weight_at(&self, group: usize, input: usize, output: usize, tap: usize) -> usize {
        let row = if self.transposed {
            (group * self.group_inputs() + input) * self.group_outputs() + output
        } else {
            (group * self.group_outputs() + output) * self.group_inputs() + input
        };
        row * self.kernel + tap
    }
}
