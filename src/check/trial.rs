//! One method at one rate, in a process of its own that is watched.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use crossbeam_channel::{RecvTimeoutError, unbounded};

use nn_core::{engine::loader::load_limit, model::Said};

use super::child::Step;

/// What is tried.
#[derive(Debug)]
pub struct Trial<'a> {
    /// The model.
    pub file: &'a Path,
    /// The method.
    pub method: &'a str,
    /// The host's rate.
    pub rate_hz: u32,
    /// The block.
    pub buffer_frames: usize,
    /// A block that takes longer hangs. Loads have a limit of their own.
    pub patience: Duration,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
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

impl Found {
    /// All that was printed.
    pub fn said(&self) -> Option<Said> {
        let mut all: Option<Said> = None;
        for step in &self.steps {
            if let Step::Said { text, is_warning, count } = step {
                let first = || Said { text: text.clone(), is_warning: *is_warning, count: 0 };
                all.get_or_insert_with(first).count += count;
            }
        }
        all
    }
}

impl Trial<'_> {
    /// Runs it to its end.
    pub fn run(&self) -> Found {
        match self.begin() {
            Ok(child) => self.watch(child),
            Err(error) => Found { steps: Vec::new(), end: End::NotBegun(error.to_string()) },
        }
    }

    fn begin(&self) -> std::io::Result<Child> {
        Command::new(std::env::current_exe()?)
            .arg("try")
            .arg("--")
            .arg(self.file)
            .arg(self.method)
            .args([self.rate_hz.to_string(), self.buffer_frames.to_string()])
            // It ends when the other end closes, whatever ended this process.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What libtorch says when it dies is nothing for a table.
            .stderr(Stdio::null())
            .spawn()
    }

    fn watch(&self, mut child: Child) -> Found {
        let _open = child.stdin.take();
        let (sender, said) = unbounded();
        if let Some(stdout) = child.stdout.take() {
            std::thread::spawn(move || {
                // Nobody listens any more when it was ended.
                let _end = steps(BufReader::new(stdout)).try_for_each(|step| sender.send(step));
            });
        }
        let mut steps = Vec::new();
        let end = loop {
            let patience = if steps.is_empty() { load_limit() } else { self.patience };
            match said.recv_timeout(patience) {
                Ok(step) => steps.push(step),
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
}

/// No step is longer, in bytes.
const LONGEST_STEP: u64 = 1 << 16;

/// The steps among what a process says. Models may print too, and without end: no more than a step is kept of that.
fn steps(mut said: impl BufRead) -> impl Iterator<Item = Step> {
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
    use super::*;

    #[test]
    fn steps_are_found_among_whatever_a_model_prints() {
        let mut said = b"\"loaded\"\nwords {\"fault\": 1}\nno end".to_vec();
        said.extend(vec![b'x'; 3 * LONGEST_STEP as usize]);
        said.extend(b"\n\"end\"\n\xff\n");
        assert_eq!(steps(&said[..]).collect::<Vec<_>>(), [Step::Loaded, Step::End]);
    }
}
