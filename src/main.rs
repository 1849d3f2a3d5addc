//! The command-line tool `nn`.

use std::{path::Path, process::ExitCode};

use nn_core::{archive, spec::ModelSpec};

const USAGE: &str = "\
nn: neural audio models for Pure Data and Max

  nn info FILE    what a model file says about itself, without libtorch
  nn --version
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["info", file] => match archive::describe(Path::new(file)) {
            Ok(spec) => {
                print!("{}", description(&spec));
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("nn: {file}: {error}");
                ExitCode::FAILURE
            }
        },
        ["--version"] => {
            println!("nn {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprint!("nn: '{}' is not understood\n\n{USAGE}", words.join(" "));
            ExitCode::from(2)
        }
    }
}

/// One line per method and attribute.
fn description(spec: &ModelSpec) -> String {
    let mut lines = Vec::new();
    for method in &spec.methods {
        lines.push(format!(
            "method {}: {} in (ratio {}), {} out (ratio {})",
            method.name, method.in_channels, method.in_ratio, method.out_channels, method.out_ratio
        ));
    }
    for attribute in &spec.attributes {
        let types: Vec<_> = attribute.types.iter().map(|t| t.name()).collect();
        lines.push(format!("attribute {}: {}", attribute.name, types.join(" ")));
    }
    lines.push(match spec.sample_rate_hz {
        Some(hz) => format!("made for {hz} Hz"),
        None => "made for any sample rate".to_owned(),
    });
    if let Some(producer) = &spec.producer {
        lines.push(format!("written by {producer}"));
    }
    lines.join("\n") + "\n"
}
