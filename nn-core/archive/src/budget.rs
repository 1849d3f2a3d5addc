//! How much work may go into a file while a host waits.
//!
//! Counted, not measured: whether a file is described at once does not depend on how busy the machine is. One step is
//! about ten nanoseconds; the costs are those of the slowest files of each kind that tests make.

use std::cell::Cell;

use crate::ArchiveError;

/// What a host's thread does for a file: some twelve milliseconds. A RAVE takes a twelfth of it.
pub(super) const AT_ONCE: u64 = 1_200_000;

/// Costs in steps.
pub(super) const ENTRY: u64 = 100;
pub(super) const READ: u64 = 400;
pub(super) const OPCODE: u64 = 4;
pub(super) const LABEL: u64 = 8;
/// Of each byte of code that is followed.
pub(super) const CODE: u64 = 10;

/// Bytes that are read and checked against their checksum.
pub(super) const fn bytes(count: u64) -> u64 {
    count / 4
}

/// Work that is left.
#[derive(Debug)]
pub(super) struct Budget(Cell<u64>);

impl Budget {
    /// For the loader's thread, which may take its time.
    pub(super) fn unlimited() -> Self {
        Self(Cell::new(u64::MAX))
    }

    /// For the thread of a host.
    pub(super) fn at_once() -> Self {
        Self(Cell::new(AT_ONCE))
    }

    /// Pays for work before it is done.
    pub(super) fn spend(&self, steps: u64) -> Result<(), ArchiveError> {
        if self.0.get() == u64::MAX {
            return Ok(());
        }
        self.0.set(self.0.get().checked_sub(steps).ok_or(ArchiveError::TakesLong)?);
        Ok(())
    }

    /// How much of [`AT_ONCE`] has been spent.
    #[cfg(test)]
    pub(super) fn spent(&self) -> u64 {
        AT_ONCE - self.0.get()
    }

    /// How many opcodes a pickle may have.
    pub(super) fn opcodes(&self) -> u64 {
        self.0.get() / OPCODE
    }
}
