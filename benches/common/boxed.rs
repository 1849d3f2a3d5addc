//! A whole box, driven as a host drives it: one thread calls, in real time.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use nn_core::{
    engine::{
        loader::Loader,
        status::{LoadState, Status},
    },
    layout::BoxKind,
    message::{Atom, Event},
    model::ModelSource,
    object::{Environment, HostFormat, NnObject},
    port::AudioPort,
};

use super::schedule::RATE_HZ;

/// The host block, in samples.
pub const BLOCK_FRAMES: usize = 64;

/// How long anything may take before a benchmark gives up.
const PATIENCE: Duration = Duration::from_secs(90);

/// A box with its host's buffers. Inputs hold noise until they are written.
pub struct Boxed {
    pub object: NnObject,
    port: AudioPort,
    pub inputs: Vec<Vec<f32>>,
    pub outputs: Vec<Vec<f32>>,
}

impl Boxed {
    /// `[nn~ MODEL METHOD BUFFER]`; it begins to load.
    pub fn new(source: Arc<dyn ModelSource>, model: &Path, method: &str, buffer_frames: usize) -> Self {
        let environment = Environment {
            source,
            loader: Loader::global(),
            workers: true,
            arrays: &nn_core::array::NoArrays,
            default_buffer_frames: 4096,
            buffer_follows_model: false,
            no_multichannel: None,
            messages_wait: false,
            offline: false,
        };
        let host = HostFormat { sample_rate_hz: f64::from(RATE_HZ), block_frames: BLOCK_FRAMES };
        let arguments = [
            Atom::symbol(model.display().to_string()),
            Atom::symbol(method),
            Atom::Int(buffer_frames as i64),
        ];
        let (mut object, prepared) = NnObject::new(BoxKind::Nn, environment, host, &arguments, &find);
        object.handle("wait", &[Atom::Int(0)], &find);
        object.prepare(host, 0.0);
        let inputs = (0..object.inlets()).map(|seed| noise(seed as u64, BLOCK_FRAMES)).collect();
        let outputs = vec![vec![0.0; BLOCK_FRAMES]; object.outlets()];
        Self { object, port: prepared.attach(), inputs, outputs }
    }

    /// The same, when the model is loaded.
    pub fn ready(source: Arc<dyn ModelSource>, model: &Path, method: &str, buffer_frames: usize) -> Self {
        let mut made = Self::new(source, model, method, buffer_frames);
        made.until_settled();
        made
    }

    /// Sends a message.
    pub fn send(&mut self, selector: &str, atoms: &[Atom]) {
        self.object.handle(selector, atoms, &find);
    }

    /// Waits, without audio, until nothing is pending and there is a model.
    pub fn until_settled(&mut self) {
        let begin = Instant::now();
        while self.object.status().load_state() != LoadState::Ready || self.object.pending() {
            assert!(begin.elapsed() < PATIENCE, "never ready: {:?}", self.object.take_events());
            self.object.poll(true);
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// One block: what a host's callback does with a box.
    pub fn block(&mut self) {
        self.port.capture(BLOCK_FRAMES, &self.inputs);
        self.port.render(BLOCK_FRAMES, &mut self.outputs);
    }

    /// The counters.
    pub fn status(&self) -> &Status {
        self.object.status()
    }

    /// Blocks that were not there when due.
    pub fn late(&self) -> u64 {
        self.status().counts().late
    }

    /// Fails when runs failed or the box complained.
    pub fn check(&mut self) {
        let status = self.status();
        let failed = status.counts().faults + status.counts().non_finite;
        assert_eq!(failed, 0, "runs failed");
        for event in self.object.take_events() {
            assert!(!matches!(event, Event::Error(_)), "{event:?}");
        }
    }

    /// What `latency` answers, in samples.
    pub fn latency_frames(&mut self) -> f64 {
        drop(self.object.take_events());
        self.send("latency", &[]);
        self.object
            .take_events()
            .iter()
            .find_map(|event| match event {
                Event::Info { selector, atoms } if selector == "latency" => atoms.first()?.number(),
                _ => None,
            })
            .expect("the box tells its latency")
    }
}

/// Models are named by their full paths here.
fn find(name: &str) -> Option<PathBuf> {
    Some(PathBuf::from(name)).filter(|path| path.is_file())
}

/// Noise from -0.5 to 0.5 (xorshift).
pub fn noise(seed: u64, frames: usize) -> Vec<f32> {
    let mut state = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..frames)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
        })
        .collect()
}
