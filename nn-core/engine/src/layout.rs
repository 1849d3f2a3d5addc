//! Maps inlets and channels to examples and model channels: one function for all boxes.
//!
//! Thread: any.

/// Largest number of inlets or outlets that can be typed, and of channels of an outlet.
pub const MAX_PORTS: usize = 1024;

/// The three audio boxes, one of them in two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxKind {
    /// `nn~`: one inlet per model channel, one example.
    Nn,
    /// `nn~ -m`: one inlet whose signal carries the model channels, one example.
    NnMulti,
    /// `mc.nn~`: one inlet per model channel, the channels of its signal are the examples.
    Mc,
    /// `mcs.nn~`: one inlet per example, the channels of its signal are the model's channels.
    Mcs,
}

/// A lane of a tensor `[batch, channels, frames]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The example.
    pub example: usize,
    /// The model channel.
    pub channel: usize,
}

impl BoxKind {
    /// The class name that users type.
    pub fn class_name(self) -> &'static str {
        match self {
            Self::Nn | Self::NnMulti => "nn~",
            Self::Mc => "mc.nn~",
            Self::Mcs => "mcs.nn~",
        }
    }

    /// The lane of signal channel `channel` of inlet (or outlet) `port`.
    pub fn lane(self, port: usize, channel: usize) -> Lane {
        match self {
            Self::Nn => Lane { example: 0, channel: port },
            Self::NnMulti => Lane { example: port, channel },
            Self::Mc => Lane { example: channel, channel: port },
            Self::Mcs => Lane { example: port, channel },
        }
    }

    /// The (inlet, signal channel) of a lane: the inverse of [`BoxKind::lane`].
    pub fn place(self, lane: Lane) -> (usize, usize) {
        match self {
            Self::Nn => (lane.channel, 0),
            Self::Mc => (lane.channel, lane.example),
            Self::NnMulti | Self::Mcs => (lane.example, lane.channel),
        }
    }

    /// The (inlet, signal channel) from which a lane is filled, where a signal has so many channels.
    pub fn source(self, lane: Lane, channels: impl Fn(usize) -> usize) -> (usize, usize) {
        let (inlet, channel) = self.place(lane);
        let repeated = if self.repeats_inputs() { channel % channels(inlet).max(1) } else { channel };
        (inlet, repeated)
    }

    /// The same for a parameter of an effect. Sound is no value of one, so nothing is repeated; but one channel, or one number,
    /// in an inlet that is a parameter's alone is that of all examples.
    pub fn parameter_source(self, lane: Lane, channels: impl Fn(usize) -> usize) -> (usize, usize) {
        let (inlet, channel) = self.place(lane);
        let is_for_all = self == Self::Mc && channels(inlet) == 1;
        (inlet, if is_for_all { 0 } else { channel })
    }

    /// True when fewer signal channels than model channels are repeated in turn; otherwise missing ones are silence.
    pub fn repeats_inputs(self) -> bool {
        self == Self::NnMulti
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_channel_is_the_parameter_of_all_examples_and_several_are_of_one_each() {
        let lane = Lane { example: 2, channel: 1 };
        assert_eq!(BoxKind::Mc.parameter_source(lane, |_| 1), (1, 0));
        assert_eq!(BoxKind::Mc.parameter_source(lane, |_| 2), (1, 2));
        // There the inlet carries the sound as well.
        assert_eq!(BoxKind::Mcs.parameter_source(lane, |_| 1), (2, 1));
        let first = Lane { example: 0, channel: 1 };
        assert_eq!(BoxKind::NnMulti.parameter_source(first, |_| 1), (0, 1));
        assert_eq!(BoxKind::Nn.parameter_source(first, |_| 1), (1, 0));
    }

    #[test]
    fn every_lane_has_one_place_and_every_place_one_lane() {
        for kind in [BoxKind::Nn, BoxKind::NnMulti, BoxKind::Mc, BoxKind::Mcs] {
            let examples = if matches!(kind, BoxKind::Nn | BoxKind::NnMulti) { 1 } else { 3 };
            let mut seen = std::collections::HashSet::new();
            for example in 0..examples {
                for channel in 0..5 {
                    let lane = Lane { example, channel };
                    let (port, signal_channel) = kind.place(lane);
                    assert_eq!(kind.lane(port, signal_channel), lane);
                    assert!(seen.insert((port, signal_channel)));
                }
            }
        }
    }

    #[test]
    fn mc_carries_examples_and_mcs_carries_model_channels() {
        assert_eq!(BoxKind::Mc.lane(2, 5), Lane { example: 5, channel: 2 });
        assert_eq!(BoxKind::Mcs.lane(2, 5), Lane { example: 2, channel: 5 });
    }
}
