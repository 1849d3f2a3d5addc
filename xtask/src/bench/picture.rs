//! The picture of the page: how durations are spread, one panel above the other, both axes logarithmic.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use super::results::{Histogram, Section};
use crate::canvas::{Align, Canvas, Rgb};
use crate::run::Failure;

/// Where it lies, seen from the page.
pub const FILE: &str = "pictures/times.png";

const PANEL_WIDTH: usize = 1_120;
const PANEL_HEIGHT: usize = 300;
const LEFT: usize = 130;
const TOP: usize = 96;
const GAP: usize = 150;
const BOTTOM: usize = 86;
const WIDTH: usize = LEFT + PANEL_WIDTH + 50;

const PAPER: Rgb = [255, 255, 255];
const INK: Rgb = [24, 28, 36];
const SOFT_INK: Rgb = [110, 118, 130];
const GRID: Rgb = [228, 231, 236];
/// Distinct also without colour vision.
const COLOURS: [Rgb; 5] = [[0, 114, 178], [213, 94, 0], [0, 158, 115], [204, 121, 167], [120, 94, 30]];
const SMALL: f32 = 19.0;
const LARGE: f32 = 23.0;

/// Draws all histograms of `sections`, one panel per name of panel, into a PNG file.
///
/// # Errors
/// When the file cannot be written.
pub fn draw(sections: &[Section], file: &Path) -> Result<(), Failure> {
    let failure = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", file.display()));
    let histograms: Vec<_> = sections.iter().flat_map(|section| &section.histograms).collect();
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|error| failure(&error))?;
    }
    let png = File::create(file).map_err(|error| failure(&error))?;
    canvas(&histograms).write_png(BufWriter::new(png)).map_err(|error| failure(&error))
}

fn canvas(histograms: &[&Histogram]) -> Canvas {
    let mut panels: Vec<&str> = Vec::new();
    for histogram in histograms {
        if !panels.contains(&histogram.panel.as_str()) {
            panels.push(&histogram.panel);
        }
    }
    let mut canvas = Canvas::new(WIDTH, TOP + panels.len() * (PANEL_HEIGHT + GAP) - GAP + BOTTOM, PAPER);
    for (index, panel) in panels.iter().enumerate() {
        let of_panel: Vec<_> =
            histograms.iter().copied().filter(|histogram| histogram.panel == *panel).collect();
        draw_panel(&mut canvas, TOP + index * (PANEL_HEIGHT + GAP), panel, &of_panel);
    }
    canvas
}

/// Powers of ten: of nanoseconds from left to right, of counts from the foot to the top.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Axes {
    from: i32,
    to: i32,
    top: i32,
}

impl Axes {
    /// Whole powers of ten around everything.
    fn around(histograms: &[&Histogram]) -> Self {
        let edges = || {
            histograms.iter().flat_map(|histogram| {
                let edge = |bin: i64| bin as f64 / histogram.per_decade;
                histogram.bins.iter().flat_map(move |(bin, _)| [edge(*bin), edge(*bin + 1)])
            })
        };
        let most = histograms.iter().flat_map(|histogram| &histogram.bins).map(|(_, count)| *count).max();
        let from = edges().fold(f64::INFINITY, f64::min).floor();
        let to = edges().fold(f64::NEG_INFINITY, f64::max).ceil();
        let (from, to) = if from.is_finite() { (from as i32, to as i32) } else { (0, 1) };
        Self {
            from,
            to: to.max(from + 1),
            top: (most.unwrap_or(1) as f64 * 1.2).log10().ceil().max(1.0) as i32,
        }
    }

    /// The column of a power of ten of nanoseconds.
    fn column(self, power: f64) -> usize {
        let part = (power - f64::from(self.from)) / f64::from(self.to - self.from);
        LEFT + (part.clamp(0.0, 1.0) * PANEL_WIDTH as f64).round() as usize
    }

    /// Pixels above the foot for a count: one event is a tenth of a decade high, so that it is seen.
    fn height(self, count: f64) -> usize {
        let part = (count.log10() + FOOT) / (f64::from(self.top) + FOOT);
        (part.clamp(0.0, 1.0) * PANEL_HEIGHT as f64).round() as usize
    }
}

/// The count axis begins this part of a decade below one.
const FOOT: f64 = 0.15;

fn draw_panel(canvas: &mut Canvas, top: usize, title: &str, histograms: &[&Histogram]) {
    let axes = Axes::around(histograms);
    let foot = top + PANEL_HEIGHT;
    canvas.text(LEFT as f32, top as f32 - 56.0, LARGE, Align::Left, INK, title);
    grid(canvas, axes, top);
    let mut legend = LEFT as f32;
    for (histogram, colour) in histograms.iter().zip(COLOURS.into_iter().cycle()) {
        for (bin, count) in &histogram.bins {
            let edge = |bin: i64| axes.column(bin as f64 / histogram.per_decade);
            let (left, right, height) = (edge(*bin), edge(*bin + 1), axes.height(*count as f64));
            for y in foot - height..foot {
                for x in left..right {
                    canvas.blend(x, y, colour, if y < foot - height + 2 { 1.0 } else { 0.45 });
                }
            }
        }
        let count: u64 = histogram.bins.iter().map(|(_, count)| count).sum();
        let label = format!("{} ({count})", histogram.name);
        canvas.fill(legend as usize, top - 28, 16, 16, colour);
        canvas.text(legend + 24.0, top as f32 - 20.0, SMALL, Align::Left, INK, &label);
        legend += 24.0 + canvas.text_width(SMALL, &label) + 34.0;
    }
    canvas.frame(LEFT, top, PANEL_WIDTH, PANEL_HEIGHT, INK);
}

fn grid(canvas: &mut Canvas, axes: Axes, top: usize) {
    let foot = top + PANEL_HEIGHT;
    for power in axes.from..=axes.to {
        let x = axes.column(f64::from(power));
        canvas.fill(x, top, 1, PANEL_HEIGHT, GRID);
        canvas.fill(x, foot + 1, 1, 8, INK);
        canvas.text(x as f32, foot as f32 + 22.0, SMALL, Align::Middle, INK, &time_label(power));
        for digit in 2..10 {
            let x = axes.column(f64::from(power) + f64::from(digit).log10());
            if power < axes.to {
                canvas.fill(x, foot + 1, 1, 4, INK);
            }
        }
    }
    for power in 0..=axes.top {
        let y = foot - axes.height(10f64.powi(power));
        canvas.fill(LEFT, y, PANEL_WIDTH, 1, GRID);
        canvas.fill(LEFT - 8, y, 7, 1, INK);
        let label = 10u64.pow(power.unsigned_abs()).to_string();
        canvas.text(LEFT as f32 - 13.0, y as f32, SMALL, Align::Right, INK, &label);
    }
    canvas.text(LEFT as f32 - 13.0, top as f32 - 20.0, SMALL, Align::Right, SOFT_INK, "how many");
}

/// Of a power of ten of nanoseconds: `10 us`.
fn time_label(power: i32) -> String {
    let unit = ["ns", "us", "ms", "s"][(power / 3).clamp(0, 3) as usize];
    format!("{} {unit}", 10u64.pow((power - 3 * (power / 3).clamp(0, 3)).unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(bins: Vec<(i64, u64)>) -> Histogram {
        Histogram { panel: "p".into(), name: "n".into(), per_decade: 10.0, bins }
    }

    #[test]
    fn axes_hold_everything_in_whole_powers_of_ten() {
        let (one, other) = (histogram(vec![(25, 3), (31, 900)]), histogram(vec![(47, 1)]));
        let axes = Axes::around(&[&one, &other]);
        assert_eq!(axes, Axes { from: 2, to: 5, top: 4 });
        assert_eq!((axes.column(2.0), axes.column(5.0)), (LEFT, LEFT + PANEL_WIDTH));
        assert!(axes.height(1.0) > 0 && axes.height(900.0) < PANEL_HEIGHT);
    }

    #[test]
    fn times_are_labelled_in_their_units() {
        assert_eq!([0, 2, 3, 5, 6, 9].map(time_label), ["1 ns", "100 ns", "1 us", "100 us", "1 ms", "1 s"]);
    }

    #[test]
    fn without_histograms_there_is_still_a_picture() {
        assert_eq!(canvas(&[&histogram(vec![])]).width, WIDTH);
    }
}
