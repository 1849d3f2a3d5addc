//! Names under which a running Pd hears from outside, and the words of its answers.

/// A bang loads, waits and records.
pub const START: &str = "demo-start";
/// A number: passed on to the box as `wait N`.
pub const WAIT: &str = "demo-wait";
/// A symbol: the file to record to, relative to the patch.
pub const FILE: &str = "demo-file";
/// 1: leave Pd when everything is written.
pub const QUIT: &str = "demo-quit";
/// What the patch prints begins with this word.
pub const PRINT: &str = "demo";
