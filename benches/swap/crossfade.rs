//! The largest step from sample to sample where a box goes over, against the steps of the signals themselves.

use std::{f32::consts::TAU, sync::Arc};

use nn_core::{formats::FORMATS, message::Atom};

use super::common::{
    boxed::{BLOCK_FRAMES, Boxed},
    models,
    report::Report,
    schedule::{RATE_HZ, Schedule},
};

const BUFFER_FRAMES: usize = 2048;
const SINE_HZ: f32 = 220.0;
/// Blocks before a change and after it is done.
const BLOCKS: usize = 320;
/// A fade of 5 ms adds its own slope to the signal's.
const TARGET: f64 = 1.5;

/// Changes: their names, and what is sent. Those without a name are not measured.
fn changes() -> Vec<(&'static str, &'static str, Vec<Atom>)> {
    let path = |name: &str| Atom::symbol(models::own(name).display().to_string());
    vec![
        ("load of gain.ts", "load", vec![path("gain")]),
        ("", "set", vec![Atom::symbol("gain"), Atom::Float(0.5)]),
        ("method inverse, four times as loud", "method", vec![Atom::symbol("inverse")]),
        ("method forward", "method", vec![Atom::symbol("forward")]),
        ("load of identity.ts", "load", vec![path("identity")]),
        ("reload", "reload", vec![]),
        ("bufsize 512", "bufsize", vec![Atom::Int(512)]),
        ("bufsize 2048", "bufsize", vec![Atom::Int(2048)]),
        ("deadline 512", "deadline", vec![Atom::Int(512)]),
        ("reset", "reset", vec![]),
    ]
}

/// Measures and adds to the report.
pub fn measure(report: &mut Report) {
    report.note(&format!(
        "The crossfade: a sine of {SINE_HZ} Hz through a box whose models pass it on. The largest step between two samples of \
         the output from the message until {BLOCKS} blocks after the change, against the largest while nothing changes."
    ));
    report.table(&["change", "largest step", "largest step of the signal", "ratio"]);
    let mut player = Player::new();
    let mut worst = 0.0_f64;
    player.play(4 * BLOCKS);
    for (name, selector, atoms) in changes() {
        player.play(BLOCKS);
        let before = player.take_step();
        player.boxed.send(selector, &atoms);
        while player.boxed.object.pending() {
            player.play(1);
        }
        player.play(BLOCKS);
        let at_seam = player.take_step();
        player.play(BLOCKS);
        let after = player.take_step();
        if name.is_empty() {
            continue;
        }
        assert!(before > 0.0 && after > 0.0, "{name}: nothing is heard");
        let signal = before.max(after);
        let ratio = f64::from(at_seam / signal);
        worst = worst.max(ratio);
        report.row(&[name.into(), format!("{at_seam:.5}"), format!("{signal:.5}"), format!("{ratio:.2}")]);
    }
    let late = player.boxed.late();
    player.boxed.check();
    if late > 0 {
        report.note(&format!("{late} buffers were late meanwhile, which fades too."));
    }
    report.at_most("largest step at a crossfade", worst, TARGET, "times the signal's");
}

struct Player {
    boxed: Boxed,
    schedule: Schedule,
    frame: usize,
    last: f32,
    step: f32,
}

impl Player {
    fn new() -> Self {
        let boxed = Boxed::ready(Arc::new(FORMATS), &models::own("identity"), "forward", BUFFER_FRAMES);
        Self { boxed, schedule: Schedule::new(BLOCK_FRAMES, RATE_HZ), frame: 0, last: 0.0, step: 0.0 }
    }

    fn play(&mut self, blocks: usize) {
        for _ in 0..blocks {
            self.schedule.wait();
            for sample in &mut self.boxed.inputs[0] {
                *sample = 0.5 * (TAU * SINE_HZ * self.frame as f32 / RATE_HZ as f32).sin();
                // Whole periods, so that the phase stays exact.
                self.frame = (self.frame + 1) % RATE_HZ as usize;
            }
            self.boxed.poll();
            self.boxed.block();
            for &sample in &self.boxed.outputs[0] {
                self.step = self.step.max((sample - self.last).abs());
                self.last = sample;
            }
        }
    }

    /// The largest step since the last call.
    fn take_step(&mut self) -> f32 {
        std::mem::take(&mut self.step)
    }
}
