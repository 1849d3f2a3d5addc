//! The pictures of a run.

use nn_core::figures::median;
use nn_pictures::{Axis, Chart, Mark, Point};

use super::{
    results::{Results, Row},
    table::named,
};
use crate::failure::Failure;

/// Their names without endings, in the order in which they are drawn.
const NAMES: [&str; 4] = ["times", "latency", "boxes", "run"];
const ENDINGS: [&str; 2] = ["png", "svg"];
/// With more rows, lines across the picture would hide what it shows.
const MOST_LINES: usize = 3;

/// The names of all files.
pub fn names() -> impl Iterator<Item = String> {
    NAMES.into_iter().flat_map(|name| ENDINGS.map(|ending| format!("{name}.{ending}")))
}

/// All files, drawn. Those that nothing was measured for are left out.
pub fn drawn(results: &Results) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let charts = [times(results), latency(results), boxes(results), run(results)];
    let mut files = Vec::new();
    for (name, chart) in NAMES.into_iter().zip(charts) {
        let Some(chart) = chart else { continue };
        let picture = chart.picture();
        let png = picture.png().map_err(|error| Failure::failed(format_args!("{name}.png: {error}")))?;
        files.push((format!("{name}.png"), png));
        files.push((format!("{name}.svg"), picture.svg().into_bytes()));
    }
    Ok(files)
}

/// All pictures as SVG, narrow and without notes and names: what surrounds them says what they are of, and where the figures are from.
pub fn svgs(results: &Results, width: u32) -> Vec<String> {
    let charts = [times(results), latency(results), boxes(results), run(results)];
    let alone = |chart: Chart| {
        let title = chart.title.rsplit_once(": ").map_or(chart.title.as_str(), |(_, what)| what).to_owned();
        Chart { title, note: String::new(), width, ..chart }.picture().svg()
    };
    charts.into_iter().flatten().map(alone).collect()
}

/// Rows with figures.
fn measured(results: &Results) -> Vec<&Row> {
    results.rows.iter().filter(|row| row.trouble.is_none() && !row.live.wall_ns.is_empty()).collect()
}

/// Where the figures are from.
fn note(results: &Results) -> String {
    let machine = &results.machine;
    format!(
        "{}, {} cores; load {}; {}",
        machine.processor, machine.cores, machine.load_before, results.command
    )
}

fn title(results: &Results, what: &str) -> String {
    format!("{} {}: {what}", results.model.name, results.model.method)
}

/// Which share of runs takes longer than a time.
pub fn times(results: &Results) -> Option<Chart> {
    let rows = measured(results);
    let mut marks: Vec<_> =
        rows.iter().map(|row| Mark::distribution(named(results, row), &Row::ms(&row.live.wall_ns))).collect();
    if rows.len() <= MOST_LINES {
        let mut budgets: Vec<_> = rows.iter().map(|row| (row.budget_ns, row.buffer_frames)).collect();
        budgets.dedup();
        for (ns, frames) in budgets {
            marks.push(Mark::Vertical { at: ns as f64 * 1e-6, label: format!("budget {frames}") });
        }
        for row in &rows {
            let name = named(results, row);
            if let Some(held) = row.held {
                let at = held.deadline_frames as f64 * 1e3 / f64::from(row.rate_hz);
                marks.push(Mark::Vertical { at, label: format!("deadline {name}") });
            }
        }
    }
    (!rows.is_empty()).then(|| Chart {
        title: title(results, "time of a run"),
        x: Axis::log("time (ms)"),
        y: Axis::log("share of runs that take longer"),
        marks,
        note: note(results),
        ..Chart::default()
    })
}

/// What a player chooses from: less latency, or less of the processor.
pub fn latency(results: &Results) -> Option<Chart> {
    let points: Vec<_> = measured(results)
        .into_iter()
        // With several threads in a call nothing is known of a processor.
        .filter(|row| !row.live.used_ns.is_empty())
        .filter_map(|row| {
            let frames = row.latency_frames().or_else(|| {
                let first = row.stretches.first()?;
                Some(first.latency_frames + row.model_delay_frames.unwrap_or(0))
            })?;
            Some(Point {
                x: frames as f64 * 1e3 / f64::from(row.rate_hz),
                y: 100.0 * median(&Row::ms(&row.live.used_ns)) / row.budget_ms(),
                label: named(results, row),
                held: row.held.is_some(),
            })
        })
        .collect();
    (!points.is_empty()).then(|| Chart {
        title: title(results, "latency and processor time, by buffer"),
        x: Axis { from: Some(0.0), ..Axis::linear("latency (ms), full: no buffer was late") },
        y: Axis::linear("a core's time (%)"),
        marks: vec![Mark::points("", points)],
        note: note(results),
        ..Chart::default()
    })
}

/// Late buffers by the number of boxes.
pub fn boxes(results: &Results) -> Option<Chart> {
    let of_row = |row: &&Row| {
        let mut tries = row.tries.clone();
        tries.sort_by_key(|tried| tried.boxes);
        let point = |tried: &super::results::Try| Point {
            x: tried.boxes as f64,
            y: 1e3 * tried.late as f64 / tried.buffers.max(1) as f64,
            label: String::new(),
            held: tried.held(),
        };
        let points: Vec<_> = tries.iter().map(point).collect();
        (!points.is_empty()).then(|| Mark::Points { name: named(results, row), points, joined: true })
    };
    let marks: Vec<_> = measured(results).iter().filter_map(of_row).collect();
    (!marks.is_empty()).then(|| Chart {
        title: title(results, "boxes beside each other"),
        x: Axis::log("boxes, full: no buffer was late"),
        y: Axis::linear("late buffers of 1000"),
        marks,
        note: note(results),
        ..Chart::default()
    })
}

/// The time of every run, one after the other: heat and swapping are seen there.
pub fn run(results: &Results) -> Option<Chart> {
    let line = |row: &&Row| {
        let ms = Row::ms(&row.live.wall_ns);
        let at_s = |number: usize| number as f64 * row.budget_ms() * 1e-3;
        Mark::line(named(results, row), ms.into_iter().enumerate().map(|(number, ms)| [at_s(number), ms]))
    };
    let marks: Vec<_> = measured(results).iter().map(line).collect();
    (!marks.is_empty()).then(|| Chart {
        title: title(results, "time of each run"),
        x: Axis::linear("sound played (s)"),
        y: Axis::log("time (ms)"),
        marks,
        note: note(results),
        ..Chart::default()
    })
}
