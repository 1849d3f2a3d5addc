//! What UGens cost a server: a block, a block in which a buffer is full, and memory. `cargo xtask bench supercollider`.
//!
//! The calculation of `NNUGen` in the test host, less that of a UGen that copies its input. Real models, without the
//! counters of the tests: build it with `--no-default-features`.
#![allow(unsafe_code)] // Calls the plug-in as a server does.

#[cfg(target_os = "linux")]
mod measure;
#[cfg(target_os = "linux")]
#[path = "../../../benches/common/report.rs"]
#[allow(dead_code, reason = "other benchmarks use the rest")]
mod report;

fn main() {
    #[cfg(target_os = "linux")]
    measure::run();
    #[cfg(not(target_os = "linux"))]
    println!("the test host works on Linux only");
}
