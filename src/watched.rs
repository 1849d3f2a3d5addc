//! Runs the tool itself as a watched child process, so that crashes and hangs do no harm.
//!
//! The child reports its progress, one JSON object per line, so that the parent knows where it died.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use crossbeam_channel::{RecvTimeoutError, unbounded};
use nn_core::engine::effort::{self, Meter};
use serde::{Serialize, de::DeserializeOwned};

/// How often a child is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// What came of a child.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<Step> {
    /// Everything the process said.
    pub steps: Vec<Step>,
    /// How it ended.
    pub end: End,
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself.
    Left,
    /// It had to be ended.
    Hung,
    /// The system ended it, for this reason.
    Died(String),
    /// It could not be begun.
    NotBegun(String),
}

/// Runs this program with other words to its end. `patience` says how long it may be silent, by how much it has said.
pub fn run<Step: DeserializeOwned + Send + 'static>(
    equip: impl FnOnce(&mut Command),
    patience: impl Fn(usize) -> Duration,
) -> Found<Step> {
    let begun = std::env::current_exe().and_then(|program| {
        let mut command = Command::new(program);
        equip(&mut command);
        command
            // It ends when the other end closes, whatever ended this process.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What libtorch says when it dies is nothing for a table.
            .stderr(Stdio::null())
            .spawn()
    });
    match begun {
        Ok(child) => watch(child, patience),
        Err(error) => Found { steps: Vec::new(), end: End::NotBegun(error.to_string()) },
    }
}

fn watch<Step: DeserializeOwned + Send + 'static>(
    mut child: Child,
    patience: impl Fn(usize) -> Duration,
) -> Found<Step> {
    let _open = child.stdin.take();
    let (sender, said) = unbounded();
    if let Some(stdout) = child.stdout.take() {
        std::thread::spawn(move || {
            // Nobody listens any more when it was ended.
            let _end = steps(BufReader::new(stdout)).try_for_each(|step| sender.send(step));
        });
    }
    let mut steps = Vec::new();
    // What a busy machine keeps from a processor does not hang.
    let look = || effort::look_at_process(child.id());
    let mut meter = Meter::new(Instant::now(), look());
    let end = loop {
        match said.recv_timeout(LOOK) {
            Ok(step) => {
                steps.push(step);
                meter = Meter::new(Instant::now(), look());
            }
            Err(RecvTimeoutError::Timeout) if meter.spent(Instant::now(), look) < patience(steps.len()) => {}
            Err(RecvTimeoutError::Disconnected) => {
                break child.wait().map_or_else(|error| End::NotBegun(error.to_string()), end);
            }
            Err(RecvTimeoutError::Timeout) => {
                let _ended = child.kill().and_then(|()| child.wait());
                break End::Hung;
            }
        }
    };
    Found { steps, end }
}

/// For the child, first of all: what hangs would go on for ever when the one who watches it was ended.
pub fn end_with_the_parent() {
    std::thread::spawn(|| {
        let _closed = std::io::stdin().lock().read(&mut [0]);
        // At once: on the way of an ordinary exit may be what hangs.
        std::process::abort();
    });
}

/// For the child. Said at once, as there may be no later, and on a line of its own, whatever else has been printed.
pub fn say(step: &impl Serialize) {
    let mut out = std::io::stdout().lock();
    let line = serde_json::to_string(step).unwrap_or_default();
    let _nobody_listens = writeln!(out, "\n{line}").and_then(|()| out.flush());
}

/// No step is longer, in bytes.
const LONGEST_STEP: u64 = 1 << 16;

/// The steps among what a process says. Models may print too, and without end: no more than a step is kept of that.
fn steps<Step: DeserializeOwned>(mut said: impl BufRead) -> impl Iterator<Item = Step> {
    let mut line = Vec::new();
    std::iter::from_fn(move || {
        loop {
            line.clear();
            if said.by_ref().take(LONGEST_STEP).read_until(b'\n', &mut line).ok()? == 0 {
                return None;
            }
            if let Ok(step) = serde_json::from_slice(&line) {
                return Some(step);
            }
        }
    })
}

#[cfg(unix)]
fn end(status: ExitStatus) -> End {
    use std::os::unix::process::ExitStatusExt;
    // The numbers are the same on all systems that this runs on, but for the bus error.
    match status.signal() {
        None => End::Left,
        Some(8) => {
            End::Died("an integer division by zero, or another trap of the processor's arithmetic".into())
        }
        Some(11) => End::Died("an access to memory that is not its own".into()),
        Some(6) => End::Died("libtorch gave up (abort)".into()),
        Some(4) => End::Died("an instruction that this processor does not have".into()),
        Some(9) => End::Died("the system ended it, perhaps for want of memory".into()),
        Some(signal) => End::Died(format!("signal {signal}")),
    }
}

#[cfg(windows)]
fn end(status: ExitStatus) -> End {
    match status.code().map(|code| code as u32) {
        Some(0xc000_0094) => End::Died("an integer division by zero".into()),
        Some(0xc000_0005) => End::Died("an access to memory that is not its own".into()),
        Some(0xc000_001d) => End::Died("an instruction that this processor does not have".into()),
        Some(code) if code >= 0xc000_0000 => End::Died(format!("exception {code:#x}")),
        _ => End::Left,
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
        End,
    }

    #[test]
    fn steps_are_found_among_whatever_a_model_prints() {
        let mut said = b"\"loaded\"\nwords {\"fault\": 1}\nno end".to_vec();
        said.extend(vec![b'x'; 3 * LONGEST_STEP as usize]);
        said.extend(b"\n\"end\"\n\xff\n");
        assert_eq!(steps(&said[..]).collect::<Vec<Step>>(), [Step::Loaded, Step::End]);
    }
}
