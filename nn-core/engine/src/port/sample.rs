//! Host samples: `f32` in Pure Data, `f64` in Max and in double-precision Pure Data. Models speak `f32`.

/// A sample of a host.
///
/// Thread: any.
pub trait Sample: Copy {
    /// To the model's precision.
    fn to_f32(self) -> f32;
    /// From the model's precision.
    fn from_f32(sample: f32) -> Self;
}

impl Sample for f32 {
    fn to_f32(self) -> f32 {
        self
    }
    fn from_f32(sample: f32) -> Self {
        sample
    }
}

impl Sample for f64 {
    fn to_f32(self) -> f32 {
        self as f32
    }
    fn from_f32(sample: f32) -> Self {
        f64::from(sample)
    }
}

/// The host's input signals of one block. Host outputs may be the same memory, so these are read before any
/// output is touched.
///
/// Thread: audio.
pub trait Inputs<S: Sample> {
    /// Number of channels of an inlet's signal.
    fn channels(&self, inlet: usize) -> usize;
    /// The samples of a channel of an inlet, or `None` when there is no such signal (silence).
    fn channel(&self, inlet: usize, channel: usize) -> Option<&[S]>;
}

/// The host's output signals of one block.
///
/// Thread: audio.
pub trait Outputs<S: Sample> {
    /// Number of outlets.
    fn outlets(&self) -> usize;
    /// Number of channels of an outlet.
    fn channels(&self, outlet: usize) -> usize;
    /// The samples of a channel of an outlet, all of which will be written.
    fn channel_mut(&mut self, outlet: usize, channel: usize) -> Option<&mut [S]>;
}

/// Signals with one channel each, for tests and offline use: `signals[port]`.
impl<S: Sample> Inputs<S> for Vec<Vec<S>> {
    fn channels(&self, _inlet: usize) -> usize {
        1
    }
    fn channel(&self, inlet: usize, channel: usize) -> Option<&[S]> {
        if channel == 0 { self.get(inlet).map(Vec::as_slice) } else { None }
    }
}

impl<S: Sample> Outputs<S> for Vec<Vec<S>> {
    fn outlets(&self) -> usize {
        self.len()
    }
    fn channels(&self, _outlet: usize) -> usize {
        1
    }
    fn channel_mut(&mut self, outlet: usize, channel: usize) -> Option<&mut [S]> {
        if channel == 0 { self.get_mut(outlet).map(Vec::as_mut_slice) } else { None }
    }
}

/// Writes zeros.
///
/// Thread: any.
pub fn silence<S: Sample>(outputs: &mut impl Outputs<S>) {
    for outlet in 0..outputs.outlets() {
        for channel in 0..outputs.channels(outlet) {
            if let Some(sink) = outputs.channel_mut(outlet, channel) {
                sink.fill(S::from_f32(0.0));
            }
        }
    }
}
