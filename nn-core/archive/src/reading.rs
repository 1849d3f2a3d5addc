//! What a file says, and whether it is sound.
//!
//! Thread: any but audio.

use std::{
    io::{Cursor, Read, Seek},
    path::Path,
};

use crate::{
    ArchiveError,
    budget::Budget,
    container::Archive,
    extra::{self, Metadata},
    open::open,
    operators, soundness, specification,
};
use nn_model::{About, InnerSound, spec::ModelSpec};

/// What the file says about itself. Takes a few milliseconds for real models, whatever their size; for the loader thread,
/// because files that are made for it take longer.
///
/// The checksum of every entry that is read is checked; entries that are not read are not.
///
/// # Errors
/// Anything that keeps the file from being a usable model, see [`ArchiveError`].
pub fn describe(path: &Path) -> Result<ModelSpec, ArchiveError> {
    describe_from(open(path)?)
}

/// Like [`describe`], with so little work that a host can wait for it, whatever the file; `None` for a file that takes
/// more. No real model does.
///
/// # Errors
/// As [`describe`], as far as it was read.
pub fn describe_at_once(path: &Path) -> Result<Option<ModelSpec>, ArchiveError> {
    describe_at_once_from(open(path)?)
}

/// Like [`describe_at_once`], for an archive that is already open or in memory.
///
/// # Errors
/// As [`describe_at_once`].
pub fn describe_at_once_from<R: Read + Seek>(reader: R) -> Result<Option<ModelSpec>, ArchiveError> {
    let described =
        Archive::within(reader, Budget::at_once()).and_then(|mut it| specification::read(&mut it));
    match described {
        Err(ArchiveError::TakesLong) => Ok(None),
        described => described.map(Some),
    }
}

/// Like [`describe`], for an archive that is already open or in memory.
///
/// # Errors
/// As [`describe`].
pub fn describe_from<R: Read + Seek>(reader: R) -> Result<ModelSpec, ArchiveError> {
    specification::read(&mut Archive::open(reader)?)
}

/// What a file tells people of itself, where so little work finds it that a listing of many files can wait for it.
pub fn about(path: &Path) -> Option<About> {
    let mut archive = Archive::within(open(path).ok()?, Budget::at_once()).ok()?;
    extra::about(&Metadata::find(&mut archive, extra::NAME).ok()??)
}

/// The sounds inside a file, which show what the model does. For the loader thread.
///
/// # Errors
/// When they are no MP3 files, or too large.
pub fn sounds(path: &Path) -> Result<Vec<InnerSound>, ArchiveError> {
    extra::read_sounds(&mut Archive::open(open(path)?)?)
}

/// Checks the whole archive in memory: every checksum, every header against the directory, no gap or overlap
/// between entries, every tensor inside its storage, every operator that the source calls one that models may call
/// (unless [`operators::all_are_allowed`]). Reads every byte; for the loader thread.
///
/// Bytes that pass may go to libtorch.
///
/// # Errors
/// The first thing that is wrong, see [`ArchiveError`].
pub fn verify(bytes: &[u8]) -> Result<(), ArchiveError> {
    verify_from(Cursor::new(bytes))
}

/// Like [`verify`], for a file: reads it once, in pieces.
///
/// The file may change between this check and its use; hand libtorch the bytes of [`verify`] where that matters.
///
/// # Errors
/// As [`verify`].
pub fn verify_file(path: &Path) -> Result<(), ArchiveError> {
    verify_from(open(path)?)
}

/// Like [`verify`], for an archive that is already open.
///
/// # Errors
/// As [`verify`].
pub fn verify_from<R: Read + Seek>(reader: R) -> Result<(), ArchiveError> {
    let refusals = soundness::check(&mut Archive::open(reader)?)?;
    if operators::all_are_allowed() {
        return Ok(());
    }
    ArchiveError::of_refusals(refusals).map_or(Ok(()), Err)
}

/// Whether all tensors stand in the archive as they are, as torch writes them, and none is packed; its source may be.
///
/// # Errors
/// When it is no archive.
pub fn tensors_are_stored<R: Read + Seek>(reader: R) -> Result<bool, ArchiveError> {
    Ok(Archive::open(reader)?.are_stored(&["data", "constants"]))
}

/// What a sound archive calls that only the environment allows ([`operators::all_are_allowed`]), as a line for the user;
/// `None` for nearly all. Reads every byte where the environment allows, nothing otherwise.
pub fn allowed_by_hand<R: Read + Seek>(reader: R) -> Option<String> {
    if !operators::all_are_allowed() {
        return None;
    }
    let refusals = Archive::open(reader).and_then(|mut archive| soundness::check(&mut archive)).ok()?;
    operators::warning(&refusals)
}
