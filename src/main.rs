//! The command-line tool `nn`.

mod check;
mod cli;
mod doctor;
mod info;
mod models;
mod out;
mod outcome;
mod watched;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Models(command) => models::run(command),
        Command::Info(arguments) => info::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Doctor => doctor::run(),
        Command::Probe => doctor::probe::run(),
        Command::Try(arguments) => check::child::run(&arguments),
    };
    outcome.into()
}
