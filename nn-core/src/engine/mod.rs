//! Who runs the model, when, and how the host hears of it.

pub mod command;
pub mod effort;
pub mod exit;
pub mod loader;
pub mod neighbours;
pub mod noise;
pub mod prints;
pub mod priority;
pub mod refusal;
mod run;
pub mod runner;
pub mod scheduling;
mod seam;
pub mod slot;
pub mod status;
pub mod tools;
pub mod worker;
pub mod workshop;
