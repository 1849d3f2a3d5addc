//! A box as Pd allocates, calls and frees it, whichever class it is of.
#![allow(unsafe_code)]

use std::{
    ffi::{CStr, c_int},
    mem::size_of,
};

use nn_core::{frontend::alive::Alive, guard::guarded, message::Atom};

use crate::{
    atoms::{from_pd, name},
    ffi::{self, Symbol},
};

/// What a class of boxes does when Pd calls. Pd's one thread.
pub trait PdBox: Sized {
    /// Pd's part of a box, which comes first in its memory.
    type Head;

    /// Its clock, which polls for answers.
    fn clock(&self) -> *mut ffi::Clock;

    /// Whether the box still exists.
    fn alive(&self) -> &Alive;

    /// A message.
    fn receive(&mut self, selector: &str, atoms: &[Atom]);

    /// The patch is there with all its connections, and may quit before the clock is due.
    fn loaded(&mut self) {}

    /// The clock is due.
    fn tick(&mut self) {}

    /// Says what there is to say. Whoever hears it may delete the box.
    ///
    /// # Safety
    /// On Pd's main thread, for a live box of which nothing is borrowed.
    unsafe fn speak(instance: *mut Instance<Self>);
}

/// The memory that Pd allocates (zeroed) and frees. Everything of Rust's is behind one pointer.
#[repr(C)]
pub struct Instance<B: PdBox> {
    /// Pd's part, first.
    pub head: B::Head,
    /// Made by [`Instance::attach`], taken back by [`Instance::detach`].
    state: *mut B,
}

impl<B: PdBox> Instance<B> {
    /// Gives the box its state.
    ///
    /// # Safety
    /// `instance` must come from `pd_new` of the class, and have no state yet.
    pub unsafe fn attach(instance: *mut Self, state: Box<B>) {
        // SAFETY: the memory is of the class's size and zeroed, as the caller says.
        unsafe { (*instance).state = Box::into_raw(state) };
    }

    /// The box's state, for one callback.
    ///
    /// # Safety
    /// `instance` must be a live box; the reference must be gone before anything is called that may send messages
    /// to the box (outlets) or delete it.
    pub unsafe fn state<'a>(instance: *mut Self) -> Option<&'a mut B> {
        // SAFETY: the pointer is null or from `attach`, and the caller keeps the borrow short.
        unsafe { instance.as_ref().and_then(|instance| instance.state.as_mut()) }
    }

    /// Takes the state back when the box is deleted.
    ///
    /// # Safety
    /// As for [`Instance::state`]; no reference to the state may live.
    unsafe fn detach(instance: *mut Self) -> Option<Box<B>> {
        // SAFETY: the pointer is null or from `attach`; it is cleared, so this happens once.
        unsafe {
            let state = std::mem::replace(&mut instance.as_mut()?.state, std::ptr::null_mut());
            if state.is_null() { None } else { Some(Box::from_raw(state)) }
        }
    }

    /// A clock of a box, which is freed with it.
    ///
    /// # Safety
    /// `instance` must come from `pd_new` of the class.
    pub unsafe fn clock(instance: *mut Self) -> *mut ffi::Clock {
        // SAFETY: the routine takes the box, which the clock does not outlive.
        unsafe { ffi::clock_new(instance.cast(), tick::<B> as ffi::Method) }
    }
}

/// Makes a class of boxes; null when Pd gives none.
///
/// # Safety
/// On Pd's main thread; `new` makes such boxes, with the signature that Pd calls it with.
pub unsafe fn make_class<B: PdBox>(name: &CStr, new: ffi::Method, flags: c_int) -> *mut ffi::Class {
    // SAFETY: plain registration calls of Pd; the functions have the signatures that Pd calls them with, and the
    // argument lists end with A_NULL.
    unsafe {
        let class = ffi::class_new(
            ffi::gensym(name.as_ptr()),
            new,
            free::<B> as ffi::Method,
            size_of::<Instance<B>>(),
            flags,
            ffi::A_GIMME,
            ffi::A_NULL,
        );
        if !class.is_null() {
            ffi::class_addmethod(
                class,
                loaded::<B> as ffi::Method,
                ffi::gensym(c"loadbang".as_ptr()),
                ffi::A_DEFFLOAT,
                ffi::A_NULL,
            );
            ffi::class_addanything(class, anything::<B> as ffi::Method);
        }
        class
    }
}

unsafe extern "C" fn free<B: PdBox>(instance: *mut Instance<B>) {
    guarded((), || {
        // SAFETY: Pd deletes the box; it is out of the DSP chain, and nobody borrows its state.
        unsafe {
            let Some(state) = Instance::detach(instance) else { return };
            state.alive().end();
            ffi::clock_free(state.clock());
        }
    });
}

unsafe extern "C" fn anything<B: PdBox>(
    instance: *mut Instance<B>,
    selector: *mut Symbol,
    count: c_int,
    atoms: *const ffi::Atom,
) {
    // SAFETY: a message from Pd, with its own symbol and as many atoms as it says.
    let message = |state: &mut B| unsafe { state.receive(&name(selector), &from_pd(count, atoms)) };
    // SAFETY: a message from Pd to a live box.
    unsafe { call(instance, message) };
}

unsafe extern "C" fn loaded<B: PdBox>(instance: *mut Instance<B>, _action: ffi::Float) {
    // SAFETY: Pd calls on the main thread for a live box.
    unsafe { call(instance, B::loaded) };
}

unsafe extern "C" fn tick<B: PdBox>(instance: *mut Instance<B>) {
    // SAFETY: Pd's clock calls on the main thread for a live box.
    unsafe { call(instance, B::tick) };
}

/// Does something with a box, then says what there is to say.
///
/// # Safety
/// On Pd's main thread, for a live box; `work` sends no messages.
unsafe fn call<B: PdBox>(instance: *mut Instance<B>, work: impl FnOnce(&mut B)) {
    guarded((), || {
        // SAFETY: a live box; the borrow ends before anything is emitted.
        unsafe {
            let Some(state) = Instance::state(instance) else { return };
            work(state);
            B::speak(instance);
        }
    });
}
