//! The system and its memory.
//!
//! Thread: any but audio.

use super::check::{Check, size};
use crate::info::Tree;
pub use nn_dylib::System;
use nn_process::system::{self, Memory};

/// Less than this is little for a model, in bytes.
const LITTLE: u64 = 300_000_000;

/// What is said of this project itself.
pub fn version() -> Check {
    let version = env!("CARGO_PKG_VERSION");
    Check::fine("version", format!("nn~ {version}")).with("nn", Tree::text(version))
}

/// What is said of the system of this machine.
pub fn system() -> Check {
    let name = system::release().unwrap_or_else(|| std::env::consts::OS.to_owned());
    Check::fine("system", format!("{name}, {}", std::env::consts::ARCH))
        .with("name", Tree::text(name))
        .with("family", Tree::text(std::env::consts::OS))
        .with("architecture", Tree::text(std::env::consts::ARCH))
}

/// What is said of the machine's memory.
pub fn memory(memory: Option<Memory>) -> Check {
    let Some(Memory { bytes, available_bytes }) = memory else {
        return Check::fine("memory", "the system does not tell");
    };
    let available = available_bytes.map(|bytes| format!(", {} available", size(bytes))).unwrap_or_default();
    let text = format!("{}{available}", size(bytes));
    let check = if available_bytes.is_some_and(|bytes| bytes < LITTLE) {
        Check::warning("memory", text, "close other programs: a model of usual size wants some 300 MB")
    } else {
        Check::fine("memory", text)
    };
    check.with("bytes", Tree::count(bytes)).with_any("available_bytes", available_bytes.map(Tree::count))
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    #[test]
    fn little_memory_is_a_warning() {
        let of = |available_bytes| memory(Some(Memory { bytes: 2_000_000_000, available_bytes }));
        assert_eq!(of(Some(1_000_000_000)).text, "2.0 GB, 1.0 GB available");
        assert_eq!(of(Some(1_000_000_000)).state, State::Fine);
        assert_eq!(of(Some(100_000_000)).state, State::Warning);
        assert_eq!((of(None).text.as_str(), of(None).state), ("2.0 GB", State::Fine));
        assert_eq!(memory(None).state, State::Fine);
    }

    #[test]
    fn this_machine_is_told() {
        assert_eq!(version().text, format!("nn~ {}", env!("CARGO_PKG_VERSION")));
        assert!(system().text.ends_with(std::env::consts::ARCH), "{}", system().text);
    }
}
