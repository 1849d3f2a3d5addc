//! Whether the environment allows every operator.
//!
//! Thread: any but audio.

/// The environment variable with which people allow every operator, for all models of a process: `1`.
pub const ALL_VARIABLE: &str = "NN_ALLOW_ALL_OPERATORS";

/// Whether the environment allows every operator.
pub fn all_are_allowed() -> bool {
    std::env::var_os(ALL_VARIABLE).is_some_and(|word| word == "1")
}
