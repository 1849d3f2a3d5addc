//! Two formats for this crate's own tests.

use nn_model::{
    Entry, Formats,
    fake::{FakeFormat, FakeRuntime},
};

/// TorchScript first; nobody loads anything here.
pub const FORMATS: Formats = Formats::new(&[
    Entry { name: "TorchScript", format: &nn_archive::TorchScript, runtime: &FakeRuntime },
    Entry { name: "fake", format: &FakeFormat, runtime: &FakeRuntime },
]);
