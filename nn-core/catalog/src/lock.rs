//! One at a time, in this process and in all others. The system lets go of a lock when its process ends, however that
//! happens: there are no stale ones.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    time::Duration,
};

use nn_process::files;

use crate::{cancel::Cancel, error::CatalogError};

/// How often a taken lock is tried again.
const AGAIN: Duration = Duration::from_millis(50);

/// Held while it lives.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Waits for the lock.
    ///
    /// # Errors
    /// When the file cannot be made, or the wait is cancelled.
    pub fn wait(path: &Path, cancel: &Cancel, model: &str) -> Result<Self, CatalogError> {
        loop {
            if let Some(lock) = Self::attempt(path)? {
                return Ok(lock);
            }
            cancel.wait(AGAIN, model)?;
        }
    }

    /// Takes the lock if nobody has it.
    ///
    /// # Errors
    /// When the file cannot be made or locked.
    pub fn attempt(path: &Path) -> Result<Option<Self>, CatalogError> {
        let failed = |error: std::io::Error| CatalogError::disk(path, &error);
        let mut options = File::options();
        options.create(true).truncate(false).read(true).write(true);
        // On Windows one that was removed is in the way until all have closed it.
        let file = files::patiently(|| options.open(path)).map_err(failed)?;
        match file.try_lock() {
            // Who had it before may have removed the file on leaving: then this is a lock that nobody else sees.
            Ok(()) if files::is_at(&file, path) => Ok(Some(Self { file, path: path.to_owned() })),
            Ok(()) | Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still held, so that nobody gets the same file after it is gone.
        let _left_behind = std::fs::remove_file(&self.path);
        let _closed_anyway = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    #[test]
    fn one_at_a_time_and_nothing_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let (inside, times) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let lock = loop {
                            if let Some(lock) = Lock::attempt(&path).expect("a file") {
                                break lock;
                            }
                            std::thread::yield_now();
                        };
                        assert_eq!(inside.fetch_add(1, SeqCst), 0);
                        times.fetch_add(1, SeqCst);
                        assert_eq!(inside.fetch_sub(1, SeqCst), 1);
                        drop(lock);
                    }
                });
            }
        });
        assert_eq!(times.load(SeqCst), 400);
        assert!(!path.exists());
    }
}
