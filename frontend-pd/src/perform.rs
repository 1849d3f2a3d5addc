//! The audio callback. Reads all inputs, then writes all outputs: Pd lets them share memory.
#![allow(unsafe_code)]

use std::ffi::c_void;

use nn_core::port::sample::{Inputs, Outputs};

use crate::{
    door::guarded,
    ffi::{self, Float, Int, Signal},
    instance::Instance,
};
use nn_core::object::HostFormat;

/// Signals of one block, by port.
struct Signals<'a> {
    vectors: &'a [*mut Float],
    frames: usize,
}

impl Inputs<f32> for Signals<'_> {
    fn channel(&self, inlet: usize, channel: usize) -> Option<&[f32]> {
        if channel > 0 {
            return None;
        }
        let vector = *self.vectors.get(inlet)?;
        // SAFETY: Pd gave the vector with this many samples for the present DSP chain; no output is written while
        // this borrow lives.
        Some(unsafe { std::slice::from_raw_parts(vector, self.frames) })
    }
}

impl Outputs<f32> for Signals<'_> {
    fn outlets(&self) -> usize {
        self.vectors.len()
    }

    fn channels(&self, _outlet: usize) -> usize {
        1
    }

    fn channel_mut(&mut self, outlet: usize, channel: usize) -> Option<&mut [f32]> {
        if channel > 0 {
            return None;
        }
        let vector = *self.vectors.get(outlet)?;
        // SAFETY: as above; outlets have vectors of their own, and inputs are no longer read.
        Some(unsafe { std::slice::from_raw_parts_mut(vector, self.frames) })
    }
}

/// Pd builds its DSP chain: remember the vectors, prepare the box, enter the chain.
///
/// # Safety
/// Called by Pd with a live box and one signal per signal inlet and outlet.
pub unsafe extern "C" fn dsp(instance: *mut Instance, signals: *mut *mut Signal) {
    guarded((), || {
        // SAFETY: a live box; nothing in here sends messages.
        let Some(state) = (unsafe { Instance::state(instance) }) else { return };
        let (inlets, outlets) = (state.object.inlets(), state.object.outlets());
        if inlets + outlets == 0 {
            return;
        }
        // SAFETY: Pd passes inlets and outlets in this order, all of one block size and rate.
        let (first, vectors) = unsafe {
            let signals = std::slice::from_raw_parts(signals, inlets + outlets);
            (&*signals[0], signals.iter().map(|&signal| (*signal).samples).collect::<Vec<_>>())
        };
        state.inputs.clear();
        state.inputs.extend(&vectors[..inlets]);
        state.outputs.clear();
        state.outputs.extend(&vectors[inlets..]);
        let block_frames = usize::try_from(first.frames).unwrap_or(0);
        let format = HostFormat { sample_rate_hz: f64::from(first.sample_rate_hz), block_frames };
        // SAFETY: a plain call on Pd's thread. Pd's logical time, in ms since it began.
        let now_ms = unsafe { ffi::clock_gettimesince(0.0) };
        state.object.prepare(format, now_ms);
        // SAFETY: the routine gets exactly the words that it reads.
        unsafe { ffi::dsp_add(perform, 2, instance.cast::<c_void>(), block_frames as Int) };
        // What there is to say waits for the clock: Pd is in the middle of building its chain.
        // SAFETY: the box's own clock.
        unsafe { ffi::clock_delay(state.clock, 0.0) };
    });
}

/// One block.
///
/// # Safety
/// Called by Pd with the words given to `dsp_add`: the routine, the box, the block size.
unsafe extern "C" fn perform(words: *mut Int) -> *mut Int {
    // SAFETY: the words are those of `dsp`; Pd keeps the box alive while it is in the chain.
    let (state, frames) =
        unsafe { (Instance::state((*words.add(1)) as *mut Instance), (*words.add(2)) as usize) };
    guarded((), || {
        let Some(state) = state else { return };
        let mut outputs = Signals { vectors: &state.outputs, frames };
        let port = &mut state.port;
        let played = guarded(false, || {
            if state.broken {
                return false;
            }
            port.capture(frames, &Signals { vectors: &state.inputs, frames });
            port.render(frames, &mut outputs);
            true
        });
        if !played {
            // A fault of ours, seen once: silence from now on, not what happens to lie in the vectors.
            state.broken = true;
            for outlet in 0..outputs.outlets() {
                if let Some(samples) = outputs.channel_mut(outlet, 0) {
                    samples.fill(0.0);
                }
            }
        }
    });
    // SAFETY: the chain goes on behind our three words.
    unsafe { words.add(3) }
}
