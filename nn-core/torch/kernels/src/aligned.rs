//! Memory that begins at a cache line.
#![allow(unsafe_code)] // Allocates with an alignment, which `Vec` cannot.

use std::{
    alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error},
    ops::{Deref, DerefMut},
    ptr::NonNull,
};

use crate::element::Element;

/// One cache line, and the widest register.
const ALIGNMENT_BYTES: usize = 64;

/// Elements that begin at a cache line; zero at first.
pub struct Aligned<E> {
    first: NonNull<E>,
    length: usize,
}

// SAFETY: plain memory with one owner, of elements that may themselves go to another thread.
unsafe impl<E: Element> Send for Aligned<E> {}
// SAFETY: through a shared reference nothing is written, and elements may be shared.
unsafe impl<E: Element> Sync for Aligned<E> {}

impl<E> Aligned<E> {
    fn layout(length: usize) -> Option<Layout> {
        let bytes = length.max(1).checked_mul(size_of::<E>())?;
        Layout::from_size_align(bytes, ALIGNMENT_BYTES.max(align_of::<E>())).ok()
    }
}

impl<E: Element> Aligned<E> {
    /// `length` zeros; `None` when that is more than an address can tell.
    pub fn zeros(length: usize) -> Option<Self> {
        const { assert!(size_of::<E>() > 0) }
        let layout = Self::layout(length)?;
        // SAFETY: the layout is of one element at least, and an element has a size.
        let first = unsafe { alloc_zeroed(layout) };
        let first = NonNull::new(first.cast()).unwrap_or_else(|| handle_alloc_error(layout));
        Some(Self { first, length })
    }
}

impl<E: Element> Deref for Aligned<E> {
    type Target = [E];

    fn deref(&self) -> &[E] {
        // SAFETY: the memory holds `length` elements, zeros at first, which are values of theirs, for as long as this
        // lives.
        unsafe { std::slice::from_raw_parts(self.first.as_ptr(), self.length) }
    }
}

impl<E: Element> DerefMut for Aligned<E> {
    fn deref_mut(&mut self) -> &mut [E] {
        // SAFETY: as above, and whoever has `&mut self` is alone with it.
        unsafe { std::slice::from_raw_parts_mut(self.first.as_ptr(), self.length) }
    }
}

impl<E> Drop for Aligned<E> {
    fn drop(&mut self) {
        if let Some(layout) = Self::layout(self.length) {
            // SAFETY: `zeros` allocated it with this very layout, and nothing drops twice.
            unsafe { dealloc(self.first.as_ptr().cast(), layout) }
        }
    }
}
