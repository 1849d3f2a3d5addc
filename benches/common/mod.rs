//! What both benchmarks share: the machine, figures, verdicts.
#![allow(dead_code, reason = "each benchmark uses a part")]

pub mod figures;
pub mod machine;
pub mod verdict;

/// A whole number from an environment variable, or `otherwise` when it is unset.
pub fn number_from(variable: &str, otherwise: usize) -> usize {
    match std::env::var(variable) {
        Ok(text) => {
            text.parse().unwrap_or_else(|_| panic!("{variable} must be a whole number, not '{text}'"))
        }
        Err(_) => otherwise,
    }
}
