//! The attributes of a box, as the table of messages lists them, and what they are at the moment.

use super::nn_object::NnObject;
use crate::message::{Atom, BoxAttribute, BoxSetting, MESSAGES};

/// How many there are.
const COUNT: usize = {
    let (mut found, mut row) = (0, 0);
    while row < MESSAGES.len() {
        found += MESSAGES[row].attribute.is_some() as usize;
        row += 1;
    }
    found
};

/// Each with the message that sets it, in the order of the table of messages.
pub const BOX_ATTRIBUTES: [(&str, &BoxAttribute); COUNT] = {
    let mut found = [numbered(0); COUNT];
    let mut number = 1;
    while number < COUNT {
        found[number] = numbered(number);
        number += 1;
    }
    found
};

/// One of them, while compiling.
const fn numbered(number: usize) -> (&'static str, &'static BoxAttribute) {
    let (mut left, mut row) = (number, 0);
    loop {
        if let Some(attribute) = &MESSAGES[row].attribute {
            if left == 0 {
                return (MESSAGES[row].selector, attribute);
            }
            left -= 1;
        }
        row += 1;
    }
}

impl BoxAttribute {
    /// What it is at the moment.
    ///
    /// Thread: main.
    pub fn value(&self, object: &NnObject) -> Atom {
        match self.setting {
            BoxSetting::Enable => Atom::Int(object.status().enabled().into()),
            BoxSetting::Gpu => Atom::Int(object.wants_gpu().into()),
            BoxSetting::Deadline => object.deadline(),
            BoxSetting::Threads => Atom::Int(object.status().intra_op_threads().into()),
            BoxSetting::Resample => Atom::Int(object.wants_resampling().into()),
            BoxSetting::Track => Atom::Int(object.tracks().into()),
            BoxSetting::Mix(setting) => Atom::Float(object.mix().get(setting).into()),
            BoxSetting::Chans => Atom::Int(object.fixed_channels().unwrap_or(0) as i64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{AttributeKind, parse};

    #[test]
    fn an_attribute_takes_what_its_kind_says_by_its_message() {
        for (selector, attribute) in BOX_ATTRIBUTES {
            let taken = parse(selector, &[Atom::Int(1)]);
            assert!(taken.is_ok(), "{} does not take 1: {taken:?}", attribute.name);
            let word = parse(selector, &[Atom::symbol("auto")]);
            assert_eq!(word.is_ok(), attribute.kind == AttributeKind::NumberOrWord, "{}", attribute.name);
        }
    }
}
