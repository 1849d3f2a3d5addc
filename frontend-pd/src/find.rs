//! Where Pd looks for a model: the patch's folder, the package's models, Pd's search path, absolute paths.
#![allow(unsafe_code)]

use std::{
    ffi::{CStr, c_char, c_uint},
    path::{Path, PathBuf},
};

use nn_core::lookup::home;

use crate::{emit::text, ffi};

/// Room for a path, as Pd itself has it.
const PATH_ROOM: usize = 1000;

/// The full path of a file, if one of Pd's places has it.
///
/// `canvas` is the patch of the box, `package` the folder of the external.
pub fn find(canvas: *const ffi::Canvas, package: Option<&Path>, file: &str) -> Option<PathBuf> {
    if let Some(path) = home(file) {
        return path.is_file().then_some(path);
    }
    if Path::new(file).is_absolute() {
        return Some(PathBuf::from(file)).filter(|path| path.is_file());
    }
    by_pd(canvas, file).or_else(|| {
        let package = package?;
        [package.join("models").join(file), package.join(file)].into_iter().find(|path| path.is_file())
    })
}

/// The folder from which Pd loaded the external.
pub fn package_folder(class: *const ffi::Class) -> Option<PathBuf> {
    // SAFETY: the class is ours; Pd keeps the text.
    let folder = unsafe { ffi::class_gethelpdir(class) };
    if folder.is_null() {
        return None;
    }
    // SAFETY: a zero-terminated text of Pd's.
    let folder = unsafe { CStr::from_ptr(folder) }.to_str().ok().filter(|folder| !folder.is_empty())?;
    // Without the doubled separators that Pd leaves in it.
    Some(Path::new(folder).components().collect())
}

/// The patch's folder, then the search path, that of `declare` included.
fn by_pd(canvas: *const ffi::Canvas, file: &str) -> Option<PathBuf> {
    // Pd opens what it finds, and opening a pipe waits for its other end.
    if canvas_folder(canvas).is_some_and(|folder| is_no_file(&folder.join(file))) {
        return None;
    }
    let name = text(file);
    if name.as_bytes().len() >= PATH_ROOM / 2 {
        return None;
    }
    let mut folder = [0 as c_char; PATH_ROOM];
    let mut rest: *mut c_char = std::ptr::null_mut();
    // SAFETY: the buffers are as large as said and live through the call; the canvas is the one in which the box is
    // being made.
    let path = unsafe {
        let opened = ffi::canvas_open(
            canvas,
            name.as_ptr(),
            c"".as_ptr(),
            folder.as_mut_ptr(),
            &raw mut rest,
            PATH_ROOM as c_uint,
            1,
        );
        if opened < 0 {
            return None;
        }
        ffi::sys_close(opened);
        let folder = CStr::from_ptr(folder.as_ptr()).to_str().ok()?;
        Path::new(folder).join(CStr::from_ptr(rest).to_str().ok()?)
    };
    path.is_file().then_some(path)
}

/// The folder of the patch.
pub fn canvas_folder(canvas: *const ffi::Canvas) -> Option<PathBuf> {
    // SAFETY: the canvas is that of a living box, or the one in which a box is being made; symbols live for ever.
    let folder = unsafe { CStr::from_ptr((*ffi::canvas_getdir(canvas)).name) };
    folder.to_str().ok().filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

/// True for what is there and cannot be a model: a folder, a pipe, a device.
fn is_no_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| !metadata.is_file())
}
