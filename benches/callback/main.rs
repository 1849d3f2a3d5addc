//! What a box adds to Pure Data's audio callback, in the test host with Pd 0.55.
//!
//! `[nn~ identity forward 2048]` between `[adc~]` and `[dac~]`, host block 64; the same patch with a wire in its
//! place is subtracted. A tick of Pd is timed around `dsp_tick`. The tick in which a buffer becomes full (every
//! 32nd) is the border: a frame goes to the worker, another one comes back.

#[path = "../common/mod.rs"]
mod common;
#[cfg(target_os = "linux")]
mod measure;
#[cfg(target_os = "linux")]
#[path = "../../tests/support/mod.rs"]
mod support;

#[cfg(target_os = "linux")]
fn main() {
    measure::run();
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("callback: the test host works on Linux only");
}
