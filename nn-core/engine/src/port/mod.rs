//! The audio side: capture all inputs, then render all outputs.
//!
//! - The audio thread: [`AudioPort`]. Its calls do not allocate, free, lock, print, call the host or panic; the one
//!   system call is the wake-up of the worker when a buffer is full and the worker would poll too late. (Without a worker the
//!   model itself runs here, and may do all of that. A host that renders offline is made to wait.)
//! - The main thread and the loader: [`PortHandle`], which sends streams and takes old ones back.
//! - Whoever makes a box: [`Prepared`], the audio half before it is attached.

pub mod attach;
pub mod buffer;
pub mod burst_detector;
pub mod declick;
pub mod format;
mod handle;
mod host_clock;
mod left_behind;
mod mix;
pub mod offline_detector;
pub mod sample;
mod state;
pub mod stream;
pub mod transport;
pub mod wakeup;

use std::sync::Arc;

use crossbeam_utils::atomic::AtomicCell;
use parking_lot::Mutex;
use rtrb::RingBuffer;

use crate::{
    loader::{Job, Loader},
    status::Status,
};
pub use attach::{AudioPort, Prepared};
pub use handle::PortHandle;
use host_clock::HostClock;
pub use sample::silence;
use state::{Bin, PortState};

/// How many streams may wait to be returned to the main thread.
const GARBAGE_ROOM: usize = 8;

/// A port without a stream, which plays silence, and the handle to send it one.
///
/// Thread: main.
pub fn prepare(status: Arc<Status>, loader: &'static Loader) -> (Prepared, PortHandle) {
    left_behind::sweep(loader);
    let mailbox = Arc::new(AtomicCell::new(None));
    let continuations = Arc::new(AtomicCell::new(None));
    let next_job = Arc::<Mutex<Option<Job>>>::default();
    let (garbage, returned) = RingBuffer::new(GARBAGE_ROOM);
    let bin = Arc::<Bin>::default();
    let state = PortState {
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
        host_clock: HostClock::default(),
        bin: Some(bin.clone()),
    };
    let handle = PortHandle {
        mailbox,
        continuations,
        sent: 0,
        garbage: returned,
        next_job,
        unused: Vec::new(),
        loader,
        bin: Some(bin),
    };
    (Prepared::new(state), handle)
}

#[cfg(test)]
mod tests {
    use super::{stream::Stream, *};

    #[test]
    fn handing_over_takes_no_lock() {
        assert!(AtomicCell::<Option<Box<Stream>>>::is_lock_free());
        assert!(AtomicCell::<Option<Box<PortState>>>::is_lock_free());
    }

    #[test]
    fn a_port_without_a_stream_renders_silence() {
        let (prepared, _handle) = prepare(Arc::default(), Loader::global());
        assert!(!prepared.is_ready());
        let mut port = prepared.attach();
        let mut outputs = vec![vec![9.0f32; 64]; 2];
        port.capture(64, &vec![vec![1.0f32; 64]]);
        port.render(64, &mut outputs);
        assert!(outputs.iter().flatten().all(|&s| s == 0.0));
    }

    #[test]
    fn a_port_is_freed_when_both_halves_are_gone_in_either_order() {
        for port_first in [true, false] {
            let status = Arc::<Status>::default();
            let (prepared, handle) = prepare(status.clone(), Loader::global());
            let port = prepared.attach();
            if port_first {
                port.detach();
                assert_eq!(Arc::strong_count(&status), 2, "it waits to be freed");
                drop(handle);
            } else {
                drop(handle);
                assert_eq!(Arc::strong_count(&status), 2, "it still plays");
                port.detach();
                let begin = std::time::Instant::now();
                while Arc::strong_count(&status) > 1 && begin.elapsed().as_secs() < 20 {
                    left_behind::sweep(Loader::global());
                    std::thread::yield_now();
                }
            }
            assert_eq!(Arc::strong_count(&status), 1, "port first: {port_first}");
        }
    }
}
