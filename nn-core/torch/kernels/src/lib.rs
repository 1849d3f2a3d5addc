//! Convolutions of a few frames, as fast as the weights can be read.
//!
//! A stream gives a neural model a few frames at a time. Libraries that are made for training then spend their time on
//! laying the weights out anew for every call. Here the weights are packed once ([`Packed::new`]); a call reads them
//! from first to last and holds the sums of several frames in registers.
//!
//! Modules: `shape` (what a convolution is), `plan` (which taps meet which frames, for both kinds), `pack` (the order
//! of the weights), `run` (calls), `input` (frames with their zeros around), `panel` and `tile` (the inner loop),
//! `vector` (registers of each instruction set), `isa` (which of them this processor has), `element` and `bf16` (types
//! of weights), `weights` (weights of whatever type), `depthwise` (a channel for itself), `c_abi` (the edge to C++),
//! `ceiling` (what the processor can do at most), `aligned` (memory), `prefetch` (asking for weights before they are needed).
//!
//! Nothing here depends on anything but the standard library. Pointers are read and written in `aligned`, `vector`,
//! `tile`, `run`, `ceiling` and `c_abi`; `element`, `bf16` and `weights` hand on what those demand.

mod aligned;
mod bf16;
pub mod c_abi;
pub mod ceiling;
mod depthwise;
mod element;
mod input;
mod isa;
mod pack;
mod panel;
mod plan;
mod prefetch;
mod run;
mod shape;
mod tile;
mod vector;
mod weights;

pub use element::ElementType;
pub use isa::Isa;
pub use pack::{Packed, Refusal};
pub use shape::Convolution;
