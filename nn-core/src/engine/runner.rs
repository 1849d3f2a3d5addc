//! The one owner of a model: applies messages between frames, runs frames, never lets anything out.

use std::{
    collections::VecDeque,
    mem::{Discriminant, discriminant},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Instant,
};

use crossbeam_channel::{Receiver, Sender};

use super::{
    command::{Answer, Command, Installed, Origin, Reply, Stamped, Swap},
    prints::Prints,
    run::{Scratch, run_method},
    seam::Seam,
    status::Status,
    tools::Tools,
};
use crate::{
    door::panic_text,
    model::{AttributeError, Model, ModelSource, RunError},
    port::{
        frame::{Frame, Outcome},
        link::WorkerRings,
    },
    resample::Resampling,
    value::Value,
};

/// Owns the model, between the frames and the messages.
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

    /// Collects what has been asked. What need not wait for a frame is done at once.
    pub fn receive(&mut self) {
        while let Ok(stamped) = self.commands.try_recv() {
            self.accept(stamped);
        }
    }

    fn accept(&mut self, stamped: Stamped) {
        match stamped.command {
            Command::Begin(rings) => {
                // What was asked before belongs to the stream that ends here.
                self.apply_all();
                if let Some(resampling) = self.installed.as_mut().and_then(|i| i.resampling.as_mut()) {
                    resampling.begin(false);
                }
                if let Some(rings) = rings {
                    self.use_rings(rings);
                }
            }
            Command::Swap(swap) if swap.rings.is_some() || self.installed.is_none() => {
                self.apply_all();
                self.swap(*swap);
            }
            Command::Leave => {
                self.apply_all();
                self.rings = None;
                self.leaves = true;
            }
            // Frames tell by their shape when it is their turn.
            Command::Reshape(resampling) => self.reshaped.push_back(resampling),
            _ => self.pending.push_back(stamped),
        }
    }

    /// Applies what is stamped for this frame or an earlier one.
    pub fn apply_until(&mut self, frame: u64) {
        while self.pending.front().is_some_and(|stamped| stamped.frame <= frame) {
            self.apply_first();
        }
    }

    /// Applies everything: right when no frame is on its way.
    pub fn apply_all(&mut self) {
        while !self.pending.is_empty() {
            self.apply_first();
        }
    }

    fn apply_first(&mut self) {
        let Some(Stamped { command, .. }) = self.pending.pop_front() else { return };
        self.source.prepare_thread(self.status.intra_op_threads());
        self.status.begin_run();
        match command {
            Command::Swap(swap) => self.swap(*swap),
            Command::Set { attribute, values } => {
                match self.set(&attribute, &values) {
                    Ok(()) => {
                        self.remember(attribute, values);
                        // What fails after this may do so for another reason.
                        self.last_fault = None;
                    }
                    Err(what) => self.reply(Reply::SetFailed(what)),
                };
                self.reply(Reply::Done);
            }
            Command::Get { attribute } => {
                let reply = match self.installed.as_mut() {
                    Some(Installed { model, .. }) => {
                        let values = caught(&attribute, || model.get(index_of(model.as_ref(), &attribute)?));
                        Reply::Got { attribute, values }
                    }
                    None => Reply::Done,
                };
                self.reply(reply);
            }
            Command::SampleRate(hz) => {
                if let Some(Installed { model, .. }) = self.installed.as_mut()
                    && model.spec().takes_sample_rate
                    && let Err(what) = caught("set_sample_rate", || model.set_sample_rate(hz))
                {
                    self.reply(Reply::SetFailed(what));
                }
            }
            Command::Seed(seed) => {
                self.seed = Some(seed);
                self.seed_model();
            }
            Command::Fence(number) => self.reply(Reply::Passed(number)),
            Command::Begin(_) | Command::Leave | Command::Reshape(_) => {}
        }
        self.status.end_run();
    }

    fn set(&mut self, attribute: &str, values: &[Value]) -> Result<(), AttributeError> {
        let Some(Installed { model, .. }) = self.installed.as_mut() else {
            return Err(AttributeError::Unknown { attribute: attribute.into() });
        };
        caught(attribute, || model.set(index_of(model.as_ref(), attribute)?, values))
    }

    /// What was set on another runner's model, and the seed of its random numbers, for the first one here.
    pub fn remember_all(&mut self, applied: Vec<(String, Arc<[Value]>)>, seed: Option<u64>) {
        self.applied = applied;
        self.seed = seed;
    }

    /// Begins the model's random numbers where the seed says, if there is one.
    fn seed_model(&mut self) {
        if let (Some(seed), Some(Installed { model, .. })) = (self.seed, &mut self.installed) {
            let _silent = catch_unwind(AssertUnwindSafe(|| model.seed(seed)));
        }
    }

    fn remember(&mut self, attribute: String, values: Arc<[Value]>) {
        match self.applied.iter_mut().find(|(name, _)| *name == attribute) {
            Some((_, remembered)) => *remembered = values,
            None => self.applied.push((attribute, values)),
        }
    }

    fn use_rings(&mut self, rings: WorkerRings) {
        self.rings = Some(rings);
        self.replaced += 1;
        // Of streams that end here.
        self.reshaped.clear();
        self.seam.end();
        self.give_back();
    }

    /// Another model, method, device or stream.
    fn swap(&mut self, swap: Swap) {
        self.status.swaps.fetch_add(1, Relaxed);
        // Before the first run on this thread, which may be that of a warm-up: the helpers that it starts would stay.
        self.source.prepare_thread(self.status.intra_op_threads());
        let Swap { model, method, carrier, optimise, keep_attributes, warm_up, fade, rings, mut resampling } =
            swap;
        if fade.is_none() {
            self.seam.end();
        }
        let moved = match (&self.installed, carrier) {
            (Some(present), Some(carrier)) if model.is_none() => {
                Some(match present.model.fork_at(&carrier.place()) {
                    Ok(model) => {
                        // Dropping may take time.
                        self.reply(Reply::Replaced((Some(carrier), None)));
                        model
                    }
                    Err(what) => {
                        // A GPU that has gone, say: then its state has gone too.
                        self.reply(Reply::Note(format!("{what}: it begins in the state of its file")));
                        carrier
                    }
                })
            }
            _ => None,
        };
        if resampling.is_some() {
            self.reshaped.clear();
        }
        let is_new = model.is_some();
        let model = model.or(moved);
        let has_time =
            fade.map_or(self.installed.is_none(), |fade| fade.cost.saturating_mul(4) < fade.budget);
        if let (Some(shape), true) = (warm_up, has_time) {
            let coming = model.as_deref().or(self.installed.as_ref().map(|present| present.model.as_ref()));
            if let Some(Ok(mut copy)) = coming.map(Model::fork) {
                super::workshop::warm_up(copy.as_mut(), method, shape, 2);
            }
        }
        // For as long as a frame is heard that joins the two.
        let outgoing = match (&self.installed, fade, &model) {
            (None, ..) | (_, None, _) => None,
            (Some(_), Some(_), Some(_)) => self.installed.take(),
            (Some(present), Some(_), None) => {
                let copy = present.model.fork().ok();
                copy.map(|model| Installed { model, method: present.method, resampling: None })
            }
        };
        if let (true, Some(fade)) = (self.installed.is_some() || outgoing.is_some(), fade) {
            self.seam.begin(fade, outgoing);
        }
        let replaced = match (model, &mut self.installed) {
            (Some(model), installed) => {
                let old = installed.replace(Installed { model, method, resampling });
                old.map(|old| (Some(old.model), old.resampling))
            }
            (None, Some(installed)) => {
                installed.method = method;
                std::mem::swap(&mut installed.resampling, &mut resampling);
                resampling.map(|old| (None, Some(old)))
            }
            (None, None) => None,
        };
        if let (Some(on), Some(Installed { model, .. })) = (optimise, &mut self.installed) {
            model.set_optimise(on);
        }
        if let Some(old) = replaced {
            self.reply(Reply::Replaced(old));
        }
        self.give_back();
        if is_new {
            self.seed_model();
            self.attributes_of_the_new(keep_attributes);
        }
        if let Some(rings) = rings {
            self.use_rings(rings);
        }
        self.last_fault = None;
        self.told_non_finite = false;
    }

    /// Models that are heard no more go where dropping them may take time.
    fn give_back(&mut self) {
        for old in self.seam.take_left() {
            self.reply(Reply::Replaced((Some(old.model), old.resampling)));
        }
    }

    fn attributes_of_the_new(&mut self, keep: bool) {
        let applied = std::mem::take(&mut self.applied);
        if !keep {
            return;
        }
        for (attribute, values) in applied {
            match self.set(&attribute, &values) {
                Ok(()) => self.applied.push((attribute, values)),
                Err(what) => self.reply(Reply::SetFailed(what)),
            }
        }
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

/// Where the model has an attribute.
fn index_of(model: &dyn Model, name: &str) -> Result<usize, AttributeError> {
    let position = model.spec().attributes.iter().position(|attribute| attribute.name == name);
    position.ok_or_else(|| AttributeError::Unknown { attribute: name.into() })
}

/// A call into a model, with a panic as an error.
fn caught<T>(name: &str, call: impl FnOnce() -> Result<T, AttributeError>) -> Result<T, AttributeError> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|panic| {
        Err(AttributeError::Threw {
            attribute: name.into(),
            given: String::new(),
            what: panic_text(panic.as_ref()),
        })
    })
}
