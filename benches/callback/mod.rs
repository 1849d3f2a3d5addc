//! What a box adds to Pure Data's audio callback, in the test host with Pd 0.55.
//!
//! `[nn~ identity forward 2048]` between `[adc~]` and `[dac~]`, host block 64; the same patch with a wire in its
//! place is subtracted. A tick of Pd is timed around `dsp_tick`. The tick in which a buffer becomes full (every
//! 32nd) is the border: a buffer goes to the worker, another one comes back.

#[cfg(target_os = "linux")]
mod measure;

#[cfg(target_os = "linux")]
pub use measure::run;

/// Says why not.
#[cfg(not(target_os = "linux"))]
pub fn run() {
    println!("the test host works on Linux only");
}
