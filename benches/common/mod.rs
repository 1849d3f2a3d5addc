//! What all benchmarks share: the machine, figures, the report, the models, a box to play with.

pub mod boxed;
pub mod cpu;
pub mod models;
pub mod noted;
pub mod report;
pub mod schedule;

pub use nn_core::{figures, machine};

/// A whole number from an environment variable, or `otherwise` when it is unset.
pub fn number_from(variable: &str, otherwise: usize) -> usize {
    match std::env::var(variable) {
        Ok(text) => {
            text.parse().unwrap_or_else(|_| panic!("{variable} must be a whole number, not '{text}'"))
        }
        Err(_) => otherwise,
    }
}
