//! A box as Pd sees it.
#![allow(unsafe_code)]

use std::{cell::Cell, rc::Rc};

use nn_core::{object::NnObject, port::AudioPort};

use crate::ffi;

/// The memory that Pd allocates (zeroed) and frees. Everything of Rust's is behind one pointer.
#[repr(C)]
pub struct Instance {
    /// Pd's part, first.
    pub object: ffi::Object,
    /// What a number sent to the left inlet sets when no signal is connected.
    pub scalar: ffi::Float,
    /// Made by [`Instance::attach`], taken back by [`Instance::detach`].
    state: *mut State,
}

/// The samples of one inlet or outlet, channel after channel.
#[derive(Clone, Copy)]
pub struct Vector {
    /// The first channel.
    pub samples: *mut ffi::Float,
    /// How many there are.
    pub channels: usize,
}

/// What belongs to a box.
pub struct State {
    /// Its audio side. Pd's audio and messages share a thread, so both sides live here. It goes first, back to its box.
    pub port: AudioPort,
    /// The box itself.
    pub object: NnObject,
    /// The information outlet.
    pub information: *mut ffi::Outlet,
    /// Polls for answers.
    pub clock: *mut ffi::Clock,
    /// The patch it is in, which lives longer.
    pub canvas: *mut ffi::Canvas,
    /// Its class.
    pub class: *const ffi::Class,
    /// Signals of the present DSP chain: inlets.
    pub inputs: Vec<Vector>,
    /// Signals of the present DSP chain: outlets.
    pub outputs: Vec<Vector>,
    /// False once the box is deleted: what is being emitted then stops.
    pub alive: Rc<Cell<bool>>,
}

impl Instance {
    /// Gives the box its state.
    ///
    /// # Safety
    /// `instance` must come from `pd_new` of the class, and have no state yet.
    pub unsafe fn attach(instance: *mut Self, state: Box<State>) {
        // SAFETY: the caller says that the memory is ours and zeroed.
        unsafe { (*instance).state = Box::into_raw(state) };
    }

    /// The box's state, for one callback.
    ///
    /// # Safety
    /// `instance` must be a live box; the reference must be gone before anything is called that may send messages
    /// to the box (outlets) or delete it.
    pub unsafe fn state<'a>(instance: *mut Self) -> Option<&'a mut State> {
        // SAFETY: the pointer is null or from `attach`, and the caller keeps the borrow short.
        unsafe { instance.as_ref().and_then(|instance| instance.state.as_mut()) }
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
