//! Memory that begins at a cache line.
#![allow(unsafe_code)] // Allocates with an alignment, which `Vec` cannot.

use std::{
    alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error},
    ops::{Deref, DerefMut},
    ptr::NonNull,
};

/// One cache line, and the widest register.
const ALIGNMENT_BYTES: usize = 64;

/// Floats that begin at a cache line; zero at first.
pub struct Aligned {
    first: NonNull<f32>,
    length: usize,
}

// SAFETY: plain memory with one owner.
unsafe impl Send for Aligned {}
// SAFETY: as above; shared access only reads.
unsafe impl Sync for Aligned {}

impl Aligned {
    /// `length` zeros; `None` when that is more than an address can tell.
    pub fn zeros(length: usize) -> Option<Self> {
        let layout = Self::layout(length)?;
        // SAFETY: the layout is not empty.
        let first = unsafe { alloc_zeroed(layout) };
        let first = NonNull::new(first.cast()).unwrap_or_else(|| handle_alloc_error(layout));
        Some(Self { first, length })
    }

    fn layout(length: usize) -> Option<Layout> {
        let bytes = length.max(1).checked_mul(size_of::<f32>())?;
        Layout::from_size_align(bytes, ALIGNMENT_BYTES).ok()
    }
}

impl Deref for Aligned {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        // SAFETY: the memory holds `length` floats, set to zero at first, for as long as this lives.
        unsafe { std::slice::from_raw_parts(self.first.as_ptr(), self.length) }
    }
}

impl DerefMut for Aligned {
    fn deref_mut(&mut self) -> &mut [f32] {
        // SAFETY: as above, and this is the only access.
        unsafe { std::slice::from_raw_parts_mut(self.first.as_ptr(), self.length) }
    }
}

impl Drop for Aligned {
    fn drop(&mut self) {
        if let Some(layout) = Self::layout(self.length) {
            // SAFETY: allocated with this layout, freed once.
            unsafe { dealloc(self.first.as_ptr().cast(), layout) }
        }
    }
}
