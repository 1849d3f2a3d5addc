//! The audio side: capture all inputs, then render all outputs.
//!
//! An [`AudioPort`] belongs to the audio thread. Its calls do not allocate, free, lock, print, call the host or
//! panic; the one system call is the wake-up of the worker when a frame is full and the worker would poll too late.
//! (Without a worker the model itself runs here, and may do all of that.)

pub mod bell;
pub mod burst;
pub mod declick;
pub mod format;
pub mod frame;
pub mod link;
pub mod pace;
pub mod sample;
pub mod stream;
mod tempo;

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use crossbeam_utils::atomic::AtomicCell;
use parking_lot::Mutex;
use rtrb::{Consumer, Producer, RingBuffer};

use crate::{
    loader::{Job, Loader, PATIENCE, load_limit},
    status::Status,
};
use nn_process::exit;
use nn_process::guard::guarded;
use sample::{Inputs, Outputs, Sample};
use stream::{Opening, Stream};
use tempo::Tempo;

/// How much longer a load is waited for than it may take.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// How many streams may wait to be returned to the main thread.
const GARBAGE_ROOM: usize = 8;

/// The audio thread's half of a box.
pub struct AudioPort {
    stream: Option<Box<Stream>>,
    /// The next stream, until the present one is silent.
    incoming: Option<Box<Stream>>,
    mailbox: Arc<AtomicCell<Option<Box<Stream>>>>,
    /// Streams that continue another one with a new number of examples, and the one that waits for its predecessor.
    continuations: Arc<AtomicCell<Option<Box<Stream>>>>,
    continuation: Option<Box<Stream>>,
    garbage: Producer<Box<Stream>>,
    status: Arc<Status>,
    loader: &'static Loader,
    /// What the loader is to do when the next block comes.
    next_job: Arc<Mutex<Option<Job>>>,
    /// True after a panic: silence from then on.
    broken: bool,
    /// The host's timing, which outlives streams.
    tempo: Tempo,
}

/// The loader's and main thread's half: sends streams, takes old ones back.
pub struct PortHandle {
    mailbox: Arc<AtomicCell<Option<Box<Stream>>>>,
    continuations: Arc<AtomicCell<Option<Box<Stream>>>>,
    /// Number of the newest stream.
    sent: u64,
    garbage: Consumer<Box<Stream>>,
    next_job: Arc<Mutex<Option<Job>>>,
    /// Streams that are no longer used.
    unused: Vec<Stream>,
}

impl std::fmt::Debug for AudioPort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AudioPort").field("stream", &self.stream).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for PortHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PortHandle")
    }
}

impl AudioPort {
    /// A port without a stream (it renders silence), and the handle to send it one.
    pub fn new(status: Arc<Status>, loader: &'static Loader) -> (Self, PortHandle) {
        let mailbox = Arc::new(AtomicCell::new(None));
        let continuations = Arc::new(AtomicCell::new(None));
        let next_job = Arc::<Mutex<Option<Job>>>::default();
        let (garbage, returned) = RingBuffer::new(GARBAGE_ROOM);
        (
            Self {
                stream: None,
                incoming: None,
                mailbox: mailbox.clone(),
                continuations: continuations.clone(),
                continuation: None,
                garbage,
                status,
                loader,
                next_job: next_job.clone(),
                broken: false,
                tempo: Tempo::default(),
            },
            PortHandle { mailbox, continuations, sent: 0, garbage: returned, next_job, unused: Vec::new() },
        )
    }

    /// One host block: reads all inputs, then writes every sample of every outlet, whatever happens. After a panic of
    /// ours the box is silent, so that it never plays stale memory of the host. Audio thread.
    pub fn play<S: Sample>(
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
    pub fn capture<S: Sample>(&mut self, block_frames: usize, inputs: &impl Inputs<S>) {
        if self.status.waits_for_load() {
            self.await_load();
        }
        self.tempo.observe(block_frames, &self.status);
        self.take_over();
        self.continue_stream();
        if let Some(stream) = &mut self.stream {
            stream.capture(block_frames, inputs, &self.status);
            self.tempo.waited(stream.take_waited());
        }
        self.status.samples.fetch_add(block_frames as u64, Relaxed);
    }

    /// Switches to a new stream, as soon as the present one is silent.
    fn take_over(&mut self) {
        // Two may go back at once. This is the only producer, so room that is there now stays.
        if self.garbage.slots() < 2 {
            return;
        }
        if let Some(newer) = self.mailbox.take()
            && let Some(unheard) = self.incoming.replace(newer)
        {
            drop(self.garbage.push(unheard));
        }
        let Some(incoming) = &self.incoming else { return };
        let cut = incoming.opening() == Opening::Cut;
        if self.stream.as_mut().is_some_and(|present| !present.close() && !cut) {
            return;
        }
        if cut {
            self.tempo.begin_anew();
        }
        incoming.begin(&self.status);
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
            // Pending frames are run by the state for which they were meant.
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
    pub fn render<S: Sample>(&mut self, block_frames: usize, outputs: &mut impl Outputs<S>) {
        if let Some(stream) = &mut self.stream {
            stream.render(block_frames, outputs, &self.status);
            self.tempo.waited(stream.take_waited());
            return;
        }
        self.status.falling_examples.store(0, Relaxed);
        silence(outputs);
    }
}

/// Writes zeros.
pub fn silence<S: Sample>(outputs: &mut impl Outputs<S>) {
    for outlet in 0..outputs.outlets() {
        for channel in 0..outputs.channels(outlet) {
            if let Some(sink) = outputs.channel_mut(outlet, channel) {
                sink.fill(S::from_f32(0.0));
            }
        }
    }
}

impl PortHandle {
    /// Sets the loader's job for the next block, in place of an earlier one. Main thread.
    pub fn set_next_job(&self, job: Option<Job>) {
        *self.next_job.lock() = job;
    }

    /// Takes back the loader's job for the next block. Main thread.
    pub fn take_next_job(&self) -> Option<Job> {
        self.next_job.lock().take()
    }

    /// Sends a stream; the port takes the newest at its next block. Main thread or loader.
    pub fn send(&mut self, mut stream: Box<Stream>) {
        self.collect();
        self.sent += 1;
        stream.set_number(self.sent);
        self.unused.extend(self.mailbox.swap(Some(stream)).map(|stream| *stream));
    }

    /// Sends a continuation of the newest stream with another number of examples. Main thread or loader.
    pub fn send_continuation(&mut self, mut stream: Box<Stream>) {
        self.collect();
        stream.set_number(self.sent);
        self.unused.extend(self.continuations.swap(Some(stream)).map(|stream| *stream));
    }

    /// Takes back streams that the port has replaced. Main thread or loader.
    pub fn collect(&mut self) {
        while let Ok(stream) = self.garbage.pop() {
            self.unused.push(*stream);
        }
    }

    /// Streams that are no longer used, to be dropped where that may take time.
    pub fn take_unused(&mut self) -> Vec<Stream> {
        std::mem::take(&mut self.unused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handing_a_stream_over_takes_no_lock() {
        assert!(AtomicCell::<Option<Box<Stream>>>::is_lock_free());
    }

    #[test]
    fn a_port_without_a_stream_renders_silence() {
        let (mut port, _handle) = AudioPort::new(Arc::default(), Loader::global());
        let mut outputs = vec![vec![9.0f32; 64]; 2];
        port.capture(64, &vec![vec![1.0f32; 64]]);
        port.render(64, &mut outputs);
        assert!(outputs.iter().flatten().all(|&s| s == 0.0));
    }
}
