//! `nn~` for Max: translates between Max and [`nn_core::object::NnObject`], and holds no logic of its own.
//!
//! Max calls from three threads: the main thread, the scheduler (which may be the audio thread) and the audio thread.
//! The box itself lives on the main thread. Messages from other threads wait in its inbox for the main thread
//! (`inbox`); the audio callback touches only its own half of the box (`perform`). No thread of ours calls Max, so
//! none can wait for it.

mod array;
mod array_object;
mod asking;
mod atoms;
mod attribute;
mod attributes;
mod channels;
mod class;
mod collective;
mod deferred;
mod editor;
mod emit;
mod exclusive;
mod ffi;
mod find;
mod hints;
mod inbox;
mod info;
mod instance;
mod main_thread;
mod max_box;
mod messages;
mod perform;
mod presets;
mod references;
mod registration;
mod scheduler;
mod source;
mod wires;

pub use class::nn_max_setup_1;
pub use nn_core::frontend::source::use_source;
