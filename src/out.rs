//! Printing for people and programs who may stop reading at any time.

use std::io::Write;

/// A line on standard output.
pub fn line(text: impl std::fmt::Display) {
    let _nobody_reads = writeln!(std::io::stdout(), "{text}");
}

/// A line about what is wrong, on standard error.
pub fn error(text: impl std::fmt::Display) {
    let _nobody_reads = writeln!(std::io::stderr(), "nn: {text}");
}
