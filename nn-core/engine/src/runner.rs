//! The owner of a model: applies messages between buffers and runs buffers. No panic or error leaves it.

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
    command::{EngineReport, Installed, Origin, Release, RunnerReport, Stamped},
    context::EngineContext,
    crossfade::{Crossfade, fade_out},
    fit::input::takes_signals,
    idle::Idle,
    inference::{Scratch, run_method},
    last_input::LastInput,
    midi::Midi,
    prints::Prints,
    set_attributes::SetAttributes,
    status::Status,
};
use crate::{
    port::{
        buffer::{Buffer, Outcome},
        transport::WorkerRings,
    },
    resample::Resampling,
};
use nn_model::{RunError, Runtime, Transport};

/// What a model has not said yet of what it has heard may be that much: in resampling, and in buffers of both sides.
fn on_its_way_frames(installed: &Installed, buffer: &Buffer) -> u64 {
    let resampled = installed.resampling.as_ref().map_or(0, |resampling| {
        let plan = resampling.plan();
        // Runs are counted at the model's rate, which may be a part of the host's.
        2 * plan.run_frames * plan.rates.host_hz.div_ceil(plan.rates.model_hz) as usize + plan.delay_frames
    });
    (2 * buffer.shape.buffer_frames + resampled) as u64
}

/// Owns the model.
pub struct Runner {
    installed: Option<Installed>,
    crossfade: Crossfade,
    last_input: LastInput,
    idle: Idle,
    rings: Option<WorkerRings>,
    /// Number of the last received buffer, among all that were handed over.
    last_buffer: u64,
    /// How often the rings were replaced.
    replaced: u64,
    commands: Receiver<Stamped>,
    pending: VecDeque<Stamped>,
    replies: Sender<RunnerReport>,
    status: Arc<Status>,
    prints: Arc<Prints>,
    /// What the model was set to.
    attributes: SetAttributes,
    /// The seed of every new model.
    seed: Option<u64>,
    scratch: Scratch,
    midi: Midi,
    /// Where the song is, once somebody has said so.
    transport: Option<Transport>,
    last_fault: Option<Discriminant<RunError>>,
    reported_non_finite: bool,
    leaves: bool,
    /// The model before has gone, and none has come since.
    released: bool,
    /// How it goes after the buffer that is about to be run.
    releasing: Option<Release>,
    /// Resamplers for buffers with other numbers of examples.
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
    pub fn new(commands: Receiver<Stamped>, replies: Sender<RunnerReport>, context: &EngineContext) -> Self {
        Self {
            installed: None,
            crossfade: Crossfade::default(),
            last_input: LastInput::default(),
            idle: Idle::default(),
            rings: None,
            last_buffer: 0,
            replaced: 0,
            commands,
            pending: VecDeque::new(),
            replies,
            status: context.status.clone(),
            prints: context.prints.clone(),
            attributes: SetAttributes::default(),
            seed: None,
            scratch: Scratch::default(),
            midi: Midi::default(),
            transport: None,
            last_fault: None,
            reported_non_finite: false,
            leaves: false,
            released: false,
            releasing: None,
            reshaped: VecDeque::new(),
            retired: Arc::default(),
        }
    }

    /// The rings in use.
    pub fn rings(&mut self) -> Option<&mut WorkerRings> {
        self.rings.as_mut()
    }

    /// How often the rings were replaced: a buffer taken before that belongs to a stream that has ended.
    pub fn replaced(&self) -> u64 {
        self.replaced
    }

    /// Set when another runner has replaced this one.
    pub fn retired(&self) -> Arc<AtomicBool> {
        self.retired.clone()
    }

    /// Whether this runner leaves its thread, which then ends.
    pub fn wants_to_end(&mut self) -> bool {
        std::mem::take(&mut self.leaves)
    }

    /// Runs one buffer. Never panics: the result is in the buffer's outcome.
    pub fn run(&mut self, buffer: &mut Buffer) {
        self.last_buffer = buffer.number;
        let Some(installed) = self.installed.as_mut() else {
            self.crossfade.silent();
            buffer.outcome = Outcome::NoModel;
            if let Some(release) = self.releasing.take() {
                self.release(&release.to);
            }
            return;
        };
        installed.model.prepare_thread(self.status.intra_op_threads());
        self.status.runs.begin();
        let begin = Instant::now();
        let left = reshape(installed, &mut self.reshaped, buffer);
        if let Some(resampling) = &mut installed.resampling {
            // Where buffers are missing it begins anew, and fades in.
            if resampling.follow(buffer.sequence) {
                self.idle.forget();
            }
        } else if let Some(rings) = &self.rings {
            let method = || installed.model.spec().methods.get(installed.method);
            let fades = || method().map_or_else(Vec::new, takes_signals);
            self.last_input.follow(buffer, rings.fade_frames, fades);
        }
        let may_rest = left.is_none() && self.crossfade.is_over();
        let after_frames = self.status.idle_after_frames().filter(|_| may_rest);
        let method = installed.model.spec().methods.get(installed.method);
        if after_frames.zip(method).is_some_and(|(after, method)| {
            self.idle.rests(after + on_its_way_frames(installed, buffer), method, buffer)
        }) {
            self.status.runs.end();
            self.status.idle.fetch_add(1, Relaxed);
            self.end_run(buffer);
            return;
        }
        let result = Self::run_models(
            installed,
            buffer,
            (&mut self.crossfade, &mut self.scratch, &mut self.midi),
            (&mut self.transport, f64::from(self.status.host_rate_hz.load(Relaxed))),
        );
        let inside = installed.resampling.as_mut().is_none_or(|resampling| !resampling.take_non_finite());
        if self.retired.load(Relaxed) {
            // Another runner has replaced this one meanwhile: the outcome no longer matters.
            buffer.outcome = Outcome::Dropped;
            return;
        }
        self.status.runs.count(begin.elapsed().as_nanos() as u64);
        if left.is_some() {
            self.reply(EngineReport::Replaced((None, left)));
        }
        self.give_back();
        self.pass_on_midi();
        buffer.outcome = match result {
            Ok(()) if inside && buffer.output_is_finite() => Outcome::Sound,
            result => self.failed(result.err()),
        };
        match after_frames {
            Some(_) => self.idle.ran(buffer),
            None => self.idle.forget(),
        }
        self.end_run(buffer);
    }

    /// The model that there is, and the one that goes. The first one gets what comes with the buffer.
    fn run_models(
        installed: &mut Installed,
        buffer: &mut Buffer,
        (crossfade, scratch, midi): (&mut Crossfade, &mut Scratch, &mut Midi),
        (transport, rate_hz): (&mut Option<Transport>, f64),
    ) -> Result<(), RunError> {
        if let Some(transport) = transport {
            installed.model.set_transport(transport);
            transport.advance(buffer.shape.buffer_frames, rate_hz);
        }
        let present = std::ptr::from_ref(installed.model.as_ref());
        crossfade.run(installed, buffer, |installed, buffer| {
            let midi = std::ptr::addr_eq(installed.model.as_ref(), present).then_some(&mut *midi);
            run_method(installed, buffer, scratch, midi)
        })
    }

    /// What the model has answered, and what was wrong with its messages.
    fn pass_on_midi(&mut self) {
        if let Some(messages) = self.midi.take_answered() {
            self.reply(EngineReport::Midi(messages));
        }
        if let Some(what) = self.midi.take_refused() {
            self.reply(EngineReport::SetFailed(what));
        }
        if let Some(line) = self.midi.complaint() {
            self.reply(EngineReport::Note(line));
        }
    }

    /// A run raised, or returned something that is no sound.
    fn failed(&mut self, fault: Option<RunError>) -> Outcome {
        let Some(fault) = fault else {
            self.status.non_finite.fetch_add(1, Relaxed);
            if !std::mem::replace(&mut self.reported_non_finite, true) {
                self.reply(EngineReport::NonFinite);
            }
            return Outcome::NonFinite;
        };
        self.status.faults.fetch_add(1, Relaxed);
        // Sent once for each kind: a model's text may differ from run to run.
        let kind = discriminant(&fault);
        if self.last_fault.replace(kind) != Some(kind) {
            self.reply(EngineReport::Fault(fault));
        }
        Outcome::Fault
    }

    /// What a buffer that was run leaves for the next one.
    fn end_run(&mut self, buffer: &mut Buffer) {
        if let Some(Release { fade_frames, .. }) = self.releasing {
            fade_out(fade_frames, buffer);
        }
        if self.rings.is_some() && buffer.outcome != Outcome::Fault {
            self.last_input.heard(buffer);
        }
        match buffer.outcome {
            Outcome::Sound => self.crossfade.heard(buffer),
            // The port is silent: what comes next follows on nothing.
            _ => self.crossfade.silent(),
        }
        if let Some(release) = self.releasing.take() {
            self.release(&release.to);
        }
    }

    /// Passes on what the model printed on the calling thread. Any thread but the audio thread.
    pub fn pass_on_prints(&self) {
        while let Some(said) = self.runtime().and_then(Runtime::take_printed) {
            self.prints.add(None, said);
        }
    }

    /// Discards it: the audio thread must not allocate for it.
    pub fn drop_prints(&self) {
        if let Some(runtime) = self.runtime() {
            runtime.forget_printed();
        }
    }

    /// Who computes the model that there is.
    fn runtime(&self) -> Option<&'static dyn Runtime> {
        self.installed.as_ref().and_then(|installed| installed.model.runtime())
    }

    /// Sends an answer to the main thread.
    pub fn reply(&self, reply: EngineReport) {
        // The box may be gone; then nobody needs the reply.
        let _gone =
            self.replies.send(RunnerReport { origin: Origin::Runner, after: self.last_buffer, reply });
    }
}

/// Buffers with another number of examples have come: switches to their resampler. Returns the one before.
fn reshape(
    installed: &mut Installed,
    coming: &mut VecDeque<Box<Resampling>>,
    buffer: &Buffer,
) -> Option<Box<Resampling>> {
    let present = installed.resampling.as_mut().filter(|present| *present.shape() != buffer.shape)?;
    let at = coming.iter().position(|next| *next.shape() == buffer.shape && next.plan() == present.plan())?;
    let mut next = coming.drain(..=at).next_back()?;
    next.continue_from(present);
    Some(std::mem::replace(present, next))
}
