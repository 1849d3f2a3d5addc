//! Where a model is.
//!
//! Thread: any but audio.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use crate::{LoadError, shown, stamp::Stamp};

/// How a program is run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RunAs {
    /// The interpreter that was asked for: a command, its path, or the folder of an environment.
    pub interpreter: Option<PathBuf>,
    /// The interpreter of an environment beside the patch.
    pub beside: Option<PathBuf>,
    /// In a process that no other box uses.
    pub alone: bool,
}

/// Where a model is. What is not a file has no path: whoever needs one asks for it ([`ModelLocation::as_file`]).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ModelLocation {
    /// A file on this machine, by its full path.
    File(PathBuf),
    /// A file that runs as a program, and how.
    Program(PathBuf, RunAs),
    /// What a server has: `SCHEME://HOST:PORT/NAME`.
    Address(String),
}

impl ModelLocation {
    /// The file, if it is one.
    pub fn as_file(&self) -> Option<&Path> {
        match self {
            Self::File(path) | Self::Program(path, _) => Some(path),
            Self::Address(_) => None,
        }
    }

    /// The file, for a format that knows nothing but files.
    ///
    /// # Errors
    /// When it is none.
    pub fn file(&self) -> Result<&Path, LoadError> {
        self.as_file().ok_or_else(|| LoadError::Read {
            path: self.to_string(),
            what: "is not a file: give the path of a model".into(),
        })
    }

    /// How consoles and titles of windows call the model: the file's name, or what comes last in an address.
    pub fn title(&self) -> String {
        match self {
            Self::File(path) | Self::Program(path, _) => {
                path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
            }
            Self::Address(address) => {
                let last = address.rsplit('/').find(|part| !part.is_empty());
                last.unwrap_or(address).to_owned()
            }
        }
    }

    /// The same, as a program that runs in this way. What is no file stays.
    #[must_use]
    pub fn run_as(self, how: RunAs) -> Self {
        match self {
            Self::File(path) | Self::Program(path, _) => Self::Program(path, how),
            Self::Address(_) => self,
        }
    }

    /// How it looks now: when that differs later, the model has changed. `None` where it cannot be looked at (an address), is
    /// not there, or was written so recently that the next change might not be seen. Asks the file system.
    pub fn stamp(&self) -> Option<Stamp> {
        self.as_file().and_then(Stamp::of)
    }
}

/// As users type it in a patch, and as errors begin.
impl fmt::Display for ModelLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) | Self::Program(path, _) => f.write_str(&shown::path(path)),
            Self::Address(address) => f.write_str(address),
        }
    }
}

impl From<PathBuf> for ModelLocation {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl<P: AsRef<Path> + ?Sized> From<&P> for ModelLocation {
    fn from(path: &P) -> Self {
        Self::File(path.as_ref().to_owned())
    }
}

/// The scheme of what looks like an address: `grpcs` of `grpcs://studio:8001/voice`. A drive (`C://`) is none.
pub fn scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let plain =
        scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    (plain && !rest.is_empty()).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_shown_as_it_is_typed_and_called_by_what_comes_last() {
        let file = ModelLocation::from("/models/my voice.ts");
        assert_eq!(
            (file.to_string().as_str(), file.title().as_str()),
            ("/models/my voice.ts", "my voice.ts")
        );
        assert_eq!(file.file().expect("a file"), Path::new("/models/my voice.ts"));
        let address = ModelLocation::Address("grpcs://studio:8001/voice/".into());
        assert_eq!(
            (address.to_string().as_str(), address.title().as_str()),
            ("grpcs://studio:8001/voice/", "voice")
        );
        assert_eq!((address.as_file(), address.stamp()), (None, None));
        let error = address.file().expect_err("no file").to_string();
        assert_eq!(error, "grpcs://studio:8001/voice/: is not a file: give the path of a model");
    }

    #[test]
    fn an_address_has_a_scheme_and_no_path_has_one() {
        assert_eq!(scheme("grpcs://studio:8001/voice"), Some("grpcs"));
        for text in
            ["C://models/a.ts", "C:/a.ts", "voice.ts", "/a//b", "Macintosh HD://a", "a://", "", "://a"]
        {
            assert_eq!(scheme(text), None, "{text}");
        }
    }
}
