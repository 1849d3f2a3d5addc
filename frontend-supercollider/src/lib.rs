//! NN.ar for SuperCollider: a translation between the servers' interface and the core. Boxes, messages, descriptions and
//! sound are the core's.
//!
//! A UGen is made, played and freed on the server's audio threads, where nothing may wait. So all boxes live on one thread of
//! ours (`service`), the core's main thread. A constructor leaves what it wants in a fixed place and plays silence until
//! the audio half of its box lies there (`exchange`); a destructor leaves it behind in the same way. Commands reach the
//! service from the server's other thread. Offline, whoever asks also waits.

mod buffers;
mod calc;
mod command;
mod commands;
mod construct;
mod entry;
mod events;
mod exchange;
pub mod ffi;
mod find;
mod half;
mod list;
mod offline;
mod order;
mod orders;
mod osc;
mod print;
mod server;
mod service;
mod signals;
mod sound_file;
mod unit;
mod wanted;

pub use entry::{nn_supercollider_load_1, nn_supercollider_unload_1};
