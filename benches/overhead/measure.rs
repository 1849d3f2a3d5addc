//! Rounds of both sides, and the table.

use nn_core::{
    formats::FORMATS,
    model::{Model, ModelSource, Runtime},
    torch::{Backend, TorchRuntime},
};

use super::{
    bare::Bare,
    boxed::Boxed,
    common::{boxed::BLOCK_FRAMES, figures::quantile, number_from, report::Report, schedule::RATE_HZ},
    raw_method,
    subject::{self, Subject},
};

/// Buffers per turn and side: few, because a machine's speed drifts within seconds.
const BUFFERS: usize = 6;
/// Allowed above the bare call: a part of it, and a constant.
const TARGET_PART: f64 = 0.05;
const TARGET_CONSTANT_US: f64 = 30.0;

/// Medians over all turns of one subject, in microseconds of processor time per buffer.
struct Figures {
    name: String,
    bare_us: f64,
    /// Waking the thread of the bare call, not part of `bare_us`.
    wake_us: f64,
    box_us: f64,
    /// Of the box's: on the host's thread.
    host_us: f64,
    /// Of the box's: the worker outside the model.
    beside_model_us: f64,
    above_bare: Above,
    /// Above the method in libtorch.
    above_raw: Option<Above>,
}

/// What the box took above its rival of the same turn.
struct Above {
    rival_us: f64,
    /// A quarter of the turns gave less, half, a quarter more.
    quartiles_us: [f64; 3],
}

impl Above {
    fn new(rivals_us: &[f64], boxes_us: &[f64]) -> Self {
        let differences: Vec<_> =
            boxes_us.iter().zip(rivals_us).map(|(of_box, rival)| of_box - rival).collect();
        let quartiles_us = [0.25, 0.5, 0.75].map(|part| quantile(&differences, part));
        Self { rival_us: quantile(rivals_us, 0.5), quartiles_us }
    }

    fn judge(&self, report: &mut Report, what: &str) {
        let target_us = TARGET_PART * self.rival_us + TARGET_CONSTANT_US;
        report.at_most(what, self.quartiles_us[1], target_us, "us");
    }
}

/// Measures and prints.
pub fn run() {
    let turns = number_from("NN_BENCH_ROUNDS", 6).max(1);
    let mut report = Report::begin(
        "The engine beside the model",
        &format!(
            "Processor time per buffer of a whole box against the bare call of the same model, in turns: {turns} turns of \
             {BUFFERS} buffers each, real time at {RATE_HZ} Hz, host block {BLOCK_FRAMES}, one thread per call; \
             microseconds, medians over the turns; differences are those within a turn, quartiles in brackets."
        ),
    );
    let figures: Vec<_> = subject::all().iter().map(|subject| measure(subject, turns)).collect();
    report.note(&format!("libtorch {}", Backend::opened().map_or("not opened", Backend::torch_version)));
    report.table(&[
        "model, method, buffer",
        "raw method",
        "bare call",
        "box",
        "box - raw",
        "box - bare",
        "in %",
        "engine's own: host thread + worker",
        "a bare thread's wake-up",
    ]);
    figures.iter().for_each(|figures| report.row(&row(figures)));
    for figures in &figures {
        figures.above_bare.judge(&mut report, &format!("{}, above the bare call", figures.name));
        if let Some(above) = &figures.above_raw {
            above.judge(&mut report, &format!("{}, above the raw method", figures.name));
        }
    }
    report.end();
}

fn row(figures: &Figures) -> [String; 9] {
    let difference = |above: &Above| {
        let [low, middle, high] = above.quartiles_us;
        format!("{middle:.0} ({low:.0} to {high:.0})")
    };
    let raw = figures.above_raw.as_ref();
    let not_built = || "not built".to_owned();
    [
        figures.name.clone(),
        raw.map_or_else(not_built, |above| format!("{:.0}", above.rival_us)),
        format!("{:.0}", figures.bare_us),
        format!("{:.0}", figures.box_us),
        raw.map_or_else(not_built, difference),
        difference(&figures.above_bare),
        format!("{:.1}", 100.0 * figures.above_bare.quartiles_us[1] / figures.bare_us),
        format!("{:.1} + {:.1}", figures.host_us, figures.beside_model_us),
        format!("{:.1}", figures.wake_us),
    ]
}

fn measure(subject: &Subject, turns: usize) -> Figures {
    let model = load(subject);
    let fork = |model: &dyn Model| model.fork().unwrap_or_else(|error| panic!("{error}"));
    let bare = Bare::model(subject, fork(model.as_ref()));
    let raw = Bare::raw(subject, raw_method::library());
    let mut boxed = Boxed::new(subject, model);
    let (mut bares, mut raws, mut boxes) = (Vec::new(), Vec::new(), Vec::new());
    // Three more: the first two and the last do not count.
    let buffers = BUFFERS + 3;
    for _ in 0..turns {
        bares.push(bare.play(buffers));
        boxes.push(boxed.play(buffers));
        if let Some(raw) = &raw {
            raws.push(raw.play(buffers));
        }
    }
    assert!(boxed.is_sound(), "{}: runs failed", subject.name());
    let bares_us = all_us(&bares, |cost| cost.call_ns);
    let raws_us = all_us(&raws, |cost| cost.call_ns);
    let boxes_us = all_us(&boxes, |cost| cost.host_ns + cost.worker_ns);
    Figures {
        name: subject.name(),
        bare_us: quantile(&bares_us, 0.5),
        wake_us: quantile(&all_us(&bares, |cost| cost.wake_ns), 0.5),
        box_us: quantile(&boxes_us, 0.5),
        host_us: quantile(&all_us(&boxes, |cost| cost.host_ns), 0.5),
        beside_model_us: quantile(&all_us(&boxes, |cost| cost.beside_model_ns), 0.5),
        above_bare: Above::new(&bares_us, &boxes_us),
        above_raw: raw.map(|_| Above::new(&raws_us, &boxes_us)),
    }
}

/// One part of every turn's cost.
fn all_us<T>(turns: &[T], part: fn(&T) -> f64) -> Vec<f64> {
    turns.iter().map(|cost| part(cost) * 1e-3).collect()
}

fn load(subject: &Subject) -> Box<dyn Model> {
    let source = FORMATS;
    TorchRuntime.prepare_thread(1);
    let mut model = source.load(&(&subject.path).into()).unwrap_or_else(|error| panic!("{error}"));
    if model.spec().takes_sample_rate {
        model.set_sample_rate(RATE_HZ).unwrap_or_else(|error| panic!("{error}"));
    }
    model
}
