//! What every kind of model file can be asked, without running anything of a model.

use std::path::Path;

use crate::{About, Description, InnerSound, LoadError, ModelLocation, spec::ModelSpec};

/// How many bytes from the beginning of a file [`Format::sniff`] gets.
pub const HEAD_BYTES: usize = 64;

/// A kind of model files, or of models on servers: how they are recognised, read and checked. Nothing of a model runs here;
/// that is the part of a [`Runtime`](crate::Runtime).
///
/// # To add a format
/// 1. A crate beside `nn-archive` or above it (`nn-core/formats/NAME`) with a type that has no fields and this trait. It
///    depends on `nn-model`; what it reads may be hostile, so nothing in it panics, recurses or allocates by what a file
///    says.
/// 2. A [`Runtime`](crate::Runtime) that loads what the format describes: an existing one where that computes it, or one in
///    the same crate.
/// 3. One [`Entry`](crate::Entry) with both in the table of `nn_core::formats`. From there boxes, `nn.info`, the tool and
///    the catalog take it: which names a typed name may mean, who describes and loads a file, which files are listed,
///    what a download has to pass, and the ending that it keeps. Nothing else changes.
///
/// Of entries that take the same ending or the same first bytes the first one counts. `nn-core/tests/formats.rs` plays a
/// format of fake models that way, from a file and from an address.
pub trait Format: Send + Sync {
    /// The endings of its files, lower-case and without the dot; the first one is given to a file that is stored without
    /// any. None for what is no file.
    ///
    /// Thread: any.
    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    /// The schemes of its addresses, lower-case: `grpcs` of `grpcs://studio:8001/voice`.
    ///
    /// Thread: any.
    fn schemes(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether a file that begins with these bytes may be of this format. Asked of files whose ending nobody knows, with up
    /// to [`HEAD_BYTES`] bytes, and of downloads as they begin, with as many as have come, at least one.
    ///
    /// Thread: any.
    fn sniff(&self, _head: &[u8]) -> bool {
        false
    }

    /// What it says about itself, in milliseconds for real models.
    ///
    /// Thread: loader.
    ///
    /// # Errors
    /// Anything that keeps it from being a usable model.
    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError>;

    /// The same, where it is known or takes no longer than a host can wait (20 ms), whatever the file; `None` where it may
    /// take longer: then a box begins without knowing its model.
    ///
    /// Thread: main.
    ///
    /// # Errors
    /// As [`Format::describe`], as far as it was looked at.
    fn describe_at_once(&self, _location: &ModelLocation) -> Result<Option<ModelSpec>, LoadError> {
        Ok(None)
    }

    /// Everything that can be known without loading it, whatever is wrong with it. May take seconds.
    ///
    /// Thread: loader.
    fn inspect(&self, location: &ModelLocation) -> Description {
        Description::of_described(location, self.describe(location))
    }

    /// Whether a file is a program with all rights of its user. Such files are found by their whole names only, and the catalog neither
    /// lists nor downloads them.
    ///
    /// Thread: any.
    fn is_program(&self) -> bool {
        false
    }

    /// What a download must pass: every byte that a load would trust. May take seconds.
    ///
    /// Thread: any but audio.
    ///
    /// # Errors
    /// The first thing that is wrong.
    fn verify(&self, file: &Path) -> Result<(), Unsound>;

    /// What a file tells people of itself, where that is known at once; nothing of most.
    ///
    /// Thread: any but audio.
    fn about(&self, _location: &ModelLocation) -> Option<About> {
        None
    }

    /// The sounds inside a file, which show what the model does; none for most.
    ///
    /// Thread: loader.
    ///
    /// # Errors
    /// When they cannot be read.
    fn sounds(&self, _location: &ModelLocation) -> Result<Vec<InnerSound>, LoadError> {
        Ok(Vec::new())
    }

    /// What users should know of it before anything of it runs, as one line. May take seconds.
    ///
    /// Thread: loader.
    fn warning(&self, _location: &ModelLocation) -> Option<String> {
        None
    }
}

/// Why a file is no sound model, without its name: `what is wrong: what to do`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unsound(pub String);
