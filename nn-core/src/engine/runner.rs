//! The one owner of a model: applies messages between frames, runs frames, never lets anything out.

use std::{
    any::Any,
    collections::VecDeque,
    mem::Discriminant,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender};

use super::{
    run::{all_finite, run_method},
    status::{LoadState, Status},
};
use crate::{
    model::{AttributeError, LoadError, Model, ModelSource, RunError},
    port::{
        frame::{Frame, Outcome},
        link::WorkerRings,
    },
    spec::ModelSpec,
    value::Value,
};

/// What the main thread and the loader ask of a runner.
#[derive(Debug)]
pub enum Command {
    /// Use these rings from now on.
    Rings(WorkerRings),
    /// Here is the model: run that method of it.
    Install(Installed),
    /// The load failed.
    NoModel,
    /// Set an attribute.
    Set {
        /// Its name.
        attribute: String,
        /// Checked values, one per type.
        values: Vec<Value>,
    },
    /// Read an attribute.
    Get {
        /// Its name.
        attribute: String,
    },
    /// The host's rate in Hz.
    SampleRate(u32),
}

/// A command and the frame before which it applies.
#[derive(Debug)]
pub struct Stamped {
    /// Applies before this frame is run.
    pub frame: u64,
    /// What to do.
    pub command: Command,
}

/// A loaded, warmed-up model and the method to run.
pub struct Installed {
    /// The model.
    pub model: Box<dyn Model>,
    /// Index into its methods.
    pub method: usize,
}

impl std::fmt::Debug for Installed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Installed").field("method", &self.method).finish_non_exhaustive()
    }
}

/// What comes back to the main thread.
#[derive(Debug)]
pub enum Reply {
    /// The load succeeded; this is what the model itself says.
    Loaded(ModelSpec),
    /// The load failed.
    LoadFailed(LoadError),
    /// The answer to [`Command::Get`].
    Got {
        /// Its name.
        attribute: String,
        /// Its values.
        values: Result<Vec<Value>, AttributeError>,
    },
    /// A [`Command::Get`] found no model.
    Unanswered,
    /// [`Command::Set`] failed.
    SetFailed(AttributeError),
    /// A run failed (said once until the fault changes).
    Fault(RunError),
    /// A run answered NaN or infinity (said once).
    NonFinite,
    /// Something worth a line, not an error.
    Note(String),
}

/// Owns the model, between the frames and the messages.
pub struct Runner {
    installed: Option<Installed>,
    rings: Option<WorkerRings>,
    /// How often the rings were replaced.
    replaced: u64,
    commands: Receiver<Stamped>,
    pending: VecDeque<Stamped>,
    replies: Sender<Reply>,
    status: Arc<Status>,
    source: Arc<dyn ModelSource>,
    model_input: Vec<f32>,
    model_output: Vec<f32>,
    last_fault: Option<Discriminant<RunError>>,
    told_non_finite: bool,
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner").field("installed", &self.installed).finish_non_exhaustive()
    }
}

impl Runner {
    /// A runner without a model.
    pub fn new(
        commands: Receiver<Stamped>,
        replies: Sender<Reply>,
        status: Arc<Status>,
        source: Arc<dyn ModelSource>,
    ) -> Self {
        Self {
            installed: None,
            rings: None,
            replaced: 0,
            commands,
            pending: VecDeque::new(),
            replies,
            status,
            source,
            model_input: Vec::new(),
            model_output: Vec::new(),
            last_fault: None,
            told_non_finite: false,
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

    /// Collects what has been asked. What need not wait for a frame is done at once.
    pub fn receive(&mut self) {
        while let Ok(stamped) = self.commands.try_recv() {
            self.accept(stamped);
        }
    }

    fn accept(&mut self, stamped: Stamped) {
        match stamped.command {
            Command::Rings(rings) => {
                // What was asked before belongs to the stream that ends here.
                self.apply_all();
                self.rings = Some(rings);
                self.replaced += 1;
            }
            Command::Install(installed) => {
                let spec = installed.model.spec().clone();
                self.installed = Some(installed);
                self.last_fault = None;
                self.told_non_finite = false;
                self.status.set_load_state(LoadState::Ready);
                self.reply(Reply::Loaded(spec));
            }
            Command::NoModel => self.status.set_load_state(LoadState::Empty),
            _ => self.pending.push_back(stamped),
        }
    }

    /// Applies what is stamped for this frame or an earlier one.
    pub fn apply_until(&mut self, frame: u64) {
        while self.can_apply() && self.pending.front().is_some_and(|stamped| stamped.frame <= frame) {
            self.apply_first();
        }
    }

    /// Applies everything: right when no frame is on its way.
    pub fn apply_all(&mut self) {
        while self.can_apply() && !self.pending.is_empty() {
            self.apply_first();
        }
    }

    /// Messages that come while the model is loading wait for it.
    fn can_apply(&self) -> bool {
        self.installed.is_some() || self.status.load_state() != LoadState::Loading
    }

    /// Blocks until a load that is under way has ended, a limit is over or the box is gone.
    pub fn await_load(&mut self, limit: Duration) {
        let begin = Instant::now();
        while self.status.waits_for_load() && !self.status.stopped() && !super::exit::leaving() {
            if begin.elapsed() > limit {
                return self.status.give_up();
            }
            if let Ok(stamped) = self.commands.recv_timeout(Duration::from_millis(20)) {
                self.accept(stamped);
            }
        }
    }

    fn apply_first(&mut self) {
        let Some(Stamped { command, .. }) = self.pending.pop_front() else { return };
        self.source.prepare_thread();
        let Some(Installed { model, .. }) = self.installed.as_mut() else {
            if matches!(command, Command::Get { .. }) {
                self.reply(Reply::Unanswered);
            }
            return;
        };
        let reply = match command {
            Command::Set { attribute, values } => caught(&attribute, || {
                let index = index_of(model.as_ref(), &attribute)?;
                model.set(index, &values)
            })
            .err()
            .map(Reply::SetFailed),
            Command::Get { attribute } => {
                let values = caught(&attribute, || {
                    let index = index_of(model.as_ref(), &attribute)?;
                    model.get(index)
                });
                Some(Reply::Got { attribute, values })
            }
            Command::SampleRate(hz) if model.spec().takes_sample_rate => {
                caught("set_sample_rate", || model.set_sample_rate(hz)).err().map(Reply::SetFailed)
            }
            _ => None,
        };
        if let Some(reply) = reply {
            // The main thread may be gone; then nobody wants the answer.
            let _gone = self.replies.send(reply);
        }
    }

    /// Runs one frame. Never panics, never raises: the outcome says what came of it.
    pub fn run(&mut self, frame: &mut Frame) {
        let Some(installed) = self.installed.as_mut() else {
            frame.outcome = Outcome::NoModel;
            return;
        };
        self.source.prepare_thread();
        let begin = Instant::now();
        let result = match catch_unwind(AssertUnwindSafe(|| {
            run_method(installed, frame, &mut self.model_input, &mut self.model_output)
        })) {
            Ok(result) => result,
            Err(panic) => Err(RunError::Panicked {
                method: installed
                    .model
                    .spec()
                    .methods
                    .get(installed.method)
                    .map_or_else(String::new, |m| m.name.clone()),
                what: panic_text(panic.as_ref()),
            }),
        };
        self.status.count_run(begin.elapsed().as_nanos() as u64);
        frame.outcome = match result {
            Ok(()) if all_finite(&frame.output) => Outcome::Sound,
            Ok(()) => {
                self.status.non_finite.fetch_add(1, Relaxed);
                if !std::mem::replace(&mut self.told_non_finite, true) {
                    let _gone = self.replies.send(Reply::NonFinite);
                }
                Outcome::NonFinite
            }
            Err(fault) => {
                self.status.faults.fetch_add(1, Relaxed);
                // Said once for each kind: what a model says may differ from run to run.
                let kind = std::mem::discriminant(&fault);
                if self.last_fault.replace(kind) != Some(kind) {
                    let _gone = self.replies.send(Reply::Fault(fault));
                }
                Outcome::Fault
            }
        };
    }

    /// Sends an answer to the main thread.
    pub fn reply(&self, reply: Reply) {
        let _gone = self.replies.send(reply);
    }
}

/// Where the model has an attribute.
fn index_of(model: &dyn Model, name: &str) -> Result<usize, AttributeError> {
    let position = model.spec().attributes.iter().position(|attribute| attribute.name == name);
    position.ok_or_else(|| AttributeError::Unknown { attribute: name.into() })
}

/// A call into a model, with a panic as an error.
fn caught<T>(name: &str, call: impl FnOnce() -> Result<T, AttributeError>) -> Result<T, AttributeError> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|panic| {
        Err(AttributeError::Threw { attribute: name.into(), what: panic_text(panic.as_ref()) })
    })
}

/// What a panic said.
pub(super) fn panic_text(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown fault".to_owned())
}
