//! A child process that is watched: whatever it runs into, this process goes on and learns how the other ended.
//!
//! [`run`] starts a program (this one once more: [`this_program`]), keeps what it says within [`Limits`], kills it where it
//! gets no further, and returns a [`Report`]. What it says are lines on its standard output; a `parse` of the caller's
//! decides which of them count. A child that is this program calls [`end_with_parent`] first of all and speaks by [`say`].
//!
//! [`run`] returns when the child has ended.
//!
//! Thread: any but audio.

mod exit;
mod group;
mod lines;

use std::{
    io::{self, BufReader, Read, Write},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, sync_channel},
    time::{Duration, Instant},
};

use crate::effort::{self, Meter};
pub use exit::{Crash, Exit};
pub use group::Group;
use lines::{lines, tail};

/// How often a child is polled.
const LOOK: Duration = Duration::from_millis(50);
/// The same, once it says nothing more: it is about to end.
const LAST_LOOK: Duration = Duration::from_millis(2);
/// What is still in the pipe of a child that has ended comes within this time. Others may hold the pipe open for ever.
const GRACE: Duration = Duration::from_secs(1);
/// Lines that wait to be taken.
const QUEUE: usize = 64;

/// What a child may do.
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    /// How long it may go without a line that counts, by how many there were so far. What a busy machine keeps from a
    /// processor is not counted ([`effort`]), nor is the time in which it reads.
    pub idle: &'a dyn Fn(usize) -> Duration,
    /// How long it may take in all, by the clock.
    pub total: Option<Duration>,
    /// The length of a line in bytes; longer ones are passed over.
    pub line_bytes: usize,
    /// How many lines may count.
    pub lines: usize,
    /// How much of the end of its standard error is kept, in bytes.
    pub stderr_bytes: usize,
}

impl std::fmt::Debug for Limits<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits")
            .field("total", &self.total)
            .field("lines", &self.lines)
            .finish_non_exhaustive()
    }
}

/// The result of a child process.
#[derive(Clone, Debug, PartialEq)]
pub struct Report<T> {
    /// The lines that counted, as they were parsed.
    pub lines: Vec<T>,
    /// The end of its standard error.
    pub stderr: String,
    /// How it ended.
    pub exit: Exit,
}

/// This program once more.
///
/// # Errors
/// The system does not tell where it is.
pub fn this_program() -> io::Result<Command> {
    std::env::current_exe().map(Command::new)
}

/// Runs a program to its end, or kills it at a limit. Its standard input is open as long as it runs and gives nothing;
/// `parse` is called on a thread of its own, for every line without its end, and gives `None` for those that do not count.
pub fn run<T: Send + 'static>(
    mut command: Command,
    limits: &Limits<'_>,
    parse: impl FnMut(&[u8]) -> Option<T> + Send + 'static,
) -> Report<T> {
    let stderr = if limits.stderr_bytes > 0 { Stdio::piped() } else { Stdio::null() };
    match command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(stderr).spawn() {
        Ok(child) => watch(child, limits, parse),
        Err(error) => Report::not_started(&error),
    }
}

impl<T> Report<T> {
    /// Of a child that could not be started.
    pub fn not_started(error: &io::Error) -> Self {
        Self { lines: Vec::new(), stderr: String::new(), exit: Exit::NotStarted(error.to_string()) }
    }
}

fn watch<T: Send + 'static>(
    mut child: Child,
    limits: &Limits<'_>,
    mut parse: impl FnMut(&[u8]) -> Option<T> + Send + 'static,
) -> Report<T> {
    // By its end the child knows that nobody watches any more.
    let _open = child.stdin.take();
    let (sender, said) = sync_channel(QUEUE);
    if let Some(stdout) = child.stdout.take() {
        let most = limits.line_bytes;
        std::thread::spawn(move || {
            lines(BufReader::new(stdout), most, |line| match parse(line) {
                Some(counts) => sender.send(counts).is_ok(),
                None => true,
            });
        });
    }
    let (tail_sender, tail_of_stderr) = sync_channel(1);
    if let Some(stderr) = child.stderr.take() {
        let most = limits.stderr_bytes;
        std::thread::spawn(move || tail_sender.send(tail(stderr, most)));
    }
    let mut lines = Vec::new();
    let exit = ended(&mut child, limits, &said, &mut lines);
    let stderr = tail_of_stderr.recv_timeout(GRACE).unwrap_or_default();
    Report { lines, stderr, exit }
}

/// Waits for the end, and takes what is said until then.
fn ended<T>(child: &mut Child, limits: &Limits<'_>, said: &Receiver<T>, lines: &mut Vec<T>) -> Exit {
    let id = child.id();
    let look = || effort::look_at_process(id);
    let begin = Instant::now();
    let mut meter = Meter::new(begin, look());
    let mut is_open = true;
    loop {
        match said.recv_timeout(if is_open { LOOK } else { Duration::ZERO }) {
            Ok(line) => {
                lines.push(line);
                meter = Meter::new(Instant::now(), look());
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                if !is_open {
                    std::thread::sleep(LAST_LOOK);
                }
                is_open = false;
            }
        }
        if is_too_much(limits, lines) {
            return killed(child, Exit::TooMuchOutput);
        }
        match child.try_wait() {
            Ok(Some(status)) => {
                rest(limits, said, lines);
                return if is_too_much(limits, lines) { Exit::TooMuchOutput } else { exit_of(status) };
            }
            Ok(None) => {}
            Err(error) => return killed(child, Exit::Lost(error.to_string())),
        }
        let is_over = limits.total.is_some_and(|total| begin.elapsed() > total);
        if is_over || meter.spent(Instant::now(), look) >= (limits.idle)(lines.len()) {
            return killed(child, Exit::TimedOut);
        }
    }
}

/// Whether more was said than is taken, of which no more is kept then.
fn is_too_much<T>(limits: &Limits<'_>, lines: &mut Vec<T>) -> bool {
    let is_too_much = lines.len() > limits.lines;
    lines.truncate(limits.lines);
    is_too_much
}

/// What is still in the pipe of a child that has ended, and one line more than is taken.
fn rest<T>(limits: &Limits<'_>, said: &Receiver<T>, lines: &mut Vec<T>) {
    let until = Instant::now() + GRACE;
    while lines.len() <= limits.lines
        && let Ok(line) = said.recv_timeout(until.saturating_duration_since(Instant::now()))
    {
        lines.push(line);
    }
}

fn exit_of(status: ExitStatus) -> Exit {
    Crash::of(status).map_or(Exit::Code(status.code()), Exit::Crashed)
}

fn killed(child: &mut Child, exit: Exit) -> Exit {
    let _ended = child.kill().and_then(|()| child.wait());
    exit
}

/// For a child that is this program, first of all: it ends at once when the process that watches it ends, however that
/// came. What hangs would go on for ever. Takes the standard input.
pub fn end_with_parent() {
    exit::without_dialogs();
    std::thread::spawn(|| {
        let _closed = io::stdin().lock().read(&mut [0]);
        // At once: on the way of an ordinary exit may be what hangs.
        std::process::abort();
    });
}

/// For a child: says a line at once, as there may be no later, and as a line of its own, whatever else has been printed.
pub fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _nobody_listens = writeln!(out, "\n{line}").and_then(|()| out.flush());
}
