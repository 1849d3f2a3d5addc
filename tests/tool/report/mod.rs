//! `nn report`: the page that it writes, what it says, and what it leaves.

mod broken;
mod browser;
mod data;
mod neutone;
mod page;

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

use crate::{support::backend, user::said};

/// A name that would be a picture and run a script, where a page took it for more than a text.
pub const NAME: &str = "<img src=x onerror=alert(1)>.ts";

/// `nn report` in a folder; it measures the speed where the words say for how long.
pub fn report(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    command.current_dir(folder).arg("report").args(words).stdin(Stdio::null());
    if !words.contains(&"--bench-seconds") {
        command.arg("--no-bench");
    }
    command.env("NN_TORCH_BACKEND", backend()).env("NN_MODELS", crate::support::root().join("models"));
    command
}

/// A page of a model that makes latents and sound of them, which several tests look at.
pub struct Made {
    folder: tempfile::TempDir,
    pub json: serde_json::Value,
}

impl Made {
    pub fn page(&self) -> PathBuf {
        self.folder.path().join("page.html")
    }

    pub fn text(&self) -> String {
        std::fs::read_to_string(self.page()).expect("a page")
    }

    pub fn model(&self) -> PathBuf {
        self.folder.path().join(NAME)
    }
}

pub fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::copy(crate::support::model("latent"), folder.path().join(NAME)).expect("a copy");
        let words = [NAME, "--json", "-o", "page.html", "--bench-seconds", "0.2"];
        let (code, text, errors) = said(&mut report(folder.path(), &words));
        assert_eq!((code, errors.as_str()), (Some(0), ""), "{text}");
        let json = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        Made { folder, json }
    })
}
