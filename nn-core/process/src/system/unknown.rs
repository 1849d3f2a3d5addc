//! A system of which nothing is known.

use std::path::{Path, PathBuf};

use super::memory::Memory;

pub fn memory() -> Option<Memory> {
    None
}

pub fn release() -> Option<String> {
    None
}

pub fn processor() -> Option<String> {
    None
}

pub fn free_disk_bytes(_path: &Path) -> Option<u64> {
    None
}

pub fn loaded_libraries() -> Vec<PathBuf> {
    Vec::new()
}

pub fn real_time_limit() -> Option<u64> {
    None
}

pub fn groups() -> Vec<String> {
    Vec::new()
}

pub fn is_quarantined(_path: &Path) -> bool {
    false
}
