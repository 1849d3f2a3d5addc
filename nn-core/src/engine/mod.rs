//! Runs the model, and reports to the main thread.

pub mod command;
pub mod effort;
pub mod exit;
pub mod loader;
pub mod neighbours;
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
