//! The plug-in in the host, with models of a few lines.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(unsafe_code)] // Calls the plug-in as a server does.

use std::{
    cell::{Cell, RefCell},
    ffi::c_void,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI32, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    frontend::source::use_source,
    timing::{Mode, Timing},
    value::ValueType,
};
use supercollider_host::{Answer, Event, Input, Kind, Listener, Load, Server, Setup, Ugen, Value, naughty};

/// The class of the plug-in's UGens.
pub const CLASS: &str = "NNUGen";
/// Inputs before the signals.
pub const HEAD: usize = 6;

/// The models: name, `[in_channels, in_ratio, out_channels, out_ratio]`, what they do.
fn models() -> Vec<(&'static str, [i64; 4], Behaviour)> {
    vec![
        ("gain", [1, 1, 1, 1], Behaviour::Gain),
        ("two", [2, 1, 2, 1], Behaviour::Gain),
        ("coarse", [1, 512, 1, 512], Behaviour::Gain),
        ("counter", [1, 1, 1, 1], Behaviour::Counter),
        ("delay", [1, 1, 1, 1], Behaviour::Delay(100)),
        ("noise", [1, 1, 1, 1], Behaviour::Noise),
        ("features", [1, 64, 3, 64], Behaviour::Gain),
        ("sleeps", [1, 1, 1, 1], Behaviour::Slow(Duration::from_millis(500))),
        ("slow", [1, 1, 1, 1], Behaviour::Slow(Duration::from_millis(30))),
        ("nan", [1, 1, 1, 1], Behaviour::NotANumber(20)),
        ("fails", [1, 1, 1, 1], Behaviour::Failing(20)),
    ]
}

/// What the models count, whoever plays them.
pub struct Counts {
    /// Runs of the model `gain`.
    pub runs: Arc<AtomicU64>,
}

struct World {
    folder: tempfile::TempDir,
    counts: Counts,
}

fn fakes() -> &'static World {
    static FAKES: OnceLock<World> = OnceLock::new();
    FAKES.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
        let mut counts = None;
        for (name, params, behaviour) in models() {
            let model = FakeModel::new(params, behaviour).with_method("inverse");
            if name == "gain" {
                counts = Some(Counts { runs: model.total_runs.clone() });
            }
            source = source.and(name, model, Duration::ZERO);
        }
        let half = FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_gain(0.5);
        let late = FakeModel::new([1, 1, 1, 1], Behaviour::Gain);
        let shaped = FakeModel::new([1, 1, 1, 1], Behaviour::Gain)
            .with_attribute("flag", &[ValueType::Bool])
            .with_attribute("steps", &[ValueType::Int])
            .with_attribute("sound", &[ValueType::Buffer]);
        source = source.and("half", half, Duration::ZERO).and("shaped", shaped, Duration::ZERO);
        source = source.and("late", late, Duration::from_millis(300));
        source = source.and("level", FakeModel::with_level(), Duration::ZERO);
        for name in source.others.iter().map(|(name, ..)| name) {
            std::fs::write(folder.path().join(name).with_extension("ts"), "").expect("a file");
        }
        assert!(use_source(Arc::new(source)), "before the first box");
        World { folder, counts: counts.expect("there is a model called gain") }
    })
}

/// What the models count.
pub fn counts() -> &'static Counts {
    &fakes().counts
}

/// A model's file.
pub fn path(name: &str) -> String {
    fakes().folder.path().join(name).with_extension("ts").display().to_string()
}

unsafe extern "C" fn load(table: *mut c_void, server: i32) {
    // SAFETY: called as a plug-in's `load`, with the host's table.
    unsafe { nn_supercollider::nn_supercollider_load_1(table.cast(), server) };
}

/// A server with the plug-in, and a language that listens to it.
pub struct Session {
    /// The language. It is there as long as the server is.
    pub events: Listener,
    /// The server.
    pub server: Server,
    /// The models that it has loaded.
    loaded: RefCell<Vec<i32>>,
    /// Whether the plug-in has left.
    gone: Cell<bool>,
}

impl Drop for Session {
    /// Models are for one session.
    fn drop(&mut self) {
        if self.gone.get() {
            return;
        }
        if !std::thread::panicking() {
            self.server.run(false);
            self.done("/nn_unlisten", &[self.events.port().into()]);
        }
        for number in self.loaded.take() {
            let answer = self.server.begin("/nn_unload", &[number.into()]);
            let _late = answer.recv_timeout(Duration::from_secs(10));
        }
    }
}

impl std::ops::Deref for Session {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

/// Boots one.
pub fn boot(setup: Setup) -> Session {
    fakes();
    let server = Server::boot(setup, &[load as Load, naughty]);
    let events = Listener::default();
    let session = Session { events, server, loaded: RefCell::default(), gone: Cell::new(false) };
    session.done("/nn_listen", &[session.events.port().into()]);
    session.events.until("the version", |event| event.kind == "version");
    session.lines();
    session
}

/// scsynth in real time.
pub fn scsynth() -> Session {
    boot(Setup::default())
}

/// scsynth that renders.
pub fn offline() -> Session {
    boot(Setup { real_time: false, ..Setup::default() })
}

/// supernova in real time.
pub fn supernova() -> Session {
    boot(Setup { kind: Kind::Supernova, ..Setup::default() })
}

/// A number that nobody has.
fn fresh() -> i32 {
    static NEXT: AtomicI32 = AtomicI32::new(1000);
    NEXT.fetch_add(1, Relaxed)
}

impl Session {
    /// The server without a language, where the plug-in has left.
    pub fn server_alone(self) {
        self.gone.set(true);
    }

    /// A command that is done.
    pub fn done(&self, name: &str, values: &[Value]) {
        assert_eq!(self.command(name, values), Answer::Done(name.into()), "{values:?}");
    }

    /// A model under a number of its own, loaded.
    pub fn load(&self, name: &str) -> i32 {
        let number = fresh();
        self.load_as(number, name);
        self.events.until("loaded", |event| event.kind == "loaded" && event.model == number);
        number
    }

    /// A model under this number, which is being loaded.
    pub fn load_as(&self, number: i32, name: &str) {
        self.loaded.borrow_mut().push(number);
        self.done("/nn_load", &[number.into(), path(name).as_str().into()]);
    }

    /// A synth of a UGen, which plays.
    pub fn synth(&self, ugen: &Ugen) -> i32 {
        let node = fresh();
        assert!(self.make(&[(node, ugen.clone())]));
        node
    }

    /// The same once it is ready.
    pub fn ready(&self, ugen: &Ugen) -> i32 {
        let node = self.synth(ugen);
        self.until_ready(node);
        node
    }

    /// Plays until a UGen is ready.
    pub fn until_ready(&self, node: i32) {
        self.run(true);
        self.events.until("ready", |event| event.kind == "ready" && event.node == node);
        self.run(false);
    }

    /// A message to one synth, which has got it when this returns.
    pub fn tell(&self, node: i32, selector: &str, values: &[Value]) {
        let mut all: Vec<Value> = vec![node.into(), (-1).into(), (-1).into(), selector.into()];
        all.extend_from_slice(values);
        self.done("/nn_send", &all);
        self.sync();
    }

    /// Waits until everything that was said is done.
    pub fn sync(&self) {
        // An answer about a model that nobody has loaded.
        self.done("/nn_query", &[i32::MAX.into()]);
    }

    /// What a synth answers.
    pub fn ask(&self, node: i32, selector: &str, values: &[Value], answer: &str) -> Vec<Value> {
        self.events.all();
        self.tell(node, selector, values);
        self.run(true);
        let answer = self
            .events
            .until(answer, |event| event.kind == "info" && event.node == node && event.text == answer);
        self.run(false);
        answer.values
    }

    /// Lines of errors.
    pub fn errors(&self) -> Vec<String> {
        self.lines().into_iter().filter(|line| line.starts_with("ERROR")).collect()
    }

    /// Waits until something is so.
    pub fn until(&self, what: &str, mut so: impl FnMut() -> bool) {
        let begin = Instant::now();
        while !so() {
            assert!(begin.elapsed() < Duration::from_secs(20), "{what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Frees synths and waits until the plug-in knows.
    pub fn freed(&self, nodes: &[i32]) {
        self.free(nodes);
        for _ in nodes {
            self.events.until("freed", |event: &Event| event.kind == "freed");
        }
    }
}

/// A UGen of a model, as the classes make it.
#[derive(Clone, Debug)]
pub struct Nn {
    /// Number of the model.
    pub model: i32,
    /// Number of the method.
    pub method: i32,
    /// In samples, or -1.
    pub buffer: i32,
    /// What is printed.
    pub debug: i32,
    /// Examples.
    pub batches: i32,
    /// The signals.
    pub signals: Vec<Input>,
    /// Outputs.
    pub outputs: usize,
    /// Settings, each a negative number and its value.
    pub settings: Vec<(i32, f32)>,
    /// Attributes by their numbers.
    pub attributes: Vec<(i32, Input)>,
}

impl Nn {
    /// One input of audio rate, one output, no settings.
    pub fn new(model: i32, buffer: i32) -> Self {
        Self {
            model,
            method: 0,
            buffer,
            debug: 0,
            batches: 1,
            signals: vec![Input::Audio(ramp(0))],
            outputs: 1,
            settings: Vec::new(),
            attributes: Vec::new(),
        }
    }

    /// Where the value of an attribute stands among the inputs.
    pub fn attribute_input(&self, place: usize) -> usize {
        HEAD + self.signals.len() + 2 * (1 + self.settings.len() + place) + 1
    }

    /// As a server has it, of audio rate.
    pub fn ugen(&self) -> Ugen {
        let head = [self.model, self.method, self.buffer, 0, self.debug, self.batches];
        let mut inputs: Vec<_> = head.map(|number| Input::Constant(number as f32)).into();
        inputs.extend(self.signals.clone());
        for (number, value) in [(-2, self.signals.len() as f32)].into_iter().chain(self.settings.clone()) {
            inputs.extend([Input::Constant(number as f32), Input::Constant(value)]);
        }
        for (number, value) in &self.attributes {
            inputs.extend([Input::Constant(*number as f32), value.clone()]);
        }
        Ugen::audio(CLASS, inputs, self.outputs)
    }
}

/// Another sample at every place, and in every channel; all of them exact in 32 bits.
pub fn ramp(channel: usize) -> Vec<f32> {
    (1..=48_000).map(|n| (channel * 100_000 + n) as f32 / 1_048_576.0).collect()
}

/// What the arithmetic says.
pub fn latency(buffer: usize, ratio_lcm: usize, block: usize) -> usize {
    let mode = if buffer == 0 { Mode::Inline } else { Mode::Worker { deadline_frames: None } };
    Timing::new(buffer, ratio_lcm, block, mode).expect("legal").latency_frames
}

/// Fails unless the last samples that were heard are those of the input, so much later, whatever was before.
pub fn assert_late(wet: &[f32], dry: &[f32], latency: usize, last: usize, what: &str) {
    assert!(wet.len() > latency + last, "{what}: {} samples", wet.len());
    let from = wet.len() - last;
    let differ: Vec<usize> =
        (from..wet.len()).filter(|&at| wet[at] != dry[(at - latency) % dry.len()]).collect();
    let first = differ.first().map(|&at| (at, wet[at], dry[(at - latency) % dry.len()]));
    assert_eq!(first, None, "{what}: first of {} that differ, of those from {from}", differ.len());
}

/// The largest step from one sample to the next.
pub fn largest_step(samples: &[f32]) -> f32 {
    samples.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}
