//! Which colour each series has, and what the legend says.

use crate::describe::Mark;
use crate::theme::{Rgb, SERIES, SOFT_INK};

/// How a series is shown in the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swatch {
    /// A short line.
    Line {
        /// With gaps.
        dashed: bool,
    },
    /// A small square.
    Square,
    /// A full point.
    Full,
    /// A hollow point.
    Hollow,
}

/// One line of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it says.
    pub name: String,
    /// What stands before it.
    pub swatch: Swatch,
    /// Its colour.
    pub colour: Rgb,
}

/// The colour of each mark; marker lines are grey.
pub fn colours(marks: &[Mark]) -> Vec<Rgb> {
    let mut next = SERIES.into_iter().cycle();
    let mut colour = |mark: &Mark| match mark {
        Mark::Vertical { .. } | Mark::Horizontal { .. } => SOFT_INK,
        _ => next.next().unwrap_or(SOFT_INK),
    };
    marks.iter().map(&mut colour).collect()
}

/// The legend of a chart. One series needs none of its own name, if the title says what it is: then leave the name empty.
pub fn entries(marks: &[Mark]) -> Vec<Entry> {
    let named = marks.iter().zip(colours(marks)).filter_map(|(mark, colour)| {
        let (name, swatch) = match mark {
            Mark::Line { name, dashed, .. } => (name, Swatch::Line { dashed: *dashed }),
            Mark::Stairs { name, .. } => (name, Swatch::Line { dashed: false }),
            Mark::Histogram { name, .. } => (name, Swatch::Square),
            Mark::Points { name, .. } => (name, Swatch::Full),
            Mark::Vertical { .. } | Mark::Horizontal { .. } => return None,
        };
        (!name.is_empty()).then(|| Entry { name: name.clone(), swatch, colour })
    });
    let failed = marks.iter().any(|mark| match mark {
        Mark::Points { points, .. } => points.iter().any(|point| !point.held),
        _ => false,
    });
    let state = |name: &str, swatch| Entry { name: name.to_owned(), swatch, colour: SOFT_INK };
    let states = [state("held", Swatch::Full), state("did not hold", Swatch::Hollow)];
    named.chain(states.into_iter().filter(|_| failed)).collect()
}
