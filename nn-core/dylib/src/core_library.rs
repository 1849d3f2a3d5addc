//! Opens the core library beside a stub.
#![allow(unsafe_code)] // Opens a library.

use std::{
    ffi::{CStr, c_void},
    path::{Path, PathBuf},
};

use libloading::Library;

/// Why the core library cannot be used. Each reads to a user as what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoreError {
    /// The file does not stand where it should.
    #[error("{} is missing: install all files of the package again", .expected.display())]
    Missing {
        /// Where it was expected.
        expected: PathBuf,
    },
    /// The system could not open it.
    #[error("{} cannot be opened ({what}): install the package for this machine again", .path.display())]
    Open {
        /// Path of the library.
        path: PathBuf,
        /// What the system said.
        what: String,
    },
    /// It is there, and of another version.
    #[error("{} is of another version: install all files of one package together", .path.display())]
    Version {
        /// Path of the library.
        path: PathBuf,
    },
}

/// The function `symbol` of the library in this file. The library stays open for the life of the process.
///
/// On the host's main thread; takes as long as mapping a file of a few MB.
///
/// # Errors
/// What is wrong with that file and what to do.
pub fn entry(path: &Path, symbol: &CStr) -> Result<*const c_void, CoreError> {
    if !path.is_file() {
        return Err(CoreError::Missing { expected: path.into() });
    }
    // SAFETY: the library is ours; opening it runs nothing but Rust's own initialisers.
    let library = unsafe { Library::new(path) }
        .map_err(|error| CoreError::Open { path: path.into(), what: reason(&error) })?;
    // SAFETY: only the address is taken, of a library that stays open.
    let address = unsafe {
        library.get::<*const c_void>(symbol.to_bytes_with_nul()).ok().and_then(|found| found.try_as_raw_ptr())
    };
    let address = address.ok_or_else(|| CoreError::Version { path: path.into() })?.cast_const();
    std::mem::forget(library);
    Ok(address)
}

/// What the system said, without its repetition of our own path.
fn reason(error: &libloading::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_core_that_is_missing_or_none_is_named_with_what_to_do() {
        let expected = PathBuf::from("/nowhere/no_such_core");
        let missing = entry(&expected, c"setup").unwrap_err();
        assert_eq!(missing, CoreError::Missing { expected });
        assert!(missing.to_string().ends_with("is missing: install all files of the package again"));

        let words = std::env::temp_dir().join(format!("nn-dylib-{}", std::process::id()));
        std::fs::write(&words, "no library").unwrap();
        let broken = entry(&words, c"setup");
        std::fs::remove_file(&words).unwrap();
        assert!(matches!(broken, Err(CoreError::Open { path, .. }) if path == words));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_library_without_the_function_is_of_another_version() {
        let path = libc_path();
        assert!(entry(&path, c"malloc").is_ok_and(|address| !address.is_null()));
        assert_eq!(entry(&path, c"nn_no_such_setup"), Err(CoreError::Version { path }));
    }

    /// Some library that is there on every machine that runs this.
    #[cfg(target_os = "linux")]
    fn libc_path() -> PathBuf {
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        let line = maps.lines().find(|line| line.contains("/libc.so") || line.contains("/libc-")).unwrap();
        PathBuf::from(&line[line.find('/').unwrap()..])
    }
}
