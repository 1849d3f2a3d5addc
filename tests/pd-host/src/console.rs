//! The lines of answers: written to standard output at once, and kept until an `until` has found one.

use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::ThreadId;

struct Console {
    /// Pd prints in pieces.
    unfinished: String,
    /// Lines that no `until` has passed yet.
    fresh: Vec<String>,
    audio_thread: Option<ThreadId>,
}

static CONSOLE: Mutex<Console> =
    Mutex::new(Console { unfinished: String::new(), fresh: Vec::new(), audio_thread: None });

fn console() -> MutexGuard<'static, Console> {
    CONSOLE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Console {
    fn say(&mut self, line: String) {
        let mut out = std::io::stdout().lock();
        // Whoever reads may have gone away; the script goes on.
        let _ = writeln!(out, "{line}").and_then(|()| out.flush());
        self.fresh.push(line);
    }
}

/// The calling thread is the one that Pd may print from.
pub fn claim_audio_thread() {
    console().audio_thread = Some(std::thread::current().id());
}

/// Answers one line.
pub fn say(line: impl Into<String>) {
    console().say(line.into());
}

/// Takes a piece of Pd's console text; whole lines are answered.
pub fn printed(piece: &str) {
    let mut console = console();
    if console.audio_thread != Some(std::thread::current().id()) {
        console.say(format!("print-wrong-thread {}", piece.trim_end()));
        return;
    }
    console.unfinished.push_str(piece);
    while let Some(end) = console.unfinished.find('\n') {
        let line: String = console.unfinished.drain(..=end).collect();
        console.say(format!("print {}", line.trim_end()));
    }
}

/// Whether a line since the last one found contains `text`; if so, lines up to it are passed.
pub fn found(text: &str) -> bool {
    let mut console = console();
    let place = console.fresh.iter().position(|line| line.contains(text));
    if let Some(place) = place {
        console.fresh.drain(..=place);
    }
    place.is_some()
}
