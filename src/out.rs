//! Printing for people and programs who may stop reading at any time.

use std::{
    io::{self, ErrorKind, Write},
    sync::atomic::{AtomicBool, Ordering::Relaxed},
};

use nn_core::shown::{plain, plain_lines};

/// Whether something could not be written.
static LOST: AtomicBool = AtomicBool::new(false);

/// A text on standard output. What files and servers say in it and what is not seen is written out.
pub fn line(text: impl std::fmt::Display) {
    exact(plain_lines(&text.to_string()));
}

/// A text on standard output as it is, for programs: a document, or the path of a file.
pub fn exact(text: impl std::fmt::Display) {
    note(writeln!(io::stdout(), "{text}"));
}

/// A line about what is wrong, on standard error.
pub fn error(text: impl std::fmt::Display) {
    note(writeln!(io::stderr(), "nn: {}", plain(&text.to_string())));
}

/// What clap has to say.
pub fn of_clap(error: &clap::Error) {
    note(error.print());
}

/// Says whether all of it was written.
pub fn finish() -> bool {
    note(io::stdout().flush());
    !LOST.load(Relaxed)
}

fn note(written: io::Result<()>) {
    if let Err(error) = written {
        let first = !LOST.swap(true, Relaxed);
        // Whoever stops reading knows that.
        if first && error.kind() != ErrorKind::BrokenPipe {
            let _nowhere = writeln!(io::stderr(), "nn: the output cannot be written: {error}");
        }
    }
}
