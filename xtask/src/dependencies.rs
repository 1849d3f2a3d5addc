//! Licences, sources and duplicate versions of all dependencies: `cargo-deny` with `deny.toml`.

use std::process::Stdio;

use crate::run::{self, Failure, cargo};

/// Checks the dependency tree against `deny.toml`; says so and does nothing where cargo-deny is not installed.
///
/// # Errors
/// When a dependency breaks a rule.
pub fn run() -> Result<(), Failure> {
    let found = cargo("deny --version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !found.is_ok_and(|status| status.success()) {
        println!("skipped: cargo-deny is not installed (cargo install cargo-deny --locked); .ci/run has it");
        return Ok(());
    }
    // Advisories are for the release workflow: deny.toml says why.
    run::run(&mut cargo("deny --locked --all-features check licenses sources bans"))
}
