//! The search.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use nn_core::formats::FORMATS;

use super::common::{
    boxed::{BLOCK_FRAMES, Boxed},
    machine,
    models::{self, file_name},
    number_from,
    report::Report,
    schedule::{RATE_HZ, Schedule},
};

const BUFFER_FRAMES: usize = 2048;
/// No more boxes than these.
const MOST: usize = 256;
/// The search ends when the range is this part of the number.
const PRECISION: usize = 8;

/// What is found for one model.
struct Found {
    /// So many played without a late buffer.
    boxes: usize,
    /// So many did not; `None` when even [`MOST`] did.
    too_many: Option<usize>,
    /// Mean time of one run while one box played, in ms.
    run_ms: f64,
}

/// Measures and prints.
pub fn run() {
    let seconds = number_from("NN_BENCH_TRY_S", 5).max(1);
    let mut report = Report::begin(
        "Boxes in real time",
        &format!(
            "The largest number of boxes of one model, buffer {BUFFER_FRAMES}, that play {seconds} s without a late \
             buffer ({RATE_HZ} Hz, host block {BLOCK_FRAMES}, one thread per call, other programs running meanwhile \
             count against it)."
        ),
    );
    report.table(&[
        "model, method",
        "boxes without a late buffer",
        "late with",
        "one run of one box, ms",
        "cores / load of one box",
    ]);
    for path in models::all() {
        let found = search(&path, seconds);
        let buffer_ms = BUFFER_FRAMES as f64 * 1e3 / f64::from(RATE_HZ);
        report.row(&[
            format!("{} forward", file_name(&path)),
            found.boxes.to_string(),
            found.too_many.map_or_else(|| format!("more than {MOST}"), |boxes| boxes.to_string()),
            format!("{:.2}", found.run_ms),
            format!("{:.1}", machine::cores() as f64 * buffer_ms / found.run_ms),
        ]);
    }
    report.end();
}

fn search(path: &Path, seconds: usize) -> Found {
    let mut boxes = Vec::new();
    let mut found = Found { boxes: 0, too_many: None, run_ms: 0.0 };
    let mut next = 1;
    loop {
        resize(&mut boxes, next, path);
        if plays(&mut boxes, seconds) {
            found.boxes = next;
            if next == 1 {
                found.run_ms = boxes[0].status().mean_run().as_secs_f64() * 1e3;
            }
        } else {
            found.too_many = Some(next);
        }
        next = match found.too_many {
            None if next >= MOST => break,
            None => (2 * next).min(MOST),
            Some(too_many) if too_many - found.boxes <= 1.max(found.boxes / PRECISION) => break,
            Some(too_many) => found.boxes + (too_many - found.boxes) / 2,
        };
    }
    found
}

/// Makes boxes until there are so many, or deletes some.
fn resize(boxes: &mut Vec<Boxed>, count: usize, path: &Path) {
    boxes.truncate(count);
    let source = Arc::new(FORMATS);
    let from = boxes.len();
    boxes.extend((from..count).map(|_| Boxed::new(source.clone(), path, "forward", BUFFER_FRAMES)));
    boxes.iter_mut().for_each(Boxed::until_settled);
}

/// Plays all boxes in real time; true when nothing was late after the first half second.
fn plays(boxes: &mut [Boxed], seconds: usize) -> bool {
    let blocks = |seconds: f64| (seconds * f64::from(RATE_HZ) / BLOCK_FRAMES as f64) as usize;
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    let mut play = |blocks: usize| {
        let begin = Instant::now();
        for _ in 0..blocks {
            schedule.wait();
            for boxed in boxes.iter_mut() {
                boxed.block();
            }
        }
        boxes.iter_mut().for_each(|boxed| boxed.poll());
        let missed = |boxed: &Boxed| boxed.late() + boxed.status().counts().dropped;
        (boxes.iter().map(missed).sum::<u64>(), begin.elapsed())
    };
    let (before, _) = play(blocks(0.5));
    let (after, took) = play(blocks(seconds as f64));
    // A host thread that has not kept pace would have given the workers more time.
    after == before && took < Duration::from_secs_f64(seconds as f64 * 1.02)
}
