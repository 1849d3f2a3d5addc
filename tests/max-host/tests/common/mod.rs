//! The boxes with models of a few lines, in the host.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(unsafe_code)] // Calls the external as Max does.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use max_host::{Format, Max, Patched};
use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    timing::{Mode, Timing},
    value::ValueType,
};

/// How the host plays, unless a test says otherwise.
pub const FORMAT: Format = Format { rate_hz: 44_100.0, vector_frames: 64 };

/// The models: name, `[in_channels, in_ratio, out_channels, out_ratio]`, what they do.
fn models() -> Vec<(&'static str, [i64; 4], Behaviour)> {
    vec![
        ("gain", [1, 1, 1, 1], Behaviour::Gain),
        ("two", [2, 1, 2, 1], Behaviour::Gain),
        ("widen", [1, 1, 3, 1], Behaviour::Gain),
        ("coarse", [1, 512, 1, 512], Behaviour::Gain),
        ("delay", [1, 1, 1, 1], Behaviour::Delay(100)),
        ("counter", [1, 1, 1, 1], Behaviour::Counter),
        ("generator", [0, 1, 2, 1], Behaviour::Counter),
        ("slow", [1, 1, 1, 1], Behaviour::Slow(Duration::from_millis(30))),
        ("fails", [1, 1, 1, 1], Behaviour::Failing(0)),
        ("fails_later", [1, 1, 1, 1], Behaviour::Failing(20)),
        ("nan", [1, 1, 1, 1], Behaviour::NotANumber(0)),
        ("panics", [1, 1, 1, 1], Behaviour::Panicking),
        ("hangs", [1, 1, 1, 1], Behaviour::Hanging(3)),
        ("crawls", [1, 1, 1, 1], Behaviour::Slow(Duration::from_millis(700))),
    ]
}

/// A host that knows the boxes and finds the models.
pub fn max() -> Max {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let max = Max::start();
    let folder = FOLDER.get_or_init(|| {
        let mut source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
        let folder = tempfile::tempdir().expect("a folder");
        for (name, params, behaviour) in models() {
            let model = FakeModel::new(params, behaviour).with_method("inverse");
            source = source.and(name, model, Duration::ZERO);
            std::fs::write(folder.path().join(name).with_extension("ts"), "").expect("a file");
        }
        let shaped = FakeModel::new([1, 1, 1, 1], Behaviour::Gain)
            .with_attribute("curve", &[ValueType::Tensor])
            .with_attribute("sound", &[ValueType::Buffer])
            .with_attribute("both", &[ValueType::String, ValueType::Tensor]);
        source = source.and("shaped", shaped, Duration::ZERO);
        source = source.and("level", FakeModel::with_level(), Duration::ZERO);
        std::fs::write(folder.path().join("level.ts"), "").expect("a file");
        std::fs::write(folder.path().join("shaped.ts"), "").expect("a file");
        for (name, load_ms) in [("late", 300), ("ages", 20_000)] {
            let model = FakeModel::new([1, 1, 1, 1], Behaviour::Gain);
            source = source.and(name, model, Duration::from_millis(load_ms));
            std::fs::write(folder.path().join(name).with_extension("ts"), "").expect("a file");
        }
        assert!(nn_max::use_source(Arc::new(source)), "before the first box");
        folder
    });
    if !max.has_class("nn~") {
        // SAFETY: this is the host's main thread.
        unsafe { nn_max::nn_max_setup_1() };
    }
    max.search(folder.path());
    max
}

/// Makes a box that waits for its model, and lets the model come.
pub fn loaded(max: &Max, text: &str) -> Patched {
    let patched = max.create(text);
    max.send(patched, "wait 1");
    settled(max, patched);
    patched
}

/// What a box answers to a message, once it has answered.
pub fn asked(max: &Max, nn: Patched, message: &str) -> Vec<String> {
    max.forget();
    max.send(nn, message);
    max.until(message, |max| !max.told(nn).is_empty());
    max.pass(5);
    max.told(nn)
}

/// Waits until the box has nothing on its way.
pub fn settled(max: &Max, patched: Patched) {
    max.until("loaded 1", |max| max.told(patched).iter().any(|told| told == "loaded 1"));
}

/// Another sample at every place, and in every channel.
pub fn ramp(channels: usize, frames: usize) -> Vec<Vec<f64>> {
    (0..channels).map(|c| (1..=frames).map(|n| (c * 100_000 + n) as f64).collect()).collect()
}

/// What the arithmetic says.
pub fn timing(buffer: usize, ratio_lcm: usize, block: usize) -> Timing {
    let mode = if buffer == 0 { Mode::Inline } else { Mode::Worker { deadline_frames: None } };
    Timing::new(buffer, ratio_lcm, block, mode).expect("legal")
}

/// Fails without printing thousands of samples unless one is the other, so much later.
pub fn assert_late(wet: &[f64], dry: &[f64], latency: usize, what: &str) {
    assert!(wet[..latency].iter().all(|&s| s == 0.0), "{what}: sound before the latency");
    let differs = wet[latency..].iter().zip(dry).position(|(wet, dry)| wet != dry);
    assert_eq!(differs, None, "{what}: first sample that differs");
    assert!(wet.len() > latency && dry[..wet.len() - latency].iter().any(|&s| s != 0.0), "{what}: no sound");
}
