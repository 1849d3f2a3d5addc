//! Between the server's audio threads and the service: places that were allocated once, and a queue of fixed length.
//!
//! The audio side neither allocates, frees nor locks here.

use std::{
    sync::{
        LazyLock, OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    thread::Thread,
};

use crossbeam_queue::ArrayQueue;
use crossbeam_utils::atomic::AtomicCell;

use crate::{half::AudioHalf, wanted::Wanted};

/// The most UGens at a time.
pub const PLACES: usize = 4096;

const _: () = assert!(AtomicCell::<Option<Box<AudioHalf>>>::is_lock_free());

/// What an audio thread says.
#[expect(clippy::large_enum_variant, reason = "an audio thread allocates nothing for it")]
#[derive(Clone, Copy, Debug)]
pub enum FromAudio {
    /// A UGen was made.
    Made(Wanted),
    /// The UGen of a place is gone; its audio half lies there.
    Gone(u32),
}

/// Where one UGen and the service exchange an audio half.
#[derive(Default)]
struct Place {
    to_audio: AtomicCell<Option<Box<AudioHalf>>>,
    back: AtomicCell<Option<Box<AudioHalf>>>,
}

/// The places and the queue.
pub struct Exchange {
    places: Box<[Place]>,
    free: ArrayQueue<u32>,
    said: ArrayQueue<FromAudio>,
    /// UGens that found no place, and commands that found no memory.
    pub refused: AtomicU64,
    service: OnceLock<Thread>,
    closed: AtomicBool,
}

/// That of this process.
pub static EXCHANGE: LazyLock<Exchange> = LazyLock::new(Exchange::new);

impl Exchange {
    fn new() -> Self {
        let free = ArrayQueue::new(PLACES);
        (0..PLACES as u32).for_each(|place| _ = free.push(place));
        Self {
            places: (0..PLACES).map(|_| Place::default()).collect(),
            free,
            // At most two for each place.
            said: ArrayQueue::new(2 * PLACES),
            refused: AtomicU64::new(0),
            service: OnceLock::new(),
            closed: AtomicBool::new(false),
        }
    }

    /// Names the thread that serves. It is woken when something is said.
    pub fn serve(&self, thread: Thread) {
        let _once = self.service.set(thread);
    }

    /// A place for a new UGen. Audio thread.
    pub fn take_place(&self) -> Option<u32> {
        let place = self.free.pop();
        if place.is_none() {
            self.refused.fetch_add(1, Relaxed);
        }
        place
    }

    /// Says something to the service. Audio thread; at most one wake-up.
    pub fn say(&self, what: FromAudio) {
        // There is room for all that can be said.
        let _room = self.said.push(what);
        self.wake();
    }

    /// The server quits: UGens are silent from now on, so that its last blocks are short. JACK cancels the audio thread wherever it
    /// is then.
    pub fn close(&self) {
        self.closed.store(true, Relaxed);
    }

    /// Whether the server quits. Audio thread.
    pub fn is_closed(&self) -> bool {
        self.closed.load(Relaxed)
    }

    /// Wakes the service if it sleeps.
    pub fn wake(&self) {
        if let Some(thread) = self.service.get() {
            thread.unpark();
        }
    }

    /// The audio half, once it is there. Audio thread.
    pub fn take_half(&self, place: u32) -> Option<Box<AudioHalf>> {
        self.places[place as usize].to_audio.take()
    }

    /// Leaves an audio half for the service to free. Audio thread.
    pub fn leave_half(&self, place: u32, half: Box<AudioHalf>) {
        let before = self.places[place as usize].back.swap(Some(half));
        // A place has one half, so there was none; freeing it here would not be allowed.
        std::mem::forget(before);
    }

    /// What was said next. Service.
    pub fn heard(&self) -> Option<FromAudio> {
        self.said.pop()
    }

    /// Lays an audio half into its place. Service.
    pub fn put_half(&self, place: u32, half: Box<AudioHalf>) {
        drop(self.places[place as usize].to_audio.swap(Some(half)));
    }

    /// What lies in a place whose UGen is gone; the place is free then. Service.
    pub fn clear(&self, place: u32) -> [Option<Box<AudioHalf>>; 2] {
        let at = &self.places[place as usize];
        let halves = [at.to_audio.take(), at.back.take()];
        let _room = self.free.push(place);
        halves
    }
}
