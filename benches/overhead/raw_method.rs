//! The C++ beside this file, opened: the bare method of the model.
#![allow(unsafe_code)] // Calls C functions.

use std::{
    ffi::{CString, c_char, c_void},
    path::{Path, PathBuf},
};

use libloading::Library;

type New = unsafe extern "C" fn(*const c_char, *const c_char, i64, i64) -> *mut c_void;
type Call = unsafe extern "C" fn(*mut c_void) -> bool;
type Free = unsafe extern "C" fn(*mut c_void);

/// Where the chore puts it: `target/bench`, this program being in `target/release/deps`.
pub fn library() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.ancestors().nth(3).unwrap_or(&program).join("bench").join("raw_method.so")
}

/// A loaded model and one method with a fixed input. To be used on the thread that made it.
pub struct RawMethod {
    model: *mut c_void,
    call: Call,
    free: Free,
}

impl RawMethod {
    /// `None` when the library is not built.
    pub fn new(library: &Path, model: &Path, method: &str, channels: usize, frames: usize) -> Option<Self> {
        if !library.is_file() {
            return None;
        }
        let text = |text: &str| CString::new(text).expect("no zero bytes");
        let (path, method) = (text(&model.to_string_lossy()), text(method));
        // SAFETY: the library is built from the file beside this one, whose functions have these types; it stays
        // open for ever, as libtorch must.
        unsafe {
            let library = Library::new(library).unwrap_or_else(|e| panic!("{}: {e}", library.display()));
            let new = *library.get::<New>(b"nn_raw_method_new\0").expect("its functions");
            let call = *library.get::<Call>(b"nn_raw_method_call\0").expect("its functions");
            let free = *library.get::<Free>(b"nn_raw_method_free\0").expect("its functions");
            std::mem::forget(library);
            let model = new(path.as_ptr(), method.as_ptr(), channels as i64, frames as i64);
            assert!(!model.is_null(), "libtorch cannot load the model");
            Some(Self { model, call, free })
        }
    }

    /// Calls once.
    pub fn call(&mut self) {
        // SAFETY: a live model, one caller.
        let fine = unsafe { (self.call)(self.model) };
        assert!(fine, "the model raised");
    }
}

impl Drop for RawMethod {
    fn drop(&mut self) {
        // SAFETY: made by its counterpart, freed once.
        unsafe { (self.free)(self.model) }
    }
}
