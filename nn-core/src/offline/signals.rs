//! One block of signals, by inlet or outlet and channel.
//!
//! Thread: any but audio.

use nn_engine::port::sample::{Inputs, Outputs};

/// Samples `[port][channel][frame]`, a port being an inlet or an outlet: what Pure Data and Max call a multichannel signal
/// is one port with several channels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signals {
    ports: Vec<Vec<Vec<f32>>>,
}

impl Signals {
    /// Silence of so many ports, channels each, and samples.
    pub fn new(ports: usize, channels: usize, frames: usize) -> Self {
        Self { ports: vec![vec![vec![0.0; frames]; channels]; ports] }
    }

    /// Number of inlets or outlets.
    pub fn ports(&self) -> usize {
        self.ports.len()
    }

    /// Number of channels of a port; 0 where there is no such port.
    pub fn channels(&self, port: usize) -> usize {
        self.ports.get(port).map_or(0, Vec::len)
    }

    /// The samples of a channel; none where there is no such channel.
    pub fn channel(&self, port: usize, channel: usize) -> &[f32] {
        self.ports.get(port).and_then(|channels| channels.get(channel)).map_or(&[], Vec::as_slice)
    }

    /// The samples of a channel, to be written; none where there is no such channel.
    pub fn channel_mut(&mut self, port: usize, channel: usize) -> &mut [f32] {
        self.ports
            .get_mut(port)
            .and_then(|channels| channels.get_mut(channel))
            .map_or(&mut [], Vec::as_mut_slice)
    }

    /// Sets every sample.
    pub fn fill(&mut self, level: f32) {
        self.ports.iter_mut().flatten().flatten().for_each(|sample| *sample = level);
    }

    /// Silence at the inlets of a box, and no signal (NaN) where its parameters are.
    pub fn unplug(&mut self, object: &crate::object::NnObject) {
        for (inlet, channels) in self.ports.iter_mut().enumerate() {
            for (channel, samples) in channels.iter_mut().enumerate() {
                samples.fill(if object.is_parameter(inlet, channel) { f32::NAN } else { 0.0 });
            }
        }
    }

    /// Makes it silence of this shape; it stays as it is where it has it.
    pub(super) fn shape(&mut self, ports: usize, channels: usize, frames: usize) {
        if !self.is_of(ports, channels, frames) {
            *self = Self::new(ports, channels, frames);
        }
    }

    /// Whether it has this shape.
    fn is_of(&self, ports: usize, channels: usize, frames: usize) -> bool {
        let fits = |port: &Vec<Vec<f32>>| {
            port.len() == channels && port.iter().all(|channel| channel.len() == frames)
        };
        self.ports.len() == ports && self.ports.iter().all(fits)
    }
}

impl Inputs<f32> for Signals {
    fn channels(&self, inlet: usize) -> usize {
        Self::channels(self, inlet)
    }
    fn channel(&self, inlet: usize, channel: usize) -> Option<&[f32]> {
        self.ports.get(inlet)?.get(channel).map(Vec::as_slice)
    }
}

impl Outputs<f32> for Signals {
    fn outlets(&self) -> usize {
        self.ports.len()
    }
    fn channels(&self, outlet: usize) -> usize {
        Self::channels(self, outlet)
    }
    fn channel_mut(&mut self, outlet: usize, channel: usize) -> Option<&mut [f32]> {
        self.ports.get_mut(outlet)?.get_mut(channel).map(Vec::as_mut_slice)
    }
}
