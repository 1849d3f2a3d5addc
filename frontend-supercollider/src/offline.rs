//! A server that renders offline waits for the service: whoever says something there goes on when it is done.

use std::sync::atomic::{AtomicI32, Ordering::Relaxed};

use crossbeam_channel::bounded;

use crate::{order::Order, orders::order};

/// How often the service looks at what happened, in seconds of sound.
const LOOK_S: f64 = 0.002;

/// The block before which it last did.
static LOOKED: AtomicI32 = AtomicI32::new(i32::MIN);

/// Whether the service is to look before this block.
pub fn is_due(blocks: i32, block_frames: usize, rate_hz: f64) -> bool {
    let since = f64::from(blocks) - f64::from(LOOKED.load(Relaxed));
    since * block_frames as f64 / rate_hz >= LOOK_S
}

/// Waits until the service has done all that was said before. `blocks` is the host's time.
///
/// On the server's main thread, offline only.
pub fn settle(blocks: i32, block_frames: usize, rate_hz: f64) {
    LOOKED.store(blocks, Relaxed);
    let now_ms = f64::from(blocks) * block_frames as f64 / rate_hz * 1e3;
    let (done, wait) = bounded(1);
    order(Order::Settle { now_ms, done });
    // Where the service is gone, nobody answers.
    let _gone = wait.recv();
}
