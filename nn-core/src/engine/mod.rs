//! Who runs the model, when, and how the host hears of it.

pub mod exit;
pub mod loader;
mod priority;
pub mod runner;
pub mod slot;
pub mod status;
pub mod worker;
