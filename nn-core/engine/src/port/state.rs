//! The audio thread's state of a port: its stream, and the change from one stream to the next.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use crossbeam_utils::atomic::AtomicCell;
use parking_lot::Mutex;
use rtrb::Producer;

use super::{
    host_clock::HostClock,
    sample::{Inputs, Outputs, Sample, silence},
    stream::{Opening, Stream},
};
use crate::{
    loader::{Job, Loader, PATIENCE, load_limit},
    status::Status,
};
use nn_process::{exit, guard::guarded};

/// How much longer a load is waited for than it may take.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// A place for one stream, which whoever comes first takes.
pub(super) type Mailbox = Arc<AtomicCell<Option<Box<Stream>>>>;

/// The state of an [`AudioPort`](super::AudioPort). Made on the main thread, played by the audio thread, dropped by the
/// main thread or the loader.
pub(super) struct PortState {
    pub(super) stream: Option<Box<Stream>>,
    /// The next stream, until the present one is silent.
    pub(super) incoming: Option<Box<Stream>>,
    pub(super) mailbox: Mailbox,
    /// Streams that continue another one with a new number of examples, and the one that waits for its predecessor.
    pub(super) continuations: Mailbox,
    pub(super) continuation: Option<Box<Stream>>,
    pub(super) garbage: Producer<Box<Stream>>,
    pub(super) status: Arc<Status>,
    pub(super) loader: &'static Loader,
    /// What the loader is to do when the next block comes.
    pub(super) next_job: Arc<Mutex<Option<Job>>>,
    /// True after a panic: silence from then on.
    pub(super) broken: bool,
    /// The host's timing, which outlives streams.
    pub(super) host_clock: HostClock,
    /// Where this goes when the host no longer needs it; `None` once it is there.
    pub(super) bin: Option<Arc<Bin>>,
}

/// Where the state of a port lies once its host no longer needs it, until a thread that may wait frees it.
///
/// There is room for the one that belongs there, so putting it in neither waits nor allocates.
#[derive(Default)]
pub(super) struct Bin(pub(super) AtomicCell<Option<Box<PortState>>>);

impl PortState {
    /// One host block: reads all inputs, then writes every sample of every outlet, whatever happens. After a panic of
    /// ours the box is silent, so that it never plays stale memory of the host. Audio thread.
    pub(super) fn play<S: Sample>(
        &mut self,
        block_frames: usize,
        inputs: &impl Inputs<S>,
        outputs: &mut impl Outputs<S>,
    ) {
        let played = !self.broken
            && guarded(false, || {
                self.capture(block_frames, inputs);
                self.render(block_frames, outputs);
                true
            });
        if !played {
            self.broken = true;
            silence(outputs);
        }
    }

    /// Reads one host block of all inputs, before any output is written: hosts let outputs alias inputs. Audio
    /// thread.
    pub(super) fn capture<S: Sample>(&mut self, block_frames: usize, inputs: &impl Inputs<S>) {
        if self.status.waits_for_load() {
            self.await_load();
        }
        self.host_clock.observe(block_frames, &self.status);
        self.take_over();
        self.continue_stream();
        if let Some(stream) = &mut self.stream {
            stream.capture(block_frames, inputs, &self.status);
            self.host_clock.waited(stream.take_waited());
        }
        self.status.played_frames.fetch_add(block_frames as u64, Relaxed);
    }

    /// Switches to a new stream, as soon as the present one is silent.
    fn take_over(&mut self) {
        // Two may go back at once. This is the only producer, so room that is there now stays.
        if self.garbage.slots() < 2 {
            return;
        }
        if let Some(mut newer) = self.mailbox.take() {
            if let Some(unheard) = self.incoming.take() {
                newer.supersede(&unheard);
                drop(self.garbage.push(unheard));
            }
            self.incoming = Some(newer);
        }
        let Some(incoming) = &mut self.incoming else { return };
        let cut = incoming.opening() == Opening::Cut;
        if self.stream.as_mut().is_some_and(|present| !present.close() && !cut) {
            return;
        }
        if cut {
            self.host_clock.begin_anew();
        }
        incoming.begin(&self.status);
        if let Some(present) = &self.stream {
            incoming.follow(present);
        }
        if let Some(old) = std::mem::replace(&mut self.stream, self.incoming.take()) {
            drop(self.garbage.push(old));
        }
    }

    /// Continues with another number of examples, once the stream to be continued is the present one.
    fn continue_stream(&mut self) {
        if self.garbage.slots() < 2 {
            return;
        }
        if let Some(newer) = self.continuations.take()
            && let Some(unused) = self.continuation.replace(newer)
        {
            drop(self.garbage.push(unused));
        }
        let present = self.stream.as_ref().map_or(0, |stream| stream.number());
        let falling = |next: &Stream| {
            self.stream
                .as_ref()
                .is_some_and(|stream| stream.number() == next.number() && stream.is_falling(next))
        };
        let Some(mut next) = self.continuation.take_if(|next| next.number() <= present && !falling(next))
        else {
            return;
        };
        if let Some(stream) = self.stream.as_mut().filter(|stream| stream.number() == next.number()) {
            next.continue_from(stream);
            std::mem::swap(stream, &mut next);
        }
        drop(self.garbage.push(next));
    }

    /// Blocks until the loader has finished, for a rendering that must miss no sample. Gives up after a time.
    fn await_load(&mut self) {
        if let Some(stream) = &mut self.stream {
            // Pending buffers are run by the state for which they were meant.
            stream.await_runs(&self.status);
        }
        let begin = Instant::now();
        while self.status.waits_for_load() && !self.status.stopped() && !exit::leaving() {
            // A little later than the load itself is given up, which is reported first. Both by the clock and by the
            // processor time that the loader had.
            let limit = load_limit() + LAST_WORDS;
            if begin.elapsed() > limit && self.status.effort.spent() > limit {
                return self.status.give_up();
            }
            if let Some(job) = self.next_job.lock().take() {
                self.loader.submit(job);
            }
            // Nothing else does while this host waits: its messages may run on this very thread.
            self.loader.look_after(PATIENCE.min(load_limit()));
            std::thread::sleep(Duration::from_micros(100));
        }
    }

    /// Writes every sample of every outlet. Audio thread.
    pub(super) fn render<S: Sample>(&mut self, block_frames: usize, outputs: &mut impl Outputs<S>) {
        if let Some(stream) = &mut self.stream {
            stream.render(block_frames, outputs, &self.status);
            self.host_clock.waited(stream.take_waited());
            return;
        }
        self.status.falling_examples.store(0, Relaxed);
        self.status.channels.set_falling(self.status.channels.wanted(), 0);
        silence(outputs);
    }
}
