//! How exactly the system's timers wake threads.
//!
//! Thread: any.

use std::time::Duration;

/// By how much a thread may wake later than it asked for, on a machine that is not busy.
///
/// On Windows waits end with the system's ticks, of which there are 64 a second unless the host asks for more of them. There
/// are finer timers, but a thread that waits for one of those is not woken before without objects of the kernel.
pub const LATENESS: Duration =
    if cfg!(windows) { Duration::from_micros(15_625) } else { Duration::from_micros(100) };
