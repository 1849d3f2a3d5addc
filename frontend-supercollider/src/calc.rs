//! One block of a UGen. Audio thread.
#![allow(unsafe_code)] // Called by the server.

use std::ffi::c_int;

use nn_core::guard::guarded;

use crate::{
    exchange::EXCHANGE,
    ffi::Unit,
    half::AudioHalf,
    offline,
    signals::{AudioOutputs, BlockInputs, BlockOutputs, ControlOutputs},
    unit::{NnUnit, silence},
    wanted::{Change, HEAD},
};

/// Computes a block.
///
/// # Safety
/// Called by the server with a unit that [`construct`](crate::construct::construct) has made.
pub unsafe extern "C" fn calculate(unit: *mut Unit, frames: c_int) {
    let played = guarded(false, || {
        // SAFETY: a live unit of ours, which nobody else touches meanwhile.
        let nn = unsafe { &mut *unit.cast::<NnUnit>() };
        if EXCHANGE.is_closed() {
            return false;
        }
        if nn.half.is_null() {
            let there = nn.place.and_then(|place| EXCHANGE.take_half(place));
            nn.half = there.map_or(std::ptr::null_mut(), Box::into_raw);
        }
        let real_time = nn.real_time;
        // SAFETY: null, or the half that this unit owns. From here on only the server's part of the unit is used.
        unsafe {
            let Some(half) = nn.half.as_mut() else { return false };
            let unit = &*unit;
            let changed = half.watches && watch(unit, half);
            if !real_time {
                settle(unit, half, changed);
            }
            play(unit, half, frames)
        }
    });
    if !played {
        // SAFETY: as above; outputs have that many samples.
        unsafe { silence(&*unit, usize::try_from(frames).unwrap_or(0)) };
    }
}

/// Plays a block; false where the server asks for another block than the half was made for.
///
/// # Safety
/// In the calculation of a live unit for which the half was made.
unsafe fn play(unit: &Unit, half: &mut AudioHalf, frames: c_int) -> bool {
    let control_rate = !half.blocks.is_empty();
    let block_frames = half.block_frames;
    if !control_rate && usize::try_from(frames) != Ok(block_frames) {
        return false;
    }
    let AudioHalf { port, held, blocks, signals, batches, outlets, .. } = half;
    // SAFETY: the half was made for the inputs of this unit, and audio has blocks of this length.
    let inputs = unsafe { BlockInputs::new(unit, (*signals, *batches), block_frames, held) };
    if control_rate {
        let outputs = ControlOutputs { blocks, batches: *batches, frames: block_frames };
        let mut outputs = BlockOutputs::Control(outputs);
        port.play(block_frames, &inputs, &mut outputs);
        for (output, block) in blocks.chunks_exact(block_frames).enumerate().take(unit.num_outputs as usize) {
            // SAFETY: the unit has that output, of one value. It holds for the block, so its first one is nearest.
            unsafe { *unit.output(output) = block[0] };
        }
    } else {
        let outputs = AudioOutputs { unit, outlets: *outlets, batches: *batches, frames: block_frames };
        port.play(block_frames, &inputs, &mut BlockOutputs::Audio(outputs));
        for output in *outlets * *batches..unit.num_outputs as usize {
            // SAFETY: the unit has that output of a block of samples.
            unsafe { std::slice::from_raw_parts_mut(unit.output(output), block_frames) }.fill(0.0);
        }
    }
    true
}

/// Sends attributes whose input has another value than was sent last; true if there was one.
///
/// # Safety
/// In the calculation of a live unit for which the half was made.
unsafe fn watch(unit: &Unit, half: &mut AudioHalf) -> bool {
    let mut changed = false;
    let first = HEAD + half.signals;
    for (pair, watched) in half.watched.iter_mut().enumerate() {
        if watched.blocks_to_wait > 0 {
            watched.blocks_to_wait -= 1;
            continue;
        }
        // SAFETY: the half was made for as many pairs as the unit has; every input has at least one sample.
        let (attribute, value) =
            unsafe { (*unit.input(first + 2 * pair), *unit.input(first + 2 * pair + 1)) };
        if attribute < 0.0 || value.to_bits() == watched.sent.to_bits() || half.changes.is_full() {
            continue;
        }
        if half.changes.push(Change { attribute: attribute as i32, value }).is_ok() {
            (watched.sent, watched.blocks_to_wait) = (value, half.blocks_between);
            changed = true;
        }
    }
    changed
}

/// Offline: has the service do what there is to do before this block, at once where an attribute has changed.
///
/// # Safety
/// In the calculation of a live unit.
unsafe fn settle(unit: &Unit, half: &AudioHalf, changed: bool) {
    // SAFETY: the world of a live unit.
    let world = unsafe { &*unit.world };
    let rate_hz = world.full_rate.sample_rate_hz;
    if changed || offline::is_due(world.block_counter, half.block_frames, rate_hz) {
        offline::settle(world.block_counter, half.block_frames, rate_hz);
    }
}
