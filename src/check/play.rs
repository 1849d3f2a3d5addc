//! Plays a method as on stage.

use std::time::Instant;

use nn_core::{
    engine::effort::used_by_this_thread,
    fit::{
        Trial,
        input::{Content, Kind, kinds},
    },
    model::Model,
};

use super::step::{Step, pass_on_prints};
use crate::steps::say;

/// Blocks that are played, after those that warm up.
const BLOCKS: usize = 60;
/// Their times do not count: libtorch compiles and allocates in the first ones.
const WARM_UP: usize = 4;
/// No more blocks are begun after this time, unless there are hardly any yet.
const LONGEST_S: f64 = 4.0;
const FEWEST: usize = 8;

/// Plays it. `whole` gives it whole numbers everywhere.
pub fn play(
    mut model: Box<dyn Model>,
    index: usize,
    buffer_frames: usize,
    whole: bool,
) -> Result<(), String> {
    let method = model.spec().methods[index].clone();
    let frames = buffer_frames / method.in_ratio;
    let Some(mut trial) = Trial::new(model.spec(), index, 1, buffer_frames, Content::Sound) else {
        return Ok(());
    };
    let kinds = kinds(&method);
    let (begin, mut seed) = (Instant::now(), 0x2545_f491_4f6c_dd1d);
    for number in 0..WARM_UP + BLOCKS {
        if number >= WARM_UP + FEWEST && begin.elapsed().as_secs_f64() > LONGEST_S {
            break;
        }
        for (kind, lane) in kinds.iter().zip(trial.input.chunks_exact_mut(frames.max(1))) {
            match kind {
                Kind::Sound if whole => lane.fill((number % 2) as f32),
                Kind::Sound => fill(lane, number, &mut seed),
                // As its label says.
                _ => {}
            }
        }
        let (block, before) = (Instant::now(), used_by_this_thread());
        let run = trial.run(&mut *model);
        let (ms, used) = (block.elapsed().as_secs_f64() * 1e3, used_by_this_thread().saturating_sub(before));
        pass_on_prints();
        run.map_err(|error| error.to_string())?;
        let not_finite = trial.output.iter().filter(|sample| !sample.is_finite()).count();
        let used_ms = used.as_secs_f64() * 1e3;
        say(&Step::Block { ms, used_ms, not_finite, counts: number >= WARM_UP });
    }
    Ok(())
}

/// Silence, an impulse, a level, noise soft and loud: what a stage has.
fn fill(input: &mut [f32], number: usize, seed: &mut u64) {
    let gain = match number % 8 {
        0 | 1 => 0.0,
        2 => {
            input.fill(0.0);
            if let Some(first) = input.first_mut() {
                *first = 1.0;
            }
            return;
        }
        3 => return input.fill(0.5),
        4 => 1e-30,
        5 => 1.0,
        6 => 4.0,
        _ => 0.1,
    };
    for sample in input {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        *sample = gain * ((*seed >> 40) as f32 / (1u64 << 23) as f32 - 1.0);
    }
}
