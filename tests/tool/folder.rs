//! A folder in which somebody calls the tool.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    support::{backend, root},
    user::said,
};

/// The folder, which goes with it.
pub struct Folder {
    folder: tempfile::TempDir,
}

/// How a call ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub text: String,
    pub errors: String,
}

impl Folder {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The tool in the folder; `MODEL.ts` among the words is one of the project's.
    pub fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command.env("NN_TORCH_BACKEND", backend()).env("NN_MODELS", root().join("models"));
        command.args(words.split_whitespace());
        command
    }

    pub fn run(&self, words: &str) -> Ended {
        let (code, text, errors) = said(&mut self.command(words));
        Ended { code, text, errors }
    }
}
