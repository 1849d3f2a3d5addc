//! The attributes of a box, for hosts that show such: one row each, from which a host takes name, kind and label.
//!
//! Each is set by the message of [`crate::message::MESSAGES`] that its row names. Main thread.

use super::nn_object::NnObject;
use crate::message::Atom;

/// What an attribute takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// 0 or 1.
    Switch,
    /// A whole number.
    Whole,
    /// A number or a word.
    NumberOrWord,
}

/// One attribute of a box.
pub struct BoxAttribute {
    /// Its name.
    pub name: &'static str,
    /// The message that sets it.
    pub message: &'static str,
    /// What it takes.
    pub kind: AttributeKind,
    /// What a host shows beside it.
    pub label: &'static str,
    /// Whether only boxes with multichannel signals have it.
    pub multichannel_only: bool,
    value: fn(&NnObject) -> Atom,
}

/// All of them, in the order in which a host shows them.
#[rustfmt::skip] // A table.
pub const BOX_ATTRIBUTES: [BoxAttribute; 7] = [
    row("enable", "enable", AttributeKind::Switch, "Enable", |it| Atom::Int(it.status().enabled().into())),
    row("gpu", "gpu", AttributeKind::Switch, "Compute on a GPU", |it| Atom::Int(it.wants_gpu().into())),
    row("deadline", "deadline", AttributeKind::NumberOrWord, "Deadline in samples, auto or buffer", NnObject::deadline),
    row("threads", "threads", AttributeKind::Whole, "Threads for one call of the model", |it| Atom::Int(it.status().intra_op_threads().into())),
    row("resample", "resample", AttributeKind::Switch, "Run the model at its own rate", |it| Atom::Int(it.wants_resampling().into())),
    row("track_buffers", "track", AttributeKind::Switch, "Follow buffers that attributes were set from", |it| Atom::Int(it.tracks().into())),
    BoxAttribute {
        multichannel_only: true,
        ..row("chans", "chans", AttributeKind::Whole, "Channels of each outlet (0 follows the model)", |it| Atom::Int(it.fixed_channels().unwrap_or(0) as i64))
    },
];

const fn row(
    name: &'static str,
    message: &'static str,
    kind: AttributeKind,
    label: &'static str,
    value: fn(&NnObject) -> Atom,
) -> BoxAttribute {
    BoxAttribute { name, message, kind, label, multichannel_only: false, value }
}

impl BoxAttribute {
    /// What it is at the moment.
    ///
    /// Thread: main.
    pub fn value(&self, object: &NnObject) -> Atom {
        (self.value)(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::MESSAGES;

    #[test]
    fn every_attribute_is_set_by_a_message_that_there_is() {
        for attribute in &BOX_ATTRIBUTES {
            let message = MESSAGES.iter().find(|message| message.selector == attribute.message);
            assert!(message.is_some(), "{} is set by no message", attribute.name);
            let taken = crate::message::parse(attribute.message, &[Atom::Int(1)]);
            assert!(taken.is_ok(), "{} does not take 1: {taken:?}", attribute.name);
            let word = crate::message::parse(attribute.message, &[Atom::symbol("auto")]);
            assert_eq!(word.is_ok(), attribute.kind == AttributeKind::NumberOrWord, "{}", attribute.name);
        }
    }
}
