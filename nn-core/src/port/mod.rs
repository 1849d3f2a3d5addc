//! The audio side: capture all inputs, then render all outputs.
//!
//! An [`AudioPort`] belongs to the audio thread. Its calls do not allocate, free, lock, print, call the host or
//! panic; the one system call is the wake-up of the worker when a frame is full and nobody would look at it soon.
//! (Without a worker the model itself runs here, and what it does is its own.)

pub mod bell;
pub mod declick;
pub mod frame;
pub mod link;
pub mod pace;
pub mod sample;
pub mod stream;

use std::sync::Arc;

use crossbeam_utils::atomic::AtomicCell;
use rtrb::{Consumer, Producer, RingBuffer};

use crate::engine::status::Status;
use sample::{Inputs, Outputs, Sample};
use stream::Stream;

/// Streams that wait to be returned to the main thread.
const GARBAGE_ROOM: usize = 8;

/// The audio thread's half of a box.
pub struct AudioPort {
    stream: Option<Box<Stream>>,
    mailbox: Arc<AtomicCell<Option<Box<Stream>>>>,
    garbage: Producer<Box<Stream>>,
    status: Arc<Status>,
}

/// The main thread's half: sends streams, takes old ones back.
pub struct PortHandle {
    mailbox: Arc<AtomicCell<Option<Box<Stream>>>>,
    garbage: Consumer<Box<Stream>>,
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
    pub fn new(status: Arc<Status>) -> (Self, PortHandle) {
        let mailbox = Arc::new(AtomicCell::new(None));
        let (garbage, returned) = RingBuffer::new(GARBAGE_ROOM);
        (
            Self { stream: None, mailbox: mailbox.clone(), garbage, status },
            PortHandle { mailbox, garbage: returned },
        )
    }

    /// Reads one host block of all inputs, before any output is written: hosts let outputs alias inputs.
    pub fn capture<S: Sample>(&mut self, block_frames: usize, inputs: &impl Inputs<S>) {
        if !self.garbage.is_full()
            && let Some(stream) = self.mailbox.take()
        {
            stream.begin(&self.status);
            if let Some(old) = self.stream.replace(stream) {
                // There is room: checked above, and this is the only producer.
                drop(self.garbage.push(old));
            }
        }
        if let Some(stream) = &mut self.stream {
            stream.capture(block_frames, inputs, &self.status);
        }
    }

    /// Writes every sample of every outlet.
    pub fn render<S: Sample>(&mut self, block_frames: usize, outputs: &mut impl Outputs<S>) {
        if let Some(stream) = &mut self.stream {
            stream.render(block_frames, outputs, &self.status);
            return;
        }
        for outlet in 0..outputs.outlets() {
            for channel in 0..outputs.channels(outlet) {
                if let Some(sink) = outputs.channel_mut(outlet, channel) {
                    sink.fill(S::from_f32(0.0));
                }
            }
        }
    }
}

impl PortHandle {
    /// Sends a stream; the port takes the newest at its next block. Main thread.
    pub fn send(&mut self, stream: Box<Stream>) {
        self.collect();
        drop(self.mailbox.swap(Some(stream)));
    }

    /// Drops what the port has replaced. Main thread.
    pub fn collect(&mut self) {
        while self.garbage.pop().is_ok() {}
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
        let (mut port, _handle) = AudioPort::new(Arc::default());
        let mut outputs = vec![vec![9.0f32; 64]; 2];
        port.capture(64, &vec![vec![1.0f32; 64]]);
        port.render(64, &mut outputs);
        assert!(outputs.iter().flatten().all(|&s| s == 0.0));
    }
}
