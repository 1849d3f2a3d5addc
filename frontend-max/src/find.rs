//! Where Max looks for a model: absolute paths, the models folders, then the patch's folder and Max's search path.
#![allow(unsafe_code)]

use std::{
    ffi::{CStr, c_char},
    path::PathBuf,
};

use nn_core::{
    find_model::{SearchPath, named_outright},
    frontend::{emit::Console, text::c_text},
    shown, user_dirs,
};

use crate::{asking::asking, emit::BoxOutput, ffi};

/// Max's places for files. Main thread.
pub struct MaxSearchPath;

impl SearchPath for MaxSearchPath {
    fn find(&self, file: &str) -> Option<PathBuf> {
        if let Some(path) = named_outright(file) {
            return path.is_file().then_some(path);
        }
        let folders = user_dirs::model_folders(nn_dylib::package().as_deref());
        let in_models = folders.into_iter().map(|folder| folder.join(file)).find(|path| path.is_file());
        in_models.or_else(|| by_max(file))
    }

    fn searched(&self) -> Vec<String> {
        let models = user_dirs::model_folders(nn_dylib::package().as_deref());
        let models = models.iter().map(|folder| shown::path(folder));
        // Max looks by itself and does not say where.
        models.chain(["the patch's folder".into(), "Max's search path".into()]).collect()
    }
}

/// The patch's folder, then Max's search path.
fn by_max(file: &str) -> Option<PathBuf> {
    let name = c_text(file);
    let mut found = [0 as c_char; ffi::MAX_PATH_CHARS];
    if name.as_bytes_with_nul().len() > found.len() {
        return None;
    }
    for (place, byte) in found.iter_mut().zip(name.as_bytes_with_nul()) {
        *place = *byte as c_char;
    }
    let (mut folder, mut kind) = (0, 0);
    let mut absolute = [0 as c_char; ffi::MAX_PATH_CHARS];
    // SAFETY: the name is a copy, which Max shortens to the file's own, in room for any path; no list of kinds is any
    // kind.
    let path = unsafe {
        if ffi::locatefile_extended(found.as_mut_ptr(), &raw mut folder, &raw mut kind, std::ptr::null(), 0)
            != 0
        {
            return None;
        }
        if folder > 0 {
            // The line after this one says where else the file may be.
            let line = format!("{file} is inside this collective, from which libtorch cannot load it");
            BoxOutput::new(asking(), ()).error(&line);
            return None;
        }
        if ffi::path_toabsolutesystempath(folder, found.as_ptr(), absolute.as_mut_ptr()) != ffi::MAX_ERR_NONE
        {
            return None;
        }
        PathBuf::from(CStr::from_ptr(absolute.as_ptr()).to_str().ok()?)
    };
    path.is_file().then_some(path)
}
