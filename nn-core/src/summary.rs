//! A text about a box and its model, for a window of the host.
//!
//! Thread: any but audio.

use nn_model::{Description, shown::plain};

use crate::info::Tree;

/// A text with its title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The box, and the model's file if there is one.
    pub title: String,
    /// The model as a YAML document, with the box's state as comments above it; lines end with `\n`.
    pub text: String,
}

impl Summary {
    /// For a box without a model: one line.
    pub fn without_model(class: &str, cure: &str) -> Self {
        Self { title: class.into(), text: format!("# there is no model yet: {cure}\n") }
    }

    /// For a box with a model. `lines` describe the state of the box.
    pub fn of_model(class: &str, lines: &[String], description: &Description) -> Self {
        let mut text: String = lines.iter().map(|line| format!("# {}\n", plain(line))).collect();
        if !lines.is_empty() {
            text.push('\n');
        }
        text.push_str(&Tree::of(description).to_yaml());
        Self { title: plain(&format!("{class}: {}", description.location.title())), text }
    }
}
