//! Waiting for the effect of messages, where a rendering is to repeat.
//!
//! Loader and worker answer when they have finished, at another time in every run. A host whose messages and audio
//! share a thread can be made to wait. A message to the model has its effect before it returns. The loader's job is
//! begun, waited for and reported at the next block or poll, and at no time between. Answers come in one order.

use std::time::{Duration, Instant};

use super::nn_object::NnObject;
use nn_engine::port::transport::TURN_LIMIT;
use nn_engine::{
    command::{EngineReport, Origin, RunnerReport},
    loader::{PATIENCE, load_limit},
};
use nn_process::exit;

/// How often to check what does not wake this thread.
const LOOK: Duration = Duration::from_micros(200);

impl NnObject {
    /// Waits until loader and runner have nothing left to do for this box, and takes their replies: the loader's
    /// first, then the runner's. Does nothing in real time.
    pub(super) fn settle(&mut self) {
        if !self.waits() {
            return;
        }
        // Pending buffers are run by the state for which they were meant, unless it hangs.
        self.await_runner(TURN_LIMIT);
        self.await_loader();
        if !self.await_runner(load_limit()) {
            self.status.give_up();
        }
    }

    /// The same for the answers to a message. A load waits for the next block or poll.
    pub(super) fn settle_answers(&mut self) {
        if !self.waits() {
            return;
        }
        if self.measuring > 0 {
            self.await_measurements();
        }
        // Questions to a model that is still loading are answered afterwards.
        if self.awaited > 0 && !self.untold && !self.status.pending() && !self.await_runner(load_limit()) {
            self.status.give_up();
        }
    }

    /// The same for pending runs, whose number is about to be reported.
    pub(super) fn settle_runs(&mut self) {
        if self.waits() {
            self.await_runner(TURN_LIMIT);
        }
    }

    /// Takes replies. Those of the runner about buffers whose sound is not due yet are kept until it is, so that
    /// nobody waits for a run before that.
    pub(super) fn take_due_answers(&mut self) {
        if !self.waits() {
            return;
        }
        // First: replies about a buffer come before the buffer is taken back.
        let taken_back = self.status.taken_back();
        self.listen();
        while self.held.front().is_some_and(|(after, _)| *after <= taken_back) {
            if let Some((_, reply)) = self.held.pop_front() {
                self.take_reply(reply);
            }
        }
    }

    /// `wait 1` has reached a new box, whose load began in real time: whether that is done must not show before the
    /// first poll.
    pub(super) fn keep_first_load(&mut self) {
        if self.waits() && !self.looked_at && self.reconciler.view().wanted.model.is_some() {
            self.untold = true;
            self.reconciler.keep_requests();
        }
    }

    /// The first poll has come.
    pub(super) fn release_first_load(&mut self) {
        if std::mem::take(&mut self.untold) {
            self.reconciler.release_requests();
            self.answer_questions();
            self.settle_answers();
        }
    }

    /// Takes the loader's replies, also at a block.
    pub(super) fn listen_to_the_loader(&mut self) {
        self.listen();
        self.take_loader_reports();
    }

    /// Waits until the loader has nothing left to do. What takes too long is given up, and reported.
    fn await_loader(&mut self) {
        let begin = Instant::now();
        while self.status.repeats() && !exit::leaving() {
            // In this order: replies that were sent before the work ended are then there.
            let busy = self.reconciler.loader_is_busy();
            self.listen();
            if !busy {
                break;
            }
            // A loader that only lacks a processor is not given up.
            let is_late = begin.elapsed() > load_limit() * 2 + PATIENCE;
            if is_late && self.status.effort_spent() > load_limit() {
                self.status.give_up();
            }
            self.reconciler.begin_next_job();
            self.reconciler.look_after(false);
            self.wait_for_a_word();
        }
        self.take_loader_reports();
    }

    fn await_measurements(&mut self) {
        let begin = Instant::now();
        while self.measuring > 0 && begin.elapsed() < load_limit() && !exit::leaving() {
            self.context.loader.look_after(PATIENCE);
            self.listen();
            self.take_loader_reports();
            if self.measuring > 0 {
                self.wait_for_a_word();
            }
        }
    }

    /// Waits until the runner has done all pending work and takes its replies. False if that took too long.
    fn await_runner(&mut self, limit: Duration) -> bool {
        let begin = Instant::now();
        let Some(number) = self.reconciler.fence() else { return true };
        while self.passed < number && !exit::leaving() {
            if begin.elapsed() > limit {
                return false;
            }
            self.reconciler.look_after(false);
            self.listen();
            if self.passed < number {
                self.wait_for_a_word();
            }
        }
        while let Some((_, reply)) = self.held.pop_front() {
            self.take_reply(reply);
        }
        true
    }

    fn wait_for_a_word(&mut self) {
        if let Ok(answer) = self.replies.recv_timeout(LOOK) {
            self.sort(answer);
        }
    }

    /// Takes the loader's replies so far.
    pub(super) fn take_loader_reports(&mut self) {
        while let Some(reply) = self.loader_reports.pop_front() {
            self.take_reply(reply);
        }
    }

    /// Keeps replies for later.
    fn listen(&mut self) {
        while let Ok(answer) = self.replies.try_recv() {
            self.sort(answer);
        }
    }

    fn sort(&mut self, RunnerReport { origin, after, reply }: RunnerReport) {
        match (origin, reply) {
            (Origin::Loader, reply) => self.loader_reports.push_back(reply),
            (Origin::Runner, EngineReport::Passed(number)) => self.passed = number,
            (Origin::Runner, reply) => self.held.push_back((after, reply)),
        }
    }

    /// Whether this host's messages wait, and the rendering is to repeat.
    pub(super) fn waits(&self) -> bool {
        self.context.messages_wait && self.status.repeats()
    }
}
