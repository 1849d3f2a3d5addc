//! The bytes of a model file, in memory that all models of it share.
#![allow(unsafe_code)] // The edge to the library.

use std::{
    io::{self, Read, Seek, SeekFrom},
    ptr::{self, NonNull},
};

use sha2::{Digest, Sha256};

use crate::{
    abi::{RawImage, Table},
    backend::Backend,
    call::{Fault, call},
    content::Content,
};

const PIECE_BYTES: usize = 1 << 20;

/// The owner of an image. A model that is loaded from it keeps what it needs.
pub struct Image {
    raw: NonNull<RawImage>,
    table: &'static Table,
    length: usize,
}

impl Drop for Image {
    fn drop(&mut self) {
        // SAFETY: made by `image_new`, freed once, here.
        unsafe { (self.table.image_free)(self.raw.as_ptr()) }
    }
}

impl Image {
    /// Room for so many bytes, at least one.
    fn new(backend: &'static Backend, length: usize) -> Result<Self, Fault> {
        let (table, mut raw) = (backend.table, ptr::null_mut());
        // SAFETY: takes a number, and `raw` is a place for a pointer.
        call(|message| unsafe { (table.image_new)(length, &raw mut raw, message) })?;
        let raw = NonNull::new(raw)
            .ok_or_else(|| Fault { status: crate::abi::OK, text: "the library gave no memory".into() })?;
        Ok(Self { raw, table, length })
    }

    /// Reads a file of this length, once: what was read is what is checked, hashed and loaded, whatever happens to
    /// the file meanwhile.
    ///
    /// # Errors
    /// What the system says of the file, or that memory is missing.
    pub fn of(backend: &'static Backend, mut file: impl Read, length: u64) -> io::Result<(Self, Content)> {
        let too_large = |_| io::Error::from(io::ErrorKind::FileTooLarge);
        let length = usize::try_from(length).map_err(too_large)?.max(1);
        let refused = |fault: Fault| io::Error::new(io::ErrorKind::OutOfMemory, fault.text);
        let image = Self::new(backend, length).map_err(refused)?;
        let (mut content, mut at) = (Sha256::new(), 0);
        let mut piece = vec![0; PIECE_BYTES.min(length)];
        while at < length {
            let most = piece.len().min(length - at);
            // Whole pieces: those of zeros take no memory.
            file.read_exact(&mut piece[..most])?;
            content.update(&piece[..most]);
            // SAFETY: the image lives, nobody else uses it, and the bytes are readable.
            call(|message| unsafe {
                (image.table.image_write)(image.raw(), at, piece.as_ptr(), most, message)
            })
            .map_err(refused)?;
            at += most;
        }
        Ok((image, content.finalize().into()))
    }

    /// Reads it from its beginning.
    pub fn reader(&self) -> ImageReader<'_> {
        ImageReader { image: self, at: 0 }
    }

    pub(super) fn raw(&self) -> *mut RawImage {
        self.raw.as_ptr()
    }

    pub(super) fn table(&self) -> &'static Table {
        self.table
    }
}

/// Reads an image like a file.
pub struct ImageReader<'a> {
    image: &'a Image,
    at: u64,
}

impl Read for ImageReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let at = usize::try_from(self.at).unwrap_or(usize::MAX).min(self.image.length);
        let count = into.len().min(self.image.length - at);
        // SAFETY: the image lives, and there is room for so many bytes.
        call(|message| unsafe {
            (self.image.table.image_read)(self.image.raw(), at, into.as_mut_ptr(), count, message)
        })
        .map_err(|fault| io::Error::other(fault.text))?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for ImageReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => (self.image.length as u64).checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
