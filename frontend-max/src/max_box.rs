//! A box as Max allocates, calls and frees it, whichever class it is of, and who may touch which part of it.
#![allow(unsafe_code)]

use std::path::PathBuf;

use nn_core::{
    frontend::{alive::Alive, inbox::Inbox},
    guard::guarded,
};

use crate::{
    deferred::Deferred,
    editor::Editor,
    main_thread::{MainThread, on_main_thread},
    scheduler::Scheduler,
};

/// What a class of boxes is made of, beside what all boxes have.
pub trait MaxBox: Sized {
    /// Max's part of a box, which comes first in its memory.
    type Head;
    /// The main thread's part.
    type Main;
    /// What only boxes of this class are asked for.
    type Deferred;

    /// Does what was deferred, looks for answers, says what there is to say. Whoever hears it may delete the box.
    ///
    /// # Safety
    /// On Max's main thread, for a live box of which nothing is borrowed.
    unsafe fn poll_box(instance: *mut Instance<Self>);

    /// The file of the box's model.
    fn model_path(main: &Self::Main) -> Option<PathBuf>;

    /// What an inlet takes or an outlet gives; `None` while the box is busy.
    fn hint(state: &State<Self>, is_inlet: bool, index: usize) -> Option<String>;

    /// Takes a box that Max deletes out of its audio: the first step, after which no audio callback runs.
    ///
    /// # Safety
    /// On Max's main thread, for a live box.
    unsafe fn leave_audio(_instance: *mut Instance<Self>) {}

    /// Frees what of Max's belongs to the box, whoever is still at it.
    fn free(&self) {}

    /// Frees what of Max's belongs to the main thread's part.
    fn free_main(_main: &mut Self::Main) {}
}

/// What belongs to a box. Shared by the threads that Max calls from.
pub struct State<B: MaxBox> {
    /// What only boxes of this class have. Dropped first, so that the audio side goes back to its box.
    pub own: B,
    /// For the main thread.
    pub main: MainThread<B::Main>,
    /// What has come from other threads than the main one, and what came while the box was busy.
    pub inbox: Inbox<Deferred<B::Deferred>>,
    /// Has the main thread look into the inbox, and for answers.
    pub scheduler: Scheduler,
    /// The window that a double click opens.
    pub editor: Editor,
    /// Whether the box still exists.
    pub alive: Alive,
}

/// The memory that Max allocates (zeroed) and frees. Everything of Rust's is behind one pointer.
#[repr(C)]
pub struct Instance<B: MaxBox> {
    /// Max's part, first.
    pub head: B::Head,
    /// Made by [`Instance::attach`], taken back by [`Instance::detach`].
    state: *mut State<B>,
}

impl<B: MaxBox> Instance<B> {
    /// Gives the box its state. Its messages and console lines wait until the patch is connected.
    ///
    /// # Safety
    /// On Max's main thread; `instance` must come from `object_alloc` of the class, and have no state yet.
    pub unsafe fn attach(instance: *mut Self, main: B::Main, own: B) {
        // SAFETY: `serve` takes the box, and `free` takes the scheduler down. The memory is of the class's size and zeroed,
        // as the caller says.
        unsafe {
            let scheduler = Scheduler::hang(instance.cast(), serve::<B> as _);
            scheduler.wake_in(0.0);
            let state = State {
                main: MainThread::new(main),
                inbox: Inbox::default(),
                scheduler,
                editor: Editor::default(),
                alive: Alive::default(),
                own,
            };
            (*instance).state = Box::into_raw(Box::new(state));
        }
    }

    /// The box's state, for one callback.
    ///
    /// # Safety
    /// `instance` must be null or a live box; the reference must be gone before anything is called that may delete it
    /// (outlets).
    pub unsafe fn state<'a>(instance: *mut Self) -> Option<&'a State<B>> {
        // SAFETY: the pointer is null or from `attach`, and the caller keeps the borrow short.
        unsafe { instance.as_ref().and_then(|instance| instance.state.as_ref()) }
    }

    /// Takes the state back when the box is deleted.
    ///
    /// # Safety
    /// As for [`Instance::state`]; no reference to the state may live.
    unsafe fn detach(instance: *mut Self) -> Option<Box<State<B>>> {
        // SAFETY: the pointer is null or from `attach`; it is cleared, so this happens once.
        unsafe {
            let state = std::mem::replace(&mut instance.as_mut()?.state, std::ptr::null_mut());
            if state.is_null() { None } else { Some(Box::from_raw(state)) }
        }
    }
}

/// Does what is asked: at once on the main thread, from other threads when the scheduler fires.
///
/// # Safety
/// `instance` must be a live box.
pub unsafe fn run<B: MaxBox>(instance: *mut Instance<B>, deferred: Deferred<B::Deferred>) {
    // SAFETY: a live box, as the caller says; the borrow ends before anything is emitted.
    let Some(state) = (unsafe { Instance::state(instance) }) else { return };
    // What came before is done before.
    state.inbox.put(deferred);
    if on_main_thread() {
        // SAFETY: this is the main thread, and `state` is not used any more.
        unsafe { B::poll_box(instance) };
    } else {
        state.scheduler.wake();
    }
}

/// The scheduler fired.
unsafe extern "C" fn serve<B: MaxBox>(instance: *mut Instance<B>) {
    // SAFETY: Max calls this on its main thread, with a live box.
    guarded((), || unsafe { B::poll_box(instance) });
}

/// Max deletes a box.
///
/// # Safety
/// To be called by Max, on its main thread, with a live box.
pub unsafe extern "C" fn free<B: MaxBox>(instance: *mut Instance<B>) {
    guarded((), || {
        // SAFETY: Max deletes the box. Out of the chain first: afterwards no callback runs.
        unsafe {
            B::leave_audio(instance);
            let Some(state) = Instance::detach(instance) else { return };
            state.scheduler.take_down();
            state.own.free();
            state.editor.free();
            let ended = state.main.try_with(|main| {
                state.alive.end();
                B::free_main(main);
            });
            if ended.is_none() {
                // Deleted from inside one of its own callbacks, which no host may do: what that still uses stays.
                std::mem::forget(state);
            }
        }
    });
}
