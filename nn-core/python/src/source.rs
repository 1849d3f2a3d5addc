//! A script and the processes that run it.

use std::{
    path::PathBuf,
    sync::{Arc, Weak},
    time::{Duration, SystemTime},
};

use nn_model::value::Value;
use parking_lot::Mutex;
use serde_json::json;

use crate::{
    asked::note_asked,
    connection::{Connection, Trouble, kind},
    process::{Python, StartError},
    script::Outline,
    value::to_json,
};

/// How long the first call after a load may take: a script may compile, or read a model.
pub(crate) const FIRST: Duration = Duration::from_secs(60);

/// A script, as all copies of it know it.
#[derive(Debug)]
pub(crate) struct Source {
    path: PathBuf,
    text: String,
    /// When it was saved, in nanoseconds: what was saved again runs anew.
    saved: String,
    pub(crate) outline: Outline,
    interpreter: PathBuf,
    /// The process of this box, where it wants one for itself.
    own: Option<Mutex<Weak<Python>>>,
}

impl Source {
    pub(crate) fn new(
        path: PathBuf,
        text: String,
        outline: Outline,
        interpreter: PathBuf,
        alone: bool,
    ) -> Self {
        let saved = path.metadata().and_then(|file| file.modified()).ok();
        let saved =
            saved.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
        let own = alone.then(Mutex::default);
        Self { path, text, saved: saved.as_nanos().to_string(), outline, interpreter, own }
    }

    /// The process in which the script runs; it is started where there is none. `apart`: in none that other copies use.
    fn process(&self, apart: bool) -> Result<Arc<Python>, StartError> {
        match &self.own {
            _ if apart => Python::own(&self.interpreter),
            None => Python::of(&self.interpreter),
            Some(own) => {
                // Held meanwhile: two copies shall not start two.
                let mut own = own.lock();
                if let Some(known) = own.upgrade().filter(|python| python.ended().is_none()) {
                    return Ok(known);
                }
                let python = Python::own(&self.interpreter)?;
                *own = Arc::downgrade(&python);
                Ok(python)
            }
        }
    }

    /// A connection on which the script is loaded, with these values.
    pub(crate) fn connect(&self, values: &[Option<Value>], apart: bool) -> Result<Connection, ConnectError> {
        let python = self.process(apart).map_err(ConnectError::Start)?;
        note_asked(&python);
        let mut connection = Connection::new(python)
            .map_err(|error| ConnectError::Trouble(Trouble::Gone(error.to_string())))?;
        let names = self.outline.spec.attributes.iter().map(|attribute| attribute.name.as_str());
        let set: serde_json::Map<_, _> = names
            .clone()
            .zip(values)
            .filter_map(|(name, value)| Some((name.to_owned(), to_json(value.as_ref()?))))
            .collect();
        let asked = json!({
            "path": self.path, "text": self.text, "saved": self.saved, "functions": self.outline.functions,
            "attributes": names.collect::<Vec<_>>(), "values": set,
        });
        connection.ask_json(kind::LOAD, &asked, FIRST).map_err(ConnectError::Trouble)?;
        Ok(connection)
    }
}

/// Why there is no connection.
pub(crate) enum ConnectError {
    Start(StartError),
    Trouble(Trouble),
}
