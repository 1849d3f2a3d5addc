//! The load, the first call, and memory.

use std::time::Instant;

use nn_core::{
    figures::median,
    memory::resident_mb,
    offline::{HostMode, RunTime},
};

use super::{alive::Pieces, case::Case, end::End, results::Begin, side::Side, step::Step};
use crate::{boxes::Chosen, steps::say};

/// Buffers that are played, and later ones among them.
const BUFFERS: usize = 16;
const LATER: usize = 8;
/// Boxes beside the first.
const FURTHER: usize = 4;
/// Buffers after which a box has what it needs.
const SETTLED: usize = 4;

/// Measures and says it.
pub fn measure(model: &Chosen, case: &Case) -> Result<(), End> {
    let begun = Instant::now();
    let mut first = Side::new(model, case, 0, HostMode::Offline)?;
    say(&Step::Goes);
    let (ready, runs) = (begun.elapsed(), first.source.take());
    // The engine runs a copy before the box plays, where that leaves no traces: that run compiles.
    let before = |run: &RunTime| (run.ended - run.wall).saturating_duration_since(begun);
    let load = runs.first().map_or(ready, before);
    let mut pieces = Pieces::begin();
    first.buffers(BUFFERS, &mut pieces);
    first.check()?;
    let played = first.source.take();
    let first_call = runs.first().or(played.first()).map(|run| run.wall);
    let later: Vec<_> = played.iter().rev().take(LATER).map(|run| run.wall.as_secs_f64()).collect();
    let memory_one_mb = resident_mb();
    let mut further = Vec::new();
    for _ in 0..FURTHER {
        let mut side = Side::new(model, case, 0, HostMode::Offline)?;
        side.buffers(SETTLED, &mut pieces);
        side.check()?;
        further.push(side);
        say(&Step::Goes);
    }
    let ms = |time: Option<std::time::Duration>| time.unwrap_or_default().as_secs_f64() * 1e3;
    let more = resident_mb().zip(memory_one_mb).map(|(all, one)| (all - one) / FURTHER as f64);
    say(&Step::Begun(Begin {
        load_ms: ms(Some(load)),
        first_call_ms: ms(first_call),
        later_call_ms: median(&later) * 1e3,
        memory_one_mb,
        memory_further_mb: more.map(|mb| mb.max(0.0)),
    }));
    Ok(())
}
