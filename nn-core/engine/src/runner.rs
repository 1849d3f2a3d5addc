//! The one owner of a model: applies messages between frames, runs frames, never lets anything out.

mod commands;
mod swap;

use std::{
    collections::VecDeque,
    mem::{Discriminant, discriminant},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Instant,
};

use crossbeam_channel::{Receiver, Sender};

use crate::{
    command::{Answer, Installed, Origin, Reply, Stamped},
    prints::Prints,
    run::{Scratch, run_method},
    seam::Seam,
    status::Status,
    tools::Tools,
};
use crate::{
    port::{
        frame::{Frame, Outcome},
        link::WorkerRings,
    },
    resample::Resampling,
};
use nn_model::{ModelSource, RunError, value::Value};

/// Owns the model, between the frames and the messages. `Send`: made on the main thread or the loader, it moves into its
/// [`Worker`](crate::worker::Worker)'s thread, or into a [`Slot`](crate::slot::Slot), from which the audio callback takes it for a
/// run.
pub struct Runner {
    installed: Option<Installed>,
    seam: Seam,
    rings: Option<WorkerRings>,
    /// Number of the last frame that came, among all that were handed over.
    last_frame: u64,
    /// How often the rings were replaced.
    replaced: u64,
    commands: Receiver<Stamped>,
    pending: VecDeque<Stamped>,
    replies: Sender<Answer>,
    status: Arc<Status>,
    source: Arc<dyn ModelSource>,
    prints: Arc<Prints>,
    /// What was set, by attribute, in the order in which it was set first.
    applied: Vec<(String, Arc<[Value]>)>,
    /// What every model that comes is seeded with.
    seed: Option<u64>,
    scratch: Scratch,
    last_fault: Option<Discriminant<RunError>>,
    told_non_finite: bool,
    leaves: bool,
    /// For frames with other numbers of examples.
    reshaped: VecDeque<Box<Resampling>>,
    retired: Arc<AtomicBool>,
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner").field("installed", &self.installed).finish_non_exhaustive()
    }
}

impl Runner {
    /// A runner without a model.
    pub fn new(commands: Receiver<Stamped>, replies: Sender<Answer>, tools: &Tools) -> Self {
        Self {
            installed: None,
            seam: Seam::default(),
            rings: None,
            last_frame: 0,
            replaced: 0,
            commands,
            pending: VecDeque::new(),
            replies,
            status: tools.status.clone(),
            source: tools.source.clone(),
            prints: tools.prints.clone(),
            applied: Vec::new(),
            seed: None,
            scratch: Scratch::default(),
            last_fault: None,
            told_non_finite: false,
            leaves: false,
            reshaped: VecDeque::new(),
            retired: Arc::default(),
        }
    }

    /// The rings in use.
    pub fn rings(&mut self) -> Option<&mut WorkerRings> {
        self.rings.as_mut()
    }

    /// How often the rings were replaced: a frame taken before belongs to a stream that is gone.
    pub fn replaced(&self) -> u64 {
        self.replaced
    }

    /// Set by whoever has put another runner in this one's place.
    pub fn retired(&self) -> Arc<AtomicBool> {
        self.retired.clone()
    }

    /// Whether this runner is to leave its thread, which then ends.
    pub fn takes_leave(&mut self) -> bool {
        std::mem::take(&mut self.leaves)
    }

    /// Runs one frame. Never panics, never raises: the outcome says what came of it.
    pub fn run(&mut self, frame: &mut Frame) {
        self.last_frame = frame.number;
        let Some(installed) = self.installed.as_mut() else {
            frame.outcome = Outcome::NoModel;
            return;
        };
        self.source.prepare_thread(self.status.intra_op_threads());
        self.status.begin_run();
        let begin = Instant::now();
        let left = reshape(installed, &mut self.reshaped, frame);
        if let Some(resampling) = &mut installed.resampling {
            resampling.follow(frame.sequence);
        }
        let (scratch, seam) = (&mut self.scratch, &mut self.seam);
        let result = seam.run(installed, frame, |installed, frame| run_method(installed, frame, scratch));
        let inside = installed.resampling.as_mut().is_none_or(|resampling| !resampling.take_non_finite());
        if self.retired.load(Relaxed) {
            // Another has taken this one's place meanwhile: what came of it is of no interest.
            frame.outcome = Outcome::Dropped;
            return;
        }
        self.status.count_run(begin.elapsed().as_nanos() as u64);
        if left.is_some() {
            self.reply(Reply::Replaced((None, left)));
        }
        self.give_back();
        frame.outcome = match result {
            Ok(()) if inside && frame.output_is_finite() => Outcome::Sound,
            Ok(()) => {
                self.status.non_finite.fetch_add(1, Relaxed);
                if !std::mem::replace(&mut self.told_non_finite, true) {
                    self.reply(Reply::NonFinite);
                }
                Outcome::NonFinite
            }
            Err(fault) => {
                self.status.faults.fetch_add(1, Relaxed);
                // Said once for each kind: what a model says may differ from run to run.
                let kind = discriminant(&fault);
                if self.last_fault.replace(kind) != Some(kind) {
                    self.reply(Reply::Fault(fault));
                }
                Outcome::Fault
            }
        };
        self.seam.heard(frame);
    }

    /// Passes on what the model printed on the calling thread. Any thread but the audio thread.
    pub fn pass_on_prints(&self) {
        if let Some(said) = self.source.take_said() {
            self.prints.add(None, said);
        }
    }

    /// The same for the audio thread, which has neither memory nor time for it.
    pub fn drop_prints(&self) {
        self.source.forget_said();
    }

    /// Sends an answer to the main thread.
    pub fn reply(&self, reply: Reply) {
        // The main thread may be gone; then nobody wants the answer.
        let _gone = self.replies.send(Answer { origin: Origin::Runner, after: self.last_frame, reply });
    }
}

/// Frames with another number of examples have come: what is between them and the model goes on with that. Answers what
/// was there before.
fn reshape(
    installed: &mut Installed,
    coming: &mut VecDeque<Box<Resampling>>,
    frame: &Frame,
) -> Option<Box<Resampling>> {
    let present = installed.resampling.as_mut().filter(|present| *present.shape() != frame.shape)?;
    let at = coming.iter().position(|next| *next.shape() == frame.shape && next.plan() == present.plan())?;
    let mut next = coming.drain(..=at).next_back()?;
    next.continue_from(present);
    Some(std::mem::replace(present, next))
}
