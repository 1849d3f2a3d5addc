//! Where Pd looks for a model: the patch's folder, Pd's search path, the models folders, absolute paths.
#![allow(unsafe_code)]

use std::{
    ffi::{CStr, c_char, c_int, c_void},
    path::{Path, PathBuf},
};

use nn_core::{
    find_model::{self, SearchPath, named_outright},
    guard::guarded,
    shown, user_dirs,
};

use crate::{ffi, optional};

/// Where Pd looks for the files of a box.
pub struct PdSearchPath {
    /// The patch of the box, which lives, or the one in which it is being made.
    pub canvas: *const ffi::Canvas,
    /// The folder of the external.
    pub package: Option<PathBuf>,
}

impl PdSearchPath {
    /// All folders, the nearest first.
    fn folders(&self) -> Vec<PathBuf> {
        let models = user_dirs::model_folders(self.package.as_deref());
        let nearest = canvas_folder(self.canvas).into_iter().chain(models);
        nearest.chain(search_path(self.canvas)).chain(self.package.clone()).collect()
    }
}

impl SearchPath for PdSearchPath {
    /// Nothing is opened: what is found may be a pipe, which is not taken.
    fn find(&self, file: &str) -> Option<PathBuf> {
        if let Some(path) = named_outright(file) {
            return path.is_file().then_some(path);
        }
        self.folders().into_iter().map(|folder| folder.join(file)).find(|path| path.is_file())
    }

    fn searched(&self) -> Vec<String> {
        // Pd writes a folder with or without a separator at its end, as it was declared.
        let plain = |folder: PathBuf| shown::path(&folder.components().collect::<PathBuf>());
        self.folders().into_iter().map(plain).collect()
    }
}

/// The folder from which Pd loaded the external.
pub fn package_folder(class: *const ffi::Class) -> Option<PathBuf> {
    // SAFETY: the class is ours; Pd keeps the text.
    let folder = unsafe { ffi::class_gethelpdir(class) };
    // SAFETY: null or a zero-terminated text of Pd's.
    let folder = unsafe { text(folder) }?;
    // Without the doubled separators that Pd leaves in it.
    Some(Path::new(folder).components().collect())
}

/// The folder of the patch.
pub fn canvas_folder(canvas: *const ffi::Canvas) -> Option<PathBuf> {
    // SAFETY: the canvas is that of a living box, or the one in which a box is being made; symbols live for ever.
    unsafe { text((*ffi::canvas_getdir(canvas)).name) }.map(PathBuf::from)
}

/// Pd's search path, with what the patch and those around it have declared.
fn search_path(canvas: *const ffi::Canvas) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Some(iterate) = optional::iterate_path() {
        // SAFETY: the canvas as above; the function gets the list that it fills, for the time of the call.
        unsafe { iterate(canvas, note, (&raw mut folders).cast()) };
    }
    folders
}

/// Notes a folder and asks for the next.
///
/// # Safety
/// To be called with a zero-terminated text and the list of [`search_path`].
unsafe extern "C" fn note(folder: *const c_char, folders: *mut c_void) -> c_int {
    guarded(1, || {
        // SAFETY: Pd passes a zero-terminated text and the list that `search_path` gave it.
        let (folder, folders) = unsafe { (text(folder), &mut *folders.cast::<Vec<PathBuf>>()) };
        folders.extend(folder.map(find_model::folder));
        1
    })
}

/// A text of Pd's that says something.
///
/// # Safety
/// `text` must be null or zero-terminated, and live on.
unsafe fn text<'a>(text: *const c_char) -> Option<&'a str> {
    if text.is_null() {
        return None;
    }
    // SAFETY: not null, and the caller guarantees a zero-terminated text.
    unsafe { CStr::from_ptr(text) }.to_str().ok().filter(|text| !text.is_empty())
}
