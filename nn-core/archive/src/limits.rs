//! The newest and the largest that is read.

/// The newest file format that the libtorch of this project reads.
pub const NEWEST_FORMAT: u64 = 10;
/// Of one pickle. That of a RAVE has 40 kB.
pub(super) const MOST_PICKLE_BYTES: u64 = 1 << 24;
