//! A box and its state.

use std::{collections::VecDeque, sync::Arc};

use crossbeam_channel::Receiver;

use super::{
    context::HostContext, generator_box::GeneratorBox, host_checks::HostTesting, question::Question,
    rendering::Rendering, reported::Reported, watching::Watching,
};
use crate::{
    catalog_client::CatalogClient,
    find_model::Find,
    main_thread::OnMainThread,
    message::{Atom, Event, parse},
};
use nn_engine::{
    command::{EngineReport, RunnerReport},
    layout::BoxKind,
    prints::Prints,
    reconcile::Reconciler,
    status::Status,
    timing::HostFormat,
};
use nn_model::{Description, RunAs, TransportChange, array::Watch, midi::MidiParser};

/// A box: its main thread's half. The audio thread's half is [`nn_engine::port::AudioPort`].
#[derive(Debug)]
pub struct NnObject {
    pub(super) thread: OnMainThread,
    pub(super) kind: BoxKind,
    pub(super) context: HostContext,
    pub(super) host: HostFormat,
    pub(super) inlets: usize,
    pub(super) outlets: usize,
    pub(super) reconciler: Arc<Reconciler>,
    pub(super) replies: Receiver<RunnerReport>,
    /// Replies of the runner about buffers whose sound is not due yet, each with the number of its buffer.
    pub(super) held: VecDeque<(u64, EngineReport)>,
    /// Whether the box was polled yet; and whether its first load counts as pending until then, done or not.
    pub(super) looked_at: bool,
    pub(super) untold: bool,
    /// Replies of the loader since the last poll.
    pub(super) loader_reports: VecDeque<EngineReport>,
    /// Number of the last fence that the runner has passed.
    pub(super) passed: u64,
    pub(super) status: Arc<Status>,
    pub(super) prints: Arc<Prints>,
    /// The model's name that was typed last.
    pub(super) typed_model: Option<String>,
    pub(super) loads: u64,
    /// Fixed number of channels of each outlet (`chans N`).
    pub(super) fixed_channels: Option<usize>,
    /// The most channels that a signal at the inlets has.
    pub(super) offered_channels: usize,
    pub(super) reported: Reported,
    pub(super) told_rates: Option<(u32, u32, bool)>,
    /// The host has built its audio: `host` holds the rate of this box. Before, it holds the host's usual rate.
    pub(super) prepared: bool,
    /// The number of samples played, and the host's time in ms at which it was first seen.
    pub(super) last_played: Option<(f64, u64)>,
    pub(super) expired_told: u64,
    /// Answers of the runner that are pending.
    pub(super) awaited: usize,
    /// Pending measurements.
    pub(super) measuring: usize,
    /// Questions about a model that is still on its way, each of them once.
    pub(super) questions: VecDeque<Question>,
    pub(super) told_errors: Vec<String>,
    pub(super) refusals: Vec<Refused>,
    /// The host's time in ms, as of the last [`NnObject::at_time`].
    pub(super) now_ms: f64,
    pub(super) repeated_errors: u64,
    pub(super) events: Vec<Event>,
    /// Attributes that were set by the names of arrays, and whether they follow them.
    pub(super) bindings: Vec<Binding>,
    pub(super) tracks: bool,
    /// What its random numbers begin with.
    pub(super) seed: Option<u64>,
    /// The bytes of MIDI that came, as far as they are no whole message yet.
    pub(super) midi: MidiParser,
    /// The model may answer MIDI at any moment.
    pub(super) answers_midi: bool,
    /// What was said of the song.
    pub(super) transport: Option<TransportChange>,
    /// How scripts are run.
    pub(super) run_as: RunAs,
    pub(super) watching: Watching,
    /// A model that makes whole sounds, and what it is making.
    pub(super) generator: Option<GeneratorBox>,
    pub(super) rendering: Option<Rendering>,
    /// What is to be rendered by a model that is still on its way.
    pub(super) asked_rendering: Option<Vec<Atom>>,
    pub(super) host_testing: HostTesting,
    pub(super) catalog: CatalogClient,
    pub(super) summary: WantedSummary,
}

/// An attribute that was set by the names of arrays.
#[derive(Debug)]
pub(super) struct Binding {
    pub(super) attribute: String,
    /// The typed values.
    pub(super) atoms: Vec<Atom>,
    pub(super) watches: Vec<Watch>,
    /// The load for which it was set.
    pub(super) load: u64,
}

/// A kind of refusal that was reported.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) kind: String,
    pub(super) last_ms: f64,
    /// How many more have not been reported.
    pub(super) left_out: u64,
}

/// A requested text for the host's window.
#[derive(Debug, Default)]
pub(super) enum WantedSummary {
    /// None was requested.
    #[default]
    No,
    /// It can be made at once.
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

    /// Events since the last call. Emit them after every borrow of the box is released: whatever receives them may
    /// send messages to the box, or delete it.
    ///
    /// Thread: main.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Call it when the host (re)builds its audio, with the format of the blocks from now on and the host's time in
    /// ms. Main thread.
    ///
    /// When audio has been running without a gap, an unchanged format keeps the stream going: hosts call this for
    /// every edit of a patch. Otherwise queued audio is discarded.
    ///
    /// Thread: main.
    pub fn prepare(&mut self, host: HostFormat, now_ms: f64) {
        self.settle_runs();
        (self.host, self.prepared) = (host, true);
        if let Err(error) = self.reconciler.prepare(host, now_ms) {
            self.error(error.to_string());
        }
        self.settle_runs();
        if !self.untold {
            self.tell_changes();
        }
    }

    /// Tells the box the host's time in ms; call it before [`NnObject::poll`]. Main thread.
    ///
    /// Hosts may stop calling a box without notice ([switch~], mute~). What the box captured before is then
    /// discarded.
    ///
    /// Thread: main.
    pub fn at_time(&mut self, now_ms: f64) {
        self.now_ms = now_ms;
        let played = self.status.counts().played_frames;
        match self.last_played {
            Some((then_ms, before)) if before == played => {
                if now_ms - then_ms > self.host.longest_gap_ms() {
                    self.status.set_left_out();
                    // Nothing is heard of a channel that is taken away now.
                    (self.reported.channels_since, self.reported.sounded) = (played, 0);
                }
            }
            _ => self.last_played = Some((now_ms, played)),
        }
    }

    /// Handles a message to the box. Answers are among the events, now or after a later poll.
    ///
    /// Thread: main.
    pub fn handle(&mut self, selector: &str, atoms: &[Atom], find: Find<'_>) {
        match parse(selector, atoms) {
            Ok(request) => self.dispatch(request, find),
            Err(error) => self.refuse(error.into()),
        }
        self.settle_answers();
    }
}

impl Drop for NnObject {
    fn drop(&mut self) {
        self.reconciler.clone().close();
        // The answers may contain models, which take long to drop.
        let unread = std::mem::replace(&mut self.replies, crossbeam_channel::never());
        let held = std::mem::take(&mut self.held);
        let words = std::mem::take(&mut self.loader_reports);
        let rendering = self.rendering.take();
        if let Some(rendering) = &rendering {
            rendering.stop();
        }
        self.context.loader.submit(move || drop((unread, held, words, rendering)));
    }
}
