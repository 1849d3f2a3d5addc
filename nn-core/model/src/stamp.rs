//! How a file looks from outside, so that it need not be read again while it looks the same.
//!
//! Thread: any but audio.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// How a file looks from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    path: PathBuf,
    length: u64,
    modified: SystemTime,
    #[cfg(unix)]
    inode: (u64, u64, i64, i64),
}

/// Clocks of file systems tick coarsely: what was written this recently may be written again unseen.
const SETTLED: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file, if it is there and old enough to be trusted.
    pub fn of(path: &Path) -> Option<Self> {
        let stamp = Self::now(path)?;
        (SystemTime::now().duration_since(stamp.modified).ok()? >= SETTLED).then_some(stamp)
    }

    /// The stamp of a file that may be written at this moment, if it is there.
    pub fn now(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        let modified = metadata.modified().ok()?;
        Some(Self {
            path: path.to_owned(),
            length: metadata.len(),
            modified,
            #[cfg(unix)]
            inode: {
                use std::os::unix::fs::MetadataExt;
                (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
            },
        })
    }
}
