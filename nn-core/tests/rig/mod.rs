//! A box with fake models and the host that drives it.
#![allow(dead_code, reason = "each test file uses a part")]

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use nn_core::{
    engine::{loader::Loader, status::LoadState},
    fake::{Behaviour, FakeModel, FakeSource},
    layout::BoxKind,
    lookup::{Find, Places, Ports},
    message::{Atom, Event},
    model::ModelSource,
    object::{Environment, HostFormat, NnObject},
    port::AudioPort,
};

/// The host's rate in Hz.
pub const RATE_HZ: f64 = 44_100.0;

/// A box and the host that drives it.
pub struct Rig {
    pub object: NnObject,
    pub port: AudioPort,
    pub block_frames: usize,
    /// The host's rate in Hz.
    pub rate_hz: f64,
    /// The host's clock.
    pub now_ms: f64,
    pub events: Vec<Event>,
}

/// Finds every file, in a patch with these wires.
struct Connected(Ports);

impl Places for Connected {
    fn find(&self, file: &str) -> Option<PathBuf> {
        Some(file.into())
    }

    fn connected(&self) -> Option<Ports> {
        Some(self.0)
    }
}

pub fn atoms(text: &str) -> Vec<Atom> {
    text.split_whitespace()
        .map(|word| word.parse().map_or_else(|_| Atom::symbol(word), Atom::Float))
        .collect()
}

impl Rig {
    pub fn with_source(source: FakeSource, arguments: &str, block_frames: usize, workers: bool) -> Self {
        Self::with_loader(Loader::global(), source, arguments, block_frames, workers)
    }

    pub fn with_loader(
        loader: &'static Loader,
        source: FakeSource,
        arguments: &str,
        block_frames: usize,
        workers: bool,
    ) -> Self {
        Self::of_kind(BoxKind::Nn, loader, source, arguments, block_frames, workers)
    }

    pub fn of_kind(
        kind: BoxKind,
        loader: &'static Loader,
        source: FakeSource,
        arguments: &str,
        block_frames: usize,
        workers: bool,
    ) -> Self {
        Self::in_environment(kind, environment(loader, source, workers), arguments, block_frames)
    }

    /// In a host whose messages and audio share a thread, and which says whether it renders offline.
    pub fn of_one_thread(source: FakeSource, arguments: &str, block_frames: usize, offline: bool) -> Self {
        let environment = environment(Loader::global(), source, true);
        let environment = Environment { messages_wait: true, offline, ..environment };
        Self::in_environment(BoxKind::Nn, environment, arguments, block_frames)
    }

    /// With models from anywhere.
    pub fn of_source(loader: &'static Loader, source: impl ModelSource, arguments: &str) -> Self {
        let environment = environment(loader, FakeSource::new(FakeModel::new([1; 4], Behaviour::Gain)), true);
        let environment = Environment { source: Arc::new(source), ..environment };
        Self::in_environment(BoxKind::Nn, environment, arguments, 64)
    }

    /// In a patch that is being loaded and connects so many inlets and outlets.
    pub fn in_patch(ports: Ports, source: FakeSource, arguments: &str) -> Self {
        let environment = environment(Loader::global(), source, true);
        Self::between(BoxKind::Nn, environment, arguments, 64, &Connected(ports))
    }

    fn in_environment(kind: BoxKind, environment: Environment, arguments: &str, block_frames: usize) -> Self {
        Self::between(kind, environment, arguments, block_frames, &|name: &str| Some(PathBuf::from(name)))
    }

    fn between(
        kind: BoxKind,
        environment: Environment,
        arguments: &str,
        block_frames: usize,
        find: Find<'_>,
    ) -> Self {
        let host = HostFormat { sample_rate_hz: RATE_HZ, block_frames: 64 };
        let (object, prepared) = NnObject::new(kind, environment, host, &atoms(arguments), find);
        let port = prepared.attach();
        let mut rig = Self { object, port, block_frames, rate_hz: RATE_HZ, now_ms: 0.0, events: Vec::new() };
        rig.prepare(block_frames);
        rig
    }

    pub fn new(model: FakeModel, arguments: &str, block_frames: usize) -> Self {
        let mut rig = Self::with_source(FakeSource::new(model), arguments, block_frames, true);
        rig.send("wait 1");
        rig
    }

    /// The host builds its chain.
    pub fn prepare(&mut self, block_frames: usize) {
        self.block_frames = block_frames;
        self.object.prepare(HostFormat { sample_rate_hz: self.rate_hz, block_frames }, self.now_ms);
    }

    /// Audio is off for some time, then on again.
    pub fn off_and_on(&mut self) {
        self.now_ms += 500.0;
        self.prepare(self.block_frames);
    }

    pub fn send(&mut self, message: &str) {
        let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
        self.object.handle(selector, &atoms(rest), &|name: &str| Some(PathBuf::from(name)));
    }

    pub fn poll(&mut self) {
        self.object.poll(false);
        self.events.extend(self.object.take_events());
    }

    /// Polls until the events satisfy, 5 s at most.
    pub fn poll_until(&mut self, satisfied: impl Fn(&[Event]) -> bool) {
        let begin = Instant::now();
        while !satisfied(&self.events) {
            assert!(begin.elapsed() < Duration::from_secs(5), "never came; got {:?}", self.events);
            self.poll();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    pub fn until_loaded(&mut self) {
        let begin = Instant::now();
        while self.object.status().load_state() != LoadState::Ready {
            assert!(begin.elapsed() < Duration::from_secs(5), "never loaded: {:?}", self.events);
            self.poll();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Plays whole blocks: `input` per inlet, result per outlet.
    pub fn play(&mut self, input: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let frames = input.first().map_or(0, Vec::len);
        let mut result = vec![Vec::with_capacity(frames); self.object.outlets()];
        for at in (0..frames).step_by(self.block_frames) {
            let block: Vec<Vec<f32>> =
                input.iter().map(|signal| signal[at..at + self.block_frames].to_vec()).collect();
            let mut outputs = vec![vec![f32::NAN; self.block_frames]; self.object.outlets()];
            self.now_ms += self.block_frames as f64 * 1e3 / self.rate_hz;
            self.port.capture(self.block_frames, &block);
            self.port.render(self.block_frames, &mut outputs);
            for (result, output) in result.iter_mut().zip(outputs) {
                result.extend(output);
            }
        }
        result
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

fn environment(loader: &'static Loader, source: FakeSource, workers: bool) -> Environment {
    Environment {
        source: Arc::new(source),
        loader,
        workers,
        arrays: &nn_core::array::NoArrays,
        default_buffer_frames: 4096,
        buffer_follows_model: false,
        no_multichannel: None,
        messages_wait: false,
        offline: false,
    }
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
