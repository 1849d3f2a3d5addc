//! What a box adds to its model: `wet`, `dry`, `input_gain`, `output_gain`.
#![cfg(feature = "fake")]

mod changes;
mod channels;
mod exact;
mod refused;
#[path = "../rig/mod.rs"]
mod rig;
mod stand;
mod survives;
