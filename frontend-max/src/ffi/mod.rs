//! The part of Max's C interface that this external uses, declared from its documentation (64-bit Max only).
//!
//! `long` is C's: 32 bits on Windows. The functions are split by the library that has them there.
#![allow(unsafe_code)]

mod constants;
mod max_api;
mod max_audio;
mod newer;
mod types;

pub use constants::*;
pub use max_api::*;
pub use max_audio::*;
pub use newer::*;
pub use types::*;
