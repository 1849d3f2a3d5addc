//! What a box is, host-free. Frontends translate to and from it and hold no logic.
//!
//! Main thread only. The calls in order: [`NnObject::new`] (in a few milliseconds: inlets and outlets are right at
//! once, the model loads in the background), [`NnObject::prepare`] when the host switches audio on or changes its
//! format, [`NnObject::handle`] for messages, [`NnObject::poll`] from time to time, [`NnObject::take_events`] after
//! each of them. Dropping it detaches its worker and never waits.

mod answers;
mod load;
mod replies;
mod voice;

use std::{
    path::PathBuf,
    sync::{Arc, atomic::Ordering::Relaxed},
    thread::Thread,
};

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::{
    attribute::check_values,
    creation::{Creation, parse_creation},
    engine::{
        exit,
        loader::Loader,
        runner::{Command, Reply, Runner, Stamped},
        slot::Slot,
        status::Status,
        worker,
    },
    layout::BoxKind,
    message::{Atom, Event, Request, parse},
    model::ModelSource,
    port::{
        AudioPort, PortHandle,
        frame::FrameShape,
        link::Link,
        stream::{Stream, StreamFormat, TooMuchMemory},
    },
    spec::{AttributeSpec, MethodSpec, ModelSpec},
    timing::{BufferTooLarge, Mode, Timing, ran_on},
    value::Value,
};

/// The host's side of a box's audio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HostFormat {
    /// Rate in Hz.
    pub sample_rate_hz: f64,
    /// Samples per audio callback.
    pub block_frames: usize,
}

/// What a box finds around it.
#[derive(Clone)]
pub struct Environment {
    /// Where models come from.
    pub source: Arc<dyn ModelSource>,
    /// Who loads them.
    pub loader: &'static Loader,
    /// Whether worker threads may be used: [`crate::policy::workers_allowed`].
    pub workers: bool,
    /// The buffer when none is given, in samples.
    pub default_buffer_frames: usize,
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("workers", &self.workers).finish_non_exhaustive()
    }
}

/// Why there is no stream for a box.
#[derive(Clone, Copy, Debug, thiserror::Error)]
enum FormatError {
    #[error(transparent)]
    Buffer(#[from] BufferTooLarge),
    #[error(transparent)]
    Memory(#[from] TooMuchMemory),
}

/// Who runs the model of a box.
#[derive(Debug)]
enum Engine {
    Worker(Thread),
    Inline(Arc<Slot>),
}

/// The model that a box has, or is getting.
#[derive(Debug)]
struct Subject {
    path: PathBuf,
    spec: ModelSpec,
    method: usize,
    ratio_lcm: usize,
}

/// A box.
#[derive(Debug)]
pub struct NnObject {
    kind: BoxKind,
    environment: Environment,
    host: HostFormat,
    inlets: usize,
    outlets: usize,
    wish_frames: usize,
    subject: Option<Subject>,
    engine: Engine,
    commands: Sender<Stamped>,
    replies: Receiver<Reply>,
    reply_sender: Sender<Reply>,
    status: Arc<Status>,
    port: PortHandle,
    format: Option<StreamFormat>,
    /// What the model was told, once the host's rate was known.
    told_rate_hz: Option<u32>,
    /// The host's time at the last [`NnObject::prepare`], and how much had been played by then.
    last_prepare: Option<(f64, u64)>,
    told_buffer: bool,
    expired_told: u64,
    awaited: usize,
    told_errors: Vec<String>,
    repeated_errors: u64,
    events: Vec<Event>,
}

impl NnObject {
    /// Makes a box from its creation arguments. It always exists afterwards, whatever is wrong with them; what is
    /// wrong is among the events.
    ///
    /// `find` looks a file name up in the host's places and gives the full path.
    pub fn new(
        kind: BoxKind,
        environment: Environment,
        host: HostFormat,
        atoms: &[Atom],
        find: &dyn Fn(&str) -> Option<PathBuf>,
    ) -> (Self, AudioPort) {
        exit::arm();
        let creation = parse_creation(kind, atoms);
        let wish = match &creation {
            Ok(Creation::Model { buffer_frames, .. } | Creation::Void { buffer_frames, .. }) => {
                *buffer_frames
            }
            _ => None,
        };
        let wish_frames = wish.unwrap_or(environment.default_buffer_frames);
        let status = Arc::<Status>::default();
        let (commands, command_queue) = unbounded();
        let (reply_sender, replies) = unbounded();
        let runner =
            Runner::new(command_queue, reply_sender.clone(), status.clone(), environment.source.clone());
        let (engine, refused) = start_engine(runner, &status, environment.workers && wish_frames > 0);
        let (audio, port) = AudioPort::new(status.clone());
        let mut object = Self {
            kind,
            environment,
            host,
            inlets: 1,
            outlets: 1,
            wish_frames,
            subject: None,
            engine,
            commands,
            replies,
            reply_sender,
            status,
            port,
            format: None,
            told_rate_hz: None,
            last_prepare: None,
            told_buffer: false,
            expired_told: 0,
            awaited: 0,
            told_errors: Vec::new(),
            repeated_errors: 0,
            events: Vec::new(),
        };
        if let Some(what) = refused {
            object.error(format!(
                "the system refuses a thread ({what}): close other programs and make the box again"
            ));
        }
        match creation {
            Ok(Creation::Empty) => {}
            Ok(Creation::Void { inlets, outlets, .. }) => {
                object.inlets = inlets.max(1);
                object.outlets = outlets;
            }
            Ok(Creation::Model { model, method, .. }) => object.begin_load(&model, &method, find),
            Err(error) => object.error(error.to_string()),
        }
        (object, audio)
    }

    /// Number of signal inlets, at least 1.
    pub fn inlets(&self) -> usize {
        self.inlets
    }

    /// Number of signal outlets. The information outlet comes after them.
    pub fn outlets(&self) -> usize {
        self.outlets
    }

    /// The counters of this box.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// What has been said since the last call. Emit it after every borrow of the box is released: what hears it may
    /// send messages to the box, or delete it.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// The host (re)builds its audio: called with the format that blocks will have from now on, and the host's own
    /// time in ms.
    ///
    /// When audio has been running without a gap, an unchanged format keeps the stream going: hosts call this for
    /// every edit of a patch. Otherwise queued audio is discarded.
    pub fn prepare(&mut self, host: HostFormat, now_ms: f64) {
        self.host = host;
        self.port.collect();
        let played = self.status.samples.load(Relaxed);
        let before = self.last_prepare.replace((now_ms, played));
        let continuous = before.is_some_and(|(then_ms, then_played)| {
            ran_on(
                now_ms - then_ms,
                played.saturating_sub(then_played),
                host.block_frames,
                host.sample_rate_hz,
            )
        });
        self.tell_host_rate();
        self.renew_stream(continuous);
    }

    /// Starts a stream of the present format, unless the running one has it and may go on.
    fn renew_stream(&mut self, continuous: bool) {
        let format = match self.stream_format() {
            Some(Ok(format)) => format,
            Some(Err(error)) => return self.error(error.to_string()),
            None => return,
        };
        if continuous && self.format == Some(format) {
            return;
        }
        self.format = Some(format);
        self.tell_buffer(format);
        let stream = match &self.engine {
            Engine::Worker(thread) => {
                let (stream, rings) = Stream::with_worker(format, thread.clone());
                self.command(Command::Rings(rings));
                stream
            }
            Engine::Inline(slot) => {
                Stream::new(format, Link::inline(format.timing.pool_frames, slot.clone()))
            }
        };
        self.port.send(stream);
        // What is sent from now on is for the new stream.
        self.status.filling.store(0, Relaxed);
    }

    /// Tells the model the host's rate when that has changed.
    fn tell_host_rate(&mut self) {
        let rate_hz = self.host_rate_hz();
        if rate_hz.is_some() && rate_hz != self.told_rate_hz {
            self.told_rate_hz = rate_hz;
            if let Some(hz) = rate_hz {
                self.command(Command::SampleRate(hz));
            }
            self.warn_of_rate();
        }
    }

    /// The host's rate, once it has one.
    fn host_rate_hz(&self) -> Option<u32> {
        Some(self.host.sample_rate_hz.round() as u32).filter(|&hz| hz > 0)
    }

    /// A message to the box.
    pub fn handle(&mut self, selector: &str, atoms: &[Atom]) {
        match parse(selector, atoms) {
            Ok(request) => self.fulfil(request),
            Err(error) => self.error(error.to_string()),
        }
    }

    fn fulfil(&mut self, request: Request) {
        match request {
            Request::Enable(enabled) => self.status.set_enabled(enabled),
            Request::Wait(wait) => self.status.set_wait(wait),
            Request::Set(name, atoms) => self.set(&name, &atoms),
            Request::Get(name) => {
                if self.attribute(&name).is_some() {
                    self.awaited += 1;
                    self.command(Command::Get { attribute: name });
                }
            }
            Request::Dump => self.dump(),
            Request::Bang => self.bang(),
            Request::Latency => self.latency(),
            Request::Stats => self.stats(),
        }
    }

    fn set(&mut self, name: &str, atoms: &[Atom]) {
        let values: Vec<_> = atoms
            .iter()
            .map(|atom| match atom {
                Atom::Int(number) => Value::Int(*number),
                Atom::Float(number) => Value::Float(*number),
                Atom::Symbol(word) => Value::String(word.clone()),
            })
            .collect();
        match self.attribute(name).map(|spec| check_values(spec, &values)) {
            Some(Ok(values)) => self.command(Command::Set { attribute: name.to_owned(), values }),
            Some(Err(error)) => self.error(error.to_string()),
            None => {}
        }
    }

    /// An attribute of the model; says so when there is none.
    fn attribute(&mut self, name: &str) -> Option<&AttributeSpec> {
        let Some(subject) = &self.subject else {
            self.error(format!("{name}: there is no model yet: make the box with the name of a model"));
            return None;
        };
        if subject.spec.attribute(name).is_none() {
            let has: Vec<_> = subject.spec.attributes.iter().map(|a| a.name.as_str()).collect();
            let has = if has.is_empty() { "no attributes".to_owned() } else { has.join(", ") };
            self.error(format!("no attribute '{name}': the model has {has}"));
        }
        self.subject.as_ref()?.spec.attribute(name)
    }

    /// The format that the present host, model and wishes lead to; `None` without a model.
    fn stream_format(&self) -> Option<Result<StreamFormat, FormatError>> {
        let subject = self.subject.as_ref()?;
        let method = self.method()?;
        let mode = match self.engine {
            Engine::Worker(_) => Mode::Worker { deadline_frames: None },
            Engine::Inline(_) => Mode::Inline,
        };
        let timing = match Timing::new(self.wish_frames, subject.ratio_lcm, self.host.block_frames, mode) {
            Ok(timing) => timing,
            Err(error) => return Some(Err(error.into())),
        };
        let format = StreamFormat {
            kind: self.kind,
            shape: FrameShape {
                batch: 1,
                in_channels: method.in_channels,
                out_channels: method.out_channels,
                buffer_frames: timing.buffer_frames,
            },
            timing,
            sample_rate_hz: self.host.sample_rate_hz as f32,
        };
        Some(format.check_memory().map_err(FormatError::from))
    }

    fn method(&self) -> Option<&MethodSpec> {
        self.subject.as_ref().and_then(|subject| subject.spec.methods.get(subject.method))
    }

    /// Sends a command to whoever owns the model, stamped with the frame that is being filled now.
    fn command(&mut self, command: Command) {
        let frame = self.status.filling.load(Relaxed);
        // The runner is gone only when the system refused its thread, which was said.
        let _gone = self.commands.send(Stamped { frame, command });
        match &self.engine {
            Engine::Worker(thread) => thread.unpark(),
            Engine::Inline(_) => {}
        }
    }

    fn tell_buffer(&mut self, format: StreamFormat) {
        let buffer = format.timing.buffer_frames;
        if buffer != self.wish_frames && self.wish_frames > 0 && !self.told_buffer {
            self.told_buffer = true;
            self.note(format!(
                "buffer of {buffer} samples instead of {}: the model's ratios and the host block ask for it",
                self.wish_frames
            ));
        }
    }
}

impl Drop for NnObject {
    fn drop(&mut self) {
        self.status.stop();
        match &self.engine {
            Engine::Worker(thread) => thread.unpark(),
            Engine::Inline(slot) => drop(slot.empty()),
        }
    }
}

/// A worker if there is to be one, otherwise a place for the runner in the audio callback.
fn start_engine(runner: Runner, status: &Arc<Status>, worker: bool) -> (Engine, Option<std::io::Error>) {
    if worker {
        match worker::start(runner, status.clone()) {
            Ok(thread) => (Engine::Worker(thread), None),
            Err(error) => (Engine::Worker(std::thread::current()), Some(error)),
        }
    } else {
        (Engine::Inline(Arc::new(Slot::new(Box::new(runner)))), None)
    }
}
