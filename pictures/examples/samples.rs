//! Draws one picture of each kind into the folder that is named, to look at: `cargo run -p nn-pictures --example samples out`.

use std::path::Path;

use nn_pictures::spectrogram::{FINE_COLUMNS, Spectrogram};
use nn_pictures::{Axis, Bar, Bars, Bin, Chart, Content, Mark, Passage, Picture, Point, Track, Tracks};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let pictures = [
        ("distribution", distribution()),
        ("states", states()),
        ("histogram", histogram()),
        ("roofline", roofline()),
        ("run", run()),
        ("bars", bars()),
        ("tracks", tracks()),
    ];
    for (name, picture) in pictures {
        let file = Path::new(&folder).join(name);
        std::fs::write(file.with_extension("svg"), picture.svg())?;
        std::fs::write(file.with_extension("png"), picture.png()?)?;
    }
    Ok(())
}

/// Numbers from 0 to 1 that look random.
fn random(index: usize) -> f64 {
    ((index as f64 * 12.9898).sin() * 43_758.545_3).rem_euclid(1.0)
}

fn distribution() -> Picture {
    let times = |scale: f64, tail: f64| -> Vec<f64> {
        (0..5_000).map(|i| scale * (1.0 + tail * random(i) / (1.001 - random(i + 7_000)))).collect()
    };
    Chart {
        title: "share of blocks over time taken".into(),
        x: Axis::log("time (ms)"),
        y: Axis::log("share of blocks that took at least as long"),
        marks: vec![
            Mark::distribution("forward, 2048 frames", &times(1.9, 0.03)),
            Mark::distribution("decode, 2048 frames <&\"quoted\">", &times(3.1, 0.05)),
            Mark::Vertical { at: 46.4, label: "budget 46.4 ms".into() },
            Mark::Vertical { at: 40.0, label: "deadline 40 ms".into() },
        ],
        note: "4 cores of a sample machine, load 0.12, libtorch 2.13.0; nn bench sample.ts --seconds 30; this note is long \
               enough to be broken into more than one line, as those of real runs are"
            .into(),
        ..Chart::default()
    }
    .picture()
}

fn states() -> Picture {
    let series = |name: &str, scale: f64, least: usize| Mark::Points {
        name: name.into(),
        points: (0..6)
            .map(|i| Point {
                x: 11.6 * f64::from(1 << i),
                y: scale / (1.0 + 0.4 * i as f64),
                label: (512 << i).to_string(),
                held: i >= least,
            })
            .collect(),
        joined: true,
    };
    Chart {
        title: "latency against processor time".into(),
        x: Axis::log("latency (ms)"),
        y: Axis::linear("processor time per second of sound (%)"),
        marks: vec![
            series("forward", 90.0, 2),
            series("decode", 60.0, 1),
            Mark::Horizontal { at: 100.0, label: "one core".into() },
        ],
        ..Chart::default()
    }
    .picture()
}

fn histogram() -> Picture {
    let bins = |first: i32, counts: &[u32]| {
        let edge = |bin: i32| 10f64.powf(f64::from(bin) / 10.0 - 6.0) * 1e3;
        counts
            .iter()
            .zip(first..)
            .map(|(count, bin)| Bin { from: edge(bin), to: edge(bin + 1), height: f64::from(*count) })
            .collect()
    };
    let chart = |title: &str, first| Chart {
        title: title.into(),
        x: Axis::log("time (ms)"),
        y: Axis::log("how many"),
        marks: vec![
            Mark::Histogram {
                name: "ordinary block".into(),
                bins: bins(first, &[2, 60, 500, 900, 300, 40, 3, 0, 0, 1]),
            },
            Mark::Histogram {
                name: "block that fills a buffer".into(),
                bins: bins(first + 4, &[4, 30, 28, 10, 1]),
            },
        ],
        ..Chart::default()
    };
    Picture::stacked([
        chart("duration of the audio callback", 1).picture(),
        chart("compute time of a run", 25).picture(),
    ])
}

fn roofline() -> Picture {
    let points = (0..40).map(|i| {
        let intensity = 0.1 * 10f64.powf(3.0 * random(i));
        let label = if i % 3 == 0 { format!("decoder.net.{i}.conv") } else { String::new() };
        Point {
            x: intensity,
            y: (12.0 * intensity).min(90.0) * (0.2 + 0.7 * random(i + 50)),
            label,
            held: true,
        }
    });
    let limit = |name: &str, points| Mark::Line { name: name.into(), points, dashed: true };
    Chart {
        title: "roofline".into(),
        x: Axis::log("operations per byte (FLOP/B)"),
        y: Axis::log("speed (GFLOP/s)"),
        marks: vec![
            Mark::points("layers", points),
            limit("memory 12 GB/s", vec![[0.05, 0.6], [7.5, 90.0]]),
            limit("compute 90 GFLOP/s", vec![[7.5, 90.0], [200.0, 90.0]]),
        ],
        ..Chart::default()
    }
    .picture()
}

fn run() -> Picture {
    let times = (0..30_000)
        .map(|i| [i as f64 * 0.0464, 1.9 + 0.2 * random(i) + if i % 7_001 == 3 { 9.0 } else { 0.0 }]);
    Chart {
        title: "time per block over the run".into(),
        x: Axis::linear("time (s)"),
        y: Axis::linear("time per block (ms)"),
        marks: vec![Mark::line("", times), Mark::Horizontal { at: 11.6, label: "budget".into() }],
        ..Chart::default()
    }
    .picture()
}

fn bars() -> Picture {
    let names = [
        "decoder.net.4",
        "decoder.net.2",
        "encoder.net.0",
        "noise",
        "a module whose name is much longer than there is room for it",
    ];
    let bar = |(index, name): (usize, &str)| {
        let value = 40.0 / (index as f64 + 1.0);
        Bar { name: name.into(), value, text: format!("{value:.1} %") }
    };
    Bars {
        title: "where the time goes".into(),
        axis: "share of a call (%)".into(),
        bars: names.into_iter().enumerate().map(bar).collect(),
        ..Bars::default()
    }
    .picture()
}

fn tracks() -> Picture {
    let rate = 44_100_u32;
    let sweep: Vec<f32> = (0..4 * rate)
        .map(|frame| {
            let t = f64::from(frame) / f64::from(rate);
            let phase = 80.0 * (60f64.powf(t / 4.0) - 1.0) * 4.0 / 60f64.ln();
            (0.6 * (0.3 + 0.7 * (t * 3.0).sin().abs()) * (std::f64::consts::TAU * phase).sin()) as f32
        })
        .collect();
    let noisy: Vec<f32> = sweep.iter().enumerate().map(|(i, x)| 0.7 * x + 0.02 * random(i) as f32).collect();
    let spectrogram = |samples| Content::Spectrogram(Spectrogram::of(samples, rate, FINE_COLUMNS));
    let waveform = |samples: &[f32]| Content::Waveform { samples: samples.to_vec(), sample_rate_hz: rate };
    let rows = (0..16)
        .map(|row| (0..86).map(|i| (i as f32 * 0.02 * (row + 1) as f32).sin() * 2.3).collect())
        .collect();
    let track = |title: &str, content| Track { title: title.into(), content };
    Tracks {
        title: "a sweep through forward".into(),
        tracks: vec![
            track("input", waveform(&sweep)),
            track("input", spectrogram(&sweep)),
            track("latents", Content::Channels { rows, length_s: 4.0 }),
            track("output", waveform(&noisy)),
            track("output", spectrogram(&noisy[..3 * rate as usize])),
        ],
        passages: vec![
            Passage { name: "low".into(), from_s: 0.0, to_s: 2.0 },
            Passage { name: "high".into(), from_s: 2.0, to_s: 4.0 },
        ],
        ..Tracks::default()
    }
    .picture()
}
