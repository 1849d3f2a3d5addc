//! The attributes of the boxes: what they are, and what they mean.

use std::ffi::CStr;

use nn_core::{message::Atom, object::NnObject};

/// An attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// Whether the box computes and sounds.
    Enable,
    /// Whether it computes on a GPU.
    Gpu,
    /// How long the model may take.
    Deadline,
    /// Threads inside one call of the model.
    Threads,
    /// Whether a model that was made for another rate runs at its own.
    Resample,
    /// Whether attributes follow the buffers they were set from.
    Track,
    /// Channels of each outlet, whatever the model.
    Channels,
}

impl Attribute {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Enable, Self::Gpu, Self::Deadline, Self::Threads, Self::Resample, Self::Track, Self::Channels];

    /// Its name in Max.
    pub fn name(self) -> &'static CStr {
        match self {
            Self::Enable => c"enable",
            Self::Gpu => c"gpu",
            Self::Deadline => c"deadline",
            Self::Threads => c"threads",
            Self::Resample => c"resample",
            Self::Track => c"track_buffers",
            Self::Channels => c"chans",
        }
    }

    /// The message that means the same as giving it a value.
    pub fn message(self) -> &'static str {
        match self {
            Self::Enable => "enable",
            Self::Gpu => "gpu",
            Self::Deadline => "deadline",
            Self::Threads => "threads",
            Self::Resample => "resample",
            Self::Track => "track",
            Self::Channels => "chans",
        }
    }

    /// What it is at the moment.
    pub fn value(self, object: &NnObject) -> Atom {
        match self {
            Self::Enable => Atom::Int(object.status().enabled().into()),
            Self::Gpu => Atom::Int(object.wants_gpu().into()),
            Self::Deadline => object.deadline(),
            Self::Threads => Atom::Int(object.status().intra_op_threads().into()),
            Self::Resample => Atom::Int(object.wants_resampling().into()),
            Self::Track => Atom::Int(object.tracks().into()),
            Self::Channels => Atom::Int(object.fixed_channels().unwrap_or(0) as i64),
        }
    }
}

/// What all attributes are at the moment.
pub fn values(object: &NnObject) -> Vec<Atom> {
    Attribute::ALL.iter().map(|attribute| attribute.value(object)).collect()
}

/// The attributes that are not as they are shown, which they then are: Max's inspector shows what it is told. None while
/// nothing is shown.
pub fn untold(object: &NnObject, shown: &mut Option<Vec<Atom>>) -> Vec<Attribute> {
    let Some(told) = shown else { return Vec::new() };
    let now = values(object);
    let differs = now.iter().zip(&*told).map(|(now, told)| now != told);
    let untold = Attribute::ALL.into_iter().zip(differs);
    let untold = untold.filter_map(|(attribute, differs)| differs.then_some(attribute)).collect();
    *told = now;
    untold
}
