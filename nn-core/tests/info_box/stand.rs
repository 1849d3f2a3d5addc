//! The box without a host, and what it says.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use nn_core::{
    engine::loader::Loader,
    info::{self, Description, InfoContext, InfoEvent, NnInfo, Tree},
    message::{Atom, text},
    model::{LoadError, Model, ModelLocation, ModelSource},
    spec::ModelSpec,
};

use crate::archive_files;

/// Reads files and loads nothing.
pub struct Files;

impl ModelSource for Files {
    fn extensions(&self) -> Vec<&'static str> {
        vec!["ts"]
    }

    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        Ok(info::read(location.file().expect("a file")).spec)
    }

    fn inspect(&self, location: &ModelLocation) -> Description {
        info::read(location.file().expect("a file"))
    }

    fn load(&self, _location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        Err(LoadError::Unusable { what: "nothing is loaded here".into() })
    }
}

/// In a folder of its own, with the models of the package.
pub struct Stand {
    pub info: NnInfo,
    pub folder: tempfile::TempDir,
}

pub fn find(file: &str) -> Option<PathBuf> {
    Some(archive_files::model(file)).filter(|path| path.is_file())
}

impl Stand {
    pub fn new(arguments: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let loader = Box::leak(Box::new(Loader::new()));
        let around = InfoContext { find: &find, folder: Some(folder.path()), host: None };
        let info = NnInfo::new(Arc::new(Files), loader, &atoms(arguments), &around);
        Self { info, folder }
    }

    /// Sends a message; gives all that is said until nothing is awaited any more.
    pub fn send(&mut self, message: &str) -> Vec<InfoEvent> {
        let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
        let around = InfoContext { find: &find, folder: Some(self.folder.path()), host: None };
        self.info.handle(selector, &atoms(rest), &around);
        let mut said = self.info.take_events();
        let begin = Instant::now();
        while self.info.pending() {
            assert!(begin.elapsed() < Duration::from_secs(20), "no answer");
            self.info.poll();
            said.extend(self.info.take_events());
        }
        said
    }

    /// Sends several without a look between them; gives all that is said.
    pub fn send_all(&mut self, messages: &[&str]) -> Vec<InfoEvent> {
        let mut said = Vec::new();
        let (last, first) = messages.split_last().expect("one at least");
        for message in first {
            let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
            let around = InfoContext { find: &find, folder: Some(self.folder.path()), host: None };
            self.info.handle(selector, &atoms(rest), &around);
            said.extend(self.info.take_events());
        }
        said.extend(self.send(last));
        said
    }

    /// The same as lines, without the console.
    pub fn lines(&mut self, message: &str) -> Vec<String> {
        lines(self.send(message))
    }
}

/// What goes to outlets.
pub fn lines(said: Vec<InfoEvent>) -> Vec<String> {
    let line = |event| match event {
        InfoEvent::Message { outlet, selector, atoms } => {
            Some(format!("{outlet:?} {selector} {}", text(&atoms)).trim_end().to_owned())
        }
        InfoEvent::Dictionary { outlet, tree } => {
            let path = match tree.get(&["path"]) {
                Some(Tree::Text(path)) => path,
                _ if tree.get(&["doctor"]).is_some() => "doctor",
                _ => panic!("no path in {tree:?}"),
            };
            Some(format!("{outlet:?} of {path}"))
        }
        InfoEvent::Bind(name) => Some(format!("bound to {name}")),
        InfoEvent::Note(_) | InfoEvent::Error(_) => None,
    };
    said.into_iter().filter_map(line).collect()
}

pub fn atoms(text: &str) -> Vec<Atom> {
    text.split_whitespace().map(Atom::symbol).collect()
}
