//! Has a child process play one method, and collects what it says.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use nn_core::{
    child::{Exit, Report},
    engine::loader::LIMIT_VARIABLE,
};
use serde_json::Value;

use super::child::Step;
use crate::{
    boxes::{AttributeValue, Latency, ModelDelay},
    steps::{self, fault},
};

/// What is to be played.
#[derive(Debug)]
pub struct Hearing<'a> {
    /// The model.
    pub file: &'a Path,
    /// The method.
    pub method: &'a str,
    /// The boxes' buffer, in samples.
    pub buffer_frames: usize,
    /// Where sounds and latents are written.
    pub folder: &'a Path,
    /// Sounds or latents; none for a model without input.
    pub inputs: &'a [PathBuf],
    /// A load, and a piece of sound, that takes longer hangs.
    pub patience: (Duration, Duration),
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Found {
    /// Of boxes, by rate of the host and buffer.
    pub latencies: Vec<Latency>,
    /// What the model's attributes hold.
    pub attributes: Option<Vec<AttributeValue>>,
    /// The model's own delay.
    pub model_delay: ModelDelay,
    /// Renderings, in the order of the inputs.
    pub rendered: Vec<Value>,
    /// Why there are no more.
    pub fault: Option<String>,
}

impl Hearing<'_> {
    /// Plays it to its end.
    pub fn run(&self) -> Found {
        let equip = |command: &mut Command| {
            command.arg("hear").arg("--").arg(self.file).arg(self.method);
            command.arg(self.buffer_frames.to_string()).arg(self.folder).args(self.inputs);
            // The loader there gives up as this process does.
            command.env(LIMIT_VARIABLE, self.patience.0.as_secs().max(1).to_string());
        };
        found(steps::run(equip, |steps| if steps == 0 { self.patience.0 } else { self.patience.1 }))
    }
}

fn found(report: Report<Step>) -> Found {
    let mut found = Found::default();
    let mut has_ended = false;
    for step in report.lines {
        match step {
            Step::Goes => {}
            Step::Latencies(of_one_rate) => found.latencies.extend(of_one_rate),
            Step::Attributes(held) => found.attributes = Some(held),
            Step::OwnDelay(delay) => found.model_delay = delay,
            Step::Rendered(object) => found.rendered.push(object),
            Step::Refused(line) => found.fault = Some(line),
            Step::End => has_ended = true,
        }
    }
    if found.fault.is_none() {
        found.fault = match report.exit {
            Exit::TimedOut | Exit::TooMuchOutput => Some("it hangs, and was ended".into()),
            Exit::Crashed(crash) => Some(format!("it ends the process that it runs in: {}", fault(crash))),
            Exit::NotStarted(what) | Exit::Lost(what) => Some(what),
            Exit::Code(_) if !has_ended => Some("it ended its process".into()),
            Exit::Code(_) => None,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use nn_core::child::Crash;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_said_before_a_crash_is_kept_and_the_crash_is_told() {
        let delay = ModelDelay { measured_frames: Some(851), declared_frames: None };
        let lines = vec![Step::Goes, Step::OwnDelay(delay), Step::Rendered(json!({ "output": "a.wav" }))];
        let report = |exit| Report { lines: lines.clone(), stderr: String::new(), exit };
        for (exit, told) in [
            (Exit::Crashed(Crash::Arithmetic), "it ends the process"),
            (Exit::TimedOut, "it hangs"),
            (Exit::Code(Some(0)), "it ended its process"),
        ] {
            let found = found(report(exit));
            assert_eq!((found.model_delay, found.rendered.len()), (delay, 1));
            assert!(found.fault.as_deref().is_some_and(|line| line.starts_with(told)), "{found:?}");
        }
        let mut whole = report(Exit::Code(Some(0)));
        whole.lines.push(Step::End);
        assert_eq!(super::found(whole).fault, None);
    }
}
