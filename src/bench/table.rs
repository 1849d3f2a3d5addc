//! What is said of a run, for people.

use nn_core::figures::{median, quantile};

use super::{
    judge::{others, word},
    results::{Results, Row},
};

/// The heads, right above their columns.
const HEADS: [&str; 12] = [
    "buffer",
    "p50",
    "p90",
    "p99",
    "p99.9",
    "worst",
    "back to back",
    "of budget",
    "late/1000",
    "least deadline",
    "latency = buffer + deadline + model",
    "boxes",
];

/// All lines but the verdict.
pub fn lines(results: &Results) -> Vec<String> {
    let (heads, rows) = cut(results);
    let mut lines = vec![about(results), machine(results)];
    if !rows.is_empty() {
        let widest =
            |at: usize| rows.iter().map(|row| row[at].chars().count()).chain([heads[at].len()]).max();
        let widths: Vec<usize> = (0..heads.len()).map(|at| widest(at).unwrap_or(0)).collect();
        let line = |cells: &[String]| {
            let padded = cells.iter().zip(&widths).map(|(cell, &width)| format!("{cell:>width$}"));
            padded.collect::<Vec<_>>().join("  ")
        };
        lines.push(line(&HEADS.map(str::to_owned)));
        lines.extend(rows.iter().map(|row| line(row)));
    }
    lines.extend(below(results));
    lines
}

/// The heads of the table, and its rows, cell by cell.
pub fn cut(results: &Results) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let rows = results.rows.iter().filter(|row| row.trouble.is_none());
    (HEADS.to_vec(), rows.map(|row| cells(results, row).to_vec()).collect())
}

/// The lines above and below the table.
pub fn beside(results: &Results) -> Vec<String> {
    [about(results), machine(results)].into_iter().chain(below(results)).collect()
}

/// The lines below the table.
fn below(results: &Results) -> Vec<String> {
    let mut lines = Vec::new();
    for row in &results.rows {
        lines.extend(
            row.trouble.as_ref().map(|trouble| format!("{}  {}", named(results, row), word(trouble))),
        );
        lines.extend(row.notes.iter().map(|note| format!("{}  {note}", named(results, row))));
    }
    lines.extend(begin(results));
    lines.extend(callback(results));
    lines.extend(results.errors.iter().cloned());
    lines
}

/// Which model, and how it was played.
fn about(results: &Results) -> String {
    let how = &results.settings;
    let mut rates: Vec<_> = results.rows.iter().map(|row| row.rate_hz.to_string()).collect();
    rates.dedup();
    let mut sides: Vec<_> = results.rows.iter().map(|row| side(row.optimise)).collect();
    sides.sort_unstable();
    sides.dedup();
    let resampled = results.rows.iter().find_map(|row| row.own_rate_hz);
    format!(
        "{} {}, {} Hz{}, block {}, {}, threads {}{}     {} s of real time a stretch{}{}{}",
        results.model.name,
        results.model.method,
        rates.join(", "),
        resampled.map_or(String::new(), |hz| format!(" -> resampled to {hz} Hz")),
        how.block_frames,
        sides.join(" and "),
        how.threads,
        if how.threads > 1 { " (processor time is not told)" } else { "" },
        how.seconds,
        how.hold_s.map_or(String::new(), |hold_s| format!(", {hold_s} s with the least deadline")),
        if how.repeats > 1 { format!(", {} times", how.repeats) } else { String::new() },
        if how.load > 0 {
            format!(", beside {} busy {}", how.load, if how.load == 1 { "thread" } else { "threads" })
        } else {
            String::new()
        },
    )
}

/// As the outputs of `nn render` say it.
pub fn side(optimise: bool) -> &'static str {
    if optimise { "optimised" } else { "libtorch's convolutions" }
}

fn machine(results: &Results) -> String {
    let machine = &results.machine;
    let libtorch =
        machine.libtorch.as_deref().map_or(String::new(), |version| format!(", libtorch {version}"));
    let mut line = format!(
        "{}, {} cores, {}, nn {}{libtorch}     load {} before, {} after",
        machine.processor,
        machine.cores,
        machine.system,
        results.version,
        machine.load_before,
        machine.load_after
    );
    if results.rows.iter().any(|row| !row.stretches.is_empty()) {
        line += &format!("; {}", others(machine.others_cores));
        if !machine.real_time_priority {
            line += "; the system grants no priority of audio threads";
        }
    }
    line
}

/// The buffer, and what else tells this row from others.
pub fn named(results: &Results, row: &Row) -> String {
    let first = &results.rows[0];
    let rate = if results.rows.iter().any(|row| row.rate_hz != first.rate_hz) {
        format!(" at {} Hz", row.rate_hz)
    } else {
        String::new()
    };
    let side = match results.rows.iter().any(|row| row.optimise != first.optimise) {
        true if row.optimise => " optimised",
        true => " libtorch",
        false => "",
    };
    let frames = if row.buffer_frames == 0 { row.asked_frames } else { row.buffer_frames };
    format!("{frames}{rate}{side}")
}

fn cells(results: &Results, row: &Row) -> [String; 12] {
    let ms = Row::ms(&row.live.wall_ns);
    let at = |part: f64| shown(quantile(&ms, part));
    let none = || "-".to_owned();
    let latency = match row.held {
        None => none(),
        Some(held) => {
            let (of_buffer, own) = (held.latency_frames - held.deadline_frames, row.model_delay_frames);
            let all = row.latency_frames().unwrap_or(0);
            let own = own.map_or("?".into(), |frames| frames.to_string());
            let ms = all as f64 * 1e3 / f64::from(row.rate_hz);
            format!("{of_buffer} + {} + {own} = {all}  {ms:.1} ms", held.deadline_frames)
        }
    };
    [
        named(results, row),
        at(0.5),
        at(0.9),
        at(0.99),
        at(0.999),
        at(1.0),
        shown(median(&Row::ms(&row.flat.wall_ns))),
        format!("{:.0} %", 100.0 * median(&ms) / row.budget_ms().max(1e-9)),
        row.late_per_1000()
            .map_or_else(none, |late| if late == 0.0 { "0".into() } else { format!("{late:.1}") }),
        row.held.map_or("none holds".into(), |held| held.deadline_frames.to_string()),
        latency,
        boxes(row).unwrap_or_else(none),
    ]
}

fn boxes(row: &Row) -> Option<String> {
    let (boxes, most) = (row.boxes()?, row.tries.iter().map(|tried| tried.boxes).max()?);
    Some(if boxes == most { format!("{boxes} or more") } else { boxes.to_string() })
}

/// Three digits.
fn shown(ms: f64) -> String {
    let places = if ms >= 100.0 {
        0
    } else if ms >= 10.0 {
        1
    } else if ms >= 1.0 {
        2
    } else {
        3
    };
    format!("{ms:.places$}")
}

fn begin(results: &Results) -> Option<String> {
    let begin = results.begin.as_ref()?;
    let times = begin.first_call_ms / begin.later_call_ms.max(1e-9);
    let memory = match (begin.memory_one_mb, begin.memory_further_mb) {
        (Some(one), Some(further)) => format!("memory 1 box {one:.0} MB, each further {further:.1} MB"),
        _ => "memory not told by this system".into(),
    };
    let own =
        results.rows.iter().find_map(|row| Some((row.model_delay_frames?, row.model_delay_is.as_deref()?)));
    let own = own.map_or(String::new(), |(frames, how)| format!("; model delay {how} {frames}"));
    Some(format!(
        "first call {} ms ({times:.1} x), load {} ms, {memory}{own}",
        shown(begin.first_call_ms),
        shown(begin.load_ms)
    ))
}

/// What the audio thread itself spends on one box: the largest figures of all stretches.
fn callback(results: &Results) -> Option<String> {
    let of_one = |part: usize| {
        let stretches = results.rows.iter().flat_map(|row| &row.stretches);
        stretches.map(|stretch| stretch.callback_ns[part]).max().map(|ns| ns as f64 * 1e-3)
    };
    let (middle, seldom, worst) = (of_one(0)?, of_one(1)?, of_one(2)?);
    Some(format!(
        "audio callback of a box: p50 {} us, p99 {} us, worst {} us, each the largest of all stretches",
        shown(middle),
        shown(seldom),
        shown(worst)
    ))
}
