//! Finds a buffer that a method works with, if it does not work with the requested one.
//!
//! Exports bake sizes into their code: a traced or chunked model works with one size, one with a window has a
//! minimum. Whether a run failed because of its size does not show in the error, but by trying: silence of the same
//! size fails too, and so does a single example of it, while another size works. Then the nearest that works is
//! searched for, larger ones first. Boxes and `nn check` use the same code.
//!
//! Thread: any but audio.

mod hints;
pub mod input;
mod needs;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use hints::hints;
use input::Content;
use nn_model::{
    Model, RunError, TensorView, TensorViewMut,
    spec::{MethodSpec, ModelSpec},
};
use nn_process::{
    effort::{note_progress, used_by_this_thread},
    guard::panic_text,
};

pub use needs::{Settings, arrays_first, messages, needed_first};

/// The largest buffer that is tried without a hint, in samples.
pub const LARGEST_FRAMES: usize = 1 << 16;
/// Runs in a trial: what a method keeps of its first buffer may be too little for the second, with a window over
/// both, say.
pub const RUNS: usize = 2;
/// The search ends after this much processor time.
const LIMIT: Duration = Duration::from_secs(5);

/// A method that failed with a size.
pub struct Question<'a> {
    /// Makes a copy of the model, in the state of its file.
    pub copy: &'a dyn Fn() -> Option<Box<dyn Model>>,
    /// The index of the method.
    pub method: usize,
    /// Examples at once.
    pub batch: usize,
    /// The size in model samples with which it failed.
    pub block_frames: usize,
    /// The legal size for a requested one, if any.
    pub legal: &'a dyn Fn(usize) -> Option<usize>,
    /// Whether the answer is still needed.
    pub wanted: &'a dyn Fn() -> bool,
}

impl std::fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Question").field("block_frames", &self.block_frames).finish_non_exhaustive()
    }
}

/// The size, in model samples, nearest to the failed one with which the method works; larger ones count as nearer
/// than smaller ones. `None` if none was found, or if the size is not the cause. Not the audio thread; may take
/// seconds.
pub fn nearest(question: &Question<'_>, fault: &RunError) -> Option<usize> {
    let mut search = Search { question, tried: Vec::new(), begin: used_by_this_thread() };
    if !search.is_to_blame(fault) {
        return None;
    }
    let hints = hints((question.copy)()?.as_mut(), question.method, question.block_frames, fault);
    search.nearest(&hints)
}

/// Memory for runs of a method with test input.
#[derive(Debug)]
pub struct Trial {
    method: (usize, MethodSpec),
    batch: usize,
    block_frames: usize,
    /// The input.
    pub input: Vec<f32>,
    /// The last output.
    pub output: Vec<f32>,
}

impl Trial {
    /// For a method of a model, with this many model samples; `None` if it has no such method.
    pub fn new(
        spec: &ModelSpec,
        index: usize,
        batch: usize,
        block_frames: usize,
        content: Content,
    ) -> Option<Self> {
        let method = spec.methods.get(index)?.clone();
        let input = input::input(&method, batch, block_frames / method.in_ratio, content);
        let output = vec![0.0; batch * method.out_channels * (block_frames / method.out_ratio)];
        Some(Self { method: (index, method), batch, block_frames, input, output })
    }

    /// Changes the input.
    pub fn fill(&mut self, content: Content) {
        let method = &self.method.1;
        self.input = input::input(method, self.batch, self.block_frames / method.in_ratio, content);
    }

    /// Runs the method once.
    ///
    /// # Errors
    /// As [`Model::run`], with a panic as an error.
    pub fn run(&mut self, model: &mut dyn Model) -> Result<(), RunError> {
        let (index, method) = (self.method.0, &self.method.1);
        let (batch, frames) = (self.batch, self.block_frames / method.in_ratio);
        let input = TensorView { samples: &self.input, batch, channels: method.in_channels, frames };
        let frames = self.block_frames / method.out_ratio;
        let output =
            TensorViewMut { samples: &mut self.output, batch, channels: method.out_channels, frames };
        catch_unwind(AssertUnwindSafe(|| model.run(index, input, output))).unwrap_or_else(|panic| {
            Err(RunError::Panicked { method: method.name.clone(), what: panic_text(panic.as_ref()) })
        })
    }
}

/// Runs a method [`RUNS`] times.
///
/// # Errors
/// As [`Model::run`], with a panic as an error.
pub fn attempt(
    model: &mut dyn Model,
    method: usize,
    batch: usize,
    block_frames: usize,
    content: Content,
) -> Result<(), RunError> {
    let trial = Trial::new(model.spec(), method, batch, block_frames, content);
    trial.map_or(Ok(()), |mut trial| (0..RUNS).try_for_each(|_| trial.run(model)))
}

struct Search<'a> {
    question: &'a Question<'a>,
    tried: Vec<(usize, bool)>,
    begin: Duration,
}

impl Search<'_> {
    /// False if it fails for another reason than its size.
    fn is_to_blame(&mut self, fault: &RunError) -> bool {
        let Question { block_frames, batch, .. } = *self.question;
        match fault {
            RunError::NotATensor { .. }
            | RunError::Panicked { .. }
            | RunError::Script { .. }
            | RunError::Ended { .. }
            | RunError::Abandoned { .. } => false,
            RunError::WrongShape { found, batch, channels, .. } => {
                let numbers = found.trim_matches(['[', ']']).split(", ").map(|n| n.parse::<usize>().ok());
                match numbers.collect::<Vec<_>>()[..] {
                    [examples, lanes, _] => (examples, lanes) == (Some(*batch), Some(*channels)),
                    [lanes, _] => *batch == 1 && lanes == Some(*channels),
                    _ => false,
                }
            }
            RunError::Threw { what, .. } => {
                let memory = ["memory", "allocate"].iter().any(|word| what.contains(word));
                !memory
                    && !self.works_with(1.max(batch), block_frames, &[Content::Silence])
                    && (batch <= 1 || !self.works_with(1, block_frames, &[Content::Sound]))
            }
        }
    }

    fn nearest(&mut self, hints: &[usize]) -> Option<usize> {
        let wanted = self.question.block_frames;
        let legal = |wanted: &usize| (self.question.legal)(*wanted);
        let powers = (0..).map(|power| 1usize << power).take_while(|&n| n <= LARGEST_FRAMES);
        let mut ladder: Vec<usize> = powers.collect::<Vec<_>>().iter().filter_map(legal).collect();
        let mut hinted: Vec<usize> = hints.iter().filter_map(legal).collect();
        ladder.extend(&hinted);
        for sizes in [&mut ladder, &mut hinted] {
            sizes.sort_unstable();
            sizes.dedup();
        }
        let larger = |sizes: &[usize]| sizes.iter().copied().filter(|&n| n > wanted).collect::<Vec<_>>();
        let smaller =
            |sizes: &[usize]| sizes.iter().rev().copied().filter(|&n| n < wanted).collect::<Vec<_>>();
        for (hinted, ladder) in [(larger(&hinted), larger(&ladder)), (smaller(&hinted), smaller(&ladder))] {
            // A hint that works ends the search in this direction.
            let hint = hinted.into_iter().find_map(|size| self.works(size));
            let way = ladder.into_iter().take_while(|&size| Some(size) != hint);
            if let Some(found) = way.into_iter().find_map(|size| self.works(size)).or(hint) {
                return Some(found);
            }
        }
        None
    }

    /// The legal size for another one, if the method works with it.
    fn works(&mut self, wanted: usize) -> Option<usize> {
        let size = (self.question.legal)(wanted)?;
        if let Some(&(_, works)) = self.tried.iter().find(|(tried, _)| *tried == size) {
            return works.then_some(size);
        }
        let is_over = used_by_this_thread().saturating_sub(self.begin) > LIMIT;
        if size == self.question.block_frames || is_over || !(self.question.wanted)() {
            return None;
        }
        let works = self.works_with(self.question.batch, size, &[Content::Sound, Content::Silence]);
        self.tried.push((size, works));
        works.then_some(size)
    }

    fn works_with(&self, batch: usize, block_frames: usize, contents: &[Content]) -> bool {
        // So many times at most.
        note_progress();
        let Some(mut copy) = (self.question.copy)() else { return false };
        contents.iter().all(|&content| {
            attempt(copy.as_mut(), self.question.method, batch, block_frames, content).is_ok()
        })
    }
}

#[cfg(test)]
mod tests;
