//! Output to readers that may stop reading at any time.

use std::{
    io::{self, ErrorKind, Write},
    path::Path,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
};

use crate::closed::{self, Output};
use nn_core::shown::{plain, plain_lines};

/// Whether something could not be written.
static LOST: AtomicBool = AtomicBool::new(false);

/// A text on standard output. What files and servers say in it and what is not seen is written out.
pub fn line(text: impl std::fmt::Display) {
    exact(plain_lines(&text.to_string()));
}

/// A text on standard output as it is, for programs: a document.
pub fn exact(text: impl std::fmt::Display) {
    note(closed::check(Output::Standard).and_then(|()| writeln!(io::stdout(), "{text}")));
}

/// The path of a file in a line of its own, byte by byte: not every path is a text.
pub fn path(path: &Path) {
    let line = [path.as_os_str().as_encoded_bytes(), b"\n"].concat();
    note(closed::check(Output::Standard).and_then(|()| io::stdout().write_all(&line)));
}

/// A line about what is wrong, on standard error.
pub fn error(text: impl std::fmt::Display) {
    let line = plain(&text.to_string());
    note(closed::check(Output::Error).and_then(|()| writeln!(io::stderr(), "nn: {line}")));
}

/// What clap has to say: help, or what is wrong with the words, among which may be names of files.
pub fn of_clap(error: &clap::Error) {
    note(if error.use_stderr() {
        let text = plain_lines(&error.render().to_string());
        closed::check(Output::Error).and_then(|()| write!(io::stderr(), "{text}"))
    } else {
        closed::check(Output::Standard).and_then(|()| error.print())
    });
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
