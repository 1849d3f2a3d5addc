//! A box with sound, as Pd sees it.
#![allow(unsafe_code)]

use std::ffi::c_void;

use nn_core::{
    frontend::{alive::Alive, emit::emit, poll},
    message::Atom,
    object::NnObject,
    port::AudioPort,
};

use crate::{
    emit::{BoxOutput, SoundOutput},
    ffi,
    find::{PdSearchPath, package_folder},
    pd_box::{self, PdBox},
};

/// Such a box in Pd's memory.
pub type Instance = pd_box::Instance<Sound>;

/// Pd's part of it.
#[repr(C)]
pub struct Head {
    /// The object, first.
    pub object: ffi::Object,
    /// What a number sent to the left inlet sets when no signal is connected.
    pub scalar: ffi::Float,
}

/// The samples of one inlet or outlet, channel after channel.
#[derive(Clone, Copy)]
pub struct Vector {
    /// The first channel.
    pub samples: *mut ffi::Float,
    /// How many there are.
    pub channels: usize,
}

/// What belongs to a box with sound.
pub struct Sound {
    /// Its audio side. Pd's audio and messages share a thread, so both sides live here. Dropped first, back to its box.
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
    /// Its inlets but for the first.
    pub more_inlets: Vec<*mut c_void>,
    /// Signals of the present DSP chain: inlets.
    pub inputs: Vec<Vector>,
    /// Signals of the present DSP chain: outlets.
    pub outputs: Vec<Vector>,
    /// Whether the box still exists.
    pub alive: Alive,
}

/// Pd's logical time, in ms since it began. Pd's thread.
pub fn now_ms() -> f64 {
    // SAFETY: a plain call.
    unsafe { ffi::clock_gettimesince(0.0) }
}

impl PdBox for Sound {
    type Head = Head;

    fn clock(&self) -> *mut ffi::Clock {
        self.clock
    }

    fn alive(&self) -> &Alive {
        &self.alive
    }

    fn receive(&mut self, selector: &str, atoms: &[Atom]) {
        let look = PdSearchPath { canvas: self.canvas, package: package_folder(self.class) };
        self.object.handle(selector, atoms, &look);
        self.object.look(false);
        if self.object.pending() {
            // SAFETY: the clock of a living box.
            unsafe { ffi::clock_delay(self.clock, poll::SOON_MS) };
        }
    }

    /// What is known already is said now. Loads are not waited for, not even offline: messages of other loadbangs shall
    /// come before them.
    fn loaded(&mut self) {
        self.object.at_time(now_ms());
    }

    fn tick(&mut self) {
        self.object.at_time(now_ms());
        // Pd's messages and audio share a thread: what has no worker is applied here.
        self.object.poll(false);
        // SAFETY: the clock of a living box.
        unsafe { ffi::clock_delay(self.clock, poll::next_ms(self.object.may_tell_soon())) };
    }

    unsafe fn speak(instance: *mut Instance) {
        // SAFETY: the box is alive; the borrow ends with the block. The outlet is its own, and the events stop once it
        // is deleted.
        let (events, alive, output) = unsafe {
            let Some(state) = Instance::state(instance) else { return };
            let outlets = SoundOutput { information: state.information, inlets: state.more_inlets.clone() };
            let output = BoxOutput::new(instance.cast(), outlets);
            (state.object.take_events(), state.alive.clone(), output)
        };
        emit(events, &alive, &output);
    }
}
