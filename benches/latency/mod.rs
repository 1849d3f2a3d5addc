//! The latency that `deadline auto` chooses, whether it holds in a long run, and the latency at which it does.
//!
//! One box per model and buffer, all at once on one host thread, as in a patch. `NN_BENCH_LATENCY_S` is how long they
//! play: 60 s unless set. Where buffers were late in that time, the deadlines of their boxes are doubled and the time
//! begins anew, until none is.

use std::{path::Path, sync::Arc};

use nn_core::{
    formats::{FORMATS, Formats},
    message::Atom,
};

use crate::common::{
    boxed::{BLOCK_FRAMES, Boxed},
    models::{self, file_name},
    number_from,
    report::Report,
    schedule::{RATE_HZ, Schedule, as_audio_threads_run},
};

const BUFFERS: [usize; 2] = [512, 2048];
/// A deadline is not doubled more often than this.
const MOST_TRIES: usize = 6;

/// A box that plays.
struct Player {
    name: String,
    boxed: Boxed,
    /// With the default deadline, which is a buffer.
    default_latency_frames: f64,
    buffer_frames: usize,
    /// Late buffers and all buffers before the stretch that counts.
    before: (u64, u64),
}

impl Player {
    fn new(source: Arc<Formats>, path: &Path, buffer_frames: usize) -> Self {
        let mut boxed = Boxed::ready(source, path, "forward", buffer_frames);
        let default_latency_frames = boxed.latency_frames();
        let name = format!("{} forward {buffer_frames}", file_name(path));
        Self { name, boxed, default_latency_frames, buffer_frames, before: (0, 0) }
    }

    /// Late buffers and all buffers since the stretch began.
    fn since(&self) -> (u64, u64) {
        let (late, blocks) = (self.boxed.late(), self.boxed.status().counts().buffers);
        (late - self.before.0, blocks - self.before.1)
    }

    /// What counts begins here.
    fn begin(&mut self) {
        self.before = (self.boxed.late(), self.boxed.status().counts().buffers);
    }

    fn deadline_frames(&mut self) -> f64 {
        self.buffer_frames as f64 + self.boxed.latency_frames() - self.default_latency_frames
    }

    fn row(&mut self) -> [String; 8] {
        let (late, blocks) = self.since();
        let latency = self.boxed.latency_frames();
        let status = self.boxed.status();
        [
            self.name.clone(),
            format!("{latency}"),
            format!("{:.1}", latency * 1e3 / f64::from(RATE_HZ)),
            format!("{}", self.default_latency_frames),
            blocks.to_string(),
            late.to_string(),
            format!("{:.2}", status.mean_run().as_secs_f64() * 1e3),
            format!("{:.2}", status.counts().worst_ns as f64 * 1e-6),
        ]
    }
}

const COLUMNS: [&str; 8] = [
    "box",
    "latency, samples",
    "ms",
    "latency with the default deadline, samples",
    "buffers",
    "late",
    "mean run, ms",
    "longest run, ms",
];

/// Measures and prints.
pub fn run() {
    let seconds = number_from("NN_BENCH_LATENCY_S", 60).max(1);
    let mut report = Report::begin(
        "Latency without late buffers",
        &format!(
            "`deadline auto` in {seconds} s of real time at {RATE_HZ} Hz, host block {BLOCK_FRAMES}, all boxes at once; \
             then with deadlines doubled where buffers were late, until as long a time goes by without a late buffer. \
             `NN_BENCH_LATENCY_S=600` plays ten minutes."
        ),
    );
    // The workers take their priority from the thread that makes the boxes.
    let granted = as_audio_threads_run();
    report.note(if granted {
        "The host thread has the real-time priority that hosts give to audio, and the workers the next lower one."
    } else {
        "The system grants no real-time priority: host thread and workers are ordinary threads."
    });
    let source = Arc::new(FORMATS);
    let paths = models::all();
    let subjects = paths.iter().flat_map(|path| BUFFERS.map(|buffer_frames| (path, buffer_frames)));
    let mut players: Vec<_> =
        subjects.map(|(path, buffer_frames)| Player::new(source.clone(), path, buffer_frames)).collect();
    // As a user does: when all boxes are there and play.
    play(1, &mut players);
    for player in &mut players {
        player.boxed.send("deadline", &[Atom::symbol("auto")]);
    }
    settle(&mut players);
    play(seconds, &mut players);
    report.table(&COLUMNS);
    for player in &mut players {
        player.boxed.check();
        report.row(&player.row());
    }
    let late: u64 = players.iter().map(|player| player.since().0).sum();
    report.at_most(&format!("late buffers of all boxes in {seconds} s"), late as f64, 0.0, "buffers");
    if late > 0 {
        raise(seconds, &mut players, &mut report);
    }
    report.end();
}

/// Doubles the deadlines that were too short until none is.
fn raise(seconds: usize, players: &mut [Player], report: &mut Report) {
    let mut late = u64::MAX;
    for _ in 0..MOST_TRIES {
        for player in players.iter_mut().filter(|player| player.since().0 > 0) {
            let doubled = player.deadline_frames() * 2.0;
            player.boxed.send("deadline", &[Atom::Int(doubled as i64)]);
        }
        settle(players);
        // A try ends with its first late buffer.
        for _ in 0..seconds {
            play(1, players);
            late = players.iter().map(|player| player.since().0).sum();
            if late > 0 {
                break;
            }
        }
        if late == 0 {
            break;
        }
    }
    report.note("With the deadlines doubled of boxes whose buffers were late:");
    report.table(&COLUMNS);
    for player in players.iter_mut() {
        player.boxed.check();
        report.row(&player.row());
    }
    report.at_most(&format!("late buffers in {seconds} s at these latencies"), late as f64, 0.0, "buffers");
}

/// Plays until what was asked for is done, and begins to count.
fn settle(players: &mut [Player]) {
    play(3, players);
    for player in players.iter_mut() {
        player.boxed.until_settled();
    }
    play(1, players);
    players.iter_mut().for_each(Player::begin);
}

/// Real time.
fn play(seconds: usize, players: &mut [Player]) {
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    for _ in 0..seconds * RATE_HZ as usize / BLOCK_FRAMES {
        schedule.wait();
        for player in players.iter_mut() {
            player.boxed.poll();
            player.boxed.block();
        }
    }
}
