//! References to the buffers that attributes follow. Max notifies their owner when one of those is written, created
//! or deleted.
//!
//! It may do so on another thread than the main thread, which creates and frees references. So a reference that is no
//! longer needed leaves the list first, and is freed when no notification is using it.
#![allow(unsafe_code)]

use std::{
    ffi::c_void,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
};

use parking_lot::Mutex;

use crate::{
    asking::{is_asking, on_behalf_of},
    atoms::{name, symbol},
    ffi,
};

/// What happens to a buffer itself; the rest is about its window and its attributes.
const CHANGES: [&str; 3] = ["buffer_modified", "globalsymbol_binding", "globalsymbol_unbinding"];

/// The references of a box.
#[derive(Default)]
pub struct References {
    kept: Mutex<Vec<(String, *mut ffi::BufferRef)>>,
    /// Not in the list any more, and not freed yet.
    retired: Mutex<Vec<*mut ffi::BufferRef>>,
    /// How many threads are passing something on.
    visits: AtomicUsize,
    /// A buffer has changed since that was asked for.
    changed: AtomicBool,
}

// SAFETY: the lists are behind locks. References are made and freed on the main thread, and Max lets any thread notify one.
unsafe impl Send for References {}
// SAFETY: as above.
unsafe impl Sync for References {}

impl References {
    /// A reference to the buffer of this name, which stays until [`References::keep`] does not name it. Null when Max
    /// gives none. Main thread.
    ///
    /// # Safety
    /// `owner` must be the live box that these references belong to.
    pub unsafe fn to(&self, owner: *mut ffi::Object, name: &str) -> *mut ffi::BufferRef {
        let known = self.kept.lock().iter().find(|(known, _)| known == name).map(|&(_, reference)| reference);
        known.unwrap_or_else(|| {
            // SAFETY: Max's main thread, a living box; freed when it is retired, or with the box.
            let reference = unsafe { ffi::buffer_ref_new(owner.cast(), symbol(name)) };
            if !reference.is_null() {
                self.kept.lock().push((name.to_owned(), reference));
            }
            reference
        })
    }

    /// Keeps references to the buffers of these names and to no others. Main thread.
    ///
    /// # Safety
    /// As for [`References::to`].
    pub unsafe fn keep<'a>(&self, owner: *mut ffi::Object, names: impl Iterator<Item = &'a str>) {
        let names: Vec<&str> = names.collect();
        let dropped: Vec<_> =
            self.kept.lock().extract_if(.., |(name, _)| !names.contains(&name.as_str())).collect();
        self.retired.lock().extend(dropped.into_iter().map(|(_, reference)| reference));
        // SAFETY: the caller says that the box lives.
        unsafe {
            on_behalf_of(owner, || {
                for name in names {
                    self.to(owner, name);
                }
                if self.visits.load(SeqCst) == 0 {
                    self.free_retired();
                }
            });
        }
    }

    /// Tells every reference what has happened to an object, as Max asks of their owner. Any thread but the audio
    /// callback's.
    ///
    /// # Safety
    /// The arguments must be what Max has passed to the owner, and this its call.
    pub unsafe fn pass_on(
        &self,
        about: *mut ffi::Symbol,
        message: *mut ffi::Symbol,
        sender: *mut c_void,
        data: *mut c_void,
    ) -> ffi::MaxErr {
        self.visits.fetch_add(1, SeqCst);
        let kept: Vec<_> = self.kept.lock().iter().map(|&(_, reference)| reference).collect();
        let mut result = ffi::MAX_ERR_NONE;
        for reference in kept {
            // SAFETY: not freed while this visit lasts. No lock is held: Max may call the box from here.
            result = unsafe { ffi::buffer_ref_notify(reference, about, message, sender, data) };
        }
        self.visits.fetch_sub(1, SeqCst);
        result
    }

    /// Remembers that a buffer has changed, if a message of Max's to the owner says so. True when it does.
    ///
    /// # Safety
    /// `message` must be null or one of Max's symbols.
    pub unsafe fn note_change(&self, owner: *mut ffi::Object, message: *const ffi::Symbol) -> bool {
        // SAFETY: the caller says which symbol it is.
        let is_change = CHANGES.contains(&unsafe { name(message) }.as_str());
        // What the box itself sets off by looking for a buffer is no news.
        let is_news = is_change && !is_asking(owner);
        if is_news {
            self.changed.store(true, SeqCst);
        }
        is_news
    }

    /// True when a buffer has changed since the last call.
    pub fn take_changed(&self) -> bool {
        self.changed.swap(false, SeqCst)
    }

    /// The end. Main thread; the box is not called any more.
    pub fn free_all(&self) {
        let kept = std::mem::take(&mut *self.kept.lock());
        self.retired.lock().extend(kept.into_iter().map(|(_, reference)| reference));
        self.free_retired();
    }

    fn free_retired(&self) {
        let retired = std::mem::take(&mut *self.retired.lock());
        for reference in retired {
            // SAFETY: ours, in no list any more, freed once.
            unsafe { ffi::object_free(reference.cast()) };
        }
    }
}
