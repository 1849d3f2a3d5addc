//! What a box is, host-free. Frontends translate to and from it and hold no logic.
//!
//! Main thread only. The calls in order: [`NnObject::new`] (in a few milliseconds: inlets and outlets are right at
//! once, the model loads in the background), [`NnObject::prepare`] when the host switches audio on or changes its
//! format, [`NnObject::handle`] for messages, then [`NnObject::look`], [`NnObject::poll`] from time to time,
//! [`NnObject::take_events`] after each of them. Dropping it detaches its worker and never waits.

mod answers;
mod arrays;
mod load;
mod replies;
mod requests;
mod settings;
mod settle;
mod sheet;
mod voice;

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use crossbeam_channel::Receiver;

use crate::{
    array::Arrays,
    creation::{Creation, parse_creation, parse_flags},
    desk::Desk,
    engine::{
        command::{Answer, Reply},
        exit,
        loader::Loader,
        neighbours,
        prints::Prints,
        status::Status,
        workshop::{Deadline, MethodWish, Subject, Tools, Wish, Workshop, thread_refused},
    },
    layout::BoxKind,
    message::{Atom, Event, parse},
    model::ModelSource,
    port::AudioPort,
};

pub use crate::{
    lookup::{Find, Places},
    timing::HostFormat,
};

/// What a box finds around it.
#[derive(Clone)]
pub struct Environment {
    /// Where models come from.
    pub source: Arc<dyn ModelSource>,
    /// Who loads them.
    pub loader: &'static Loader,
    /// Whether worker threads may be used: [`crate::policy::workers_allowed`].
    pub workers: bool,
    /// The host's arrays, as values of attributes.
    pub arrays: &'static dyn Arrays,
    /// The buffer when none is given, in samples.
    pub default_buffer_frames: usize,
    /// True when a box with a model and no buffer takes the model's largest ratio instead.
    pub buffer_follows_model: bool,
    /// True where the thread that sends messages is the one that asks for audio: messages then may wait for what they
    /// ask for, while a rendering is to be the same every time.
    pub messages_wait: bool,
    /// True when the host says that it does not play in real time.
    pub offline: bool,
    /// What a user whose host knows no multichannel signals is to do; `None` if it does know them.
    pub no_multichannel: Option<&'static str>,
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("workers", &self.workers).finish_non_exhaustive()
    }
}

/// A box.
#[derive(Debug)]
pub struct NnObject {
    kind: BoxKind,
    environment: Environment,
    host: HostFormat,
    inlets: usize,
    outlets: usize,
    workshop: Arc<Workshop>,
    replies: Receiver<Answer>,
    /// What the runner has said of frames whose sound is not due yet, and after which frame.
    held: VecDeque<(u64, Reply)>,
    /// Whether there was a look at the box yet, and whether its first load is under way until then, done or not.
    looked_at: bool,
    untold: bool,
    /// What the loader has said since the last look at the box.
    loaders_words: VecDeque<Reply>,
    /// Number of the last fence that the runner has passed.
    passed: u64,
    status: Arc<Status>,
    prints: Arc<Prints>,
    /// The name that was typed last.
    typed_model: Option<String>,
    loads: u64,
    /// How many channels each outlet has whatever the model, where that was asked for.
    fixed_channels: Option<usize>,
    /// The most channels that a signal at the inlets has.
    offered_channels: usize,
    told: replies::Told,
    told_rates: Option<(u32, u32, bool)>,
    /// The host has built its audio: its rate is that of the box. Before, it is that of most boxes.
    prepared: bool,
    /// The host's time at which this number of samples had been played, as first seen.
    last_played: Option<(f64, u64)>,
    expired_told: u64,
    /// Answers of the runner that are on their way.
    awaited: usize,
    /// Measurements under way.
    measuring: usize,
    told_errors: Vec<String>,
    refusals: Vec<voice::Refused>,
    /// The host's time in ms, as it was told last.
    now_ms: f64,
    repeated_errors: u64,
    events: Vec<Event>,
    /// Attributes that were set by the names of arrays, and whether they follow them.
    bindings: Vec<arrays::Binding>,
    tracks: bool,
    /// The oldest load whose bindings are those of the present model too.
    kept_bindings: u64,
    desk: Desk,
    sheet: sheet::Wanted,
}

impl NnObject {
    /// Makes a box from its creation arguments. It always exists afterwards, whatever is wrong with them; what is
    /// wrong is among the events.
    pub fn new(
        kind: BoxKind,
        environment: Environment,
        host: HostFormat,
        atoms: &[Atom],
        find: Find<'_>,
    ) -> (Self, AudioPort) {
        exit::arm();
        let (flags, atoms, wrong_flag) = parse_flags(atoms);
        let kind = if flags.multichannel && kind == BoxKind::Nn { BoxKind::NnMulti } else { kind };
        let creation = parse_creation(kind, atoms);
        let wished = match &creation {
            Ok(Creation::Model { buffer_frames, .. } | Creation::Void { buffer_frames, .. }) => {
                *buffer_frames
            }
            _ => None,
        };
        let examples = match &creation {
            Ok(Creation::Model { examples, .. }) => *examples,
            Ok(Creation::Void { inlets, .. }) => *inlets,
            _ => 1,
        };
        let wish = Wish {
            model: None,
            method: MethodWish { name: "forward".into(), asked_for: false },
            buffer_frames: wished.unwrap_or(environment.default_buffer_frames),
            deadline: Deadline::Buffer,
            burst_frames: 0,
            examples,
            gpu: flags.gpu,
            optimise: None,
            resample: false,
            resets: 0,
            host,
        };
        let status = Arc::<Status>::default();
        neighbours::join(&status);
        status.set_enabled(!flags.disabled);
        status.set_offline(environment.offline);
        let (audio, port) = AudioPort::new(status.clone(), environment.loader);
        let prints = Arc::<Prints>::default();
        let tools = Tools {
            kind,
            source: environment.source.clone(),
            loader: environment.loader,
            workers: environment.workers,
            messages_wait: environment.messages_wait,
            status: status.clone(),
            prints: prints.clone(),
        };
        let (workshop, replies, refused) = Workshop::new(tools, wish, port);
        let mut object = Self {
            kind,
            environment,
            host,
            inlets: 1,
            outlets: 1,
            workshop,
            replies,
            held: VecDeque::new(),
            looked_at: false,
            untold: false,
            loaders_words: VecDeque::new(),
            passed: 0,
            status,
            prints,
            typed_model: None,
            loads: 0,
            fixed_channels: None,
            offered_channels: 1,
            told: replies::Told::default(),
            told_rates: None,
            prepared: false,
            last_played: None,
            expired_told: 0,
            awaited: 0,
            measuring: 0,
            told_errors: Vec::new(),
            refusals: Vec::new(),
            now_ms: 0.0,
            repeated_errors: 0,
            events: Vec::new(),
            bindings: Vec::new(),
            tracks: false,
            kept_bindings: 0,
            desk: Desk::default(),
            sheet: sheet::Wanted::No,
        };
        object.complain(refused.map(|what| thread_refused(&what)));
        object.complain(wrong_flag.map(|what| what.to_string()));
        let without = object.environment.no_multichannel.filter(|_| kind != BoxKind::Nn);
        if let Some(cure) = without.filter(|_| is_first_of(kind)) {
            object.note(format!("no multichannel signals here, one channel works: {cure}"));
        }
        match creation {
            Ok(Creation::Empty) => {}
            Ok(Creation::Void { .. }) if kind == BoxKind::NnMulti => {}
            Ok(Creation::Void { inlets, outlets, .. }) => {
                object.inlets = inlets.max(1);
                object.outlets = outlets;
            }
            Ok(Creation::Model { model, method, method_is_zero, inlets, outlets, .. }) => {
                let follows_model = object.environment.buffer_follows_model && wished.is_none();
                if kind == BoxKind::Mcs {
                    (object.inlets, object.outlets) = (examples, examples);
                }
                if !object.begin_load(&model, &method, follows_model, find) {
                    object.keep_wires(find);
                }
                object.inlets = inlets.map_or(object.inlets, |inlets| inlets.max(1));
                object.outlets = outlets.unwrap_or(object.outlets);
                if method_is_zero && wished.is_none() {
                    object.tell_of_zeros();
                }
            }
            Err(error) => {
                object.error(error.to_string());
                object.keep_wires(find);
            }
        }
        (object, audio)
    }

    /// The method's place had a 0, and there is no buffer: an abstraction that was given fewer arguments, or somebody
    /// who wants a buffer of 0.
    fn tell_of_zeros(&mut self) {
        let buffer_frames = self.workshop.view().wish.buffer_frames;
        self.note(format!(
            "a 0 in the place of the method stands for no method and no buffer, as where $2 is not given: forward, with \
             a buffer of {buffer_frames} samples; a buffer of 0 is typed behind the method's name"
        ));
    }

    fn complain(&mut self, line: Option<String>) {
        if let Some(line) = line {
            self.error(line);
        }
    }

    /// Number of signal inlets, at least 1.
    pub fn inlets(&self) -> usize {
        self.inlets
    }

    /// Number of signal outlets. The information outlet comes after them.
    pub fn outlets(&self) -> usize {
        self.outlets
    }

    /// True when the box carries several channels in one signal.
    pub fn is_multichannel(&self) -> bool {
        self.kind != BoxKind::Nn
    }

    /// Number of channels of each outlet's signal. To be asked when the host builds its audio, after
    /// [`NnObject::offered_channels`].
    pub fn outlet_channels(&mut self) -> usize {
        self.told.outlet_channels = self.wanted_outlet_channels();
        self.told.outlet_channels
    }

    fn wanted_outlet_channels(&self) -> usize {
        let view = self.workshop.view();
        match (self.kind, self.fixed_channels, view.subject) {
            (BoxKind::Nn, ..) => 1,
            (_, Some(channels), _) => channels,
            (BoxKind::NnMulti | BoxKind::Mcs, None, Some(subject)) => subject.method().out_channels,
            // Those that are gone have a channel until they have faded out.
            (BoxKind::Mc, None, _) => view.wish.examples.max(self.status.falling_examples.load(Relaxed)),
            (_, None, None) => 1,
        }
    }

    /// The number of channels of each outlet that was asked for; `None` while they follow model and signals.
    pub fn fixed_channels(&self) -> Option<usize> {
        self.fixed_channels
    }

    /// `chans N`: gives each outlet so many channels whatever model and signals; 0 lets them follow again.
    pub(super) fn fix_channels(&mut self, channels: usize) {
        if !self.is_multichannel() {
            return self.error(
                "chans: the outlets of this box have one channel each: make it with -m, or as mc.nn~ or mcs.nn~"
                    .into(),
            );
        }
        self.fixed_channels = (channels > 0).then_some(channels);
        self.offered_channels(self.offered_channels);
        self.tell_channels();
    }

    /// The host builds its audio: the signals at the inlets have at most so many channels. To be called before
    /// [`NnObject::prepare`].
    pub fn offered_channels(&mut self, channels: usize) {
        self.offered_channels = channels;
        match self.kind {
            BoxKind::Mc => self.workshop.set_examples(self.fixed_channels.unwrap_or(channels).max(1)),
            BoxKind::Nn if channels > 1 => self.error(format!(
                "a signal of {channels} channels at an inlet: only the first is heard; make the box with -m for one \
                 multichannel inlet"
            )),
            _ => {}
        }
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
        self.settle_runs();
        (self.host, self.prepared) = (host, true);
        if let Err(error) = self.workshop.prepare(host, now_ms) {
            self.error(error.to_string());
        }
        self.settle_runs();
        if !self.untold {
            self.tell_changes();
        }
    }

    /// The host's time in ms, to be told from time to time before [`NnObject::poll`].
    ///
    /// Hosts leave boxes out of their audio ([switch~], mute~) without a word: no callback comes for a while. What the
    /// box took in before is then not heard after it.
    pub fn at_time(&mut self, now_ms: f64) {
        self.now_ms = now_ms;
        let played = self.status.samples.load(Relaxed);
        match self.last_played {
            Some((then_ms, before)) if before == played => {
                if now_ms - then_ms > self.host.longest_gap_ms() {
                    self.status.set_left_out();
                }
            }
            _ => self.last_played = Some((now_ms, played)),
        }
    }

    /// A message to the box.
    pub fn handle(&mut self, selector: &str, atoms: &[Atom], find: Find<'_>) {
        match parse(selector, atoms) {
            Ok(request) => self.fulfil(request, find),
            Err(error) => self.refuse(error.into()),
        }
        self.settle_answers();
    }

    fn inlets_for(&self, subject: &Subject) -> usize {
        match self.kind {
            BoxKind::Nn | BoxKind::Mc => subject.method().in_channels.max(1),
            BoxKind::NnMulti => 1,
            BoxKind::Mcs => self.workshop.view().wish.examples,
        }
    }

    fn outlets_for(&self, subject: &Subject) -> usize {
        match self.kind {
            BoxKind::Nn | BoxKind::Mc => subject.method().out_channels,
            BoxKind::NnMulti => 1,
            BoxKind::Mcs => self.workshop.view().wish.examples,
        }
    }
}

/// Whether no box of this kind has asked before in this process: what is true of the host is said once for each kind.
fn is_first_of(kind: BoxKind) -> bool {
    static ASKED: [AtomicBool; 4] = [const { AtomicBool::new(false) }; 4];
    !ASKED[kind as usize].swap(true, Relaxed)
}

impl Drop for NnObject {
    fn drop(&mut self) {
        self.workshop.clone().close();
        // Among the answers may be models, and dropping one takes its time.
        let unread = std::mem::replace(&mut self.replies, crossbeam_channel::never());
        let held = std::mem::take(&mut self.held);
        let words = std::mem::take(&mut self.loaders_words);
        self.environment.loader.submit(move || drop((unread, held, words)));
    }
}
