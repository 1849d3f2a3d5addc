//! What more boxes of one model cost: memory, and the time from starting the host until all have loaded.
//!
//! Pure Data 0.55 in the test host. Memory is what the process holds after two seconds of playing. Then all boxes but one
//! are deleted.
//!
//! What one box costs is measured without Pd: this program, started anew for each side, holds either the model alone, as
//! libtorch runs it, or one box that plays it.

#[cfg(target_os = "linux")]
mod alone;
#[cfg(target_os = "linux")]
mod measure;

#[cfg(target_os = "linux")]
pub use alone::{ALONE, stand};
#[cfg(target_os = "linux")]
pub use measure::run;

/// Says why not.
#[cfg(not(target_os = "linux"))]
pub fn run() {
    println!("the test host works on Linux only");
}
