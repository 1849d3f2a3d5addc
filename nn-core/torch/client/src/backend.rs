//! Opens the library `nn_torch`, once per process, when the first model is loaded.
#![allow(unsafe_code)] // Opens a foreign library and trusts the table it gives.

use std::{
    ffi::CStr,
    path::{Path, PathBuf},
    sync::{Mutex, OnceLock, PoisonError},
};

use libloading::Library;

use crate::{
    abi::{ABI_VERSION, Api, Items, SYMBOL, Table, Text},
    call::{Fault, call},
    location::{VARIABLE, expected_path},
    operators, printed,
};

use nn_process::exit;

/// Why there is no libtorch in this process.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    /// The library is not where it should be.
    #[error("{} is missing: copy it there from the package that holds this object", .expected.display())]
    Missing {
        /// Where it was expected.
        expected: PathBuf,
    },
    /// The system could not open the library or one that it needs.
    #[error(
        "{} cannot be opened ({what}): the folder libtorch must stand beside it, as in the package",
        .path.display()
    )]
    Open {
        /// Path of the library.
        path: PathBuf,
        /// What the system said; it names the file that is missing.
        what: String,
    },
    /// The library belongs to another version of this project.
    #[error(
        "{} is of another version ({found}, needed is {ABI_VERSION}): \
         install all files of one package together", .path.display()
    )]
    Version {
        /// Path of the library.
        path: PathBuf,
        /// The version of its table.
        found: u32,
    },
    /// The environment names a file that is not the library.
    #[error(
        "{}, which {VARIABLE} names, {what}: let it name the nn_torch library of this package, or remove it from the environment",
        .path.display()
    )]
    Named {
        /// What it names.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// libtorch is there but does not work.
    #[error("{}: libtorch does not start: {what}", .path.display())]
    Start {
        /// Path of the library.
        path: PathBuf,
        /// What it said.
        what: String,
    },
}

impl BackendError {
    /// The same where the environment names the file: that is to be mended, not the package.
    fn of_the_variable(self) -> Self {
        match self {
            Self::Missing { expected } => Self::Named { path: expected, what: "is not there".into() },
            Self::Open { path, what } => Self::Named { path, what: format!("cannot be opened ({what})") },
            Self::Version { path, found } => Self::Named {
                path,
                what: format!("is of another version ({found}, needed is {ABI_VERSION})"),
            },
            other => other,
        }
    }
}

/// The opened library. It stays for the life of the process: libtorch's own threads and exit handlers do too.
pub struct Backend {
    pub(super) table: &'static Table,
    path: PathBuf,
}

// SAFETY: the table is constant: a version, a text and functions that any thread may call.
unsafe impl Send for Backend {}
// SAFETY: as above.
unsafe impl Sync for Backend {}

static BACKEND: OnceLock<Backend> = OnceLock::new();

impl Backend {
    /// The library, opened by the first call that succeeds. That one takes about as long as mapping libtorch: up to
    /// seconds from a cold disk, so never on the audio thread or the host's main thread.
    ///
    /// Thread: loader.
    ///
    /// # Errors
    /// What is missing and where; the next call tries again, because the user may have fixed it.
    pub fn get() -> Result<&'static Self, BackendError> {
        static OPENING: Mutex<()> = Mutex::new(());
        if let Some(backend) = Self::opened() {
            return Ok(backend);
        }
        let _one_at_a_time = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(backend) = Self::opened() {
            return Ok(backend);
        }
        let (path, is_named) = expected_path();
        let backend =
            Self::open(&path).map_err(|error| if is_named { error.of_the_variable() } else { error })?;
        Ok(BACKEND.get_or_init(|| backend))
    }

    /// The library if it is open already. Any thread, never waits.
    ///
    /// Thread: any.
    pub fn opened() -> Option<&'static Self> {
        BACKEND.get()
    }

    /// The file that was opened.
    ///
    /// Thread: any.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The names of all operators that this libtorch has (`aten::conv1d`), in any order.
    ///
    /// Thread: any but audio.
    pub fn operators(&'static self) -> Vec<String> {
        // It can only fail without memory.
        operators::all(self.table).unwrap_or_default()
    }

    /// The version of torch that it was made for.
    ///
    /// Thread: any.
    pub fn torch_version(&self) -> &'static str {
        // SAFETY: the table holds a NUL-terminated text that lives as long as the library, which is never closed.
        unsafe { CStr::from_ptr(self.table.torch_version) }.to_str().unwrap_or("unknown")
    }

    fn open(path: &Path) -> Result<Self, BackendError> {
        if !path.is_file() {
            return Err(BackendError::Missing { expected: path.into() });
        }
        let failed =
            |error: libloading::Error| BackendError::Open { path: path.into(), what: reason(&error) };
        // SAFETY: the library is ours; opening it runs the initialisers of libtorch, which do nothing to this process
        // but register themselves.
        let library = unsafe { open_library(path) }.map_err(failed)?;
        // libtorch's initialisers have just made static objects, and `init` makes more.
        exit::arm();
        // SAFETY: the symbol has this type in every version of the library.
        let table = unsafe { library.get::<Api>(SYMBOL).map(|api| api()) }.map_err(failed)?;
        // Never closed: `table` points into it.
        std::mem::forget(library);

        let table: *const Table = table.cast();
        // SAFETY: the first field of the table is the version, in every version.
        let found = unsafe { table.cast::<u32>().read() };
        if found != ABI_VERSION {
            return Err(BackendError::Version { path: path.into(), found });
        }
        // SAFETY: the same version has the same layout, and the table lives as long as the library.
        let table = unsafe { &*table };
        if table.struct_bytes as usize != size_of::<Table>() {
            return Err(BackendError::Version { path: path.into(), found });
        }
        let [allowed, guarded] =
            [nn_archive::operators::allowed(), nn_archive::operators::guarded()].map(|names| {
                names
                    .iter()
                    .map(|name| Text { bytes: name.as_ptr().cast(), length: name.len() })
                    .collect::<Vec<_>>()
            });
        let [allowed, guarded] =
            [&allowed, &guarded].map(|texts| Items { items: texts.as_ptr(), count: texts.len() });
        // SAFETY: the texts are constant and the lists outlive the call.
        call(|message| unsafe { (table.init)(&raw const allowed, &raw const guarded, message) })
            .map_err(|Fault { text, .. }| BackendError::Start { path: path.into(), what: text })?;
        exit::arm();
        let backend = Self { table, path: path.into() };
        // Discards libtorch's own warnings at start: they are not a model's.
        printed::forget(table);
        Ok(backend)
    }
}

/// What the system said, without its repetition of our own path.
fn reason(error: &libloading::Error) -> String {
    let source = std::error::Error::source(error);
    source.map_or_else(|| error.to_string(), ToString::to_string)
}

/// All symbols at once: a foreign libtorch in the same process then shows here and not in the middle of a call.
#[cfg(unix)]
unsafe fn open_library(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::unix::{Library as Unix, RTLD_LOCAL, RTLD_NOW};
    // SAFETY: promised by the caller.
    unsafe { Unix::open(Some(path), RTLD_NOW | RTLD_LOCAL) }.map(Library::from)
}

/// Windows knows no run path: the folder of libtorch is named for this one search.
#[cfg(windows)]
unsafe fn open_library(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::windows::{
        LOAD_LIBRARY_SEARCH_DEFAULT_DIRS, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR, Library as Windows,
    };
    use std::{ffi::c_void, os::windows::ffi::OsStrExt};

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn AddDllDirectory(folder: *const u16) -> *mut c_void;
        fn RemoveDllDirectory(cookie: *mut c_void) -> i32;
    }

    let folder = path.with_file_name("libtorch").join("lib");
    let wide: Vec<u16> = folder.as_os_str().encode_wide().chain([0]).collect();
    // SAFETY: a NUL-terminated absolute path; a folder that is not there answers null.
    let cookie = unsafe { AddDllDirectory(wide.as_ptr()) };
    let flags = LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS;
    // SAFETY: promised by the caller.
    let library = unsafe { Windows::load_with_flags(path, flags) };
    if !cookie.is_null() {
        // SAFETY: the cookie came from AddDllDirectory and is used once.
        unsafe { RemoveDllDirectory(cookie) };
    }
    library.map(Library::from)
}
