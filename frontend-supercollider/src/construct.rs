//! Constructor and destructor of a UGen. Audio thread: nothing is allocated from the system, waited for or printed.
#![allow(unsafe_code)] // Called by the server.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use nn_core::{guard::guarded, priority::Rank};

use crate::{
    calc::calculate,
    exchange::{EXCHANGE, FromAudio},
    ffi::{CALC_RATE_AUDIO, Unit},
    offline, server,
    unit::{NnUnit, silence},
    wanted::{ATTRIBUTES, Change, HEAD, SETTINGS, Setting, Wanted},
};

/// The server makes a UGen.
///
/// # Safety
/// Called by the server with memory for an [`NnUnit`] whose [`Unit`] it has filled.
pub unsafe extern "C" fn construct(unit: *mut Unit) {
    guarded((), || {
        let new = unit.cast::<NnUnit>();
        // SAFETY: the server's memory, of that size; what lies behind the unit is not a value yet. World and parent live
        // longer than the unit.
        unsafe {
            let real_time = (*(*unit).world).real_time != 0;
            (&raw mut (*new).place).write_unaligned(None);
            (&raw mut (*new).half).write_unaligned(std::ptr::null_mut());
            (&raw mut (*new).real_time).write(real_time);
            // Also where what follows fails.
            give_up(&mut *unit);
            let taken = if ((*unit).num_inputs as usize) < HEAD { None } else { EXCHANGE.take_place() };
            let Some(place) = taken else { return silence(&*unit, 1) };
            (*new).place = Some(place);
            // Outputs may lie where inputs do, so these are read first.
            let wanted = Wanted { real_time, ..read(&*unit, place) };
            silence(&*unit, 1);
            (*unit).calc = Some(calculate);
            (*unit).done = 0;
            EXCHANGE.say(FromAudio::Made(wanted));
            if !real_time {
                offline::settle((*(*unit).world).block_counter, wanted.block_frames, wanted.rate_hz);
            }
        }
    });
}

/// The server frees a UGen.
///
/// # Safety
/// Called by the server with what [`construct`] got.
pub unsafe extern "C" fn destruct(unit: *mut Unit) {
    guarded((), || {
        // SAFETY: a unit whose constructor has run; nobody calculates it any more.
        let unit = unsafe { &mut *unit.cast::<NnUnit>() };
        let Some(place) = unit.place else { return };
        unit.place = None;
        if !unit.half.is_null() {
            // SAFETY: the half that this unit owned.
            EXCHANGE.leave_half(place, unsafe { Box::from_raw(unit.half) });
        }
        EXCHANGE.say(FromAudio::Gone(place));
    });
}

/// What the inputs of a new unit say.
///
/// # Safety
/// A live unit with at least [`HEAD`] inputs.
unsafe fn read(unit: &Unit, place: u32) -> Wanted {
    let inputs = unit.num_inputs as usize;
    // SAFETY: every input has at least one sample.
    let input = |number: usize| unsafe { *unit.input(number) };
    // SAFETY: the world and the synth of a live unit.
    let (world, node) = unsafe { (&*unit.world, (*unit.parent).node.id) };
    let mut settings = [f32::NAN; SETTINGS];
    let mut attributes = [None; ATTRIBUTES];
    let mut places = attributes.iter_mut();
    // The number of signals stands in the first pair, right behind them. Pairs are found from the end.
    for first in (HEAD..inputs.saturating_sub(1)).rev().step_by(2) {
        // SAFETY: the input is there.
        let constant = unsafe { !unit.is_audio(first) && !unit.is_audio(first + 1) };
        let counted = f64::from(input(first + 1));
        if constant && input(first) == -(Setting::Signals as i32 as f32) && counted == (first - HEAD) as f64 {
            for (number_of_pair, pair) in (0..).zip((first..inputs - 1).step_by(2)) {
                let (number, value) = (input(pair), input(pair + 1));
                if number >= 0.0 {
                    let change = Change { attribute: number as i32, value };
                    if let Some(place) = places.next() {
                        *place = Some((number_of_pair, change));
                    }
                } else if number <= -1.0 && -number < SETTINGS as f32 {
                    settings[-number as usize] = value;
                }
            }
            break;
        }
    }
    Wanted {
        place,
        node,
        model: input(0) as i32,
        method: input(1) as i32,
        buffer: input(2) as i32,
        debug: input(4) as i32,
        // More than there are connections have none.
        batches: (input(5) as usize).clamp(1, inputs.max(unit.num_outputs as usize).max(1)),
        inputs: inputs - HEAD,
        outputs: unit.num_outputs as usize,
        block_frames: usize::try_from(world.full_rate.block_frames).unwrap_or(1).max(1),
        rate_hz: world.full_rate.sample_rate_hz,
        control_rate: unit.calc_rate != CALC_RATE_AUDIO,
        settings,
        attributes,
        real_time: true,
        rank: rank(),
    }
}

/// The rank below this thread, asked for by the first UGen of a server.
fn rank() -> Option<Rank> {
    static ASKED: AtomicBool = AtomicBool::new(false);
    (!ASKED.swap(true, Relaxed)).then(Rank::below_this_thread)
}

/// A unit that stays silent.
fn give_up(unit: &mut Unit) {
    unit.done = 1;
    unit.calc = server::table().map(|table| {
        // SAFETY: the same function as the server sees it: a unit and a number of samples.
        let clear: unsafe extern "C" fn(*mut Unit, i32) = table.clear_unit_outputs;
        clear
    });
}
