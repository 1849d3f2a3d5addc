//! Rounds with the UGen and a wire side by side.

use std::{
    ffi::c_void,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use nn_core::{figures::median, memory::resident_mb};
use supercollider_host::{Answer, Input, Listener, Load, Server, Setup, Ugen, wire};

use crate::report::Report;

const BUFFER_FRAMES: usize = 2048;
/// Blocks from one border to the next.
const BLOCKS_PER_BUFFER: usize = BUFFER_FRAMES / 64;
/// Buffers that are timed per round and pace.
const BUFFERS: usize = 100;
/// Buffers before: the lead-in of silence, cold code.
const BUFFERS_BEFORE: usize = 8;
const ORDINARY_TARGET_NS: f64 = 450.0;
const BORDER_TARGET_NS: f64 = 5000.0;
/// UGens of one model whose memory is looked at.
const UGENS: usize = 8;
/// Of each UGen but the first: below what one of `codec.ts` would take with weights of its own, its 1.9 MB more.
const FURTHER_TARGET_MB: f64 = 5.0;
const RATE_HZ: f64 = 44_100.0;

/// How the server calls, always in real time: so many blocks back to back.
const PACES: [(&str, usize); 2] =
    [("a block every 1.45 ms", 1), ("32 blocks back to back every 46.4 ms", BLOCKS_PER_BUFFER)];

unsafe extern "C" fn load(table: *mut c_void, server: i32) {
    // SAFETY: called as a plug-in's `load`, with the host's table.
    unsafe { nn_supercollider::nn_supercollider_load_1(table.cast(), server) };
}

/// A server, and the language that hears it.
struct Session {
    server: Server,
    events: Listener,
}

/// Medians of one round and pace, in ns.
struct Times {
    ordinary: f64,
    border: f64,
    border_worst: f64,
}

/// Measures and prints.
pub fn run() {
    let rounds =
        std::env::var("NN_BENCH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3).max(1);
    let mut report = Report::begin(
        "UGens of SuperCollider",
        &format!(
            "The calculation of a UGen in a test host that has scsynth's interface, less that of a UGen that copies its \
             input; a border is the block in which a buffer is full. models/identity.ts forward {BUFFER_FRAMES}, host \
             block 64, {RATE_HZ} Hz; {rounds} rounds of {BUFFERS} buffers; medians, nanoseconds."
        ),
    );
    let s = boot();
    times(&s, rounds, &mut report);
    memory(&s, &mut report);
    report.end();
}

fn boot() -> Session {
    let setup = Setup { rate_hz: RATE_HZ, ..Setup::default() };
    let (server, events) = (Server::boot(setup, &[load as Load, wire]), Listener::default());
    assert!(matches!(server.command("/nn_listen", &[events.port().into()]), Answer::Done(_)));
    Session { server, events }
}

impl Session {
    /// Loads a model.
    fn load(&self, number: i32, path: &Path) {
        let path = path.display().to_string();
        let answer = self.server.command("/nn_load", &[number.into(), path.as_str().into()]);
        assert!(matches!(answer, Answer::Done(_)), "{path}: {:?}", self.server.lines());
        self.events.until("loaded", |event| event.kind == "loaded" && event.model == number);
    }

    /// Makes UGens of a model and waits until they are ready.
    fn ready(&self, model: i32, nodes: &[i32]) {
        let head = [model, 0, BUFFER_FRAMES as i32, 0, 0, 1].map(|number| Input::Constant(number as f32));
        let more = [Input::Audio(noise()), Input::Constant(-2.0), Input::Constant(1.0)];
        let ugen = Ugen::audio("NNUGen", head.into_iter().chain(more).collect(), 1).timed();
        assert!(self.server.make(&nodes.iter().map(|&node| (node, ugen.clone())).collect::<Vec<_>>()));
        self.server.run(true);
        for _ in nodes {
            self.events.until("ready", |event| event.kind == "ready");
        }
        self.server.run(false);
    }
}

/// A second of noise.
fn noise() -> Vec<f32> {
    nn_core::engine::noise::noise(1, 44_100)
}

/// Blocks of one UGen beside a wire.
fn times(s: &Session, rounds: usize, report: &mut Report) {
    const NODES: [i32; 2] = [1, 2];
    s.load(0, &own("identity"));
    s.ready(0, &NODES[..1]);
    let wire = Ugen::audio("Wire", vec![Input::Audio(noise())], 1).timed();
    assert!(s.server.make(&[(NODES[1], wire)]));
    report.table(&["pace", "block", "with the UGen", "a wire", "the UGen: best round", "median round"]);
    let (mut best, mut place) = (Vec::new(), Place::default());
    for (name, burst) in PACES {
        let rounds: Vec<[Times; 2]> = (0..rounds).map(|_| round(s, burst, NODES, &mut place)).collect();
        let mut row = |block: &str, of: fn(&Times) -> f64| {
            let side = |side: usize| rounds.iter().map(|round| of(&round[side])).collect::<Vec<_>>();
            let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
            let (ugen, wire) = (side(0), side(1));
            let differences: Vec<f64> = ugen.iter().zip(&wire).map(|(ugen, wire)| ugen - wire).collect();
            let best = least(&ugen) - least(&wire);
            let figures =
                [least(&ugen), least(&wire), best, median(&differences)].map(|ns| format!("{ns:.0}"));
            report.row(&[vec![name.to_owned(), block.to_owned()], figures.to_vec()].concat());
            best
        };
        let figures = (row("ordinary", |times| times.ordinary), row("border", |times| times.border));
        let worst = rounds.iter().map(|round| round[0].border_worst).fold(0.0, f64::max);
        let cells = [name, "border, worst of all", &format!("{worst:.0}"), "", "", ""];
        report.row(&cells.map(str::to_owned));
        best.push((name, figures));
    }
    for (name, (ordinary, border)) in best {
        report.at_most(&format!("ordinary block, {name}"), ordinary, ORDINARY_TARGET_NS, "ns");
        report.at_most(&format!("block at a border, {name}"), border, BORDER_TARGET_NS, "ns");
    }
    assert_eq!(s.server.lines().iter().find(|line| line.starts_with("ERROR")), None);
    s.server.free(&NODES);
}

/// Plays at a pace and takes the times of both sides.
fn round(s: &Session, burst: usize, nodes: [i32; 2], place: &mut Place) -> [Times; 2] {
    if burst > 1 {
        // A border is the last block of a burst, as in a host whose buffers began with its sound.
        s.server.play((place.border + 1 + BLOCKS_PER_BUFFER - place.blocks) % BLOCKS_PER_BUFFER);
        place.take(s, nodes);
    }
    pace(s, burst, BUFFERS_BEFORE);
    // What was before does not count.
    place.take(s, nodes);
    pace(s, burst, BUFFERS);
    let begun = place.blocks;
    let sides = place.take(s, nodes);
    let at = |times: &[f64], place: usize| {
        let skipped = (place + BLOCKS_PER_BUFFER - begun) % BLOCKS_PER_BUFFER;
        times.iter().skip(skipped).step_by(BLOCKS_PER_BUFFER).copied().collect::<Vec<_>>()
    };
    if burst == 1 {
        // Blocks that come alone are alike but for the border.
        let typical = |place: &usize| median(&at(&sides[0], *place));
        place.border =
            (0..BLOCKS_PER_BUFFER).max_by(|a, b| typical(a).total_cmp(&typical(b))).expect("there are some");
    }
    let border = place.border;
    sides.map(|times| {
        let others = (0..BLOCKS_PER_BUFFER).filter(|place| *place != border);
        let others: Vec<f64> = others.map(|place| median(&at(&times, place))).collect();
        let borders = at(&times, border);
        Times {
            ordinary: median(&others),
            border: median(&borders),
            border_worst: borders.iter().copied().fold(0.0, f64::max),
        }
    })
}

/// Plays so many buffers in real time.
fn pace(s: &Session, burst: usize, buffers: usize) {
    let period = Duration::from_secs_f64(BUFFER_FRAMES as f64 / RATE_HZ);
    if burst == 1 {
        s.server.run(true);
        std::thread::sleep(period * buffers as u32);
        return s.server.run(false);
    }
    let mut next = Instant::now();
    for _ in 0..buffers {
        s.server.play(burst);
        next += period;
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
    }
}

/// Where in a buffer the next block is, and where the border.
#[derive(Default)]
struct Place {
    blocks: usize,
    border: usize,
}

impl Place {
    /// The times of both sides since they were taken last.
    fn take(&mut self, s: &Session, nodes: [i32; 2]) -> [Vec<f64>; 2] {
        let sides =
            nodes.map(|node| s.server.took_ns(node).into_iter().map(|ns| ns as f64).collect::<Vec<_>>());
        self.blocks = (self.blocks + sides[0].len()) % BLOCKS_PER_BUFFER;
        sides
    }
}

/// The project's folder, from which `cargo xtask bench` is called.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A model of the project.
fn own(name: &str) -> PathBuf {
    root().join("models").join(name).with_extension("ts")
}

/// One UGen and eight of the project's codec, then of the models that `NN_BENCH_MODELS` names, separated as in `PATH`.
fn memory(s: &Session, report: &mut Report) {
    report.table(&[
        "model",
        "before, MB",
        "loaded, MB",
        "1 UGen, MB",
        "8 UGens, MB",
        "each further UGen, MB",
        "all but one freed, MB",
    ]);
    let named = std::env::var_os("NN_BENCH_MODELS").unwrap_or_default();
    let named = std::env::split_paths(&named)
        .filter(|path| !path.as_os_str().is_empty())
        .map(|path| root().join(path));
    let figures: Vec<_> = std::iter::once(own("codec"))
        .chain(named)
        .zip(1..)
        .map(|(path, model)| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, memory_of(s, model, &path))
        })
        .collect();
    for (name, megabytes) in &figures {
        let cells = std::iter::once(name.clone()).chain(megabytes.iter().map(|mb| format!("{mb:.1}")));
        report.row(&cells.collect::<Vec<_>>());
    }
    for (name, [_, _, _, _, further, _]) in figures {
        report.at_most(&format!("memory of each further UGen, {name}"), further, FURTHER_TARGET_MB, "MB");
    }
}

/// Before, loaded, one UGen, eight, each further one, all but one freed.
fn memory_of(s: &Session, model: i32, path: &Path) -> [f64; 6] {
    let resident = || resident_mb().unwrap_or(f64::NAN);
    let before = resident();
    s.load(model, path);
    let loaded = resident();
    let nodes: Vec<i32> = (0..UGENS as i32).map(|ugen| 100 * model + ugen).collect();
    let played = |nodes: &[i32]| {
        s.ready(model, nodes);
        s.server.run(true);
        std::thread::sleep(Duration::from_secs(2));
        s.server.run(false);
        resident()
    };
    let (one, all) = (played(&nodes[..1]), played(&nodes[1..]));
    s.server.free(&nodes[1..]);
    std::thread::sleep(Duration::from_millis(500));
    let freed = resident();
    s.server.free(&nodes[..1]);
    [before, loaded, one, all, (all - one) / (UGENS - 1) as f64, freed]
}
