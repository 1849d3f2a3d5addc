//! What files of Neutone say of themselves beyond methods and attributes, as far as a box plays by it.
//!
//! Thread: any but audio.

/// What kind of model a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ModelKind {
    /// One made for nn~: its methods are called as they are.
    #[default]
    Streaming,
    /// An effect of Neutone: one method `forward`, whose last inputs are its parameters.
    Effect,
    /// A generator of Neutone: it makes whole sounds, not block by block, and has no method.
    Generator,
}

/// How many parameters an effect has at most; its code always gets so many rows.
pub const MOST_PARAMETERS: usize = 4;

/// A parameter of an effect or a generator.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Where its code finds it: `p1` is the first row of an effect's parameters.
    pub key: String,
    /// What it is called, as the file has it.
    pub name: String,
    /// The attribute by which it is set: the name in small letters, with `_` for what separates words, or the key where
    /// that would not be its own.
    pub attribute: String,
    /// What it does.
    pub description: String,
    /// The value that it begins with, 0 to 1; of a choice the place among its labels.
    pub default_value: f64,
    /// What it takes.
    pub kind: ParameterKind,
}

impl Parameter {
    /// The row of an effect's parameters that it is, from 0; `None` where the key names none.
    pub fn row(&self) -> Option<usize> {
        let number: usize = self.key.strip_prefix('p')?.parse().ok()?;
        number.checked_sub(1).filter(|&row| row < MOST_PARAMETERS)
    }
}

/// A parameter's name as the name of an attribute: small letters and digits, `_` for all between.
pub fn attribute_name(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// What a parameter takes.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterKind {
    /// A number from 0 to 1, which stands for this range. A box passes on 0 to 1; the range is for reading.
    Continuous {
        /// What 0 stands for.
        min: f64,
        /// What 1 stands for.
        max: f64,
    },
    /// One of several.
    Choice {
        /// Their names.
        labels: Vec<String>,
    },
    /// Words.
    Text {
        /// How many characters at most; 0 where the file does not say.
        most_characters: usize,
    },
    /// A list of whole numbers.
    Tokens {
        /// How many at most; 0 where the file does not say.
        most_tokens: usize,
    },
}

/// The rates and buffers that a model was made for. It runs at no others: a box takes the nearest ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Native {
    /// Rates in Hz; none where any will do.
    pub rates_hz: Vec<u32>,
    /// Buffers in model samples; none where any will do.
    pub buffers_frames: Vec<usize>,
    /// Samples before its buffer that each run of it hears again.
    pub look_behind_frames: usize,
}

impl Native {
    /// The rate nearest to a host's, of two the higher one; `None` where any will do.
    pub fn rate_hz(&self, host_hz: u32) -> Option<u32> {
        self.rates_hz.iter().copied().min_by_key(|&hz| (hz.abs_diff(host_hz), u32::MAX - hz))
    }

    /// The buffer nearest to a wanted one, of two the larger one; `None` where any will do. All in model samples.
    pub fn buffer_frames(&self, wanted_frames: usize) -> Option<usize> {
        let distance = |&frames: &usize| (frames.abs_diff(wanted_frames), usize::MAX - frames);
        self.buffers_frames.iter().copied().min_by_key(distance)
    }
}

/// How the sound of a model and the sound that went into it are mixed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mix {
    /// The part of the model's sound, 0 to 1.
    pub wet: f32,
    /// The part of the input, 0 to 1.
    pub dry: f32,
    /// What the input is raised by, in dB.
    pub input_gain_db: f32,
    /// What the mixture is raised by, in dB.
    pub output_gain_db: f32,
}

impl Default for Mix {
    fn default() -> Self {
        Self { wet: 1.0, dry: 0.0, input_gain_db: 0.0, output_gain_db: 0.0 }
    }
}

/// One of the four values of a [`Mix`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MixSetting {
    /// The part of the model's sound.
    Wet,
    /// The part of the input.
    Dry,
    /// What the input is raised by.
    InputGain,
    /// What the mixture is raised by.
    OutputGain,
}

impl MixSetting {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Wet, Self::Dry, Self::InputGain, Self::OutputGain];

    /// The message that sets it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wet => "wet",
            Self::Dry => "dry",
            Self::InputGain => "input_gain",
            Self::OutputGain => "output_gain",
        }
    }

    /// The least and the largest value: a part, or dB.
    pub fn range(self) -> (f32, f32) {
        match self {
            Self::Wet | Self::Dry => (0.0, 1.0),
            Self::InputGain | Self::OutputGain => (-60.0, 30.0),
        }
    }
}

impl Mix {
    /// One of its values.
    pub fn get(&self, setting: MixSetting) -> f32 {
        match setting {
            MixSetting::Wet => self.wet,
            MixSetting::Dry => self.dry,
            MixSetting::InputGain => self.input_gain_db,
            MixSetting::OutputGain => self.output_gain_db,
        }
    }

    /// The same with another value, brought into its range; what is no number leaves it as it is.
    #[must_use]
    pub fn with(mut self, setting: MixSetting, value: f32) -> Self {
        if value.is_nan() {
            return self;
        }
        let (least, most) = setting.range();
        let place = match setting {
            MixSetting::Wet => &mut self.wet,
            MixSetting::Dry => &mut self.dry,
            MixSetting::InputGain => &mut self.input_gain_db,
            MixSetting::OutputGain => &mut self.output_gain_db,
        };
        *place = value.clamp(least, most);
        self
    }

    /// The model's sound alone, as it is: wet 1, dry 0, no gain.
    pub fn is_neutral(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_native_rate_and_buffer_are_taken() {
        let native =
            Native { rates_hz: vec![44_100, 96_000], buffers_frames: vec![512, 2048], look_behind_frames: 0 };
        for (host, rate) in [(44_100, 44_100), (48_000, 44_100), (88_200, 96_000), (192_000, 96_000)] {
            assert_eq!(native.rate_hz(host), Some(rate), "{host}");
        }
        for (wanted, buffer) in [(0, 512), (512, 512), (1279, 512), (1280, 2048), (1 << 20, 2048)] {
            assert_eq!(native.buffer_frames(wanted), Some(buffer), "{wanted}");
        }
        let any = Native::default();
        assert_eq!((any.rate_hz(48_000), any.buffer_frames(64)), (None, None));
    }

    #[test]
    fn a_name_becomes_one_that_can_be_typed() {
        for (name, attribute) in [
            ("Drive", "drive"),
            ("Wet  / Dry (dB)", "wet_dry_db"),
            ("größe", "größe"),
            ("p2", "p2"),
            ("--", ""),
        ] {
            assert_eq!(attribute_name(name), attribute);
        }
    }

    #[test]
    fn a_parameter_is_a_row_by_its_key() {
        let row = |key: &str| {
            let kind = ParameterKind::Continuous { min: 0.0, max: 1.0 };
            let (name, attribute, description) = Default::default();
            Parameter { key: key.into(), name, attribute, description, default_value: 0.0, kind }.row()
        };
        assert_eq!(
            ["p1", "p4", "p5", "p0", "q1", "p", ""].map(row),
            [Some(0), Some(3), None, None, None, None, None]
        );
    }
}
