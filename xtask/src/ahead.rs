//! What later steps of `cargo xtask test` need, made beside earlier ones, which leave processors or the network idle.
//!
//! Its processes come after all others: tests under wine, in which threads wait for each other at each block, took twenty times as
//! long beside a package that was being unpacked. What fails here is tried again by the step that needs it, which says why.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use crate::{arm, neutone, run::Failure, sanitizer, target::is_linux_x86_64, windows};

/// Downloads, or builds, beside this process.
#[derive(Debug)]
pub struct Ahead(Option<Child>);

impl Ahead {
    /// Begins with `what`, a word of `cargo xtask ahead`.
    pub fn begin(what: &str) -> Self {
        let this_program = this_program();
        let mut command = if cfg!(unix) { Command::new("nice") } else { Command::new(&this_program) };
        if cfg!(unix) {
            command.args(["-n", "19"]).arg(this_program);
        }
        let quiet =
            command.args(["ahead", what]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self(quiet.spawn().ok())
    }

    /// Waits for its end.
    pub fn finish(&mut self) {
        if let Some(mut child) = self.0.take() {
            let _told_by_the_step = child.wait();
        }
    }
}

/// This program, where it lies now: a step that builds the workspace puts a new one into its place, and the system then names the
/// old one as deleted.
fn this_program() -> PathBuf {
    let path = std::env::current_exe().unwrap_or_else(|_| "xtask".into());
    let name = path.to_string_lossy();
    name.strip_suffix(" (deleted)").map_or_else(|| path.clone(), PathBuf::from)
}

/// `cargo xtask ahead download|build`.
///
/// # Errors
/// When something cannot be made (the rest is, all the same), or for any other word.
pub fn run(words: &[String]) -> Result<(), Failure> {
    match words {
        [word] if word == "download" => {
            let for_arm = if is_linux_x86_64() { arm::download() } else { Ok(()) };
            neutone::ensure().and(for_arm)
        }
        [word] if word == "build" => {
            let for_windows = if cfg!(target_os = "linux") { windows::build() } else { Ok(()) };
            sanitizer::build().and(for_windows)
        }
        _ => Err(Failure::new("ahead takes one word: download or build")),
    }
}
