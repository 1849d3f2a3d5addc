//! Pure Data 0.55 in the test host `pd-host`, driven by scripts.

use std::{
    path::PathBuf,
    process::{Command, Output, Stdio},
    time::Duration,
};

use super::{RATE_HZ, externals, target_dir};

/// A run of the test host: the script so far.
#[derive(Debug)]
pub struct Host {
    script: String,
    environment: Vec<(&'static str, String)>,
    program: Option<PathBuf>,
}

/// What the host said.
#[derive(Debug)]
pub struct Transcript {
    /// The lines on standard output.
    pub lines: Vec<String>,
    /// Exit status; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Standard error.
    pub stderr: String,
}

impl Host {
    /// A host with this many inputs and outputs that finds our external.
    pub fn new(inputs: usize, outputs: usize) -> Self {
        let script = format!(
            "samplerate {RATE_HZ}\nchannels {inputs} {outputs}\npath \"{}\"\n",
            externals().display()
        );
        Self { script, environment: Vec::new(), program: None }
    }

    /// Adds a line.
    pub fn line(&mut self, line: impl AsRef<str>) -> &mut Self {
        self.script.push_str(line.as_ref());
        self.script.push('\n');
        self
    }

    /// Sets an environment variable.
    pub fn environment(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.environment.push((name, value.to_owned()));
        self
    }

    /// Runs another program than the one that was built.
    pub fn program(&mut self, program: &std::path::Path) -> &mut Self {
        self.program = Some(program.to_owned());
        self
    }

    /// Runs the script; fails the test when the host fails or takes longer than five minutes.
    pub fn run(&self) -> Transcript {
        let transcript = self.run_to_any_end();
        assert_eq!(
            transcript.code,
            Some(0),
            "the host failed\nscript:\n{}\nsaid:\n{}\n{}",
            self.script,
            transcript.lines.join("\n"),
            transcript.stderr
        );
        transcript
    }

    /// Runs the script, however it ends.
    pub fn run_to_any_end(&self) -> Transcript {
        self.run_within(Duration::from_secs(300))
    }

    /// Runs the script, however it ends; fails the test when it takes longer.
    pub fn run_within(&self, limit: Duration) -> Transcript {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let script = folder.path().join("script.txt");
        std::fs::write(&script, &self.script).expect("the script can be written");
        let mut command = Command::new(self.program.clone().unwrap_or_else(executable));
        command.arg(&script).stdin(Stdio::null()).envs(self.environment.iter().map(|(n, v)| (n, v)));
        let output = super::pd::output_within(&mut command, limit);
        Transcript::from(output)
    }
}

impl From<Output> for Transcript {
    fn from(output: Output) -> Self {
        Self {
            lines: String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect(),
            code: output.status.code(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Transcript {
    /// The rest of every line that begins with these words.
    pub fn after(&self, words: &str) -> Vec<&str> {
        self.lines.iter().filter_map(|line| line.strip_prefix(words)).map(str::trim).collect()
    }

    /// The lines that Pd printed as errors.
    pub fn errors(&self) -> Vec<&str> {
        self.after("print error:")
    }

    /// A number from the last line of the form `word … key=NUMBER …`.
    pub fn number(&self, word: &str, key: &str) -> f64 {
        let line = self.after(word).pop().unwrap_or_else(|| panic!("no line '{word}': {:?}", self.lines));
        let key = format!("{key}=");
        line.split_whitespace()
            .find_map(|pair| pair.strip_prefix(&key))
            .and_then(|number| number.parse().ok())
            .unwrap_or_else(|| panic!("no {key} in '{line}'"))
    }
}

/// The host's executable, built by `cargo test --workspace` or by hand.
pub fn executable() -> PathBuf {
    ["release", "debug"]
        .into_iter()
        .map(|profile| target_dir().join(profile).join("pd-host"))
        .filter(|path| path.is_file())
        .max_by_key(|path| path.metadata().and_then(|m| m.modified()).ok())
        .expect("pd-host is not built: run `cargo xtask test`")
}
