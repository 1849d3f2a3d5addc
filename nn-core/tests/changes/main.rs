//! Boxes whose model, method, buffer and state change while they play.
#![cfg(feature = "fake")]

mod arrays;
mod asked;
mod gated;
mod heard;
mod inputs;
mod kept;
mod requests;
#[path = "../rig/mod.rs"]
mod rig;
mod stand;
mod superseded;
