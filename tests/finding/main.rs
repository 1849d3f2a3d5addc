//! From a name to a playing box: where models are looked for, files that are none, buffers, and who waits for whom.

mod places;
mod playing;
mod refused;
mod stand;
#[path = "../support/mod.rs"]
mod support;
