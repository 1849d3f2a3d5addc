//! Buffers at the worker: handed over, waited for where that is allowed, taken back in their turn.

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use super::Stream;
use crate::{
    loader::load_limit,
    port::{
        buffer::{Buffer, Outcome},
        transport::{GUESS_LIMIT, TURN_LIMIT, Transport, Waited},
    },
    status::{LoadState, Status, Wait},
};

impl Stream {
    /// Hands over a full buffer and starts the next.
    pub(super) fn finish_buffer(&mut self, status: &Status) {
        let mut handed_over = false;
        // On the way to another rate and back, a buffer is heard in those that follow. Otherwise one that is not heard
        // is run all the same.
        let skipped = self.format.resampling.is_some() && self.fill_sequence < self.audible_from;
        match self.filling.take() {
            Some(buffer) if self.paused || skipped => self.recycle(buffer),
            Some(mut buffer) => {
                buffer.sequence = self.fill_sequence;
                buffer.outcome = Outcome::Pending;
                buffer.number = status.handed_over.load(Relaxed) + 1;
                // Before the worker can answer.
                status.handed_over.store(buffer.number, Relaxed);
                self.inputs.give(&buffer);
                match self.transport.hand_over(buffer, status) {
                    Ok(()) => {
                        handed_over = true;
                        if status.in_turns() {
                            self.await_runs(status);
                        }
                    }
                    Err(buffer) => self.recycle(buffer),
                }
            }
            // Overload: all buffers wait for the model. This one is late already.
            None => {}
        }
        let slot = self.slot(self.fill_sequence);
        self.handed_over[slot] = handed_over;
        self.inputs.end_buffer(handed_over);
        self.fill_sequence += 1;
        self.fill_offset = 0;
        status.filling.store(self.fill_sequence, Relaxed);
        self.reclaim(status);
        self.filling = self.free.pop();
    }

    /// After an overload the pool may be empty: takes overdue buffers back, waits for them where waiting is allowed.
    fn reclaim(&mut self, status: &Status) {
        while self.free.is_empty() {
            match self.transport.finished() {
                Some(sequence) if sequence < self.play_sequence => {
                    if let Some(buffer) = self.take(status) {
                        self.recycle(buffer);
                    }
                }
                None if status.waiting() && self.wait_for_next(status) => {}
                _ => return,
            }
        }
    }

    /// Takes the buffer whose turn it is, if it is there.
    pub(super) fn fetch_due(&mut self, status: &Status) {
        let due = self.play_sequence;
        let wanted = due >= self.audible_from && due < self.fill_sequence && !self.closing;
        // What is not to be heard is waited for too: the sound that fades out is in it, and how many wait for the model
        // would be chance.
        let expected = due < self.fill_sequence && self.handed_over[self.slot(due)];
        loop {
            match self.transport.finished() {
                Some(sequence) if sequence < due => {
                    if let Some(buffer) = self.take(status) {
                        self.recycle(buffer);
                    }
                }
                Some(sequence) if sequence == due => {
                    self.playing = self.take(status);
                    return;
                }
                // There was no empty buffer when its turn came: all were at the worker.
                Some(_) => break,
                None if expected && status.waiting() && self.wait_for_next(status) => {}
                None => break,
            }
        }
        if wanted && status.load_state() == LoadState::Ready {
            status.late.fetch_add(1, Relaxed);
        }
    }

    /// The oldest finished buffer.
    fn take(&mut self, status: &Status) -> Option<Buffer> {
        let buffer = self.transport.take()?;
        status.taken_back.store(buffer.number, Relaxed);
        Some(buffer)
    }

    /// Waits until every pending run is done; for one that takes very long, once.
    ///
    /// Thread: audio.
    pub fn await_runs(&mut self, status: &Status) {
        if self.runs_are_long || !status.repeats() {
            return;
        }
        match self.transport.wait_until(Transport::is_idle, TURN_LIMIT) {
            Waited::For(time) => self.waited += time,
            Waited::Abandoned => {}
            Waited::TimedOut => self.runs_are_long = true,
        }
    }

    /// Waits for a finished buffer, whichever comes next. False when none will come.
    fn wait_for_next(&mut self, status: &Status) -> bool {
        self.wait(status, |transport| transport.finished().is_some())
    }

    /// Waits until the condition holds. False if it never will.
    fn wait(&mut self, status: &Status, satisfied: impl Fn(&Transport) -> bool) -> bool {
        let certain = status.wait() == Wait::Always || status.offline();
        let limit = if certain { load_limit() } else { GUESS_LIMIT };
        match self.transport.wait_until(satisfied, limit) {
            Waited::For(time) => {
                self.waited += time;
                true
            }
            // Another stream is about to replace this one.
            Waited::Abandoned => false,
            Waited::TimedOut if certain => {
                status.give_up();
                false
            }
            Waited::TimedOut => {
                status.guess_was_wrong();
                false
            }
        }
    }

    /// Time spent waiting since the last call.
    ///
    /// Thread: audio.
    pub fn take_waited(&mut self) -> Duration {
        std::mem::take(&mut self.waited)
    }

    /// The index of a buffer in `handed_over`.
    fn slot(&self, sequence: u64) -> usize {
        (sequence % self.handed_over.len() as u64) as usize
    }

    /// A buffer that can be filled again.
    pub(super) fn recycle(&mut self, buffer: Buffer) {
        let place = if buffer.shape == self.format.shape { &mut self.free } else { &mut self.spent };
        // No allocation: the vectors have room for all.
        if place.len() < place.capacity() {
            place.push(buffer);
        }
    }
}
