//! Detects clicks between buffers, by comparison with one buffer of twice the length.

use nn_core::{
    fit::{Trial, input::Content},
    model::Model,
};

use super::step::{Step, pass_on_prints};
use crate::steps::say;

/// Blocks of twice the length.
const BLOCKS: usize = 4;
/// A border clicks when sound bends there so many times as much.
const CLEAR: f32 = 8.0;
/// And at least by this part of its level, or of a quiet one.
const FAINTEST: f32 = 1e-2;
const QUIET: f32 = 0.05;
/// How far from a border it still counts, in samples: what a convolution is given beyond it is heard before it.
const NEAR_FRAMES: usize = 32;
/// What counts as usual inside a buffer: this part of all places bends less.
const NEARLY_ALL: f32 = 0.99;
/// What the copies' random numbers begin with: any number.
const SEED: u64 = 1;

/// How sound bends at the borders of buffers and inside them, where it clicks; `None` where it does not, or where that
/// cannot be told: a method that answers no sound, or that knows no other buffer.
pub fn look(model: &dyn Model, index: usize, buffer_frames: usize) -> Option<(f32, f32)> {
    let method = model.spec().methods.get(index)?;
    if method.out_ratio > 1 || buffer_frames < 8 {
        return None;
    }
    let in_ratio = method.in_ratio;
    let short = played(model, index, in_ratio, buffer_frames, BLOCKS * 2)?;
    let long = played(model, index, in_ratio, buffer_frames * 2, BLOCKS)?;
    let lanes = short.iter().zip(&long).filter_map(|(short, long)| bends(short, long, buffer_frames));
    lanes.max_by(|a, b| a.0.total_cmp(&b.0))
}

/// What a copy makes of a slow wave, by output.
fn played(
    model: &dyn Model,
    index: usize,
    in_ratio: usize,
    frames: usize,
    blocks: usize,
) -> Option<Vec<Vec<f32>>> {
    let mut copy = model.fork().ok()?;
    copy.seed(SEED);
    let mut trial = Trial::new(model.spec(), index, 1, frames, Content::Wave(0))?;
    let lanes = trial.output.len() / frames;
    let mut heard = vec![Vec::with_capacity(frames * blocks); lanes];
    for block in 0..blocks {
        trial.fill(Content::Wave(block * frames / in_ratio));
        let run = trial.run(copy.as_mut());
        pass_on_prints();
        say(&Step::Goes);
        run.ok()?;
        heard.iter_mut().zip(trial.output.chunks_exact(frames)).for_each(|(heard, lane)| heard.extend(lane));
    }
    Some(heard)
}

/// How much one output bends at borders and elsewhere, if it clicks.
fn bends(short: &[f32], long: &[f32], buffer_frames: usize) -> Option<(f32, f32)> {
    // One value for each buffer is a control, which steps as it should.
    if short.chunks(buffer_frames).all(|buffer| buffer.iter().all(|sample| *sample == buffer[0])) {
        return None;
    }
    let bend = |sound: &[f32], at: usize| (sound[at - 1] - 2.0 * sound[at] + sound[at + 1]).abs();
    // Where a short buffer ends inside a long one; not in the first, in which a model begins.
    let borders = (1..BLOCKS).map(|block| (block * 2 + 1) * buffer_frames);
    let around = |border: usize, reach: usize| border - reach..border + reach;
    let reach = NEAR_FRAMES.min(buffer_frames / 4);
    let near: Vec<usize> = borders.clone().flat_map(|border| around(border, reach)).collect();
    let largest = |sound: &[f32]| near.iter().map(|&at| bend(sound, at)).fold(0.0, f32::max);
    let level = short.iter().chain(long).fold(0.0, |level: f32, sample| level.max(sample.abs()));
    // The middle of each long buffer, which no border touches.
    let mut inside: Vec<f32> =
        borders.flat_map(|border| around(border, buffer_frames / 2)).map(|at| bend(long, at)).collect();
    inside.sort_by(f32::total_cmp);
    let usual = inside.get((inside.len() as f32 * NEARLY_ALL) as usize).copied().unwrap_or(0.0);
    let (border, inside) = (largest(short), largest(long).max(usual));
    let clicks = level.is_finite() && border > CLEAR * inside && border > FAINTEST * level.max(QUIET);
    clicks.then_some((border, inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUFFER: usize = 256;

    fn sound(of: impl Fn(usize) -> f32) -> Vec<f32> {
        (0..BUFFER * BLOCKS * 2).map(of).collect()
    }

    #[test]
    fn a_step_at_every_border_clicks_and_what_is_smooth_or_rough_everywhere_does_not() {
        let smooth = |n: usize| (n as f32 * 0.006).cos();
        let stepped = |n: usize| smooth(n) * if (n / BUFFER).is_multiple_of(2) { 1.0 } else { 0.5 };
        let rough = |n: usize| ((n * 7919) % 1000) as f32 * 1e-3;
        let found = bends(&sound(stepped), &sound(smooth), BUFFER);
        assert!(found.is_some_and(|(border, inside)| border > 0.1 && inside < 1e-3), "{found:?}");
        assert_eq!(bends(&sound(smooth), &sound(smooth), BUFFER), None);
        assert_eq!(bends(&sound(stepped), &sound(stepped), BUFFER), None);
        assert_eq!(bends(&sound(rough), &sound(rough), BUFFER), None);
        let held = |frames: usize| sound(|n| smooth(n / frames * frames));
        assert_eq!(bends(&held(BUFFER), &held(2 * BUFFER), BUFFER), None);
        assert_eq!(bends(&sound(|_| f32::NAN), &sound(smooth), BUFFER), None);
    }
}
