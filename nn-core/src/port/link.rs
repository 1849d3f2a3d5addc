//! How frames get to the model and back: through rings to a worker, or run on the spot.

use std::{
    sync::Arc,
    thread::Thread,
    time::{Duration, Instant},
};

use rtrb::{Consumer, Producer, RingBuffer};

use super::frame::Frame;
use crate::engine::{slot::Slot, status::Status};

/// A wait for a result is given up after this time.
pub const WAIT_LIMIT: Duration = Duration::from_secs(60);

/// The port's side.
#[derive(Debug)]
pub enum Link {
    /// A worker thread runs the model.
    Worker {
        /// Full frames to the worker.
        to: Producer<Frame>,
        /// Finished frames back.
        from: Consumer<Frame>,
        /// Whom to wake.
        thread: Thread,
    },
    /// The audio callback runs the model itself.
    Inline {
        /// Where the model is.
        slot: Arc<Slot>,
        /// Finished frames, oldest first.
        done: std::collections::VecDeque<Frame>,
    },
}

/// The worker's side of [`Link::Worker`].
#[derive(Debug)]
pub struct WorkerRings {
    /// Full frames from the port.
    pub from_port: Consumer<Frame>,
    /// Finished frames to the port.
    pub to_port: Producer<Frame>,
}

impl Link {
    /// Rings for `pool_frames` frames and both their sides. Allocates.
    pub fn worker(pool_frames: usize, thread: Thread) -> (Self, WorkerRings) {
        let (to, from_port) = RingBuffer::new(pool_frames);
        let (to_port, from) = RingBuffer::new(pool_frames);
        (Self::Worker { to, from, thread }, WorkerRings { from_port, to_port })
    }

    /// A link without a worker. Allocates.
    pub fn inline(pool_frames: usize, slot: Arc<Slot>) -> Self {
        Self::Inline { slot, done: std::collections::VecDeque::with_capacity(pool_frames) }
    }

    /// Hands a full frame over; gives it back when there is no room (which the pool's size rules out).
    pub fn hand_over(&mut self, mut frame: Frame, status: &Status) -> Result<(), Frame> {
        match self {
            Self::Worker { to, thread, .. } => {
                to.push(frame).map_err(|rtrb::PushError::Full(frame)| frame)?;
                thread.unpark();
                Ok(())
            }
            Self::Inline { slot, done } => {
                slot.run(&mut frame, status);
                if done.len() == done.capacity() {
                    return Err(frame);
                }
                done.push_back(frame);
                Ok(())
            }
        }
    }

    /// The number of the oldest finished frame.
    pub fn finished(&self) -> Option<u64> {
        match self {
            Self::Worker { from, .. } => from.peek().ok().map(|frame| frame.sequence),
            Self::Inline { done, .. } => done.front().map(|frame| frame.sequence),
        }
    }

    /// The oldest finished frame.
    pub fn take(&mut self) -> Option<Frame> {
        match self {
            Self::Worker { from, .. } => from.pop().ok(),
            Self::Inline { done, .. } => done.pop_front(),
        }
    }

    /// Waits until a frame of number `sequence` or later is finished. Only for hosts that do not run in real time.
    ///
    /// Returns how long that took, or `None` when the worker is gone or [`WAIT_LIMIT`] is over.
    pub fn wait_for(&mut self, sequence: u64) -> Option<Duration> {
        let begin = Instant::now();
        let mut turns = 0u32;
        while self.finished().is_none_or(|finished| finished < sequence) {
            if self.finished().is_some() {
                // An older one stands before it; the caller recycles it and asks again.
                return Some(begin.elapsed());
            }
            let Self::Worker { from, thread, .. } = self else { return None };
            if from.is_abandoned() || begin.elapsed() > WAIT_LIMIT {
                return None;
            }
            turns += 1;
            if turns < 64 {
                std::thread::yield_now();
            } else {
                if turns % 1024 == 64 {
                    thread.unpark();
                }
                std::thread::sleep(Duration::from_micros(20));
            }
        }
        Some(begin.elapsed())
    }
}
