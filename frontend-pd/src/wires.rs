//! Connections of a patch that Pd is loading: Pd does not export them until its objects exist, so the file is read.
#![allow(unsafe_code)]

use std::{
    ffi::CString,
    path::{Path, PathBuf},
};

use nn_core::{
    catalog::plain_file,
    find_model::{Ports, SearchPath},
    message::Atom,
};
use nn_pd_patch::Made;

use crate::{
    ffi,
    find::{PdSearchPath, canvas_folder},
    optional,
};

/// The most bytes of a patch that are read, and the most entries of its folder that are looked at.
const MOST_BYTES: u64 = 4 << 20;
const MOST_ENTRIES: usize = 10_000;

/// A box that is being made, and what is around it.
pub struct NewBox<'a> {
    /// Where its files are looked for.
    pub around: PdSearchPath,
    /// The canvas in which it is being made.
    pub canvas: *mut ffi::Canvas,
    /// The name of its class.
    pub class: &'a str,
    /// Its creation arguments.
    pub arguments: &'a [Atom],
}

impl SearchPath for NewBox<'_> {
    fn find(&self, file: &str) -> Option<PathBuf> {
        self.around.find(file)
    }

    fn searched(&self) -> Vec<String> {
        self.around.searched()
    }

    /// The canvas does not say which file it comes from, only in which folder that is: of all files there that are
    /// open, those count that have such a box in that place.
    fn connected(&self) -> Option<Ports> {
        let index = optional::object_index()?;
        // SAFETY: the canvas in which Pd is making the box, on its main thread.
        let index = usize::try_from(unsafe { index(self.canvas, std::ptr::null_mut()) }).ok()?;
        let made = Made { class: self.class, arguments: self.arguments, index };
        let abstraction = |name: &str| text(&self.find(&format!("{name}.pd"))?);
        let folder = std::fs::read_dir(canvas_folder(self.canvas)?).ok()?;
        let entries = folder.take(MOST_ENTRIES).flatten();
        let open = entries.filter(|entry| entry.file_name().to_str().is_some_and(is_open));
        let texts = open.filter_map(|entry| text(&entry.path()));
        texts.filter_map(|text| nn_pd_patch::ports(&text, made, &abstraction)).reduce(Ports::or_more)
    }
}

/// Whether a patch of this file's name is open: Pd has its canvas receive what is sent to `pd-` and that name.
fn is_open(file: &str) -> bool {
    if !file.ends_with(".pd") {
        return false;
    }
    let Ok(name) = CString::new(format!("pd-{file}")) else { return false };
    // SAFETY: a zero-terminated name, on Pd's main thread; symbols live for ever.
    unsafe { !(*ffi::gensym(name.as_ptr())).thing.is_null() }
}

/// The text of a patch, if it is a file of bearable size.
fn text(path: &Path) -> Option<String> {
    let bytes = plain_file::read(path, MOST_BYTES).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
