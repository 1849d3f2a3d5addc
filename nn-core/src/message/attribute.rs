//! The attributes of a box, for hosts that show such: what a host takes from a message's row. Their values are the box's.

use nn_model::effect::MixSetting;

/// An attribute of a box, set by the message in whose row it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoxAttribute {
    /// Its name.
    pub name: &'static str,
    /// What of a box it is.
    pub setting: BoxSetting,
    /// What it takes.
    pub kind: AttributeKind,
    /// What a host shows beside it.
    pub label: &'static str,
    /// Whether only boxes with multichannel signals have it.
    pub multichannel_only: bool,
}

/// What a host shows of a box and lets people change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxSetting {
    /// Whether it computes.
    Enable,
    /// Whether it computes on a GPU.
    Gpu,
    /// How long the model may take, in host samples.
    Deadline,
    /// Threads of one call of the model.
    Threads,
    /// Whether the model runs at its own rate.
    Resample,
    /// Whether attributes follow the arrays that they were set from.
    Track,
    /// Channels of each outlet.
    Chans,
    /// A value of the mix.
    Mix(MixSetting),
}

/// What an attribute takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// 0 or 1.
    Switch,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A number or a word.
    NumberOrWord,
}
