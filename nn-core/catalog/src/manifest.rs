//! What the catalog has put into a models folder: a small file beside the models. Only these may be deleted.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use nn_process::files;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    cancel::Cancel,
    error::CatalogError,
    lock::Lock,
    names::ModelName,
    plain_file,
    store::{Store, hex},
};

const FILE: &str = "record.json";
const LOCK: &str = "record.lock";

/// One file that was noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    /// The id of its entry in the catalog.
    #[serde(rename = "card")]
    pub model: String,
    /// Its length.
    pub bytes: u64,
    /// Its checksum.
    pub sha256: String,
}

type Manifest = BTreeMap<String, ManifestEntry>;

/// What was downloaded under a name.
///
/// # Errors
/// When the record cannot be read.
pub fn get(store: &Store, name: &ModelName) -> Result<Option<ManifestEntry>, CatalogError> {
    Ok(take(&mut read(store)?, name.as_str()))
}

/// Takes a note out. Windows and macOS take a name in capitals and in small letters for one file.
fn take(manifest: &mut Manifest, name: &str) -> Option<ManifestEntry> {
    let exact = manifest.remove(name);
    if exact.is_some() || !cfg!(any(windows, target_os = "macos")) {
        return exact;
    }
    let known = manifest.keys().find(|known| known.to_lowercase() == name.to_lowercase())?.clone();
    manifest.remove(&known)
}

/// Notes a file, then has it put in place. A note about a file that is not there does no harm: whatever is found
/// under its name later is compared with the note before it is deleted.
///
/// # Errors
/// When the record cannot be written, or those of `place`; then the record is as before.
pub fn put(
    store: &Store,
    name: &ModelName,
    noted: ManifestEntry,
    place: impl FnOnce() -> Result<(), CatalogError>,
) -> Result<(), CatalogError> {
    let _lock = Lock::wait(&store.hidden(LOCK), &Cancel::default(), name.as_str())?;
    let before = read(store)?;
    let mut after = before.clone();
    let _replaced = take(&mut after, name.as_str());
    after.insert(name.as_str().to_owned(), noted);
    write(store, &after)?;
    place().inspect_err(|_| {
        // The error that is returned is the one of `place`.
        let _as_before = write(store, &before);
    })
}

/// Deletes a file that was noted, if it still is what was noted.
///
/// # Errors
/// When it was not, is not there, or cannot be deleted.
pub fn delete(store: &Store, name: &ModelName) -> Result<(), CatalogError> {
    let shown = || name.as_str().to_owned();
    let path = store.model(name);
    let there = fs::symlink_metadata(&path).ok();
    if get(store, name)?.is_none() {
        return Err(if there.is_some() {
            CatalogError::NotOurs { path: path.display().to_string() }
        } else {
            CatalogError::NoSuchFile { name: shown() }
        });
    }
    let _lock = Lock::wait(&store.hidden(LOCK), &Cancel::default(), name.as_str())?;
    let mut manifest = read(store)?;
    let Some(noted) = take(&mut manifest, name.as_str()) else {
        return Err(CatalogError::NoSuchFile { name: shown() });
    };
    let Some(there) = there else {
        write(store, &manifest)?;
        return Err(CatalogError::NoSuchFile { name: shown() });
    };
    let same = there.is_file() && there.len() == noted.bytes && sha256(&path)? == noted.sha256;
    if !same {
        return Err(CatalogError::Changed { path: path.display().to_string() });
    }
    files::remove(&path).map_err(|error| CatalogError::disk(&path, &error))?;
    write(store, &manifest)
}

/// The id in the catalog of a file that was downloaded and is unchanged since; `None` for every other file.
///
/// Thread: any but audio.
pub fn card_of(path: &Path) -> Option<String> {
    card_in(&Store::all_of_this_machine(), path)
}

fn card_in(stores: &[Store], path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    let name = path.file_name()?.to_str()?;
    let is_in =
        |store: &&Store| store.folder().canonicalize().is_ok_and(|folder| path.parent() == Some(&*folder));
    let noted = take(&mut read(stores.iter().find(is_in)?).ok()?, name)?;
    (sha256(&path).ok()? == noted.sha256).then_some(noted.model)
}

/// The checksum of a file.
///
/// Thread: any but audio.
///
/// # Errors
/// When it cannot be read.
pub fn sha256(path: &Path) -> Result<String, CatalogError> {
    let failed = |error: std::io::Error| CatalogError::disk(path, &error);
    let mut file = plain_file::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 18];
    loop {
        match file.read(&mut piece).map_err(failed)? {
            0 => return Ok(hex(&hash.finalize())),
            count => hash.update(&piece[..count]),
        }
    }
}

/// The longest record, in bytes.
const MOST_BYTES: u64 = 1 << 26;

fn read(store: &Store) -> Result<Manifest, CatalogError> {
    let path = store.hidden(FILE);
    match plain_file::read(&path, MOST_BYTES) {
        Ok(text) => serde_json::from_slice(&text).map_err(|error| CatalogError::Disk {
            path: path.display().to_string(),
            what: format!("damaged ({error}): remove it; models that were noted then count as yours"),
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Manifest::new()),
        Err(error) => Err(CatalogError::disk(&path, &error)),
    }
}

/// In one piece: whoever reads finds the old record or the new one.
fn write(store: &Store, manifest: &Manifest) -> Result<(), CatalogError> {
    let path = store.hidden(FILE);
    let text =
        serde_json::to_vec_pretty(manifest).map_err(|e| CatalogError::Internal { what: e.to_string() })?;
    write_whole(&path, &text)
}

/// Writes a small file in one piece. Only for who holds its lock: what is being written has a name of its own, so that
/// a kill leaves nothing that the next one does not write over.
///
/// # Errors
/// When the disk refuses.
pub fn write_whole(path: &Path, text: &[u8]) -> Result<(), CatalogError> {
    let new = being_written(path);
    // Whatever has its name is not opened: it may be a pipe.
    let _none = fs::remove_file(&new);
    let mut file = fs::File::create(&new).map_err(|error| CatalogError::disk(&new, &error))?;
    let written = file.write_all(text).and_then(|()| file.sync_data());
    drop(file);
    written.and_then(|()| files::rename(&new, path)).map_err(|error| {
        let _gone = fs::remove_file(&new);
        CatalogError::disk(path, &error)
    })
}

/// The name of a file while it is being written.
pub fn being_written(path: &Path) -> PathBuf {
    path.with_extension("new")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store, ModelName) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::new(folder.path().join("models"));
        store.prepare().expect("prepared");
        (folder, store, ModelName::new("voice", crate::stand::FORMATS).expect("a name"))
    }

    fn download(store: &Store, name: &ModelName, content: &[u8]) {
        let noted = ManifestEntry {
            model: "s/voice".into(),
            bytes: content.len() as u64,
            sha256: super::super::store::digest(content),
        };
        put(store, name, noted, || {
            fs::write(store.model(name), content).expect("written");
            Ok(())
        })
        .expect("noted");
    }

    #[test]
    fn what_was_brought_is_deleted_and_forgotten() {
        let (_folder, store, name) = store();
        download(&store, &name, b"model");
        assert_eq!(get(&store, &name).expect("read").expect("noted").model, "s/voice");
        delete(&store, &name).expect("deleted");
        assert!(!store.model(&name).exists());
        assert_eq!(get(&store, &name), Ok(None));
        assert!(matches!(delete(&store, &name), Err(CatalogError::NoSuchFile { .. })));
    }

    #[test]
    fn a_file_is_the_same_by_other_letters_where_the_system_says_so() {
        let (_folder, store, name) = store();
        download(&store, &name, b"model");
        let capitals = ModelName::new("VOICE", crate::stand::FORMATS).expect("a name");
        let is_one = cfg!(any(windows, target_os = "macos"));
        assert_eq!(get(&store, &capitals).expect("read").is_some(), is_one);
        assert_eq!(delete(&store, &capitals).is_ok(), is_one);
        assert_eq!(store.model(&name).exists(), !is_one);
    }

    #[test]
    fn what_was_brought_has_a_card_until_it_is_changed() {
        let (_folder, store, name) = store();
        download(&store, &name, b"model");
        let path = store.model(&name);
        fs::write(store.folder().join("mine.ts"), b"model").expect("written");
        let stores = [store.clone()];
        assert_eq!(card_in(&stores, &path).as_deref(), Some("s/voice"));
        assert_eq!(card_in(&stores, &store.folder().join("mine.ts")), None);
        fs::write(&path, b"another").expect("written");
        assert_eq!(card_in(&stores, &path), None);
    }

    #[test]
    fn a_user_s_file_is_never_deleted() {
        let (_folder, store, name) = store();
        fs::write(store.model(&name), b"mine").expect("written");
        assert!(matches!(delete(&store, &name), Err(CatalogError::NotOurs { .. })));
        fs::remove_file(store.model(&name)).expect("removed");
        // Downloaded, then replaced by the user: by another file, by one of the same length, by a folder.
        download(&store, &name, b"model");
        for content in [&b"mine, and longer"[..], b"lemod"] {
            fs::write(store.model(&name), content).expect("written");
            assert!(matches!(delete(&store, &name), Err(CatalogError::Changed { .. })));
            assert_eq!(fs::read(store.model(&name)).expect("still there"), content);
        }
        fs::remove_file(store.model(&name)).expect("removed");
        fs::create_dir(store.model(&name)).expect("a folder");
        assert!(matches!(delete(&store, &name), Err(CatalogError::Changed { .. })));
    }

    #[test]
    fn a_file_that_cannot_be_placed_is_not_noted() {
        let (_folder, store, name) = store();
        let noted = ManifestEntry { model: "s/voice".into(), bytes: 1, sha256: String::new() };
        let full = CatalogError::DiskFull { path: "x".into() };
        assert_eq!(put(&store, &name, noted, || Err(full.clone())), Err(full));
        assert_eq!(get(&store, &name), Ok(None));
    }

    #[test]
    fn a_damaged_record_is_said_and_deletes_nothing() {
        let (_folder, store, name) = store();
        download(&store, &name, b"model");
        fs::write(store.hidden(FILE), b"{").expect("written");
        assert!(get(&store, &name).expect_err("damaged").to_string().contains("damaged"));
        assert!(delete(&store, &name).is_err());
        assert!(store.model(&name).exists());
    }
}
