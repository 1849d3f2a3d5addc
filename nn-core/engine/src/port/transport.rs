//! The path of buffers to the model and back: through rings to a worker, or run in the audio callback.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rtrb::{Consumer, Producer, RingBuffer};

use super::{
    buffer::{Buffer, Outcome},
    wakeup::Wakeup,
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
    TimedOut,
}

/// Runs buffers inside the audio callback.
///
/// Thread: audio.
pub trait RunInCallback: std::fmt::Debug + Send + Sync {
    /// Runs one buffer and stores the outcome in it. Audio thread; does not wait.
    fn run(&self, buffer: &mut Buffer);
}

/// No model: silence.
#[derive(Debug)]
struct Nobody;

impl RunInCallback for Nobody {
    fn run(&self, buffer: &mut Buffer) {
        buffer.outcome = Outcome::NoModel;
    }
}

/// The audio thread's end.
#[derive(Debug)]
pub enum Transport {
    /// A worker thread runs the model.
    Worker {
        /// Full buffers to the worker.
        to: Producer<Buffer>,
        /// Finished buffers back.
        from: Consumer<Buffer>,
        /// Wakes the worker.
        wakeup: Arc<Wakeup>,
        /// Buffers that were handed over and not yet taken back.
        on_their_way: usize,
    },
    /// The audio callback runs the model itself.
    Inline {
        /// Where the model is kept.
        runner: Arc<dyn RunInCallback>,
        /// Finished buffers, oldest first.
        done: std::collections::VecDeque<Buffer>,
    },
}

/// The worker's end of [`Transport::Worker`].
#[derive(Debug)]
pub struct WorkerRings {
    /// Full buffers from the port.
    pub from_port: Consumer<Buffer>,
    /// Finished buffers to the port.
    pub to_port: Producer<Buffer>,
    /// How long an input rises that does not continue what the model heard last, in samples.
    pub fade_frames: usize,
    /// Whether the stream begins during playback, where another one ends.
    pub follows_on: bool,
    wakeup: Arc<Wakeup>,
    /// When to poll for the next buffer without a wake-up.
    next_look: Option<Instant>,
}

impl WorkerRings {
    /// The next full buffer.
    ///
    /// Thread: worker.
    pub fn take(&mut self) -> Option<Buffer> {
        let buffer = self.from_port.pop().ok()?;
        self.next_look = self.wakeup.next_look(buffer.handed_over);
        Some(buffer)
    }

    /// Sleeps until the next buffer may be there, for `nap` at most. For when the ring is empty.
    ///
    /// Thread: worker.
    pub fn rest(&self, nap: Duration) {
        self.wakeup.rest(self.next_look, nap);
    }
}

impl Transport {
    /// Both ends of rings for `pool_buffers` buffers, of a stream that follows on nothing. Allocates.
    ///
    /// Thread: main or loader.
    pub fn worker(pool_buffers: usize, wakeup: Arc<Wakeup>) -> (Self, WorkerRings) {
        let (to, from_port) = RingBuffer::new(pool_buffers);
        let (to_port, from) = RingBuffer::new(pool_buffers);
        let rings = WorkerRings {
            from_port,
            to_port,
            fade_frames: 1,
            follows_on: false,
            wakeup: wakeup.clone(),
            next_look: None,
        };
        (Self::Worker { to, from, wakeup, on_their_way: 0 }, rings)
    }

    /// A transport without a worker. Allocates.
    ///
    /// Thread: main or loader.
    pub fn inline(pool_buffers: usize, runner: Arc<dyn RunInCallback>) -> Self {
        Self::Inline { runner, done: std::collections::VecDeque::with_capacity(pool_buffers) }
    }

    /// A transport without a model. Allocates.
    ///
    /// Thread: main or loader.
    pub fn to_nobody(pool_buffers: usize) -> Self {
        Self::inline(pool_buffers, Arc::new(Nobody))
    }

    /// Hands a full buffer over; returns it if there is no room (which the pool's size rules out).
    ///
    /// Thread: audio.
    pub fn hand_over(&mut self, mut buffer: Buffer, status: &Status) -> Result<(), Buffer> {
        match self {
            Self::Worker { to, wakeup, on_their_way, .. } => {
                let now = Instant::now();
                buffer.handed_over = now;
                to.push(buffer).map_err(|rtrb::PushError::Full(buffer)| buffer)?;
                *on_their_way += 1;
                // A host that waits for the result has no time to lose.
                if status.waiting() {
                    wakeup.wake()
                } else {
                    wakeup.wake_unless_watched(now)
                }
                Ok(())
            }
            Self::Inline { runner, done } => {
                runner.run(&mut buffer);
                if done.len() == done.capacity() {
                    return Err(buffer);
                }
                done.push_back(buffer);
                Ok(())
            }
        }
    }

    /// The number of the oldest finished buffer.
    ///
    /// Thread: audio.
    pub fn finished(&self) -> Option<u64> {
        match self {
            Self::Worker { from, .. } => from.peek().ok().map(|buffer| buffer.sequence),
            Self::Inline { done, .. } => done.front().map(|buffer| buffer.sequence),
        }
    }

    /// The oldest finished buffer.
    ///
    /// Thread: audio.
    pub fn take(&mut self) -> Option<Buffer> {
        match self {
            Self::Worker { from, on_their_way, .. } => {
                let buffer = from.pop().ok()?;
                *on_their_way = on_their_way.saturating_sub(1);
                Some(buffer)
            }
            Self::Inline { done, .. } => done.pop_front(),
        }
    }

    /// True when every buffer that was handed over is finished.
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
            let Self::Worker { from, wakeup, .. } = self else { return Waited::Abandoned };
            if from.is_abandoned() {
                return Waited::Abandoned;
            }
            if begin.elapsed() > limit {
                return Waited::TimedOut;
            }
            turns += 1;
            if turns < 64 {
                std::thread::yield_now();
            } else {
                if turns % 1024 == 64 {
                    wakeup.wake();
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
    use crate::port::buffer::BufferShape;

    /// A lost wake-up would leave a buffer where it is for a minute.
    #[test]
    fn no_buffer_is_forgotten_at_any_pace() {
        let period = Duration::from_micros(400);
        let shape = BufferShape { batch: 1, in_channels: 1, out_channels: 1, buffer_frames: 8 };
        let (give, take) = mpsc::channel();
        let worker = std::thread::spawn(move || {
            let mut rings: WorkerRings = take.recv().expect("the rings come");
            let mut expected = 0;
            while expected < 5000 {
                match rings.take() {
                    Some(buffer) => {
                        assert_eq!(buffer.sequence, expected);
                        expected += 1;
                        rings.to_port.push(buffer).expect("room for every buffer");
                    }
                    None => rings.rest(Duration::from_secs(60)),
                }
            }
        });
        let wakeup = Wakeup::with_patience(worker.thread().clone(), period, period / 2);
        let (mut transport, rings) = Transport::worker(4, wakeup);
        give.send(rings).expect("the worker lives");
        let status = Status::default();
        let mut seed = 1u64;
        for sequence in 0..5000 {
            let mut buffer = shape.buffer();
            buffer.sequence = sequence;
            transport.hand_over(buffer, &status).expect("room");
            let begin = Instant::now();
            while transport.take().is_none() {
                assert!(begin.elapsed() < Duration::from_secs(20), "buffer {sequence} was forgotten");
                std::thread::yield_now();
            }
            // From no pause to two periods.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let pause = period * ((seed >> 60) as u32) / 8;
            std::thread::sleep(pause.saturating_sub(begin.elapsed()));
        }
        worker.join().expect("the worker saw every buffer");
    }
}
