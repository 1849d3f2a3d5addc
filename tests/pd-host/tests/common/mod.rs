//! A folder with patches, and the host run on a script in it.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A place for one test.
pub struct Bench {
    folder: TempDir,
}

/// What the host answered.
pub struct Answer {
    pub status: Option<i32>,
    pub lines: Vec<String>,
    pub errors: String,
}

impl Bench {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a patch; `lines` are what follows the canvas line.
    pub fn patch(&self, name: &str, lines: &[&str]) {
        let text = format!("#N canvas 0 0 450 300 12;\n{};\n", lines.join(";\n"));
        std::fs::write(self.folder().join(name), text).unwrap();
    }

    /// Interleaved samples that a script recorded.
    pub fn samples(&self, name: &str) -> Vec<f32> {
        let bytes = std::fs::read(self.folder().join(name)).unwrap();
        bytes.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect()
    }

    /// Runs the host in the folder, the script on standard input.
    pub fn run(&self, script: &str) -> Answer {
        std::fs::write(self.folder().join("script"), script).unwrap();
        let input = std::fs::File::open(self.folder().join("script")).unwrap();
        let output = self.host().stdin(input).output().unwrap();
        Answer::from(output)
    }

    /// The host, to be started in the folder.
    pub fn host(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pd-host"));
        command.current_dir(self.folder()).stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let lines = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
        Self { status: output.status.code(), lines, errors: String::from_utf8(output.stderr).unwrap() }
    }
}

impl Answer {
    /// Ended as it should.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, Some(0), "{:#?}\n{}", self.lines, self.errors);
        self
    }

    /// Lines that begin with `start`.
    pub fn all(&self, start: &str) -> Vec<&str> {
        self.lines.iter().map(String::as_str).filter(|line| line.starts_with(start)).collect()
    }

    /// The number behind ` name=` in the only line that begins with `start`.
    #[track_caller]
    pub fn number(&self, start: &str, name: &str) -> u64 {
        let [line] = self.all(start)[..] else { panic!("not one line '{start}': {:#?}", self.lines) };
        number(line, name)
    }
}

/// The number behind ` name=`.
#[track_caller]
pub fn number(line: &str, name: &str) -> u64 {
    let value = line.split(' ').find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    value.unwrap_or_else(|| panic!("no {name} in '{line}'")).parse().unwrap()
}
