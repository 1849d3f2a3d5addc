//! What came of playing one model, in words.
//!
//! Thread: any but audio.

use serde::{Deserialize, Serialize};

use super::sound::RATE_HZ;
use crate::{
    doctor::check::{Check, several},
    info::Tree,
};

/// Whether the sound was right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Samples {
    /// Every sample.
    Exact,
    /// So near to it, in dB.
    Close(f64),
    /// No: what is wrong.
    Wrong(String),
}

/// What came of playing a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Played {
    /// Its buffer, in samples.
    pub buffer_frames: usize,
    /// From the input to the output, in samples.
    pub latency_frames: usize,
    /// Buffers that were run.
    pub buffers: u64,
    /// Buffers that were not there when they were due.
    pub late: u64,
    /// What a run took, half of them less.
    pub median_ms: f64,
    /// What the slowest took.
    pub worst_ms: f64,
    /// Whether the model ran on a thread of its own.
    pub worker: bool,
    /// Whether the thread that stood in for the host's had real-time priority.
    pub real_time: bool,
    /// Whether its sound was right.
    pub samples: Samples,
}

/// Nearer than a sample's own precision.
const EXACT_DB: f64 = -150.0;

fn ms(frames: usize) -> f64 {
    frames as f64 * 1e3 / f64::from(RATE_HZ)
}

/// What is said of a model that was played; an error is why it was not.
pub fn check(name: &'static str, played: &Result<Played, String>) -> Check {
    match played {
        Ok(played) => played.check(name),
        Err(what) => Check::fault(
            name,
            format!("does not play: {what}"),
            "install the package again; if it stays so, report it with this output",
        )
        .with("plays", Tree::Flag(false)),
    }
}

/// What is said of a model that could not be played because something else is wrong.
pub fn not_played(name: &'static str, cause: &str) -> Check {
    Check::fault(name, format!("not played: {cause}"), format!("see {cause}"))
        .with("plays", Tree::Flag(false))
}

impl Played {
    fn check(&self, name: &'static str) -> Check {
        let there_is_ms = ms(self.buffer_frames);
        let text = format!(
            "{} of {} late, {} of {there_is_ms:.1} ms each, {} at most; latency {:.0} ms",
            self.late,
            several(usize::try_from(self.buffers).unwrap_or(usize::MAX), "buffer"),
            short(self.median_ms),
            short(self.worst_ms),
            ms(self.latency_frames),
        );
        let right = match &self.samples {
            Samples::Exact => "exact".to_owned(),
            Samples::Close(db) if *db <= EXACT_DB => "exact".to_owned(),
            Samples::Close(db) => format!("right to {db:.0} dB"),
            Samples::Wrong(what) => format!("its sound is wrong: {what}"),
        };
        let text = format!("{text}; {right}");
        let check = match (&self.samples, self.late) {
            (Samples::Wrong(_), _) => Check::fault(
                name,
                text,
                "report it with this output; until then start the host with NN_OPTIMISE=0 in its environment",
            ),
            (_, 0) => Check::fine(name, text),
            _ if self.median_ms > there_is_ms => Check::warning(
                name,
                text,
                "this machine is too slow for such models: use smaller ones, or send threads 2 to the box",
            ),
            _ => Check::warning(
                name,
                text,
                "close other programs, give the host real-time priority, use a larger buffer or deadline",
            ),
        };
        let (right, error_db) = match self.samples {
            Samples::Exact => (true, None),
            Samples::Close(db) => (true, Some(db)),
            Samples::Wrong(_) => (false, None),
        };
        check
            .with("plays", Tree::Flag(right))
            .with("buffers", Tree::count(self.buffers))
            .with("late", Tree::count(self.late))
            .with("buffer_samples", Tree::count(self.buffer_frames as u64))
            .with("latency_samples", Tree::count(self.latency_frames as u64))
            .with("latency_ms", Tree::Real(ms(self.latency_frames)))
            .with("buffer_ms", Tree::Real(there_is_ms))
            .with("median_ms", Tree::Real(self.median_ms))
            .with("worst_ms", Tree::Real(self.worst_ms))
            .with("worker", Tree::Flag(self.worker))
            .with("real_time", Tree::Flag(self.real_time))
            .with_any("error_db", error_db.map(Tree::Real))
    }
}

/// A short time.
fn short(ms: f64) -> String {
    if ms < 1.0 { format!("{ms:.2}") } else { format!("{ms:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::check::State;

    fn played(late: u64, median_ms: f64, samples: Samples) -> Check {
        let played = Played {
            buffer_frames: 2048,
            latency_frames: 4032,
            buffers: 43,
            late,
            median_ms,
            worst_ms: 3.04,
            worker: true,
            real_time: true,
            samples,
        };
        check("codec", &Ok(played))
    }

    #[test]
    fn what_plays_in_time_and_right_is_fine() {
        let check = played(0, 0.512, Samples::Close(-96.2));
        assert_eq!(check.state, State::Fine);
        let text = "0 of 43 buffers late, 0.51 of 46.4 ms each, 3.0 at most; latency 91 ms; right to -96 dB";
        assert_eq!(check.text, text);
        assert!(played(0, 0.5, Samples::Exact).text.ends_with("; exact"));
        assert!(played(0, 0.5, Samples::Close(-200.0)).text.ends_with("; exact"));
    }

    #[test]
    fn late_buffers_are_a_warning_with_the_cure_that_fits() {
        let busy = played(2, 0.5, Samples::Exact);
        let slow = played(20, 50.0, Samples::Exact);
        assert_eq!((busy.state, slow.state), (State::Warning, State::Warning));
        assert!(busy.cure.is_some_and(|cure| cure.contains("close other programs")));
        assert!(slow.cure.is_some_and(|cure| cure.contains("too slow")));
    }

    #[test]
    fn wrong_sound_and_no_sound_are_faults() {
        let wrong = played(3, 0.5, Samples::Wrong("sample 1 is 2 and should be 3".into()));
        assert_eq!(wrong.state, State::Fault);
        assert!(wrong.text.contains("its sound is wrong: sample 1 is 2"), "{}", wrong.text);
        let none = check("gain", &Err("it raised".into()));
        assert_eq!((none.state, none.text.as_str()), (State::Fault, "does not play: it raised"));
        let other = not_played("gain", "libtorch");
        assert_eq!((other.state, other.cure.as_deref()), (State::Fault, Some("see libtorch")));
    }
}
