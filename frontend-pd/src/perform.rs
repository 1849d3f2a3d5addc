//! The audio callback. Reads all inputs, then writes all outputs: Pd lets them share memory.
#![allow(unsafe_code)]

use std::ffi::{c_int, c_void};

use nn_core::{
    guard::guarded,
    object::HostFormat,
    port::sample::{Inputs, Outputs},
};

use crate::{
    ffi::{self, Float, Int, Signal},
    instance::{Instance, Vector, now_ms},
    multichannel::{set_channels, vector},
    no_signal::is_no_signal,
};

/// Signals of one block, by port.
struct Signals<'a> {
    vectors: &'a [Vector],
    frames: usize,
}

impl Signals<'_> {
    /// Where a channel begins, if there is one.
    fn start(&self, port: usize, channel: usize) -> Option<*mut Float> {
        let vector = self.vectors.get(port).filter(|vector| channel < vector.channels)?;
        // SAFETY: the signal has that many channels of that many samples, one after the other.
        Some(unsafe { vector.samples.add(channel * self.frames) })
    }
}

impl Inputs<Float> for Signals<'_> {
    fn channels(&self, inlet: usize) -> usize {
        self.vectors.get(inlet).map_or(0, |vector| vector.channels)
    }

    fn channel(&self, inlet: usize, channel: usize) -> Option<&[Float]> {
        let start = self.start(inlet, channel)?;
        // SAFETY: Pd gave the vector with this many samples for the present DSP chain; no output is written while
        // this borrow lives.
        let signal = unsafe { std::slice::from_raw_parts(start, self.frames) };
        (!signal.first().is_some_and(is_no_signal)).then_some(signal)
    }
}

impl Outputs<Float> for Signals<'_> {
    fn outlets(&self) -> usize {
        self.vectors.len()
    }

    fn channels(&self, outlet: usize) -> usize {
        self.vectors.get(outlet).map_or(0, |vector| vector.channels)
    }

    fn channel_mut(&mut self, outlet: usize, channel: usize) -> Option<&mut [Float]> {
        let start = self.start(outlet, channel)?;
        // SAFETY: as above; outlets have vectors of their own, and inputs are no longer read.
        Some(unsafe { std::slice::from_raw_parts_mut(start, self.frames) })
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
        // SAFETY: Pd passes inlets and outlets in this order, all of one block size and rate. Outlets get their
        // channels, and with them their memory, before it is looked at.
        let first = unsafe {
            let signals = std::slice::from_raw_parts_mut(signals, inlets + outlets);
            state.inputs.clear();
            state.inputs.extend(signals[..inlets].iter().map(|&signal| vector(signal)));
            let most = state.inputs.iter().map(|vector| vector.channels).max().unwrap_or(1);
            state.object.offered_channels(most);
            if let Some(set_channels) = set_channels() {
                let channels = state.object.outlet_channels();
                for outlet in &mut signals[inlets..] {
                    set_channels(outlet, channels as c_int);
                }
            }
            state.outputs.clear();
            state.outputs.extend(signals[inlets..].iter().map(|&signal| vector(signal)));
            &*signals[0]
        };
        let block_frames = usize::try_from(first.frames).unwrap_or(0);
        let format = HostFormat { sample_rate_hz: ffi::wide(first.sample_rate_hz), block_frames };
        state.object.prepare(format, now_ms());
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
        state.port.play(frames, &Signals { vectors: &state.inputs, frames }, &mut outputs);
    });
    // SAFETY: the chain goes on behind our three words.
    unsafe { words.add(3) }
}
