//! Max's C interface without Max: loads externals, makes boxes, sends them messages on Max's threads, and plays them.
//!
//! [`Max`] is the host, the test's thread its main thread. It offers the functions that `c/max_api.h` declares, behaves
//! at that interface as Max does, and is strict where Max is lenient: a call that the calling thread must not make,
//! something freed twice or never, a sample that was not written are breaches, and [`Max`] fails the test for them at
//! its end. It knows nothing of any external.
//!
//! Its time is its own: [`Max::pass`] lets it pass, and so does playing. Linux only.
#![cfg(target_os = "linux")]
#![allow(unsafe_code)]
// The far side of a C interface.
// Every pointer in here is what an external has passed, as the interface says that it must; saying so at each of the
// hundreds of places would hide the few that are of another kind.
#![allow(clippy::undocumented_unsafe_blocks, clippy::missing_safety_doc, unsafe_op_in_unsafe_fn)]

mod abi;
mod about;
mod arrays;
mod atoms;
mod attribute_values;
mod attributes;
mod audio;
mod boxes;
mod breaches;
mod buffers;
mod calls;
mod classes;
mod console;
mod count;
mod critical;
mod dictionaries;
mod dictionary_syntax;
mod dispatch;
mod editors;
mod files;
mod freeing;
mod host;
mod inspector;
mod keep;
mod lists;
mod max;
mod memory;
mod methods;
mod objects;
mod playing;
mod ports;
mod proxies;
mod storage;
mod symbols;
mod threads;
mod time;
mod world;

pub use abi::Atom;
pub use arrays::grow_old;
pub use max::Max;
pub use world::{
    dsp::Format, line::Line, patched::Patched, schedule::Overdrive, told::Told, usage::Used, window::Window,
};
