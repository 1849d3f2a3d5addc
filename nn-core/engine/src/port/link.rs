//! The path of frames to the model and back: through rings to a worker, or run in the audio callback.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rtrb::{Consumer, Producer, RingBuffer};

use super::{
    bell::Bell,
    frame::{Frame, Outcome},
};
use crate::status::Status;

/// A wait for a result is given up after this time if the host is only guessed to be offline.
pub const GUESS_LIMIT: Duration = Duration::from_secs(1);

/// How long to wait for a run before its sound is due: a model that takes longer hangs.
pub const TURN_LIMIT: Duration = Duration::from_secs(3);

/// The outcome of waiting for a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// The result came, after this time.
    For(Duration),
    /// The worker serves another stream, or is gone.
    Abandoned,
    /// The time has run out.
    InVain,
}

/// Runs frames inside the audio callback.
///
/// Thread: audio.
pub trait RunInCallback: std::fmt::Debug + Send + Sync {
    /// Runs one frame and stores the outcome in it. Audio thread; does not wait.
    fn run(&self, frame: &mut Frame);
}

/// No model: silence.
#[derive(Debug)]
struct Nobody;

impl RunInCallback for Nobody {
    fn run(&self, frame: &mut Frame) {
        frame.outcome = Outcome::NoModel;
    }
}

/// The audio thread's end.
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
        /// Frames that were handed over and not yet taken back.
        on_their_way: usize,
    },
    /// The audio callback runs the model itself.
    Inline {
        /// Where the model is kept.
        runner: Arc<dyn RunInCallback>,
        /// Finished frames, oldest first.
        done: std::collections::VecDeque<Frame>,
    },
}

/// The worker's end of [`Link::Worker`].
#[derive(Debug)]
pub struct WorkerRings {
    /// Full frames from the port.
    pub from_port: Consumer<Frame>,
    /// Finished frames to the port.
    pub to_port: Producer<Frame>,
    bell: Arc<Bell>,
    /// When to poll for the next frame without a wake-up.
    next_look: Option<Instant>,
}

impl WorkerRings {
    /// The next full frame.
    ///
    /// Thread: worker.
    pub fn take(&mut self) -> Option<Frame> {
        let frame = self.from_port.pop().ok()?;
        self.next_look = self.bell.next_look(frame.handed_over);
        Some(frame)
    }

    /// Sleeps until the next frame may be there, for `nap` at most. For when the ring is empty.
    ///
    /// Thread: worker.
    pub fn rest(&self, nap: Duration) {
        self.bell.rest(self.next_look, nap);
    }
}

impl Link {
    /// Both ends of rings for `pool_frames` frames. Allocates.
    ///
    /// Thread: main or loader.
    pub fn worker(pool_frames: usize, bell: Arc<Bell>) -> (Self, WorkerRings) {
        let (to, from_port) = RingBuffer::new(pool_frames);
        let (to_port, from) = RingBuffer::new(pool_frames);
        let rings = WorkerRings { from_port, to_port, bell: bell.clone(), next_look: None };
        (Self::Worker { to, from, bell, on_their_way: 0 }, rings)
    }

    /// A link without a worker. Allocates.
    ///
    /// Thread: main or loader.
    pub fn inline(pool_frames: usize, runner: Arc<dyn RunInCallback>) -> Self {
        Self::Inline { runner, done: std::collections::VecDeque::with_capacity(pool_frames) }
    }

    /// A link without a model. Allocates.
    ///
    /// Thread: main or loader.
    pub fn to_nobody(pool_frames: usize) -> Self {
        Self::inline(pool_frames, Arc::new(Nobody))
    }

    /// Hands a full frame over; returns it if there is no room (which the pool's size rules out).
    ///
    /// Thread: audio.
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
            Self::Inline { runner, done } => {
                runner.run(&mut frame);
                if done.len() == done.capacity() {
                    return Err(frame);
                }
                done.push_back(frame);
                Ok(())
            }
        }
    }

    /// The number of the oldest finished frame.
    ///
    /// Thread: audio.
    pub fn finished(&self) -> Option<u64> {
        match self {
            Self::Worker { from, .. } => from.peek().ok().map(|frame| frame.sequence),
            Self::Inline { done, .. } => done.front().map(|frame| frame.sequence),
        }
    }

    /// The oldest finished frame.
    ///
    /// Thread: audio.
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
    ///
    /// Thread: audio.
    pub fn is_idle(&self) -> bool {
        match self {
            Self::Worker { from, on_their_way, .. } => from.slots() == *on_their_way,
            Self::Inline { .. } => true,
        }
    }

    /// Waits until the condition holds, for `limit` at most. Only for hosts that do not run in real time.
    ///
    /// Thread: audio.
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::port::frame::FrameShape;

    /// A lost wake-up would leave a frame where it is for a minute.
    #[test]
    fn no_frame_is_forgotten_at_any_pace() {
        let period = Duration::from_micros(400);
        let shape = FrameShape { batch: 1, in_channels: 1, out_channels: 1, buffer_frames: 8 };
        let (give, take) = mpsc::channel();
        let worker = std::thread::spawn(move || {
            let mut rings: WorkerRings = take.recv().expect("the rings come");
            let mut expected = 0;
            while expected < 5000 {
                match rings.take() {
                    Some(frame) => {
                        assert_eq!(frame.sequence, expected);
                        expected += 1;
                        rings.to_port.push(frame).expect("room for every frame");
                    }
                    None => rings.rest(Duration::from_secs(60)),
                }
            }
        });
        let bell = Bell::with_patience(worker.thread().clone(), period, period / 2);
        let (mut link, rings) = Link::worker(4, bell);
        give.send(rings).expect("the worker lives");
        let status = Status::default();
        let mut seed = 1u64;
        for sequence in 0..5000 {
            let mut frame = shape.frame();
            frame.sequence = sequence;
            link.hand_over(frame, &status).expect("room");
            let begin = Instant::now();
            while link.take().is_none() {
                assert!(begin.elapsed() < Duration::from_secs(20), "frame {sequence} was forgotten");
                std::thread::yield_now();
            }
            // From no pause to two periods.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let pause = period * ((seed >> 60) as u32) / 8;
            std::thread::sleep(pause.saturating_sub(begin.elapsed()));
        }
        worker.join().expect("the worker saw every frame");
    }
}
