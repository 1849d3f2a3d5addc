//! The other half of a port: sends streams, takes back what the audio thread no longer needs.

use std::sync::Arc;

use parking_lot::Mutex;
use rtrb::Consumer;

use super::{
    left_behind,
    state::{Bin, Mailbox},
    stream::Stream,
};
use crate::loader::{Job, Loader};

/// The half of a port that the main thread and the loader share, under the lock of their
/// [`Reconciler`](crate::reconcile::Reconciler). `Send`; never on the audio thread.
pub struct PortHandle {
    pub(super) mailbox: Mailbox,
    pub(super) continuations: Mailbox,
    /// Number of the newest stream.
    pub(super) sent: u64,
    pub(super) garbage: Consumer<Box<Stream>>,
    pub(super) next_job: Arc<Mutex<Option<Job>>>,
    /// Streams that are no longer used.
    pub(super) unused: Vec<Stream>,
    pub(super) loader: &'static Loader,
    /// Taken out only when the handle is dropped.
    pub(super) bin: Option<Arc<Bin>>,
}

impl std::fmt::Debug for PortHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PortHandle")
    }
}

impl PortHandle {
    /// Sets the loader's job for the next block, in place of an earlier one.
    ///
    /// Thread: main.
    pub fn set_next_job(&self, job: Option<Job>) {
        *self.next_job.lock() = job;
    }

    /// Takes back the loader's job for the next block.
    ///
    /// Thread: main.
    pub fn take_next_job(&self) -> Option<Job> {
        self.next_job.lock().take()
    }

    /// Sends a stream; the port takes the newest at its next block.
    ///
    /// Thread: main or loader.
    pub fn send(&mut self, mut stream: Box<Stream>) {
        self.collect();
        self.sent += 1;
        stream.set_number(self.sent);
        // One that the port has taken meanwhile is superseded there.
        if let Some(unheard) = self.mailbox.take() {
            stream.supersede(&unheard);
            self.unused.push(*unheard);
        }
        self.mailbox.store(Some(stream));
    }

    /// Sends a continuation of the newest stream with another number of examples.
    ///
    /// Thread: main or loader.
    pub fn send_continuation(&mut self, mut stream: Box<Stream>) {
        self.collect();
        stream.set_number(self.sent);
        self.unused.extend(self.continuations.swap(Some(stream)).map(|stream| *stream));
    }

    /// Takes back streams that the port has replaced.
    ///
    /// Thread: main or loader.
    pub fn collect(&mut self) {
        while let Ok(stream) = self.garbage.pop() {
            self.unused.push(*stream);
        }
        left_behind::sweep(self.loader);
    }

    /// Streams that are no longer used, to be dropped where that may take time.
    ///
    /// Thread: main or loader.
    pub fn take_unused(&mut self) -> Vec<Stream> {
        std::mem::take(&mut self.unused)
    }
}

impl Drop for PortHandle {
    fn drop(&mut self) {
        if let Some(bin) = self.bin.take() {
            left_behind::free_or_keep(bin);
        }
    }
}
