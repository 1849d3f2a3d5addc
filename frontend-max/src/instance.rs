//! A box as Max sees it, and who may touch which part of it.
#![allow(unsafe_code)]

use std::sync::{Arc, atomic::AtomicBool};

use crossbeam_channel::{Receiver, Sender};
use nn_core::{message::Atom, object::NnObject, port::AudioPort};
use parking_lot::Mutex;

use crate::{
    attribute::values, bell::Bell, channels::Layout, editor::Editor, errand::Errand, exclusive::Exclusive,
    ffi, main_thread::MainThread, references::References,
};

/// The memory that Max allocates (zeroed) and frees. Everything of Rust's is behind one pointer.
#[repr(C)]
pub struct Instance {
    /// Max's part, first.
    pub object: ffi::PxObject,
    /// Made by [`Instance::attach`], taken back by [`Instance::detach`].
    state: *mut State,
}

/// What belongs to a box. Shared by the threads that Max calls from.
pub struct State {
    /// For the audio callback. It goes first, back to its box.
    pub audio: Exclusive<AudioPort>,
    /// For the main thread.
    pub main: MainThread<Main>,
    /// What has come from other threads than the main one, and what came while the box was busy.
    pub inbox: Sender<Errand>,
    /// Has the main thread look into the inbox, and for answers.
    pub bell: Bell,
    /// The buffers that attributes follow.
    pub references: References,
    /// The window that a double click opens.
    pub editor: Editor,
    /// What Max may ask for on other threads, as it was when the main thread last came by.
    pub seen: Mutex<Seen>,
}

// Max's threads share it.
const _: fn() = || {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<State>();
};

/// What a box answers at once, whichever thread asks. Never locked in the audio callback.
#[derive(Default)]
pub struct Seen {
    /// Its attributes, in the order of [`Attribute::ALL`](crate::attribute::Attribute::ALL).
    pub attributes: Vec<Atom>,
    /// What a preset keeps.
    pub preset: Vec<Atom>,
}

/// The main thread's part of a box.
pub struct Main {
    /// The box itself.
    pub object: NnObject,
    /// The other end of the inbox.
    pub errands: Receiver<Errand>,
    /// The information outlet.
    pub information: *mut ffi::Outlet,
    /// Channels of the signals at the inlets, as last announced.
    pub inlet_channels: Vec<usize>,
    /// Where the channels lie, of every DSP chain so far: an old chain may still run while the next one is built.
    #[expect(clippy::vec_box, reason = "the audio callback has their addresses")]
    pub layouts: Vec<Box<Layout>>,
    /// Its attributes as Max has been told of them; none while the box is being made.
    pub shown: Option<Vec<Atom>>,
    /// False once the box is deleted: what is being emitted then stops.
    pub alive: Arc<AtomicBool>,
}

impl Instance {
    /// Gives the box its state.
    ///
    /// # Safety
    /// `instance` must come from `object_alloc` of the class, and have no state yet.
    pub unsafe fn attach(instance: *mut Self, state: Box<State>) {
        // SAFETY: the caller says that the memory is ours and zeroed.
        unsafe { (*instance).state = Box::into_raw(state) };
    }

    /// The box's state, for one callback.
    ///
    /// # Safety
    /// `instance` must be a live box; the reference must be gone before anything is called that may delete it
    /// (outlets).
    pub unsafe fn state<'a>(instance: *mut Self) -> Option<&'a State> {
        // SAFETY: the pointer is null or from `attach`, and the caller keeps the borrow short.
        unsafe { instance.as_ref().and_then(|instance| instance.state.as_ref()) }
    }

    /// Takes the state back when the box is deleted.
    ///
    /// # Safety
    /// As for [`Instance::state`]; no reference to the state may live.
    pub unsafe fn detach(instance: *mut Self) -> Option<Box<State>> {
        // SAFETY: the pointer is null or from `attach`; it is cleared, so this happens once.
        unsafe {
            let state = std::mem::replace(&mut instance.as_mut()?.state, std::ptr::null_mut());
            if state.is_null() { None } else { Some(Box::from_raw(state)) }
        }
    }
}

impl State {
    /// What the main thread has at hand, or what it had when it last came by.
    pub fn ask<R>(&self, now: impl FnOnce(&NnObject) -> R, before: impl FnOnce(&Seen) -> R) -> R {
        self.main.try_with(|main| now(&main.object)).unwrap_or_else(|| before(&self.seen.lock()))
    }

    /// Keeps what other threads may ask for. Main thread.
    pub fn keep_seen(&self, object: &NnObject) {
        let seen = Seen { attributes: values(object), preset: object.preset() };
        *self.seen.lock() = seen;
    }
}
