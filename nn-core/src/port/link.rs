//! How frames get to the model and back: through rings to a worker, or run on the spot.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rtrb::{Consumer, Producer, RingBuffer};

use super::{bell::Bell, frame::Frame};
use crate::engine::{slot::Slot, status::Status};

/// A wait for a result is given up after this time where it is only a guess that the host does not run in real time.
pub const GUESS_LIMIT: Duration = Duration::from_secs(1);

/// So long is a run waited for before its sound is due: longer than a model is known to hang.
pub const TURN_LIMIT: Duration = Duration::from_secs(3);

/// What came of waiting for a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// It is there, after this time.
    For(Duration),
    /// The worker has turned to another stream, or is gone.
    Abandoned,
    /// The time is over.
    InVain,
}

/// The port's side.
#[derive(Debug)]
pub enum Link {
    /// A worker thread runs the model.
    Worker {
        /// Full frames to the worker.
        to: Producer<Frame>,
        /// Finished frames back.
        from: Consumer<Frame>,
        /// Wakes the worker.
        bell: Arc<Bell>,
        /// Frames that were handed over and not taken back.
        on_their_way: usize,
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
    bell: Arc<Bell>,
    /// When to look for the next frame unrung.
    next_look: Option<Instant>,
}

impl WorkerRings {
    /// The next full frame.
    pub fn take(&mut self) -> Option<Frame> {
        let frame = self.from_port.pop().ok()?;
        self.next_look = self.bell.next_look(frame.handed_over);
        Some(frame)
    }

    /// Sleeps until the next frame may be there, for `nap` at most. Worker thread, when there is none.
    pub fn rest(&self, nap: Duration) {
        self.bell.rest(self.next_look, nap);
    }
}

impl Link {
    /// Rings for `pool_frames` frames and both their sides. Allocates.
    pub fn worker(pool_frames: usize, bell: Arc<Bell>) -> (Self, WorkerRings) {
        let (to, from_port) = RingBuffer::new(pool_frames);
        let (to_port, from) = RingBuffer::new(pool_frames);
        let rings = WorkerRings { from_port, to_port, bell: bell.clone(), next_look: None };
        (Self::Worker { to, from, bell, on_their_way: 0 }, rings)
    }

    /// A link without a worker. Allocates.
    pub fn inline(pool_frames: usize, slot: Arc<Slot>) -> Self {
        Self::Inline { slot, done: std::collections::VecDeque::with_capacity(pool_frames) }
    }

    /// Hands a full frame over; gives it back when there is no room (which the pool's size rules out).
    pub fn hand_over(&mut self, mut frame: Frame, status: &Status) -> Result<(), Frame> {
        match self {
            Self::Worker { to, bell, on_their_way, .. } => {
                let now = Instant::now();
                frame.handed_over = now;
                to.push(frame).map_err(|rtrb::PushError::Full(frame)| frame)?;
                *on_their_way += 1;
                // A host that waits for the result has no time to lose.
                if status.waiting() {
                    bell.ring()
                } else {
                    bell.ring_unless_watched(now)
                }
                Ok(())
            }
            Self::Inline { slot, done } => {
                slot.run(&mut frame);
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
            Self::Worker { from, on_their_way, .. } => {
                let frame = from.pop().ok()?;
                *on_their_way = on_their_way.saturating_sub(1);
                Some(frame)
            }
            Self::Inline { done, .. } => done.pop_front(),
        }
    }

    /// True when every frame that was handed over is finished.
    pub fn is_idle(&self) -> bool {
        match self {
            Self::Worker { from, on_their_way, .. } => from.slots() == *on_their_way,
            Self::Inline { .. } => true,
        }
    }

    /// Waits until the link is so, for `limit` at most. Only for hosts that do not run in real time.
    pub fn wait_until(&mut self, satisfied: impl Fn(&Self) -> bool, limit: Duration) -> Waited {
        let begin = Instant::now();
        let mut turns = 0u32;
        while !satisfied(self) {
            let Self::Worker { from, bell, .. } = self else { return Waited::Abandoned };
            if from.is_abandoned() {
                return Waited::Abandoned;
            }
            if begin.elapsed() > limit {
                return Waited::InVain;
            }
            turns += 1;
            if turns < 64 {
                std::thread::yield_now();
            } else {
                if turns % 1024 == 64 {
                    bell.ring();
                }
                std::thread::sleep(Duration::from_micros(20));
            }
        }
        Waited::For(begin.elapsed())
    }
}
