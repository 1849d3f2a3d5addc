//! The first blocks of a model: what they cost after a load and after a change of method, against the steady state, and
//! whether the state after a load is exactly that of the file.
//!
//! A box plays in real time. Every run of its own model is noted with its processor time; the engine's warm-up runs on
//! a copy and is not. The other side is the steady state of the same model, method and load: the median of later runs.
//! For the state, input and output of the first runs in the box are kept and compared, bit for bit, with those of the
//! file freshly loaded and run without any engine.

use crate::common;

mod measure;
mod state;

pub use measure::run;
