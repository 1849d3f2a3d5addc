//! A partly downloaded file: its bytes so far, and a note of what they are part of. Both survive a kill at any moment.

use std::{
    fs::{self, File},
    io::{Seek, SeekFrom, Write},
    path::PathBuf,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::{error::CatalogError, http::Resume, lock::Lock, manifest, plain_file, store::Store};

/// After this time a partial file is taken as abandoned.
const FORGOTTEN: Duration = Duration::from_secs(7 * 24 * 3600);

/// Written before the first byte that it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    address: String,
    validator: Option<String>,
    total: Option<u64>,
}

/// A partly downloaded file. Only for the holder of its lock.
#[derive(Debug)]
pub struct PartialFile {
    file: File,
    path: PathBuf,
    note_path: PathBuf,
    note: Note,
    /// How many bytes are there.
    bytes: u64,
}

impl PartialFile {
    /// Opens what an interrupted download has left, or begins anew.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn open(store: &Store, key: &str) -> Result<Self, CatalogError> {
        let (path, note_path) = (store.hidden(&format!("{key}.part")), store.hidden(&format!("{key}.json")));
        let file = File::options().create(true).truncate(false).read(true).write(true).open(&path);
        let mut file = file.map_err(|error| CatalogError::disk(&path, &error))?;
        let bytes = file.seek(SeekFrom::End(0)).map_err(|error| CatalogError::disk(&path, &error))?;
        // Without a note that can be read the bytes are of unknown origin.
        let note =
            plain_file::read(&note_path, 1 << 20).ok().and_then(|text| serde_json::from_slice(&text).ok());
        Ok(Self { file, path, note_path, note: note.unwrap_or_default(), bytes })
    }

    /// How to ask for what is missing; `None` when it has to begin anew.
    pub fn resume(&self, address: &str) -> Option<Resume> {
        let same = self.note.address == address && self.bytes > 0;
        let validator = self.note.validator.clone().filter(|_| same)?;
        Some(Resume { bytes: self.bytes, validator })
    }

    /// Begins anew, with bytes that are about to come.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn begin(
        &mut self,
        address: &str,
        validator: Option<String>,
        total: Option<u64>,
    ) -> Result<(), CatalogError> {
        // In this order: bytes and a note of others never meet.
        self.file
            .set_len(0)
            .and_then(|()| self.file.rewind())
            .map_err(|e| CatalogError::disk(&self.path, &e))?;
        self.bytes = 0;
        self.note = Note { address: address.to_owned(), validator, total };
        let text =
            serde_json::to_vec(&self.note).map_err(|e| CatalogError::Internal { what: e.to_string() })?;
        manifest::write_whole(&self.note_path, &text)
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&mut self, piece: &[u8]) -> Result<(), CatalogError> {
        self.file.write_all(piece).map_err(|error| CatalogError::disk(&self.path, &error))?;
        self.bytes += piece.len() as u64;
        Ok(())
    }

    /// How many bytes are there.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many there will be, if the server said so.
    pub fn total(&self) -> Option<u64> {
        self.note.total
    }

    /// Where they are.
    pub fn path(&self) -> &PathBuf {
        &self.path
    }

    /// Sees to it that all bytes are on the disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sync(&self) -> Result<(), CatalogError> {
        self.file.sync_all().map_err(|error| CatalogError::disk(&self.path, &error))
    }

    /// Removes what there is of it. A file that has been put in place is no longer there under this name.
    pub fn remove(self) {
        drop(self.file);
        let _gone = fs::remove_file(&self.path);
        let _gone = fs::remove_file(&self.note_path);
        let _gone = fs::remove_file(manifest::being_written(&self.note_path));
    }
}

/// Removes partial files whose download was never resumed, and locks of processes that were killed.
pub fn forget_old(store: &Store) {
    for path in store.all_hidden() {
        let age = path.metadata().and_then(|metadata| metadata.modified()).ok();
        let old = age.is_some_and(|modified| modified.elapsed().is_ok_and(|age| age > FORGOTTEN));
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let is = |ending| path.extension().is_some_and(|extension| extension == ending);
        let (is_part, is_lock) = (is("part"), is("lock"));
        // A lock that nobody holds goes with the one that is taken here.
        if old
            && (is_part || is_lock)
            && let Ok(Some(_lock)) = Lock::attempt(&store.hidden(&format!("{stem}.lock")))
            && is_part
        {
            let _gone = fs::remove_file(&path);
            let _gone = fs::remove_file(store.hidden(&format!("{stem}.json")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::new(folder.path());
        store.prepare().expect("prepared");
        (folder, store)
    }

    #[test]
    fn bytes_are_gone_on_with_only_for_the_address_and_the_version_they_are_of() {
        let (_folder, store) = store();
        let mut partial = PartialFile::open(&store, "k").expect("opened");
        assert!(partial.resume("a").is_none());
        partial.begin("a", Some("\"1\"".into()), Some(9)).expect("begun");
        assert!(partial.resume("a").is_none(), "nothing has come yet");
        partial.write(b"four").expect("written");
        drop(partial);
        let mut partial = PartialFile::open(&store, "k").expect("opened");
        let resume = partial.resume("a").expect("there is something");
        assert_eq!((resume.bytes, resume.validator.as_str(), partial.total()), (4, "\"1\"", Some(9)));
        assert!(partial.resume("b").is_none());
        partial.write(b"more").expect("written");
        assert_eq!(fs::read(partial.path()).expect("read"), b"fourmore");
        partial.begin("a", None, None).expect("begun");
        partial.write(b"x").expect("written");
        assert!(partial.resume("a").is_none(), "nothing tells whether it is the same file");
        partial.remove();
        assert!(store.all_hidden().is_empty());
    }

    #[test]
    fn parts_that_nobody_came_back_for_are_removed() {
        let (_folder, store) = store();
        for key in ["old", "new"] {
            let mut partial = PartialFile::open(&store, key).expect("opened");
            partial.begin("a", None, None).expect("begun");
            File::create(store.hidden(&format!("{key} killed.lock"))).expect("made");
        }
        let old = std::time::SystemTime::now() - FORGOTTEN - Duration::from_secs(1);
        for name in ["old.part", "old killed.lock"] {
            let file = File::options().write(true).open(store.hidden(name)).expect("opened");
            file.set_modified(old).expect("aged");
        }
        forget_old(&store);
        let mut left: Vec<_> = store.all_hidden();
        left.sort();
        assert_eq!(left, ["new killed.lock", "new.json", "new.part"].map(|name| store.hidden(name)));
    }
}
