//! A box with fake models, played without a host.
#![allow(dead_code, reason = "each test file uses a part")]

use std::{
    ops::{Deref, DerefMut},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use nn_core::{
    array::Arrays,
    engine::{loader::Loader, status::LoadState},
    fake::{FakeModel, FakeSource},
    find_model::{Ports, SearchPath},
    layout::BoxKind,
    message::{Atom, Event, typed},
    model::ModelSource,
    object::{HostContext, HostFormat},
    offline::Player,
};

/// The host's rate in Hz.
pub const RATE_HZ: f64 = 44_100.0;

/// A box that is played, and all that it has said.
pub struct Rig {
    player: Player,
    pub events: Vec<Event>,
}

impl Deref for Rig {
    type Target = Player;

    fn deref(&self) -> &Player {
        &self.player
    }
}

impl DerefMut for Rig {
    fn deref_mut(&mut self) -> &mut Player {
        &mut self.player
    }
}

/// Finds every file, in a patch with these wires.
struct Connected(Ports);

impl SearchPath for Connected {
    fn find(&self, file: &str) -> Option<PathBuf> {
        Some(file.into())
    }

    fn connected(&self) -> Option<Ports> {
        Some(self.0)
    }
}

impl Rig {
    pub fn with_source(
        source: impl ModelSource,
        arguments: &str,
        block_frames: usize,
        workers: bool,
    ) -> Self {
        Self::with_loader(Loader::global(), source, arguments, block_frames, workers)
    }

    pub fn with_loader(
        loader: &'static Loader,
        source: impl ModelSource,
        arguments: &str,
        block_frames: usize,
        workers: bool,
    ) -> Self {
        Self::of_kind(BoxKind::Nn, loader, source, arguments, block_frames, workers)
    }

    pub fn of_kind(
        kind: BoxKind,
        loader: &'static Loader,
        source: impl ModelSource,
        arguments: &str,
        block_frames: usize,
        workers: bool,
    ) -> Self {
        Self::in_context(kind, host_context(loader, source, workers), arguments, block_frames)
    }

    /// In a host whose messages and audio share a thread, and which says whether it renders offline.
    pub fn of_one_thread(
        source: impl ModelSource,
        arguments: &str,
        block_frames: usize,
        offline: bool,
    ) -> Self {
        let context = host_context(Loader::global(), source, true);
        let context = HostContext { messages_wait: true, offline, ..context };
        Self::in_context(BoxKind::Nn, context, arguments, block_frames)
    }

    /// With models from anywhere.
    pub fn of_source(loader: &'static Loader, source: impl ModelSource, arguments: &str) -> Self {
        Self::with_loader(loader, source, arguments, 64, true)
    }

    /// In a host with arrays.
    pub fn with_arrays(source: impl ModelSource, arrays: &'static dyn Arrays, arguments: &str) -> Self {
        let context = HostContext { arrays, ..host_context(Loader::global(), source, true) };
        Self::in_context(BoxKind::Nn, context, arguments, 64)
    }

    /// In a patch that is being loaded and connects so many inlets and outlets.
    pub fn in_patch(ports: Ports, source: FakeSource, arguments: &str) -> Self {
        let context = host_context(Loader::global(), source, true);
        Self::between(BoxKind::Nn, context, arguments, 64, Connected(ports))
    }

    fn in_context(kind: BoxKind, context: HostContext, arguments: &str, block_frames: usize) -> Self {
        Self::between(kind, context, arguments, block_frames, |name: &str| Some(PathBuf::from(name)))
    }

    fn between(
        kind: BoxKind,
        context: HostContext,
        arguments: &str,
        block_frames: usize,
        places: impl SearchPath + 'static,
    ) -> Self {
        let host = HostFormat { sample_rate_hz: RATE_HZ, block_frames };
        Self { player: Player::new(kind, context, host, &typed(arguments), places), events: Vec::new() }
    }

    pub fn new(model: FakeModel, arguments: &str, block_frames: usize) -> Self {
        let mut rig = Self::with_source(FakeSource::new(model), arguments, block_frames, true);
        rig.send("wait 1");
        rig
    }

    /// The host builds its audio with other blocks.
    pub fn prepare(&mut self, block_frames: usize) {
        let format = self.player.format();
        self.player.prepare(HostFormat { block_frames, ..format });
    }

    /// The same at another rate.
    pub fn prepare_at(&mut self, sample_rate_hz: f64) {
        let format = self.player.format();
        self.player.prepare(HostFormat { sample_rate_hz, ..format });
    }

    /// Audio is off for some time, then on again.
    pub fn off_and_on(&mut self) {
        self.off_and_on_at(self.player.format().sample_rate_hz);
    }

    /// The same, at another rate from then on.
    pub fn off_and_on_at(&mut self, sample_rate_hz: f64) {
        self.player.pass(500.0);
        self.prepare_at(sample_rate_hz);
    }

    pub fn send(&mut self, message: &str) {
        let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
        self.player.send(selector, &typed(rest));
    }

    pub fn poll(&mut self) {
        self.player.poll();
        self.events.extend(self.player.take_events());
    }

    /// Polls until the events satisfy, 5 s at most.
    pub fn poll_until(&mut self, satisfied: impl Fn(&[Event]) -> bool) {
        let begin = Instant::now();
        while !satisfied(&self.events) {
            assert!(begin.elapsed() < Duration::from_secs(20), "never came; got {:?}", self.events);
            self.poll();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    pub fn until_loaded(&mut self) {
        let begin = Instant::now();
        while self.object.status().load_state() != LoadState::Ready {
            assert!(begin.elapsed() < Duration::from_secs(20), "never loaded: {:?}", self.events);
            self.poll();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    pub fn errors(&self) -> Vec<&str> {
        self.events
            .iter()
            .filter_map(|event| match event {
                Event::Error(line) => Some(line.as_str()),
                _ => None,
            })
            .collect()
    }

    pub fn info(&self, wanted: &str) -> Option<&[Atom]> {
        self.events.iter().rev().find_map(|event| match event {
            Event::Info { selector, atoms } if selector == wanted => Some(&atoms[..]),
            _ => None,
        })
    }
}

/// In a host whose messages come from a thread of their own, as in Max.
fn host_context(loader: &'static Loader, source: impl ModelSource, workers: bool) -> HostContext {
    HostContext { loader, workers, ..HostContext::new(Arc::new(source)) }
}

/// A sequence in which every sample is another one.
pub fn ramp(frames: usize) -> Vec<f32> {
    (1..=frames).map(|n| n as f32).collect()
}

/// Plays in real time for so long.
pub fn play_for(rig: &mut Rig, time: Duration) -> Vec<f32> {
    let (begin, mut heard) = (Instant::now(), Vec::new());
    while begin.elapsed() < time {
        heard.extend(rig.play(&[vec![1.0; 64]]).remove(0));
        rig.poll();
        std::thread::sleep(Duration::from_micros(1450));
    }
    heard
}
