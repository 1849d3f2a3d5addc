//! Somebody who calls the tool, with folders and sources of his own.

use model_server::{ModelServer, Route};
use std::{
    path::PathBuf,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// Folders of a user who has only these sources.
pub struct User {
    pub folder: TempDir,
}

impl User {
    pub fn new(sources: &[String]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let list: String = sources.iter().map(|source| format!("  - {source}\n")).collect();
        let text = format!("built_in: false\nlimits: {{tries: 3, back_off_ms: 20}}\nsources:\n{list}");
        std::fs::write(folder.path().join("sources.yaml"), text).expect("written");
        Self { folder }
    }

    /// With one page of links on a server, to `voice.ts`.
    pub fn of(server: &ModelServer, voice: impl Into<Route>) -> Self {
        server.put("/models/", Route::html("<a href='voice.ts'>"));
        server.put("/models/voice.ts", voice);
        Self::new(&[format!("{{name: page, kind: index, url: '{}'}}", server.url("/models/"))])
    }

    pub fn models(&self) -> PathBuf {
        self.folder.path().join("models")
    }

    pub fn voice(&self) -> PathBuf {
        self.models().join("voice.ts")
    }

    /// The tool, for this user.
    pub fn nn(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
        self.equip(&mut command);
        command.args(words.split_whitespace());
        command
    }

    pub fn equip(&self, command: &mut Command) {
        for (name, file) in
            [("NN_SOURCES", "sources.yaml"), ("NN_MODELS", "models"), ("XDG_CACHE_HOME", "cache")]
        {
            command.env(name, self.folder.path().join(file));
        }
        for proxy in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(proxy);
        }
        command.stdin(Stdio::null());
    }

    /// Everything in the models folder but the record.
    pub fn files(&self) -> Vec<String> {
        let hidden = self.models().join(".nn-catalog");
        let all = [self.models(), hidden].into_iter().flat_map(|folder| {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
        });
        let mut all: Vec<_> = all.filter(|name| name != ".nn-catalog" && name != "record.json").collect();
        all.sort();
        all
    }
}

pub fn gain() -> Vec<u8> {
    std::fs::read(crate::support::model("gain")).expect("a model")
}

pub fn codec() -> Vec<u8> {
    std::fs::read(crate::support::model("codec")).expect("a model")
}

/// Exit code, standard output, standard error.
pub fn said(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("it starts");
    (status.code(), String::from_utf8_lossy(&stdout).into(), String::from_utf8_lossy(&stderr).into())
}
