//! Waiting for everything that was asked for, where a rendering is to be the same every time.
//!
//! Loader and worker answer when they are through, which is another time in every run. A host whose messages and audio
//! share a thread can be made to wait: before and after every message, until both have nothing left to do. What a message
//! asks for is then done when the message is, nothing happens between two messages or blocks but what these say, and the
//! answers come in one order.

use std::{
    sync::atomic::Ordering::Relaxed,
    time::{Duration, Instant},
};

use super::NnObject;
use crate::engine::{
    command::{Answer, Origin, Reply},
    exit,
    loader::{PATIENCE, load_limit},
};

/// How often to look at what does not wake this thread.
const LOOK: Duration = Duration::from_micros(200);

impl NnObject {
    /// Waits until loader and runner have nothing left to do for this box and takes what they say: the loader's words
    /// first, then the runner's. Does nothing in real time.
    ///
    /// A model that hangs is waited for as long as a load may take, then no more until the next load or `wait`.
    pub(super) fn settle(&mut self) {
        if !self.waits() {
            return;
        }
        let mut of_runner: Vec<_> =
            std::mem::take(&mut self.held).into_iter().map(|(_, reply)| reply).collect();
        let (mut fence, mut passed) = (None, 0);
        let mut begin = Instant::now();
        while self.status.repeats() && !exit::leaving() {
            // In this order: what is said before the end of the work is there after it.
            let busy = self.measuring > 0 || self.workshop.loader_is_busy();
            while let Ok(answer) = self.replies.try_recv() {
                self.sort(answer, &mut of_runner, &mut passed);
            }
            let limit = match (busy, fence) {
                // Looked after below: given up when it takes too long, and then there is one more to wait for.
                (true, _) => load_limit() * 2 + PATIENCE,
                (false, None) => {
                    fence = self.workshop.fence();
                    if fence.is_none() {
                        break;
                    }
                    begin = Instant::now();
                    load_limit()
                }
                (false, Some(number)) if passed >= number => break,
                (false, Some(_)) => load_limit(),
            };
            if begin.elapsed() > limit {
                self.status.give_up();
            }
            self.workshop.look_after(false);
            if let Ok(answer) = self.replies.recv_timeout(LOOK) {
                self.sort(answer, &mut of_runner, &mut passed);
            }
        }
        for reply in of_runner {
            self.take_reply(reply);
        }
    }

    /// The same for a look at the box that asks for nothing. What the runner has said of frames whose sound is not due yet is
    /// kept until it is, so that nobody waits for a run before that.
    pub(super) fn settle_for_a_look(&mut self) {
        if !self.waits() {
            return;
        }
        if self.pending() {
            return self.settle();
        }
        // First: what is said of a frame is said before it is taken back.
        let taken_back = self.status.taken_back.load(Relaxed);
        while let Ok(Answer { origin, after, reply }) = self.replies.try_recv() {
            match origin {
                Origin::Loader => self.take_reply(reply),
                Origin::Runner => self.held.push_back((after, reply)),
            }
        }
        while self.held.front().is_some_and(|(after, _)| *after <= taken_back) {
            if let Some((_, reply)) = self.held.pop_front() {
                self.take_reply(reply);
            }
        }
    }

    /// Whether this host's messages wait, and a rendering is to be the same every time.
    pub(super) fn waits(&self) -> bool {
        self.environment.messages_wait && self.status.repeats()
    }

    /// Takes what the loader says and keeps what the runner says for later.
    fn sort(&mut self, Answer { origin, reply, .. }: Answer, of_runner: &mut Vec<Reply>, passed: &mut u64) {
        match (origin, reply) {
            (Origin::Loader, reply) => self.take_reply(reply),
            (Origin::Runner, Reply::Passed(number)) => *passed = number,
            (Origin::Runner, reply) => of_runner.push(reply),
        }
    }
}
