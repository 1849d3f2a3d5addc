//! A server that renders offline waits for the service: whoever says something there goes on when it is done.

use crossbeam_channel::bounded;

use crate::{order::Order, service};

/// Waits until the service has done all that was said before. `blocks` is the host's time.
///
/// On the server's main thread, offline only.
pub fn settle(blocks: i32, block_frames: usize, rate_hz: f64) {
    let now_ms = f64::from(blocks) * block_frames as f64 / rate_hz * 1e3;
    let (done, wait) = bounded(1);
    service::order(Order::Settle { now_ms, done });
    // Where the service is gone, nobody answers.
    let _gone = wait.recv();
}
