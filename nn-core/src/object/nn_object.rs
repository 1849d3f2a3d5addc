//! A box and what it keeps.

use std::{collections::VecDeque, sync::Arc};

use crossbeam_channel::Receiver;

use super::{environment::Environment, told::Told};
use crate::{
    desk::Desk,
    lookup::Find,
    main_thread::OnMainThread,
    message::{Atom, Event, parse},
};
use nn_engine::{
    command::{Answer, Reply},
    layout::BoxKind,
    prints::Prints,
    status::Status,
    timing::HostFormat,
    workshop::Workshop,
};
use nn_model::{Description, array::Watch};

/// A box.
///
/// Neither `Send` nor `Sync`: it stays on the host's main thread. Its audio half ([`Prepared`](nn_engine::port::Prepared))
/// is another type, which moves to the thread that plays it.
///
/// ```compile_fail
/// # use nn_core::object::NnObject;
/// fn elsewhere(object: NnObject) {
///     std::thread::spawn(move || object.status().enabled());
/// }
/// ```
///
/// ```
/// # use nn_core::{object::NnObject, port::Prepared};
/// fn elsewhere(object: NnObject, half: Prepared) {
///     std::thread::spawn(move || half.is_ready());
/// }
/// ```
#[derive(Debug)]
pub struct NnObject {
    pub(super) thread: OnMainThread,
    pub(super) kind: BoxKind,
    pub(super) environment: Environment,
    pub(super) host: HostFormat,
    pub(super) inlets: usize,
    pub(super) outlets: usize,
    pub(super) workshop: Arc<Workshop>,
    pub(super) replies: Receiver<Answer>,
    /// What the runner has said of frames whose sound is not due yet, and after which frame.
    pub(super) held: VecDeque<(u64, Reply)>,
    /// Whether there was a look at the box yet, and whether its first load is under way until then, done or not.
    pub(super) looked_at: bool,
    pub(super) untold: bool,
    /// What the loader has said since the last look at the box.
    pub(super) loaders_words: VecDeque<Reply>,
    /// Number of the last fence that the runner has passed.
    pub(super) passed: u64,
    pub(super) status: Arc<Status>,
    pub(super) prints: Arc<Prints>,
    /// The name that was typed last.
    pub(super) typed_model: Option<String>,
    pub(super) loads: u64,
    /// How many channels each outlet has whatever the model, where that was asked for.
    pub(super) fixed_channels: Option<usize>,
    /// The most channels that a signal at the inlets has.
    pub(super) offered_channels: usize,
    pub(super) told: Told,
    pub(super) told_rates: Option<(u32, u32, bool)>,
    /// The host has built its audio: its rate is that of the box. Before, it is that of most boxes.
    pub(super) prepared: bool,
    /// The host's time at which this number of samples had been played, as first seen.
    pub(super) last_played: Option<(f64, u64)>,
    pub(super) expired_told: u64,
    /// Answers of the runner that are on their way.
    pub(super) awaited: usize,
    /// Measurements under way.
    pub(super) measuring: usize,
    pub(super) told_errors: Vec<String>,
    pub(super) refusals: Vec<Refused>,
    /// The host's time in ms, as it was told last.
    pub(super) now_ms: f64,
    pub(super) repeated_errors: u64,
    pub(super) events: Vec<Event>,
    /// Attributes that were set by the names of arrays, and whether they follow them.
    pub(super) bindings: Vec<Binding>,
    pub(super) tracks: bool,
    /// The oldest load whose bindings are those of the present model too.
    pub(super) kept_bindings: u64,
    pub(super) desk: Desk,
    pub(super) sheet: WantedSheet,
}

/// An attribute that was set by the names of arrays.
#[derive(Debug)]
pub(super) struct Binding {
    pub(super) attribute: String,
    /// What was typed.
    pub(super) atoms: Vec<Atom>,
    pub(super) watches: Vec<Watch>,
    /// The load for which it was set.
    pub(super) load: u64,
}

/// A kind of refusal that was told.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) kind: String,
    pub(super) last_ms: f64,
    /// How many have not been told.
    pub(super) left_out: u64,
}

/// A sheet on its way.
#[derive(Debug, Default)]
pub(super) enum WantedSheet {
    /// None was asked for.
    #[default]
    No,
    /// It waits for nothing.
    Now,
    /// The model's file is being read.
    Reads(Receiver<Description>),
}

impl NnObject {
    /// The counters of this box.
    ///
    /// Thread: main.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// What has been said since the last call. Emit it after every borrow of the box is released: what hears it may
    /// send messages to the box, or delete it.
    ///
    /// Thread: main.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// The host (re)builds its audio: called with the format that blocks will have from now on, and the host's own
    /// time in ms.
    ///
    /// When audio has been running without a gap, an unchanged format keeps the stream going: hosts call this for
    /// every edit of a patch. Otherwise queued audio is discarded.
    ///
    /// Thread: main.
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
    ///
    /// Thread: main.
    pub fn at_time(&mut self, now_ms: f64) {
        self.now_ms = now_ms;
        let played = self.status.counts().samples;
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
    ///
    /// Thread: main.
    pub fn handle(&mut self, selector: &str, atoms: &[Atom], find: Find<'_>) {
        match parse(selector, atoms) {
            Ok(request) => self.fulfil(request, find),
            Err(error) => self.refuse(error.into()),
        }
        self.settle_answers();
    }
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
