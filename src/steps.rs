//! This program as its own child: what may crash or hang is done there, and reported step by step, one JSON object a
//! line.

use std::{process::Command, time::Duration};

use nn_core::{
    child::{self, Crash, Limits, Report},
    engine::loader::{LIMIT_VARIABLE, load_limit},
};
use serde::{Serialize, de::DeserializeOwned};

/// No step is longer, in bytes.
const LONGEST: usize = 1 << 16;
/// And there are never so many, unless the caller knows of more: whoever says more has no end.
pub const MOST: usize = 100_000;

/// Runs this program with other words to its end. `patience` says how long it may be silent, by how many steps it has said.
pub fn run<Step: DeserializeOwned + Send + 'static>(
    equip: impl FnOnce(&mut Command),
    patience: impl Fn(usize) -> Duration,
) -> Report<Step> {
    run_watched(equip, patience, MOST, |_| {})
}

/// The same, for no more than `most` steps; `see` is called for every step when it comes, on another thread.
pub fn run_watched<Step: DeserializeOwned + Send + 'static>(
    equip: impl FnOnce(&mut Command),
    patience: impl Fn(usize) -> Duration,
    most: usize,
    mut see: impl FnMut(&Step) + Send + 'static,
) -> Report<Step> {
    let limits = Limits {
        idle: &patience,
        total: None,
        line_bytes: LONGEST,
        lines: most,
        // What libtorch says when it dies is nothing for a table.
        stderr_bytes: 0,
    };
    match child::this_program() {
        Ok(mut command) => {
            equip(&mut command);
            child::run(command, &limits, move |line| parse(line).inspect(&mut see))
        }
        Err(error) => Report::not_started(&error),
    }
}

/// How long a load may take: the user's seconds, unless the environment goes before them.
pub fn load_patience(given_s: Option<u64>) -> Duration {
    let given = given_s.filter(|_| std::env::var_os(LIMIT_VARIABLE).is_none());
    given.map_or_else(load_limit, Duration::from_secs)
}

/// A step, among whatever a model prints.
fn parse<Step: DeserializeOwned>(line: &[u8]) -> Option<Step> {
    serde_json::from_slice(line).ok()
}

/// For the child: says how far it is.
pub fn say(step: &impl Serialize) {
    child::say(&serde_json::to_string(step).unwrap_or_default());
}

/// What a crash was, as users read it.
pub fn fault(crash: Crash) -> String {
    match crash {
        Crash::Abort => "libtorch gave up (abort)".into(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Step {
        Loaded,
        Fault(String),
    }

    #[test]
    fn steps_are_told_from_whatever_a_model_prints() {
        let parse = parse::<Step>;
        assert_eq!(parse(b"\"loaded\""), Some(Step::Loaded));
        assert_eq!(parse(b"{\"fault\":\"raised\"}"), Some(Step::Fault("raised".into())));
        for printed in
            [&b"words {\"fault\": 1}"[..], b"loaded", b"\"fault\"", b"", b"\xff", b"\"loaded\" and more"]
        {
            assert_eq!(parse(printed), None, "{printed:?}");
        }
    }
}
