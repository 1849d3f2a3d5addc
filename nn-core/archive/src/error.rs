//! What can be wrong with a file, in words for the person who chose it.

use crate::{limits::NEWEST_FORMAT, operators::Refusal};
use nn_model::spec::SpecError;

/// Why a file is not a usable TorchScript model. Every message is one line: what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The system could not read the file.
    #[error("cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// A folder, a pipe or a device.
    #[error("is not a file: give the path of a model (.ts, .nm)")]
    NotAFile,
    /// No bytes at all.
    #[error("the file is empty: download or export the model again")]
    Empty,
    /// The file is something else.
    #[error("this is not a TorchScript file but {found}")]
    NotAnArchive {
        /// What it looks like, and the cure.
        found: &'static str,
    },
    /// It starts like an archive but has no end.
    #[error(
        "the file is incomplete (its end is missing or something was added to it): download or copy it again"
    )]
    Truncated,
    /// A file of `torch.save`: numbers without code.
    #[error("this is a training checkpoint, not an exported model: export it with torch.jit.save")]
    Checkpoint,
    /// The archive's directory contradicts itself or the file.
    #[error("the file's directory is damaged ({what}): download it again")]
    Directory {
        /// What does not fit.
        what: &'static str,
    },
    /// One entry is not what the directory says.
    #[error("entry {entry} is damaged ({what}): download the file again")]
    Damaged {
        /// The entry's name.
        entry: String,
        /// What does not fit.
        what: &'static str,
    },
    /// An entry that every TorchScript file has is not there.
    #[error("the file has no {entry}: it is damaged or no TorchScript file, export it again")]
    Missing {
        /// The entry's name.
        entry: String,
    },
    /// The archive uses something that libtorch cannot read either.
    #[error(
        "entry {entry} is {what}, which libtorch cannot read: export the model again with torch.jit.save"
    )]
    Unsupported {
        /// The entry's name.
        entry: String,
        /// What the archive asks for, by its name.
        what: &'static str,
    },
    /// Made by a torch that knows a newer format.
    #[error(
        "the file has format {found}, the newest that can be read is {NEWEST_FORMAT}: export it with an older torch"
    )]
    TooNew {
        /// The format of the file.
        found: u64,
    },
    /// Made before torch 1.3.
    #[error("the file was made by a torch older than 1.3: export it with a newer torch")]
    TooOld,
    /// Made on a machine with the other byte order.
    #[error("the file was made on a big-endian machine: export it on a little-endian one")]
    ByteOrder,
    /// The pickle machine met something that TorchScript does not write.
    #[error("entry {entry} is damaged (byte {offset}: {what}): download the file again")]
    Pickle {
        /// The entry's name.
        entry: String,
        /// Where in the entry.
        offset: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// Something is larger than any model needs.
    #[error("{what}: {found}, the most that is read is {most}; export a smaller model")]
    Limit {
        /// What is too large.
        what: String,
        /// How large it is.
        found: u64,
        /// How large it may be.
        most: u64,
    },
    /// A number that the model declares is none that a box can work with.
    #[error("{name} holds {found}: it must be from {least} to {most}, export the model again")]
    Range {
        /// What holds it.
        name: &'static str,
        /// The number.
        found: i64,
        /// The least that can be worked with.
        least: i64,
        /// The most.
        most: i64,
    },
    /// More work than a host can wait for: the loader does it.
    #[error("takes long to be looked at")]
    TakesLong,
    /// The code calls what models may not.
    #[error("{first}{}", also(*.more))]
    Refused {
        /// What weighs most.
        first: Refusal,
        /// How many others there are.
        more: usize,
    },
    /// It is nested deeper than libtorch can follow without running out of stack, which would end the host.
    #[error(
        "{what} {found} levels deep, the most that libtorch can be given is {most}: export a model with simpler code"
    )]
    Nested {
        /// What is nested.
        what: String,
        /// How deep.
        found: u64,
        /// How deep it may be.
        most: u64,
    },
    /// Functions and classes wait for each other in a chain that takes more stack than there is.
    #[error(
        "the functions and classes that {what} calls one inside the other need {} kB of stack, the most that libtorch can be \
         given is {} kB: export a model with fewer parts inside each other", .found.div_ceil(1024), .most / 1024
    )]
    Chain {
        /// What calls the first.
        what: String,
        /// The stack in bytes.
        found: u64,
        /// How much it may be.
        most: u64,
    },
    /// Something holds itself, or can grow into itself without end while the model runs.
    #[error("{what} can be nested without end, which would end the host: export the model without it")]
    Endless {
        /// What.
        what: String,
    },
    /// The file is sound but no model for this instrument.
    #[error(transparent)]
    Spec(#[from] SpecError),
}

fn also(more: usize) -> String {
    if more == 0 { String::new() } else { format!(" (and {more} more)") }
}

impl ArchiveError {
    /// The error for what was refused, if anything was.
    pub(super) fn of_refusals(refusals: Vec<Refusal>) -> Option<Self> {
        let more = refusals.len().saturating_sub(1);
        refusals.into_iter().next().map(|first| Self::Refused { first, more })
    }
}
