//! What a UGen wants, as its constructor reads it from its inputs.

use nn_core::{message::Atom, priority::Rank};

/// The inputs before the signals.
pub const HEAD: usize = 6;

/// Settings of a UGen: pairs whose attribute is a negative number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// What messages address it with.
    Id = 1,
    /// How many of its inputs are signals.
    Signals = 2,
    /// The deadline in samples; -1 is `auto`.
    Deadline = 3,
    /// The most updates of an attribute in a second.
    Rate = 4,
    /// Messages of that name.
    Resample = 5,
    /// As above.
    Gpu = 6,
    /// As above.
    Enable = 7,
    /// As above.
    Wet = 8,
    /// As above.
    Dry = 9,
    /// As above.
    Seed = 10,
}

/// How many settings there are, and one that does not exist.
pub const SETTINGS: usize = 11;

/// How many attributes have their value before the first buffer; others get it with the first block.
pub const ATTRIBUTES: usize = 16;

/// An attribute of the model has got another value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Number of the attribute.
    pub attribute: i32,
    /// Its value.
    pub value: f32,
}

/// What a UGen wants. Plain numbers, which a constructor copies without waiting for anybody.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Where its audio half is exchanged.
    pub place: u32,
    /// The synth that it is part of.
    pub node: i32,
    /// Number of the model.
    pub model: i32,
    /// Number of the method.
    pub method: i32,
    /// In samples; 0 is the audio thread, below it the model's largest ratio.
    pub buffer: i32,
    /// Examples.
    pub batches: usize,
    /// What is printed.
    pub debug: i32,
    /// Inputs behind the head.
    pub inputs: usize,
    /// Outputs.
    pub outputs: usize,
    /// Samples of audio in a block.
    pub block_frames: usize,
    /// The rate of audio in Hz.
    pub rate_hz: f64,
    /// Whether it has one value for each block.
    pub control_rate: bool,
    /// By [`Setting`]; NaN where there is none.
    pub settings: [f32; SETTINGS],
    /// The first attributes that its inputs set, each with the number of its pair, where their place is known.
    pub attributes: [Option<(u32, Change)>; ATTRIBUTES],
    /// Whether the server plays in real time.
    pub real_time: bool,
    /// The priority for threads that compute, from the first UGen of a server.
    pub rank: Option<Rank>,
}

impl Wanted {
    /// A setting, if it was given.
    pub fn setting(&self, setting: Setting) -> Option<f32> {
        Some(self.settings[setting as usize]).filter(|value| !value.is_nan())
    }

    /// What messages address it with; -1 without.
    pub fn id(&self) -> i32 {
        self.setting(Setting::Id).map_or(-1, |id| id as i32)
    }

    /// The messages that set it up.
    pub fn messages(&self) -> Vec<(&'static str, Atom)> {
        let number = |value: f32| Atom::Float(value.into());
        let deadline = |value: f32| if value < 0.0 { Atom::symbol("auto") } else { number(value) };
        let all = [
            ("deadline", self.setting(Setting::Deadline).map(deadline)),
            ("resample", self.setting(Setting::Resample).map(number)),
            ("gpu", self.setting(Setting::Gpu).map(number)),
            ("enable", self.setting(Setting::Enable).map(number)),
            ("wet", self.setting(Setting::Wet).map(number)),
            ("dry", self.setting(Setting::Dry).map(number)),
            ("seed", self.setting(Setting::Seed).map(number)),
        ];
        all.into_iter().filter_map(|(name, atom)| Some((name, atom?))).collect()
    }
}
