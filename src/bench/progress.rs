//! How far it is, where there is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::{
    case::{Case, Part},
    plan::Plan,
};

/// A bar of the time that everything is thought to take.
pub struct Progress(ProgressBar);

impl Progress {
    /// Of all processes.
    pub fn new(plan: &Plan) -> Self {
        let plays: u64 = plan.plays.iter().map(thought_s).sum();
        let boxes: u64 = plan.boxes.iter().map(thought_s).sum();
        let bar = ProgressBar::new(thought_s(&plan.begin) + plays * u64::from(plan.repeats) + boxes);
        if let Ok(style) = ProgressStyle::with_template("{msg:28}  {bar:30}  {eta} left") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Self(bar)
    }

    /// A process begins.
    pub fn begin(&self, case: &Case) {
        self.0.set_message(match case.part {
            Part::Begin => "load and first call".into(),
            Part::Play => format!("buffer {}, {} Hz", case.buffer_frames, case.rate_hz),
            Part::Boxes => format!("boxes of {}", case.buffer_frames),
        });
    }

    /// And has ended.
    pub fn done(&self, case: &Case) {
        self.0.inc(thought_s(case));
    }

    /// For another thread.
    pub fn bar(&self) -> ProgressBar {
        self.0.clone()
    }

    /// Nothing is left of it.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// What a process is thought to take, in seconds.
fn thought_s(case: &Case) -> u64 {
    let seconds = match case.part {
        Part::Begin => 4.0,
        Part::Play if case.deadline_frames.is_some() => 3.0 + 1.2 * case.seconds,
        Part::Play => (3.0 + 1.2 * (case.seconds + case.hold_s)) * case.sides.len() as f64,
        Part::Boxes => 8.0 * (1.0 + 0.25 * case.seconds),
    };
    seconds.ceil() as u64
}
