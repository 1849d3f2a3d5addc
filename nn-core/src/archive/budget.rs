//! How much work may go into a file while a host waits.
//!
//! Counted, not measured: whether a file is described at once does not depend on how busy the machine is. One step is
//! about ten nanoseconds; the costs are those of the slowest files of each kind that tests make.

use std::cell::Cell;

use super::ArchiveError;

/// What a host's thread does for a file: some twelve milliseconds. A RAVE takes a twelfth of it.
const AT_ONCE: u64 = 1_200_000;

/// Costs in steps.
pub(super) const ENTRY: u64 = 100;
pub(super) const READ: u64 = 400;
pub(super) const OPCODE: u64 = 4;
pub(super) const LABEL: u64 = 8;
/// Of each byte of code that is followed.
pub(super) const CODE: u64 = 10;

/// Bytes that are read and held against their checksum.
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

    /// How many opcodes a pickle may have.
    pub(super) fn opcodes(&self) -> u64 {
        self.0.get() / OPCODE
    }
}

#[cfg(test)]
mod tests {
    use std::{fs::File, path::Path};

    use super::{AT_ONCE, Budget};
    use crate::archive::{container::Archive, specification};

    /// Real exports have some ten times as much in them as the largest model here: so much room is left to all.
    #[test]
    fn models_take_a_small_part_of_what_is_allowed_at_once() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
        let paths = folder.read_dir().expect("the models").map(|entry| entry.expect("a file").path());
        let mut most = 0;
        for path in paths.filter(|path| path.extension().is_some_and(|extension| extension == "ts")) {
            let file = File::open(&path).expect("a model");
            let mut archive = Archive::within(file, Budget::at_once()).expect("an archive");
            specification::read(&mut archive).expect("a description");
            let spent = AT_ONCE - archive.budget.0.get();
            assert!(spent < AT_ONCE / 16, "{path:?} takes {spent} of {AT_ONCE}");
            most = most.max(spent);
        }
        assert!(most > 10_000, "what is done is counted: {most}");
    }
}
