//! What is told of memory.

/// The machine's memory, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// All of it.
    pub bytes: u64,
    /// What programs can have without others being put on the disk.
    pub available_bytes: Option<u64>,
}
