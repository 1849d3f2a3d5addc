//! How much longer than its input the demo records.

use crate::demo::sound::SAMPLE_RATE_HZ;

/// Recorded after the input has ended: room for the latency of the box and the tail of the model.
pub const TAIL_FRAMES: usize = SAMPLE_RATE_HZ as usize;
