//! The picture of the demo: spectrograms one above the other on one time axis and one scale of colours.

mod axis;

use super::error::Error;
use super::sound::Passage;
use super::spectrum::Analyser;
use crate::canvas::{Align, Canvas, Rgb};
use axis::{FrequencyAxis, LevelScale, TimeAxis, hz_label};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

/// One spectrogram.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    /// The line above it.
    pub title: String,
    /// What is shown, mono.
    pub samples: &'a [f32],
}

const WINDOW_FRAMES: usize = 2_048;
const LOWEST_HZ: f32 = 50.0;
const HIGHEST_HZ: f32 = 20_000.0;
/// The colours span this much, downwards from the loudest point of all panels.
const RANGE_DB: f32 = 80.0;

const PANEL_WIDTH: usize = 1_320;
const PANEL_HEIGHT: usize = 270;
const LEFT: usize = 110;
const TOP: usize = 92;
const GAP: usize = 62;
const BOTTOM: usize = 78;
const BAR_LEFT: usize = LEFT + PANEL_WIDTH + 34;
const BAR_WIDTH: usize = 22;
const WIDTH: usize = BAR_LEFT + BAR_WIDTH + 92;

const PAPER: Rgb = [255, 255, 255];
const INK: Rgb = [24, 28, 36];
const SOFT_INK: Rgb = [110, 118, 130];
const SMALL: f32 = 19.0;
const LARGE: f32 = 23.0;

/// Draws `panels` from top to bottom into a PNG file, with the names of `passages` above the first.
pub fn spectrograms(
    path: &Path,
    heading: &str,
    panels: &[Panel<'_>],
    passages: &[Passage],
    sample_rate_hz: u32,
) -> Result<(), Error> {
    let canvas = draw(heading, panels, passages, sample_rate_hz);
    let file = File::create(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
    canvas.write_png(BufWriter::new(file)).map_err(|source| Error::Picture { path: path.to_owned(), source })
}

fn draw(heading: &str, panels: &[Panel<'_>], passages: &[Passage], sample_rate_hz: u32) -> Canvas {
    let longest = panels.iter().map(|panel| panel.samples.len()).max().unwrap_or(1).max(1);
    let time = TimeAxis { length_s: longest as f32 / sample_rate_hz as f32, width: PANEL_WIDTH };
    let frequency = FrequencyAxis {
        lowest_hz: LOWEST_HZ,
        highest_hz: HIGHEST_HZ.min(sample_rate_hz as f32 / 2.0),
        height: PANEL_HEIGHT,
    };
    let levels: Vec<_> =
        panels.iter().map(|panel| levels_db(panel.samples, time, frequency, sample_rate_hz)).collect();
    let loudest = levels.iter().flatten().fold(f32::NEG_INFINITY, |loudest, &level| loudest.max(level));
    let highest_db = if loudest.is_finite() { (loudest / 5.0).ceil() * 5.0 } else { 0.0 };
    let scale = LevelScale { lowest_db: highest_db - RANGE_DB, highest_db };

    let height = TOP + panels.len() * (PANEL_HEIGHT + GAP) - GAP + BOTTOM;
    let mut canvas = Canvas::new(WIDTH, height, PAPER);
    canvas.text(LEFT as f32, 28.0, LARGE, Align::Left, INK, heading);
    for (index, (panel, levels)) in panels.iter().zip(&levels).enumerate() {
        let top = TOP + index * (PANEL_HEIGHT + GAP);
        canvas.text(LEFT as f32, top as f32 - 19.0, SMALL, Align::Left, INK, &panel.title);
        for (at, &level) in levels.iter().enumerate() {
            canvas.set(LEFT + at % PANEL_WIDTH, top + at / PANEL_WIDTH, scale.colour(level));
        }
        canvas.frame(LEFT, top, PANEL_WIDTH, PANEL_HEIGHT, INK);
        frequency_ticks(&mut canvas, frequency, top);
        time_ticks(&mut canvas, time, top, index + 1 == panels.len());
        if index == 0 {
            name_passages(&mut canvas, time, passages, top, sample_rate_hz);
        }
    }
    colour_bar(&mut canvas, scale, height - BOTTOM - TOP);
    canvas
}

/// Level of every pixel of a panel in dB relative to a full-scale sine, row by row from the top.
fn levels_db(samples: &[f32], time: TimeAxis, frequency: FrequencyAxis, sample_rate_hz: u32) -> Vec<f32> {
    let analyser = Analyser::new(WINDOW_FRAMES);
    let bin_hz = sample_rate_hz as f32 / WINDOW_FRAMES as f32;
    let mut levels = vec![0.0; time.width * frequency.height];
    for column in 0..time.width {
        let centre = (time.seconds(column) * sample_rate_hz as f32) as i64;
        let bins = analyser.magnitudes(samples, centre - WINDOW_FRAMES as i64 / 2);
        for row in 0..frequency.height {
            let (high, low) = (frequency.hz(row as f32) / bin_hz, frequency.hz(row as f32 + 1.0) / bin_hz);
            let magnitude = magnitude_between(&bins, low, high) / analyser.full_scale();
            levels[row * time.width + column] = 20.0 * magnitude.max(1e-9).log10();
        }
    }
    levels
}

/// The loudest of the bins that a pixel covers, and of the line between the two bins around its middle: there
/// are many bins to a pixel at the top of the axis and many pixels to a bin at its foot.
fn magnitude_between(bins: &[f32], low: f32, high: f32) -> f32 {
    let place = ((low + high) / 2.0).clamp(0.0, bins.len() as f32 - 1.001);
    let below = place as usize;
    let middle = bins[below] + (bins[below + 1] - bins[below]) * (place - below as f32);
    let last = (high.floor() as usize).min(bins.len() - 1);
    (low.ceil() as usize..=last).fold(middle, |loudest, bin| loudest.max(bins[bin]))
}

fn frequency_ticks(canvas: &mut Canvas, axis: FrequencyAxis, top: usize) {
    for hz in axis.ticks_hz() {
        let y = top + (axis.row(hz).round() as usize).min(PANEL_HEIGHT - 1);
        canvas.fill(LEFT - 8, y, 7, 1, INK);
        canvas.text(LEFT as f32 - 13.0, y as f32, SMALL, Align::Right, INK, &hz_label(hz));
    }
    canvas.text(LEFT as f32 - 60.0, top as f32 - 19.0, SMALL, Align::Middle, SOFT_INK, "Hz");
}

/// Marks every half second below a panel, and numbers whole seconds below the last one.
fn time_ticks(canvas: &mut Canvas, axis: TimeAxis, top: usize, numbered: bool) {
    let below = top + PANEL_HEIGHT + 1;
    for half in 0..=(axis.length_s * 2.0) as usize {
        let x = LEFT + (axis.column(half as f32 / 2.0).round() as usize).min(PANEL_WIDTH - 1);
        canvas.fill(x, below, 1, if half % 2 == 0 { 8 } else { 4 }, INK);
        if numbered && half % 2 == 0 {
            let label = (half / 2).to_string();
            canvas.text(x as f32, below as f32 + 20.0, SMALL, Align::Middle, INK, &label);
        }
    }
    if numbered {
        let (x, y) = (LEFT as f32 + PANEL_WIDTH as f32 / 2.0, below as f32 + 50.0);
        canvas.text(x, y, SMALL, Align::Middle, INK, "time in seconds");
    }
}

fn name_passages(canvas: &mut Canvas, axis: TimeAxis, passages: &[Passage], top: usize, sample_rate_hz: u32) {
    for passage in passages {
        let column = |frame: usize| LEFT + axis.column(frame as f32 / sample_rate_hz as f32).round() as usize;
        let (from, to) = (column(passage.start_frame), column(passage.start_frame + passage.frames));
        canvas.fill(from, top - 6, to - from, 2, SOFT_INK);
        let (middle, width) = ((from + to) as f32 / 2.0, canvas.text_width(SMALL, passage.name));
        // A title at the left must not run into a name.
        let x = middle.max(from as f32 + width / 2.0);
        canvas.text(x, top as f32 - 19.0, SMALL, Align::Middle, SOFT_INK, passage.name);
    }
}

fn colour_bar(canvas: &mut Canvas, scale: LevelScale, height: usize) {
    let at = |level_db: f32| {
        let part = (scale.highest_db - level_db) / (scale.highest_db - scale.lowest_db);
        TOP + ((part * height as f32) as usize).min(height - 1)
    };
    for row in 0..height {
        let level = scale.highest_db - (row as f32 + 0.5) / height as f32 * RANGE_DB;
        canvas.fill(BAR_LEFT, TOP + row, BAR_WIDTH, 1, scale.colour(level));
    }
    canvas.frame(BAR_LEFT, TOP, BAR_WIDTH, height, INK);
    for level in scale.ticks_db() {
        let (x, y) = (BAR_LEFT + BAR_WIDTH, at(level));
        canvas.fill(x + 1, y, 7, 1, INK);
        canvas.text(x as f32 + 13.0, y as f32, SMALL, Align::Left, INK, &format!("{level}"));
    }
    canvas.text(BAR_LEFT as f32, TOP as f32 - 19.0, SMALL, Align::Left, SOFT_INK, "dBFS");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sine_is_brightest_at_its_time_and_frequency() {
        let rate = 44_100;
        // One second of silence, one second at 1 kHz, one second of silence.
        let tone = |frame: usize| (std::f32::consts::TAU * 1_000.0 * frame as f32 / rate as f32).sin();
        let samples: Vec<f32> = (0..3 * rate as usize)
            .map(|frame| if frame / rate as usize == 1 { tone(frame) } else { 0.0 })
            .collect();
        let time = TimeAxis { length_s: 3.0, width: 300 };
        let frequency = FrequencyAxis { lowest_hz: 50.0, highest_hz: 20_000.0, height: 200 };
        let levels = levels_db(&samples, time, frequency, rate);
        let loudest = (0..levels.len()).max_by(|&a, &b| levels[a].total_cmp(&levels[b])).unwrap();
        let (column, row) = (loudest % time.width, loudest / time.width);
        assert!((100..200).contains(&column), "column {column}");
        assert!((frequency.row(1_000.0) - row as f32).abs() < 3.0, "row {row}");
        assert!(levels[loudest].abs() < 1.5, "{} dB", levels[loudest]);
        assert!(levels[row * time.width + 50] < -100.0);
    }

    #[test]
    fn panels_of_silence_are_drawn_dark() {
        let silence = vec![0.0; 44_100];
        let panels = [Panel { title: "nothing".into(), samples: &silence }];
        let canvas = draw("silence", &panels, &[], 44_100);
        assert_eq!((canvas.width, canvas.height), (WIDTH, TOP + PANEL_HEIGHT + BOTTOM));
    }
}
