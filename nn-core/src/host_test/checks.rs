//! What is played, and what should be heard of it.
//!
//! Thread: any but audio.

/// A box of the self-test.
#[derive(Clone, Copy, Debug)]
pub struct HostCheck {
    /// Its name in messages and in the report.
    pub name: &'static str,
    /// The box as it is typed.
    pub typed: &'static str,
    /// A message that it gets before it plays.
    pub set: Option<&'static str>,
    /// Of each inlet and each channel in it: how loud the sound is there.
    pub inlets: &'static [&'static [f32]],
    /// The box whose outlets are connected to its inlets instead.
    pub after: Option<&'static str>,
    /// Channels of each of its outlets, as far as they are recorded.
    pub outlets: &'static [usize],
    /// What should be heard.
    pub expected: Expected,
}

/// What should be heard of a box.
#[derive(Clone, Copy, Debug)]
pub enum Expected {
    /// In each recorded channel, the sound times a number, exactly, so many samples later than the latency says.
    Factors(&'static [f32], usize),
    /// For each group of so many samples, its peak, exactly.
    Peaks(usize),
    /// Sound as loud and as bright as what is stored, from moment to moment.
    Levels {
        /// The stored levels.
        stored: &'static str,
        /// Samples of a group where an encoder stands before it, which then adds its latency.
        encoder_ratio: Option<usize>,
    },
    /// A sine of that many Hz and that level.
    Sine(f64, f64),
    /// Anything: only whether it was there in time.
    InTime,
}

/// What the codec makes of the sound. `NN_WRITE_SELF_TEST=1 cargo test --test selftest` writes it.
const CODEC: &str = include_str!("codec.txt");

const SOUND: &[&[f32]] = &[&[1.0]];

/// All of them, in the order of the report.
pub const CHECKS: [HostCheck; 9] = [
    HostCheck {
        name: "identity",
        typed: "nn~ identity forward 2048",
        set: None,
        inlets: SOUND,
        after: None,
        outlets: &[1],
        expected: Expected::Factors(&[1.0], 0),
    },
    HostCheck {
        name: "gain",
        typed: "nn~ gain forward 2048",
        set: Some("set gain 0.5"),
        inlets: SOUND,
        after: None,
        outlets: &[1],
        expected: Expected::Factors(&[0.5], 0),
    },
    HostCheck {
        name: "codec",
        typed: "nn~ codec forward 2048",
        set: None,
        inlets: SOUND,
        after: None,
        outlets: &[1],
        expected: Expected::Levels { stored: CODEC, encoder_ratio: None },
    },
    HostCheck {
        name: "encode",
        typed: "nn~ codec encode 2048",
        set: None,
        inlets: SOUND,
        after: None,
        outlets: &[],
        expected: Expected::InTime,
    },
    HostCheck {
        name: "decode",
        typed: "nn~ codec decode 2048",
        set: None,
        inlets: &[],
        after: Some("encode"),
        outlets: &[1],
        expected: Expected::Levels { stored: CODEC, encoder_ratio: Some(512) },
    },
    HostCheck {
        name: "features",
        typed: "nn~ features forward 2048",
        set: None,
        inlets: SOUND,
        after: None,
        outlets: &[1],
        expected: Expected::Peaks(512),
    },
    HostCheck {
        name: "generator",
        typed: "nn~ generator forward 2048",
        set: Some("set frequency 440"),
        inlets: &[],
        after: None,
        outlets: &[1],
        expected: Expected::Sine(440.0, 0.5),
    },
    HostCheck {
        name: "mc",
        typed: "mc.nn~ delay forward 2048",
        set: None,
        inlets: &[&[1.0, -0.5]],
        after: None,
        outlets: &[2],
        expected: Expected::Factors(&[1.0, -0.5], 500),
    },
    HostCheck {
        name: "mcs",
        typed: "mcs.nn~ multi swap 2 2048",
        set: None,
        inlets: &[&[1.0, -0.5], &[0.25, -1.0]],
        after: None,
        outlets: &[2, 2],
        expected: Expected::Factors(&[-0.5, 1.0, -1.0, 0.25], 0),
    },
];

/// The check of `nn.info` itself: its name, and the methods that it should tell of the model `gain`.
pub const INFO: &str = "info";
/// See [`INFO`].
pub const INFO_METHODS: [&str; 2] = ["forward", "inverse"];

/// The check of a name.
///
/// Thread: any but audio.
pub fn check(name: &str) -> Option<&'static HostCheck> {
    CHECKS.iter().find(|check| check.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_a_name_of_its_own_and_what_it_needs() {
        for (at, check) in CHECKS.iter().enumerate() {
            assert!(CHECKS[..at].iter().all(|other| other.name != check.name) && check.name != INFO);
            assert!(check.after.is_none_or(|before| CHECKS[..at].iter().any(|other| other.name == before)));
            let channels = check.outlets.iter().sum::<usize>();
            match check.expected {
                Expected::Factors(factors, _) => assert_eq!(factors.len(), channels, "{}", check.name),
                Expected::InTime => assert_eq!(channels, 0, "{}", check.name),
                _ => assert_eq!(channels, 1, "{}", check.name),
            }
        }
        assert!(check("gain").is_some() && check("nothing").is_none());
    }
}
