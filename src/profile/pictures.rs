//! Roofline and memory as charts.

use nn_pictures::{Axis, Chart, Mark, Point};

use super::{measured::Measured, part::Part, step::Call, task::Task};

/// Layers that take this part of the time have their names beside them.
const NAMED: f64 = 0.03;

/// Below each picture.
fn note(task: &Task, measured: &Measured) -> String {
    let how = &task.where_and_how;
    format!("{}: {}", how.line(measured.libtorch.as_deref()), how.command)
}

/// A dot for each layer: how much it multiplies for each byte, and how fast, under what the processor can do.
pub fn roofline(task: &Task, measured: &Measured) -> Chart {
    let limits = &measured.limits;
    let layers: Vec<&Part> = measured.parts.iter().filter(|part| part.products > 0.0).collect();
    let total: f64 = measured.parts.iter().map(|part| part.ns).sum::<f64>().max(1.0);
    let intensity = |part: &Part| part.products / (part.weight_bytes + part.sample_bytes).max(1.0);
    let dot = |part: &Part| Point {
        x: intensity(part),
        y: part.products / part.ns.max(1.0),
        label: if part.ns > NAMED * total { part.path.clone() } else { String::new() },
        held: true,
    };
    let is_ours = |part: &Part| part.convolution.as_ref().is_some_and(|convolution| convolution.ours);
    let dots = |name: &str, of: &dyn Fn(&Part) -> bool| {
        let points: Vec<_> = layers.iter().filter(|part| of(part)).map(|part| dot(part)).collect();
        (!points.is_empty()).then(|| Mark::points(name, points))
    };
    let peak = limits.products_per_s * 1e-9;
    let roof = |bytes_per_s: f64| {
        let slope = bytes_per_s * 1e-9;
        let least = layers.iter().map(|part| intensity(part)).fold(peak / slope, f64::min) * 0.5;
        let most = layers.iter().map(|part| intensity(part)).fold(peak / slope, f64::max) * 2.0;
        [[least, least * slope], [peak / slope, peak], [most, peak]]
    };
    let mut marks = vec![Mark::line("limit: weights read again and again", roof(limits.weights_bytes_per_s))];
    marks.push(Mark::Line {
        name: "limit: out of memory that no cache holds".into(),
        points: roof(limits.memory_bytes_per_s)[..2].to_vec(),
        dashed: true,
    });
    marks.extend(dots("convolutions, ours", &|part| is_ours(part)));
    marks.extend(dots("libtorch's", &|part| !is_ours(part)));
    Chart {
        title: format!("{} {}: layers under what this processor can do", task.chosen.name(), task.method()),
        x: Axis::log("multiplications per byte"),
        y: Axis::log("multiplications (G/s)"),
        marks,
        note: note(task, measured),
        ..Chart::default()
    }
}

/// How long each block of the stream took, one after the other, under what a block lasts.
pub fn calls(task: &Task, measured: &Measured) -> Chart {
    let line = |name, ms: fn(&Call) -> f64| {
        Mark::line(name, measured.calls.iter().enumerate().map(|(at, call)| [(at + 1) as f64, ms(call)]))
    };
    Chart {
        title: format!("{} {}: time per block of the stream", task.chosen.name(), task.method()),
        x: Axis::linear("block, after the first ones"),
        y: Axis::log("time (ms)"),
        marks: vec![
            line("as a box calls it", |call| call.plain_ms),
            line("recorded", |call| call.recorded_ms),
            Mark::Horizontal { at: task.buffer_ms, label: format!("budget {}", task.calls.buffer) },
        ],
        note: note(task, measured),
        ..Chart::default()
    }
}

/// Memory of tensors over one call.
pub fn memory(task: &Task, measured: &Measured) -> Chart {
    let points = measured.memory.iter().map(|&(us, bytes)| [us * 1e-3, bytes as f64 * 1e-6]);
    Chart {
        title: format!("{} {}: memory of tensors over one call", task.chosen.name(), task.method()),
        x: Axis::linear("time (ms)"),
        y: Axis::linear("more than before the call (MB)"),
        marks: vec![Mark::Stairs {
            name: String::new(),
            points: std::iter::once([0.0, 0.0]).chain(points).collect(),
        }],
        note: note(task, measured),
        ..Chart::default()
    }
}
