//! `cargo xtask check`: formatting, circles of files, long files, dependencies, lints and documentation.

use crate::{
    circles, dependencies, facade, lengths, oracle,
    run::{self, Failure, cargo, step},
};

/// Checks everything that can be checked without running the code.
///
/// # Errors
/// Those of the first check that fails.
pub fn run() -> Result<(), Failure> {
    step("rustfmt", || run::run(&mut cargo("fmt --all -- --check")))?;
    step("no circle of files", circles::run)?;
    step("no file too long", lengths::run)?;
    step("licences, sources and duplicates of dependencies", dependencies::run)?;
    step("what nn-core offers", || facade::run(&[]))?;
    step("clippy", || run::run(&mut cargo("clippy --workspace --all-targets -- -D warnings")))?;
    // The other shape of the crate, which the workspace build does not show.
    step("clippy on nn-core without libtorch", || {
        run::run(&mut cargo(
            "clippy -p nn-core --no-default-features --features fake --all-targets -- -D warnings",
        ))
    })?;
    step("clippy on the oracle", || {
        run::run(oracle::command("clippy")?.args(["--all-targets", "--", "-D", "warnings"]))
    })?;
    step("rustdoc", || {
        run::run(
            cargo("doc --workspace --no-deps --document-private-items --exclude xtask --exclude max-host --exclude pd-host \
                   --exclude supercollider-host --exclude model-server --exclude nn-oracle --exclude host-headers")
                .env("RUSTDOCFLAGS", "-D warnings"),
        )
    })
}
