//! One at a time, in this process and in all others. The system lets go of a lock when its process ends, however that
//! happens: there are no stale ones.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use nn_process::files;

use crate::{cancel::Cancel, error::CatalogError, store::digest};

/// How often a taken lock is tried again.
const AGAIN: Duration = Duration::from_millis(50);

/// Held while it lives.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
    is_everybodys: bool,
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
    /// When the file cannot be made.
    pub fn attempt(path: &Path) -> Result<Option<Self>, CatalogError> {
        Self::attempt_by(path, File::try_lock)
    }

    /// Some network drives have no locks: then one in this machine's folder of temporary files stands for it, which processes
    /// of other machines do not see.
    fn attempt_by(path: &Path, lock: TryLock) -> Result<Option<Self>, CatalogError> {
        let here = Self::at(path, lock).map_err(|error| CatalogError::disk(path, &error))?;
        let Attempt::NoLocks(unlocked) = here else { return Ok(here.taken()) };
        let stands_for = digest(path.as_os_str().as_encoded_bytes());
        let other = std::env::temp_dir().join(format!("nn-{}.lock", &stands_for[..24]));
        let lock = match Self::at(&other, File::try_lock) {
            // Better two at a time than none.
            Ok(Attempt::NoLocks(_)) | Err(_) => Some(unlocked),
            Ok(other) => other.taken(),
        };
        Ok(lock.map(|mut lock| {
            lock.is_everybodys = false;
            lock
        }))
    }

    /// Whether processes of other machines see it.
    pub fn is_everybodys(&self) -> bool {
        self.is_everybodys
    }

    fn at(path: &Path, lock: TryLock) -> io::Result<Attempt> {
        let mut options = File::options();
        options.create(true).truncate(false).read(true).write(true);
        // On Windows one that was removed is in the way until all have closed it.
        let file = files::patiently(|| options.open(path))?;
        let held = |file| Self { file, path: path.to_owned(), is_everybodys: true };
        Ok(match lock(&file) {
            Ok(()) if files::is_at(&file, path) => Attempt::Taken(held(file)),
            // Who had it before may have removed the file on leaving: then this is a lock that nobody else sees.
            Ok(()) | Err(TryLockError::WouldBlock) => Attempt::Busy,
            Err(TryLockError::Error(_)) => Attempt::NoLocks(held(file)),
        })
    }
}

/// How the system is asked for a lock.
type TryLock = fn(&File) -> Result<(), TryLockError>;

/// What came of it.
enum Attempt {
    Taken(Lock),
    /// Somebody has it.
    Busy,
    /// The system cannot lock this file, which is there.
    NoLocks(Lock),
}

impl Attempt {
    fn taken(self) -> Option<Lock> {
        if let Self::Taken(lock) = self { Some(lock) } else { None }
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

    #[test]
    fn a_drive_without_locks_has_one_at_a_time_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let without: TryLock = |_| Err(TryLockError::Error(io::ErrorKind::Unsupported.into()));
        let attempt = |path: &Path| Lock::attempt_by(path, without).expect("a file");
        let first = attempt(&path).expect("nobody has it");
        assert!(!first.is_everybodys());
        assert!(attempt(&path).is_none(), "somebody has it");
        let another = attempt(&folder.path().join("another")).expect("nobody has that one");
        drop((first, another));
        let again = attempt(&path).expect("nobody has it any more");
        let held = again.path.clone();
        drop(again);
        assert!(!path.exists() && !held.exists());
    }
}
