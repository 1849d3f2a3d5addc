//! The command-line tool `nn`.

mod bench;
mod boxes;
mod check;
mod cli;
mod closed;
mod command_line;
mod digest;
mod doctor;
mod failure;
mod fitness;
mod info;
mod latents;
mod models;
mod not_a_file;
mod out;
mod outcome;
mod pictures;
mod profile;
mod render;
mod report;
mod sound;
mod steps;
mod unfinished;
mod where_and_how;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};
use outcome::Outcome;

fn main() -> ExitCode {
    let command = match Cli::try_parse() {
        Ok(cli) => cli.command,
        Err(error) => {
            out::of_clap(&error);
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            return if code == 0 { written(Outcome::Done) } else { code.into() };
        }
    };
    let outcome = match command {
        Command::Models(command) => models::run(command),
        Command::Info(arguments) => info::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Render(arguments) => render::run(*arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Profile(arguments) => profile::run(*arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Completions { shell } => {
            out::exact(cli::completions(shell).trim_end());
            Outcome::Done
        }
        Command::Probe => doctor::probe::run(),
        Command::Measure(arguments) => bench::child::run(&arguments.file, &arguments.case),
        Command::Try(arguments) => check::child::run(&arguments),
        Command::Record(arguments) => profile::child::run(&arguments),
        Command::Hear(arguments) => report::child::run(&arguments),
    };
    written(outcome)
}

/// Nothing is done that could not be said.
fn written(outcome: Outcome) -> ExitCode {
    let is_written = out::finish();
    if outcome == Outcome::Done && !is_written { Outcome::Failed.into() } else { outcome.into() }
}
