//! Who runs the model, when, and how the host hears of it.

pub mod exit;
pub mod loader;
mod priority;
mod run;
pub mod runner;
pub mod slot;
pub mod status;
pub mod worker;
