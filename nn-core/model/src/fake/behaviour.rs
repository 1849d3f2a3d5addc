//! What fake models can do, right and wrong.

use std::time::Duration;

use crate::effect::{Parameter, ParameterKind};

/// What a fake model does with a run.
#[derive(Clone, Debug)]
pub enum Behaviour {
    /// Output channel `c` is input channel `c mod in_channels` times the attribute `gain`.
    Gain,
    /// The sound of this many samples ago (first channel of each example).
    Delay(usize),
    /// The number of samples seen so far, on every output channel.
    Counter,
    /// Like `Gain`, after this much time.
    Slow(Duration),
    /// Like `Gain`, after this much time in each of so many runs, then at once.
    Laboured(Duration, u64),
    /// Raises on every run from this one on (counted from 0), like `Gain` before.
    Failing(u64),
    /// Answers NaN on every run from this one on, like `Gain` before.
    NotANumber(u64),
    /// Panics on every run.
    Panicking,
    /// Never comes back from this run on, like `Gain` before.
    Hanging(u64),
    /// A hum of its own, whatever comes in, until a sample of more than 0.9 strikes a bell, heard this many samples
    /// later (first channel of each example).
    Bell(usize),
    /// The same in white noise from 0 to 1, drawn from the model's own generator.
    NoisyBell(usize),
    /// Like `Gain`, for so many frames that are a multiple of `step`; raises `said` for others.
    Sized {
        /// The fewest frames.
        least: usize,
        /// The most.
        most: usize,
        /// What they are a multiple of.
        step: usize,
        /// What it raises.
        said: &'static str,
    },
    /// Like `Gain`, and raises where a window of so many frames does not fit into what came now and what it has kept: at
    /// first three quarters of a window, later no more than that of the run before.
    Overlapping(usize),
    /// Like `Gain`, and raises for more than one example.
    OneExample,
    /// Like `Gain`, and raises when it is given anything but zeros.
    OnlySilence,
    /// Like `Gain`, and raises until the first attribute after `gain` has been set; then for other frames than so many.
    Needing(usize),
    /// The first input times the second, a parameter, which is the attribute `gain` too ([`FakeModel::with_level`]).
    ///
    /// [`FakeModel::with_level`]: super::FakeModel::with_level
    Level,
    /// For each message in the first attribute after `gain` a sample as high as its second byte in hundredths, at its place, and
    /// the same message, one note higher, in the second one ([`FakeModel::with_midi`]).
    ///
    /// [`FakeModel::with_midi`]: super::FakeModel::with_midi
    Keys,
    /// White noise from 0 to 1, drawn from the model's own generator, another number for each sample and channel.
    Noise,
}

/// The parameter of [`Behaviour::Level`].
pub(super) fn level() -> Parameter {
    Parameter {
        key: "p1".into(),
        name: "Gain".into(),
        attribute: "gain".into(),
        description: String::new(),
        default_value: 1.0,
        kind: ParameterKind::Continuous { min: 0.0, max: 1.0 },
    }
}
