//! Convolutions of a few frames, as fast as the weights can be read.
//!
//! A stream gives a neural model a few frames at a time. Libraries that are made for training then spend their time on
//! laying the weights out anew for every call. Here the weights are packed once ([`Packed::new`]); a call reads them
//! from first to last and holds the sums of several frames in registers.
//!
//! Rooms: `shape` (what a convolution is), `plan` (which taps meet which frames, for both kinds), `pack` (the order of
//! the weights), `input` (frames with their zeros around), `tile` (the inner loop), `vector` (registers of each
//! instruction set), `isa` (which of them this processor has), `depthwise` (a channel for itself),
//! `c_abi` (the edge to C++), `aligned` (memory), `ahead` (asking for weights before they are needed).
//!
//! Nothing here depends on anything but the standard library. `unsafe` stands in `aligned`, `tile`, `vector` and
//! `c_abi` only.

mod ahead;
mod aligned;
pub mod c_abi;
mod depthwise;
mod input;
mod isa;
mod pack;
mod plan;
mod shape;
mod tile;
mod vector;

pub use isa::Isa;
pub use pack::Packed;
pub use shape::Convolution;
