//! Reads a TorchScript archive without libtorch.
//!
//! A `.ts` or `.nm` file is a zip archive: `data.pkl` holds the module as a pickle, `code/` the source of its classes,
//! `data/N` the numbers of its tensors. [`describe`] reads the few entries that say which methods and attributes
//! the model has, never the weights, so that a box gets its inlets in milliseconds. [`verify`] checks every byte
//! that libtorch will trust, because libtorch itself does not: it skips the checksums, follows offsets and sizes
//! wherever they point, and loads most damaged files without a word.
//!
//! Both take hostile bytes: nothing here panics, recurses without bound or allocates what a length field asks for.
//! The layers, one module each: `container` (the zip structure), `pickle` (the object graph), `tensor` (numbers of
//! small tensors), `source` and `evaluate` (what `get_methods()` would answer), `specification` (the
//! [`ModelSpec`](nn_model::spec::ModelSpec)), `hints` (buffers that the file names), `state` (what its methods write),
//! `code` and `operators` (what its source calls and what it may call), `lexer` (source in pieces), `budget` (how much of
//! it a host may wait for), `inspection` (all of it, as far as it can be read), `nesting` (how deep it is nested, as
//! libtorch recurses without a limit), `soundness` (the whole check), `reading` (a file's description and its check),
//! `limits` (the newest and the largest that is read), `extra` (what the file says of itself beside its code), `neutone`
//! (models made with Neutone's SDK), `open`, `known` (descriptions of unchanged files) and `format` ([`TorchScript`], the entry in the table of formats).
//!
//! Thread: any but audio.

mod budget;
mod code;
mod container;
mod description;
mod error;
mod evaluate;
mod expression;
mod extra;
mod format;
mod hints;
mod inspection;
mod known;
mod lexer;
mod limits;
mod nesting;
mod neutone;
mod open;
pub mod operators;
mod pickle;
mod reading;
mod soundness;
mod source;
mod specification;
mod state;
mod tensor;

pub use description::description;
pub use error::ArchiveError;
pub use format::TorchScript;
pub use inspection::{Inspection, inspect, inspect_from};
pub use limits::NEWEST_FORMAT;
pub use reading::{
    about, allowed_by_hand, describe, describe_at_once, describe_at_once_from, describe_from, sounds,
    tensors_are_stored, verify, verify_file, verify_from,
};
