//! What the engine costs beside the model: processor time per buffer of a whole box against the bare call.
//!
//! Both sides run in one process, in turns, in real time (44.1 kHz, host block 64), with forks of one model that
//! share its weights. The box: every capture and render on the host's thread with the wake-up of the worker, and all
//! processor time of the worker from one run to the next. The bare call: `Model::run` on a thread with the same
//! settings, and, stricter, the method in libtorch itself on a tensor that is there already (a copy of its own of
//! the weights; built by `cargo xtask bench`).

use crate::common;

#[cfg(unix)]
mod bare;
#[cfg(unix)]
mod boxed;
#[cfg(unix)]
mod measure;
#[cfg(unix)]
pub mod raw_method;
#[cfg(unix)]
mod subject;
#[cfg(unix)]
mod visits;

#[cfg(unix)]
pub use measure::run;

/// Says why not.
#[cfg(not(unix))]
pub fn run() {
    println!("processor time per thread is not measured on this system");
}
