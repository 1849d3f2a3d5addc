//! UGens and commands in scsynth's place.
#![cfg(target_os = "linux")]

mod attributes;
mod callback;
#[path = "../common/mod.rs"]
mod common;
mod fading;
mod freeing;
mod hostile;
mod messages;
mod signals;
mod sound;
