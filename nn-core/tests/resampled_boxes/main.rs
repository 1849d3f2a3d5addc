//! Boxes whose model runs at its own rate, from `resample 1` to `resample 0`.
#![cfg(feature = "fake")]

mod changes;
mod latency;
mod models;
#[path = "../rig/mod.rs"]
mod rig;
mod stand;
