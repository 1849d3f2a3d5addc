//! What is said of a profile: tables, and one line.

use nn_core::figures::of_sorted;

use super::{
    computed::Computed,
    measured::{Measured, middle},
    part::Kind,
    rows::{OUTSIDE, Row, modules, operators},
    step::Limits,
    task::Task,
};

/// Rows that are shown without `--all`.
const MOST_MODULES: usize = 20;
const MOST_OPERATORS: usize = 10;

/// Everything, in lines.
pub fn lines(task: &Task, measured: &Measured, all: bool) -> Vec<String> {
    let mut lines = head(task, measured);
    lines.push(String::new());
    lines.extend(module_table(measured, all));
    lines.push(String::new());
    lines.extend(operator_table(measured, all));
    lines.push(String::new());
    lines.extend(convolutions(measured, all));
    lines.extend(limits(task, measured));
    lines.push(task.where_and_how.line(measured.libtorch.as_deref()));
    lines.push(task.where_and_how.command.clone());
    lines.push(verdict(task, measured));
    lines
}

/// What was called and how long it took.
fn head(task: &Task, measured: &Measured) -> Vec<String> {
    let Task { chosen, calls, buffer_ms, .. } = task;
    let kernels = if calls.optimise == 1 { "optimised" } else { "libtorch's convolutions" };
    let threads = if calls.threads == 1 { "1 thread".into() } else { format!("{} threads", calls.threads) };
    let of = |part| of_sorted(&measured.plain_ms, part);
    let p50 = of(0.5);
    vec![
        format!(
            "{} {}, {} Hz, buffer {} ({buffer_ms:.1} ms), {kernels}, {threads}     {} calls",
            chosen.name(),
            task.method(),
            task.rate_hz,
            calls.buffer,
            measured.plain_ms.len()
        ),
        format!(
            "a call: p50 {} ms, p95 {}, p99 {}, worst {}: {:.1} % of the buffer     first call {} ms ({:.1} x), load {:.0} ms",
            ms(p50),
            ms(of(0.95)),
            ms(of(0.99)),
            ms(of(1.0)),
            100.0 * p50 / buffer_ms,
            ms(measured.first_ms),
            measured.first_ms / p50.max(1e-9),
            measured.load_ms
        ),
        format!(
            "the middle half of them: {} ms, and {} ms recorded ({:+.1} %), of which the parts below are {} ms",
            ms(middle(&measured.plain_ms)),
            ms(measured.recorded_ms),
            100.0 * measured.cost_of_recording(),
            ms(measured.parts_ms())
        ),
    ]
}

/// A number of ms with as many digits as say something.
fn ms(ms: f64) -> String {
    let digits = if ms >= 100.0 {
        0
    } else if ms >= 10.0 {
        1
    } else if ms >= 1.0 {
        2
    } else {
        3
    };
    format!("{ms:.digits$}")
}

/// A number of bytes.
pub fn bytes(bytes: f64) -> String {
    match bytes {
        _ if bytes <= 0.0 => "-".into(),
        _ if bytes < 1e3 => format!("{bytes:.0} B"),
        _ if bytes < 1e6 => format!("{:.1} kB", bytes * 1e-3),
        _ => format!("{:.1} MB", bytes * 1e-6),
    }
}

fn share(part: Option<f64>) -> String {
    part.map_or_else(|| "-".into(), |part| format!("{:.0} %", 100.0 * part))
}

fn module_table(measured: &Measured, all: bool) -> Vec<String> {
    let rows = modules(&measured.parts);
    let total: f64 = rows.iter().map(|row| row.ns).sum();
    let mut table = vec![
        ["module", "ms", "%", "runs", "weights", "of memory", "of peak", "allocated", "computed by"]
            .map(String::from),
    ];
    let shown = if all { rows.len() } else { MOST_MODULES.min(rows.len()) };
    table.extend(rows[..shown].iter().map(|row| {
        [
            row.name.clone(),
            ms(row.ns * 1e-6),
            format!("{:.1}", 100.0 * row.ns / total.max(1.0)),
            runs(row),
            bytes(row.weight_bytes),
            share(row.of_memory(&measured.limits)),
            share(row.of_peak(&measured.limits)),
            bytes(row.allocated_bytes),
            computed_by(row),
        ]
    }));
    let mut lines = aligned(&table);
    lines.extend(rest(&rows[shown..], total));
    lines
}

/// How many rows are not shown, and what they take.
fn rest(rows: &[Row], total: f64) -> Option<String> {
    let ns: f64 = rows.iter().map(|row| row.ns).sum();
    (!rows.is_empty()).then(|| {
        format!(
            "{} more: {} ms, {:.1} %; --all shows them",
            rows.len(),
            ms(ns * 1e-6),
            100.0 * ns / total.max(1.0)
        )
    })
}

/// How many operators ran; nothing where none did.
fn runs(row: &Row) -> String {
    if OUTSIDE.contains(&row.name.as_str()) { "-".into() } else { format!("{:.0}", row.runs) }
}

fn computed_by(row: &Row) -> String {
    let mut words: Vec<String> = Vec::new();
    if row.convolutions.iter().any(|convolution| convolution.ours) {
        words.push("ours".into());
    }
    words.extend(
        row.convolutions.iter().filter_map(|convolution| {
            convolution.reason.as_ref().map(|reason| format!("libtorch: {reason}"))
        }),
    );
    words.dedup();
    match &row.longest {
        Some((operator, _)) if words.is_empty() => format!("libtorch: {operator}"),
        _ => words.join(", "),
    }
}

fn operator_table(measured: &Measured, all: bool) -> Vec<String> {
    let rows = operators(&measured.parts);
    let total: f64 = rows.iter().map(|row| row.ns).sum();
    let mut table = vec![["operator", "ms", "%", "runs", "allocations", "allocated"].map(String::from)];
    let shown = if all { rows.len() } else { MOST_OPERATORS.min(rows.len()) };
    table.extend(rows[..shown].iter().map(|row| {
        [
            row.name.clone(),
            ms(row.ns * 1e-6),
            format!("{:.1}", 100.0 * row.ns / total.max(1.0)),
            runs(row),
            format!("{:.0}", row.allocations),
            bytes(row.allocated_bytes),
        ]
    }));
    let mut lines = aligned(&table);
    lines.extend(rest(&rows[shown..], total));
    let allocations: f64 = measured.parts.iter().map(|part| part.allocations).sum();
    let allocated: f64 = measured.parts.iter().map(|part| part.allocated_bytes).sum();
    lines.push(format!(
        "allocated: {allocations:.0} tensors of {} by call, {} at a time",
        bytes(allocated),
        bytes(measured.peak_bytes as f64)
    ));
    lines
}

/// Columns in line: the first and the last begin at the left, numbers end at the right.
fn aligned<const COLUMNS: usize>(table: &[[String; COLUMNS]]) -> Vec<String> {
    let width = |column: usize| table.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let is_text = |column: usize| column == 0 || (column + 1 == COLUMNS && COLUMNS > 6);
    let line = |row: &[String; COLUMNS]| {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let width = widths[column];
            if is_text(column) { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    table.iter().map(line).collect()
}

/// Who computed the convolutions; each that is not ours in a line of its own, and with `all` each.
fn convolutions(measured: &Measured, all: bool) -> Vec<String> {
    let found = measured.parts.iter().filter_map(|part| Some((part, part.convolution.as_ref()?)));
    let found: Vec<_> = found.collect();
    let ours = found.iter().filter(|(_, convolution)| convolution.ours).count();
    let left = found.len() - ours;
    let mut lines = vec![match found.len() {
        0 => "no convolutions".to_owned(),
        count => format!("{count} convolutions: {ours} ours, {left} libtorch's"),
    }];
    for (part, convolution) in found.iter().filter(|(_, convolution)| all || !convolution.ours) {
        let name = if part.path.is_empty() { "(the model itself)" } else { &part.path };
        let by =
            convolution.reason.as_ref().map_or("ours".to_owned(), |reason| format!("libtorch: {reason}"));
        lines.push(format!(
            "  {name}: {}, {} frames, {} ms: {by}",
            convolution.shape(),
            convolution.out_frames,
            ms(part.ns * 1e-6)
        ));
    }
    lines
}

/// What was measured of the processor, and what follows from that.
fn limits(task: &Task, measured: &Measured) -> Vec<String> {
    let Limits {
        memory_bytes_per_s,
        memory_bytes,
        weights_bytes_per_s,
        weights_bytes,
        products_per_s,
        lanes,
    } = measured.limits;
    let computed = Computed::of(&measured.parts, &measured.limits);
    let mut lines = vec![format!(
        "measured here, on one thread: {:.1} GB/s of {} read again and again, as the weights are ({:.1} GB/s of {}); {:.1} G \
         multiplications/s, {lanes} at a time",
        weights_bytes_per_s * 1e-9,
        bytes(weights_bytes as f64),
        memory_bytes_per_s * 1e-9,
        bytes(memory_bytes as f64),
        products_per_s * 1e-9
    )];
    if task.calls.threads > 1 {
        lines.push("shares of these are of one thread: calls had more".into());
    }
    if computed.bound_by_memory + computed.bound_by_arithmetic == 0.0 {
        return lines;
    }
    lines.push(format!(
        "computed from that: bf16 weights would bring at most {:.2} x, int8 {:.2} x; a buffer of {} at most {:.2} x per sample, of \
         {} {:.2} x",
        computed.bf16,
        computed.int8,
        2 * task.calls.buffer,
        computed.twice,
        4 * task.calls.buffer,
        computed.four_times
    ));
    lines
}

/// One line: where the time is, and what bounds it.
fn verdict(task: &Task, measured: &Measured) -> String {
    let computed = Computed::of(&measured.parts, &measured.limits);
    let total: f64 = measured.parts.iter().map(|part| part.ns).sum::<f64>().max(1.0);
    let outside: f64 =
        measured.parts.iter().filter(|part| part.kind != Kind::Operator).map(|part| part.ns).sum();
    let rest = 1.0 - computed.bound_by_memory - computed.bound_by_arithmetic - outside / total;
    let longest = modules(&measured.parts).into_iter().find(|row| !OUTSIDE.contains(&row.name.as_str()));
    let longest = longest
        .map_or(String::new(), |row| format!("; most in {}: {:.0} %", row.name, 100.0 * row.ns / total));
    format!(
        "{}: {:.0} % of the time is in layers bound by memory, {:.0} % in layers bound by arithmetic, {:.0} % in other \
         operators, {:.0} % between them{longest}",
        task.method(),
        100.0 * computed.bound_by_memory,
        100.0 * computed.bound_by_arithmetic,
        100.0 * rest.max(0.0),
        100.0 * outside / total
    )
}
