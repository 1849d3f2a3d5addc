//! How many inlets and outlets a box had when the patch that Max is loading was saved.
#![allow(unsafe_code)]

use std::{ffi::c_char, path::PathBuf, ptr};

use nn_core::find_model::{Ports, SearchPath};

use crate::{
    atoms::{from_max, symbol},
    ffi,
    find::MaxSearchPath,
};

/// A box that is being made, and what is around it. Main thread.
pub struct NewBox<'a> {
    /// The name of its class.
    pub class: &'a str,
}

impl SearchPath for NewBox<'_> {
    fn find(&self, file: &str) -> Option<PathBuf> {
        MaxSearchPath.find(file)
    }

    fn searched(&self) -> Vec<String> {
        MaxSearchPath.searched()
    }

    fn connected(&self) -> Option<Ports> {
        let saved = Saved::of_box(self.class)?;
        let inlets = saved.count("numinlets");
        let is_signal = |kind: &str| matches!(kind, "signal" | "multichannelsignal");
        // The last outlet is for information, unless the patch knows it as one of sound.
        let outlets = saved.count("numoutlets").map(|outlets| match saved.words("outlettype").last() {
            Some(kind) if is_signal(kind) => outlets,
            _ => outlets.saturating_sub(1),
        });
        Some(Ports { inlets, outlets })
    }
}

/// The dictionary from which a box is made. Max holds it until the box is there.
struct Saved(ptr::NonNull<ffi::Dictionary>);

impl Saved {
    /// That of the box that is being made, if it is one of this class.
    fn of_box(class: &str) -> Option<Self> {
        // SAFETY: symbols live for ever. What `#D` is bound to while a box is made is its dictionary, or nothing.
        let dictionary = unsafe { (*ffi::gensym(c"#D".as_ptr())).thing };
        let saved = Self(ptr::NonNull::new(dictionary.cast())?);
        (saved.text("text")?.split_whitespace().next() == Some(class)).then_some(saved)
    }

    fn text(&self, key: &str) -> Option<String> {
        let mut found: *const c_char = ptr::null();
        // SAFETY: the dictionary lives while the box is made; the text is its own, and is copied at once.
        unsafe {
            let got = ffi::dictionary_getstring(self.0.as_ptr(), symbol(key), &raw mut found);
            if got != ffi::MAX_ERR_NONE || found.is_null() {
                return None;
            }
            Some(std::ffi::CStr::from_ptr(found).to_string_lossy().into_owned())
        }
    }

    fn count(&self, key: &str) -> Option<usize> {
        let mut count = 0;
        // SAFETY: as above.
        let got = unsafe { ffi::dictionary_getlong(self.0.as_ptr(), symbol(key), &raw mut count) };
        usize::try_from(count).ok().filter(|_| got == ffi::MAX_ERR_NONE)
    }

    fn words(&self, key: &str) -> Vec<String> {
        let (mut count, mut atoms) = (0, ptr::null_mut());
        // SAFETY: as above; the atoms are the dictionary's own, and are copied at once.
        let atoms = unsafe {
            let got = ffi::dictionary_getatoms(self.0.as_ptr(), symbol(key), &raw mut count, &raw mut atoms);
            if got != ffi::MAX_ERR_NONE || atoms.is_null() {
                return Vec::new();
            }
            from_max(count, atoms)
        };
        atoms.iter().map(ToString::to_string).collect()
    }
}
