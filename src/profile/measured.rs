//! Runs the process that calls the model, and collects what it says.

use std::{
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use nn_core::{
    child::{Exit, Report},
    machine,
};

use super::{
    arguments::Calls,
    part::Part,
    step::{Call, Limits, Step},
};
use crate::{
    failure::Failure,
    steps::{self, fault},
};

/// A call without another limit.
const CALL_PATIENCE: Duration = Duration::from_secs(10);
/// What the processor can do is measured in this time on any machine; how patient somebody is with a model is another matter.
const LIMITS_PATIENCE: Duration = Duration::from_secs(60);

/// What was measured.
#[derive(Clone, Debug)]
pub struct Measured {
    /// How long the load took.
    pub load_ms: f64,
    /// The first call, as a box makes it.
    pub first_ms: f64,
    /// All others that count, as a box makes them and recorded, in the order of the stream.
    pub calls: Vec<Call>,
    /// Those as a box makes them, in order of their length.
    pub plain_ms: Vec<f64>,
    /// The mean of the middle half of the recorded ones, from outside.
    pub recorded_ms: f64,
    /// The largest part by which the parts of a recorded call miss what it took from outside.
    pub worst_gap: f64,
    /// What the middle of the recorded calls did.
    pub parts: Vec<Part>,
    /// Memory of tensors over a call: microseconds, and bytes more than at its beginning.
    pub memory: Vec<(f64, i64)>,
    /// The most of it.
    pub peak_bytes: u64,
    /// What the processor can do.
    pub limits: Limits,
    /// The version of libtorch, where it computes.
    pub libtorch: Option<String>,
    /// Runnable threads when all was measured.
    pub load_after: String,
    /// What the model printed first.
    pub printed: Option<String>,
}

/// Measures. Calls are those of this method; the file was found before.
pub fn measure(file: &Path, method: &str, calls: &Calls) -> Result<Measured, Failure> {
    let equip = |command: &mut Command| {
        command.arg("record").args(calls.words()).arg("--").arg(file).arg(method);
    };
    let given = calls.patience.map(Duration::from_secs);
    let load = steps::load_patience(calls.patience);
    let call = given.unwrap_or(CALL_PATIENCE);
    let measures = Arc::new(AtomicBool::new(false));
    let patience = {
        let measures = Arc::clone(&measures);
        move |steps: usize| match steps {
            0 => load,
            _ if measures.load(Relaxed) => call.max(LIMITS_PATIENCE),
            _ => call,
        }
    };
    let see = move |step: &Step| measures.store(*step == Step::Measuring, Relaxed);
    let report = steps::run_watched(equip, patience, steps::MOST, see);
    collected(report).map_err(|line| Failure::failed(format_args!("{}: {line}", file.display())))
}

/// What was said, or what went wrong.
fn collected(report: Report<Step>) -> Result<Measured, String> {
    let is_complete = report.lines.last() == Some(&Step::End);
    let (mut load_ms, mut first_ms, mut limits, mut printed, mut libtorch) = (0.0, 0.0, None, None, None);
    let (mut calls, mut recorded_ms) = (Vec::new(), 0.0);
    let (mut parts, mut memory, mut peak_bytes) = (Vec::new(), Vec::new(), 0);
    for step in report.lines {
        match step {
            Step::Refused(line) => return Err(line),
            Step::Fault(line) => {
                return Err(format!("{line}; nn check finds out what a method needs"));
            }
            Step::Loaded(ms) => load_ms = ms,
            Step::First(ms) => first_ms = ms,
            Step::Printed(line) => printed = printed.or(Some(line)),
            Step::Calls(said) => calls.extend(said.into_iter().filter(|call| call.counts)),
            Step::Measuring | Step::End => {}
            Step::Middle(ms) => recorded_ms = ms,
            Step::Part(part) => parts.push(*part),
            Step::Memory(points) => memory.extend(points),
            Step::Peak(bytes) => peak_bytes = bytes,
            Step::Limits(found) => limits = Some(found),
            Step::Libtorch(version) => libtorch = Some(version),
        }
    }
    let limits = match (limits, &report.exit) {
        (Some(limits), _) if is_complete => limits,
        (_, Exit::TimedOut | Exit::TooMuchOutput) => {
            return Err("it hangs: --patience gives it more time".into());
        }
        (_, Exit::Crashed(crash)) => return Err(fault(*crash)),
        (_, Exit::NotStarted(what) | Exit::Lost(what)) => return Err(what.clone()),
        (_, Exit::Code(_)) => return Err("it ended its process".into()),
    };
    let gap = |call: &Call| (call.recorded_ms - call.parts_ms).abs() / call.recorded_ms.max(1e-9);
    let worst_gap = calls.iter().map(gap).fold(0.0, f64::max);
    let mut plain_ms: Vec<_> = calls.iter().map(|call| call.plain_ms).collect();
    plain_ms.sort_by(f64::total_cmp);
    Ok(Measured {
        load_ms,
        first_ms,
        calls,
        plain_ms,
        recorded_ms,
        worst_gap,
        parts,
        memory,
        peak_bytes,
        limits,
        libtorch,
        load_after: machine::load(),
        printed,
    })
}

impl Measured {
    /// What all parts of a call take, in ms.
    pub fn parts_ms(&self) -> f64 {
        self.parts.iter().map(|part| part.ns).sum::<f64>() * 1e-6
    }

    /// How much longer a recorded call takes, as a part of one that is not.
    pub fn cost_of_recording(&self) -> f64 {
        self.recorded_ms / middle(&self.plain_ms).max(1e-9) - 1.0
    }
}

/// Of numbers in order: the mean of the half that is neither small nor large.
pub fn middle(sorted: &[f64]) -> f64 {
    let quarter = sorted.len() / 4;
    let half = &sorted[quarter..sorted.len() - quarter];
    half.iter().sum::<f64>() / half.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::{super::step::LIMITS, *};

    #[test]
    fn calls_that_count_stay_in_the_order_of_the_stream() {
        let call =
            |plain_ms, counts| Call { plain_ms, recorded_ms: 2.0 * plain_ms, parts_ms: plain_ms, counts };
        let lines = vec![
            Step::Calls(vec![call(9.0, false), call(3.0, true)]),
            Step::Calls(vec![call(1.0, true), call(2.0, true)]),
            Step::Limits(LIMITS),
            Step::End,
        ];
        let exit = Exit::Code(Some(0));
        let measured = collected(Report { lines, stderr: String::new(), exit }).expect("all was said");
        let in_order: Vec<_> = measured.calls.iter().map(|call| call.plain_ms).collect();
        assert_eq!((in_order, measured.plain_ms), (vec![3.0, 1.0, 2.0], vec![1.0, 2.0, 3.0]));
        assert_eq!(measured.worst_gap, 0.5);
    }

    #[test]
    fn the_middle_is_neither_the_fastest_nor_what_was_held_up() {
        assert_eq!((middle(&[0.0, 1.0, 3.0, 100.0]), middle(&[7.0]), middle(&[])), (2.0, 7.0, 0.0));
    }
}
