//! Rounds of both sides, and the table.

use std::path::PathBuf;

use nn_core::{
    model::{Model, ModelSource},
    torch::{Backend, TorchSource},
};

use super::{
    bare::Bare,
    boxed::Boxed,
    common::{figures::least, machine, number_from, verdict},
    schedule::RATE_HZ,
    subject::{self, BLOCK_FRAMES, Subject},
};

/// Buffers per round and side.
const BUFFERS: usize = 24;
/// Allowed above the bare call: a part of it, and a constant.
const TARGET_PART: f64 = 0.05;
const TARGET_CONSTANT_US: f64 = 30.0;

/// The least disturbed round of each side of one subject, in microseconds of processor time per buffer.
struct Figures {
    name: String,
    raw_us: Option<f64>,
    bare_us: f64,
    box_us: f64,
    /// Waking the thread of the bare call, not part of `bare_us`.
    wake_us: f64,
    /// Of the box's: on the host's thread.
    host_us: f64,
    /// Of the box's: the worker outside the model.
    beside_model_us: f64,
}

impl Figures {
    fn excess_us(&self) -> f64 {
        self.box_us - self.bare_us
    }
}

/// Measures and prints.
pub fn run() {
    let rounds = number_from("NN_BENCH_ROUNDS", 6).max(1);
    machine::print("Engine");
    println!(
        "box and bare call in turns, {rounds} rounds of {BUFFERS} buffers each, real time at {RATE_HZ} Hz, host \
         block {BLOCK_FRAMES}, one thread per call; microseconds of processor time per buffer, the median of each \
         side's best round"
    );
    let results: Vec<_> = subject::all().iter().map(|subject| measure(subject, rounds)).collect();
    println!("libtorch {}", Backend::opened().map_or("not opened", Backend::torch_version));
    println!(
        "\n| model, method, buffer | raw method | bare call | box | box - bare | in % | engine's own: host thread \
         + worker | a bare thread's wake-up |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for result in &results {
        let raw = result.raw_us.map_or_else(|| "not built".into(), |us| format!("{us:.0}"));
        println!(
            "| {} | {raw} | {:.0} | {:.0} | {:.1} | {:.1} | {:.1} + {:.1} | {:.1} |",
            result.name,
            result.bare_us,
            result.box_us,
            result.excess_us(),
            100.0 * result.excess_us() / result.bare_us,
            result.host_us,
            result.beside_model_us,
            result.wake_us,
        );
    }
    println!();
    for result in &results {
        let target_us = |bare_us: f64| TARGET_PART * bare_us + TARGET_CONSTANT_US;
        let what = format!("{}, above the bare call", result.name);
        verdict::print(&what, result.excess_us(), target_us(result.bare_us), "us");
        if let Some(raw_us) = result.raw_us {
            let what = format!("{}, above the raw method", result.name);
            verdict::print(&what, result.box_us - raw_us, target_us(raw_us), "us");
        }
    }
    machine::print_end();
}

fn measure(subject: &Subject, rounds: usize) -> Figures {
    let model = load(subject);
    let fork = |model: &dyn Model| model.fork().unwrap_or_else(|error| panic!("{error}"));
    let bare = Bare::model(subject, fork(model.as_ref()));
    let raw = Bare::raw(subject, raw_library());
    let mut boxed = Boxed::new(subject, model);
    let (mut bares, mut raws, mut boxes) = (Vec::new(), Vec::new(), Vec::new());
    // Three more: the first two and the last do not count.
    let buffers = BUFFERS + 3;
    for _ in 0..rounds {
        bares.push(bare.play(buffers));
        boxes.push(boxed.play(buffers));
        if let Some(raw) = &raw {
            raws.push(raw.play(buffers));
        }
    }
    assert!(boxed.is_sound(), "{}: runs failed", subject.name());
    Figures {
        name: subject.name(),
        raw_us: raw.map(|_| best_us(&raws, |cost| cost.call_ns)),
        bare_us: best_us(&bares, |cost| cost.call_ns),
        wake_us: best_us(&bares, |cost| cost.wake_ns),
        box_us: best_us(&boxes, |cost| cost.host_ns + cost.worker_ns),
        host_us: best_us(&boxes, |cost| cost.host_ns),
        beside_model_us: best_us(&boxes, |cost| cost.beside_model_ns),
    }
}

/// The least of all rounds.
fn best_us<T>(rounds: &[T], part: fn(&T) -> f64) -> f64 {
    least(&rounds.iter().map(part).collect::<Vec<_>>()) * 1e-3
}

/// The C++ of this benchmark, where the chore puts it: `target/bench`, this program being in `target/release/deps`.
fn raw_library() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.ancestors().nth(3).unwrap_or(&program).join("bench").join("raw_method.so")
}

fn load(subject: &Subject) -> Box<dyn Model> {
    let source = TorchSource::default();
    source.prepare_thread();
    let mut model = source.load(&subject.path).unwrap_or_else(|error| panic!("{error}"));
    if model.spec().takes_sample_rate {
        model.set_sample_rate(RATE_HZ).unwrap_or_else(|error| panic!("{error}"));
    }
    model
}
