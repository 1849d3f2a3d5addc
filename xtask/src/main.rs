//! One command for every chore: `cargo xtask <verb>`.

mod ahead;
mod arm;
mod bench;
mod build;
mod check;
mod circles;
mod demo;
mod dependencies;
mod executables;
mod facade;
mod lengths;
mod macos;
mod max_help;
mod models;
mod neutone;
mod oracle;
mod package;
mod progress;
mod python;
mod run;
mod sanitizer;
mod setup;
mod standard_library;
mod target;
mod test;
mod threads;
mod windows;

use std::process::ExitCode;

use run::Failure;

/// One chore.
struct Verb {
    name: &'static str,
    about: &'static str,
    /// Gets the words after the verb.
    run: fn(&[String]) -> Result<(), Failure>,
}

/// Every chore. A new one is a module and a line here.
#[rustfmt::skip]
const VERBS: &[Verb] = &[
    Verb { name: "setup",  about: "download libtorch, check the other tools (--cuda, --target)", run: setup::run_with },
    Verb { name: "check",  about: "formatting, imports, dependencies, lints, documentation",   run: |_| check::run() },
    Verb { name: "build",  about: "build externals into target/pd, … (--target NAME)",   run: build::run_with },
    Verb { name: "circles", about: "circular imports of files",                            run: |_| circles::run() },
    Verb { name: "facade", about: "what nn-core offers against its list (write: write it)", run: facade::run },
    Verb { name: "macos", about: "link for macOS elsewhere, and read what was linked (all)", run: macos::run_with },
    Verb { name: "windows", about: "link and test for Windows, under wine (all)",           run: windows::run_with },
    Verb { name: "neutone", about: "effects by Neutone's SDK, and what they answer there", run: neutone::run },
    Verb { name: "ahead", about: "what later steps of `test` need: download, build",       run: ahead::run },
    Verb { name: "oracle", about: "build what the tests hold boxes against",               run: |_| oracle::run() },
    Verb { name: "test",   about: "everything: setup, check, build and all tests (STEP)",  run: test::run },
    Verb { name: "demo",   about: "sound through a model, measured (--host supercollider)", run: demo::run },
    Verb { name: "bench",  about: "measure speed, write docs/BENCHMARKS.md",         run: bench::run },
    Verb { name: "package", about: "make the folder and the archive that users install",   run: package::run },
    Verb { name: "max-help", about: "write the help files for Max",                        run: |_| max_help::run() },
    Verb { name: "models", about: "export the models again and compare with those in git", run: models::run },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = words.split_first() else {
        print!("{}", usage());
        return ExitCode::SUCCESS;
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", usage());
        return ExitCode::SUCCESS;
    }
    let Some(verb) = VERBS.iter().find(|verb| verb.name == name) else {
        eprint!("cargo xtask: there is no verb \"{name}\"\n\n{}", usage());
        return ExitCode::from(2);
    };
    match (verb.run)(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("cargo xtask {name}: {failure}");
            ExitCode::from(failure.code)
        }
    }
}

fn usage() -> String {
    let mut text = String::from("cargo xtask <verb>\n\n");
    for verb in VERBS {
        text.push_str(&format!("  {:<9} {}\n", verb.name, verb.about));
    }
    text
}
