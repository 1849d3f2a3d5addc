//! Runs one method at one rate in a watched child process.

use std::{path::Path, process::Command, time::Duration};

use nn_core::{child::Report, model::Printed};

use super::step::Step;
use crate::steps;

/// What is tried.
#[derive(Debug)]
pub struct Trial<'a> {
    /// Path of the model.
    pub file: &'a Path,
    /// Name of the method.
    pub method: &'a str,
    /// The host's rate.
    pub rate_hz: u32,
    /// The block.
    pub buffer_frames: usize,
    /// A load, and a block, that takes longer hangs.
    pub patience: (Duration, Duration),
}

/// All that was printed.
pub fn said(steps: &[Step]) -> Option<Printed> {
    let mut all: Option<Printed> = None;
    for step in steps {
        if let Step::Printed { text, is_warning, count } = step {
            let first = || Printed { text: text.clone(), is_warning: *is_warning, count: 0, is_line: false };
            all.get_or_insert_with(first).count += count;
        }
    }
    all
}

impl Trial<'_> {
    /// Runs it to its end.
    pub fn run(&self) -> Report<Step> {
        let equip = |command: &mut Command| {
            command
                .arg("try")
                .arg("--")
                .arg(self.file)
                .arg(self.method)
                .args([self.rate_hz.to_string(), self.buffer_frames.to_string()]);
        };
        steps::run(equip, |steps| if steps == 0 { self.patience.0 } else { self.patience.1 })
    }
}
