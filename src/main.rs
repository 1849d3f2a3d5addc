//! The command-line tool `nn`.

mod check;
mod cli;
mod info;
mod models;
mod out;
mod outcome;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Models(command) => models::run(command),
        Command::Info(arguments) => info::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Try(arguments) => check::child::run(&arguments),
    };
    outcome.into()
}
