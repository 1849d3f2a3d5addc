//! Loads, changes of method, and the tables.

use std::path::Path;

use nn_core::message::Atom;

use super::{
    common::{
        boxed::{BLOCK_FRAMES, Boxed},
        figures::{largest, median},
        models::{self, file_name},
        noted::{NotedSource, Runs, take},
        number_from,
        report::Report,
        schedule::{RATE_HZ, Schedule},
    },
    state,
};

const BUFFER_FRAMES: usize = 2048;
/// Runs that are played after every change, and how many of them are the steady state.
const RUNS: usize = 12;
const STEADY_RUNS: usize = 8;
const TARGET: f64 = 1.5;

/// Processor time of the first run, the second and a later one, in microseconds.
#[derive(Clone, Copy)]
struct Beginning {
    first_us: f64,
    second_us: f64,
    steady_us: f64,
}

/// Measures and prints.
pub fn run() {
    let rounds = number_from("NN_BENCH_ROUNDS", 3).max(1);
    let mut report = Report::begin(
        "First blocks",
        &format!(
            "Processor time of a box's first runs after a load and after a change of method, against the median of \
             its last {STEADY_RUNS} of {RUNS} runs. Real time at {RATE_HZ} Hz, host block {BLOCK_FRAMES}, buffer \
             {BUFFER_FRAMES}; medians over {rounds} rounds, microseconds; the ratio is that within a round, and its \
             largest."
        ),
    );
    report.table(&["model, event, method", "first run", "second", "steady", "first / steady", "largest"]);
    let mut ratios = Vec::new();
    for path in models::all() {
        for (event, beginnings) in of_model(&path, rounds) {
            let of = |part: fn(&Beginning) -> f64| beginnings.iter().map(part).collect::<Vec<_>>();
            let ratio = of(|beginning| beginning.first_us / beginning.steady_us);
            let [first, second, steady] = [of(|b| b.first_us), of(|b| b.second_us), of(|b| b.steady_us)]
                .map(|figures| format!("{:.0}", median(&figures)));
            let name = format!("{}, {event}", file_name(&path));
            report.row(&[
                name.clone(),
                first,
                second,
                steady,
                format!("{:.2}", median(&ratio)),
                format!("{:.2}", largest(&ratio)),
            ]);
            ratios.push((name, median(&ratio)));
        }
    }
    for (name, ratio) in ratios {
        report.at_most(&format!("first run, {name}"), ratio, TARGET, "times the steady state");
    }
    state::compare(&mut report);
    report.end();
}

/// Every method after a load with it and after a change to it.
fn of_model(path: &Path, rounds: usize) -> Vec<(String, Vec<Beginning>)> {
    let (source, runs) = NotedSource::new(0);
    let spec = nn_core::model::ModelSource::describe(&*source, &path.into())
        .unwrap_or_else(|error| panic!("{error}"));
    let names: Vec<_> = spec.methods.iter().map(|method| method.name.clone()).collect();
    let mut events: Vec<(String, Vec<Beginning>)> = Vec::new();
    let mut add = |event: String, beginning| match events.iter_mut().find(|(known, _)| *known == event) {
        Some((_, all)) => all.push(beginning),
        None => events.push((event, vec![beginning])),
    };
    for _ in 0..rounds {
        for (index, name) in names.iter().enumerate() {
            let mut boxed = Boxed::ready(source.clone(), path, name, BUFFER_FRAMES);
            add(format!("load, {name}"), beginning(&mut boxed, &runs, index));
            let next = (index + 1) % names.len();
            if next != index {
                boxed.send("method", &[Atom::symbol(names[next].clone())]);
                boxed.until_settled();
                add(format!("method, {}", names[next]), beginning(&mut boxed, &runs, next));
            }
            boxed.check();
        }
    }
    events
}

/// Plays until the method has run often enough.
fn beginning(boxed: &mut Boxed, runs: &Runs, method: usize) -> Beginning {
    drop(take(runs));
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    let mut noted = Vec::new();
    for _ in 0..4 * RUNS {
        for _ in 0..BUFFER_FRAMES / BLOCK_FRAMES {
            schedule.wait();
            boxed.poll();
            boxed.block();
        }
        noted.extend(
            take(runs).into_iter().filter(|run| run.method == method).map(|run| run.cpu_ns as f64 * 1e-3),
        );
        if noted.len() >= RUNS {
            break;
        }
    }
    assert!(noted.len() >= RUNS, "the model does not run: {:?}", boxed.take_events());
    Beginning {
        first_us: noted[0],
        second_us: noted[1],
        steady_us: median(&noted[noted.len() - STEADY_RUNS..]),
    }
}
