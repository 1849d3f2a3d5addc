//! A box with sound, and who may touch which part of it.

use nn_core::{message::Atom, object::NnObject, port::AudioPort};
use parking_lot::Mutex;

use crate::{
    attribute::values,
    channels::Layout,
    exclusive::Exclusive,
    ffi,
    max_box::{self, State},
    references::References,
};

/// Such a box in Max's memory.
pub type Instance = max_box::Instance<Sound>;

/// What only boxes with sound have. Shared by the threads that Max calls from.
pub struct Sound {
    /// For the audio callback.
    pub audio: Exclusive<AudioPort>,
    /// The buffers that attributes follow.
    pub references: References,
    /// What Max may ask for on other threads, as the main thread left it last.
    pub seen: Mutex<Seen>,
}

/// What a box answers at once, whichever thread asks. Never locked in the audio callback.
#[derive(Default)]
pub struct Seen {
    /// Its attributes, in the order of [`BOX_ATTRIBUTES`](nn_core::object::BOX_ATTRIBUTES).
    pub attributes: Vec<Atom>,
    /// What a preset keeps.
    pub preset: Vec<Atom>,
}

/// The main thread's part of a box with sound.
pub struct Main {
    /// The box itself.
    pub object: NnObject,
    /// The information outlet.
    pub information: *mut ffi::Outlet,
    /// Channels of the signals at the inlets, as last announced.
    pub inlet_channels: Vec<usize>,
    /// Where the channels lie, of every DSP chain so far: an old chain may still run while the next one is built.
    #[expect(clippy::vec_box, reason = "the audio callback has their addresses")]
    pub layouts: Vec<Box<Layout>>,
    /// Its attributes as Max was last notified of them; none while the box is being made.
    pub shown: Option<Vec<Atom>>,
}

// Max's threads share it.
const _: fn() = || {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<State<Sound>>();
};

impl State<Sound> {
    /// On the main thread the present values, on others those that it left last.
    pub fn ask<R>(&self, now: impl FnOnce(&NnObject) -> R, before: impl FnOnce(&Seen) -> R) -> R {
        self.main.try_with(|main| now(&main.object)).unwrap_or_else(|| before(&self.own.seen.lock()))
    }

    /// Keeps what other threads may ask for. Main thread.
    pub fn keep_seen(&self, object: &NnObject) {
        let seen = Seen { attributes: values(object), preset: object.preset() };
        *self.own.seen.lock() = seen;
    }
}
