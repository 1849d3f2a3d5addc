//! Scripts as a format of models.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use nn_model::{Format, LoadError, ModelLocation, Unsound, spec::ModelSpec};

use crate::script::{self, Outline};

/// Scripts in Python. Nothing of them runs here.
#[derive(Clone, Copy, Debug, Default)]
pub struct PythonScript;

impl Format for PythonScript {
    fn extensions(&self) -> &'static [&'static str] {
        &["py"]
    }

    fn is_program(&self) -> bool {
        true
    }

    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        read(location).map(|(_, outline)| outline.spec)
    }

    /// A text is read in a moment.
    fn describe_at_once(&self, location: &ModelLocation) -> Result<Option<ModelSpec>, LoadError> {
        self.describe(location).map(Some)
    }

    fn verify(&self, _file: &Path) -> Result<(), Unsound> {
        Err(Unsound(
            "a script is a program: it is played from a path that somebody typed, and never downloaded"
                .into(),
        ))
    }
}

/// The text of a script and what it says of itself.
///
/// # Errors
/// When it cannot be read, or has nothing that could play.
pub(crate) fn read(location: &ModelLocation) -> Result<(String, Outline), LoadError> {
    let text = text(location.file()?)
        .map_err(|error| LoadError::Read { path: location.to_string(), what: error.to_string() })?;
    let outline =
        script::outline(&text).map_err(|what| LoadError::Spec { path: location.to_string(), what })?;
    Ok((text, outline))
}

fn text(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    // A pipe would keep the host for ever.
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("is not a file: give the path of a script"));
    }
    let mut bytes = Vec::new();
    file.take(script::MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > script::MOST_BYTES {
        return Err(io::Error::other("is longer than any script: give the path of a script"));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("is no text in UTF-8: save the script as UTF-8"))
}
