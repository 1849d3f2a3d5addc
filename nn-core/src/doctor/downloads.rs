//! The folder into which models are downloaded: whether it can be written into, and has room.
//!
//! Thread: any but audio.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    check::{Check, shown, size},
    models::plainly,
};
use crate::info::Tree;
use nn_process::system::free_disk_bytes;

/// Less than this is little room for models, in bytes.
const LITTLE: u64 = 500_000_000;

/// What is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloads {
    /// The folder.
    pub folder: PathBuf,
    /// Why nothing can be written there.
    pub refused: Option<String>,
    /// Room on its disk.
    pub free_bytes: Option<u64>,
}

impl Downloads {
    /// Tries that of this machine; `None` where there is none.
    #[cfg(feature = "catalog")]
    pub fn here() -> Option<Self> {
        nn_catalog::store::Store::of_this_machine().ok().map(|store| Self::at(store.folder()))
    }

    /// A build without a catalog.
    #[cfg(not(feature = "catalog"))]
    pub fn here() -> Option<Self> {
        nn_process::user_dirs::user_models().map(|folder| Self::at(&folder))
    }

    /// Tries a folder: a file is made in it and removed, or in the nearest folder above that is there.
    pub fn at(folder: &Path) -> Self {
        let nearest = folder.ancestors().find(|path| path.exists()).unwrap_or(folder);
        let refused = try_write(nearest).err().map(|error| plainly(&error));
        Self { folder: folder.to_owned(), refused, free_bytes: free_disk_bytes(nearest) }
    }

    /// What is said of it.
    pub fn check(found: Option<&Self>) -> Check {
        let Some(Self { folder, refused, free_bytes }) = found else {
            let cure = "let NN_MODELS name a folder";
            return Check::warning("downloads", "there is no folder for them", cure);
        };
        let path = shown(folder);
        let room = free_bytes.map(|bytes| format!(", {} free", size(bytes))).unwrap_or_default();
        let check = if let Some(why) = refused {
            let cure = "give your user the right to write there, or let NN_MODELS name another folder";
            Check::warning("downloads", format!("{path} cannot be written into ({why})"), cure)
        } else if free_bytes.is_some_and(|bytes| bytes < LITTLE) {
            let cure =
                "free some room: models take 10 to 500 MB each; or let NN_MODELS name a folder elsewhere";
            Check::warning("downloads", format!("{path}{room}"), cure)
        } else {
            Check::fine("downloads", format!("{path} can be written into{room}"))
        };
        check
            .with("folder", Tree::text(folder.display().to_string()))
            .with("writable", Tree::Flag(refused.is_none()))
            .with_any("free_bytes", free_bytes.map(Tree::count))
    }
}

/// Only trying tells, whatever the rights say.
fn try_write(folder: &Path) -> io::Result<()> {
    let trial = folder.join(format!(".nn-doctor-{}", std::process::id()));
    fs::File::options().write(true).create_new(true).open(&trial)?;
    fs::remove_file(&trial)
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    #[test]
    fn a_folder_is_tried_and_left_as_it_was() {
        let place = tempfile::tempdir().expect("a folder");
        for folder in [place.path().to_owned(), place.path().join("not/yet")] {
            let found = Downloads::at(&folder);
            assert_eq!((found.refused, found.folder), (None, folder));
            assert!(found.free_bytes.is_some());
        }
        assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 0);
        let file = place.path().join("file");
        fs::write(&file, "").expect("written");
        assert!(Downloads::at(&file).refused.is_some());
    }

    #[test]
    fn no_right_and_no_room_are_warnings() {
        let of = |refused: Option<&str>, free_bytes| {
            let found = Downloads { folder: "/m".into(), refused: refused.map(Into::into), free_bytes };
            Downloads::check(Some(&found))
        };
        let fine = of(None, Some(2_000_000_000));
        assert_eq!((fine.state, fine.text.as_str()), (State::Fine, "/m can be written into, 2.0 GB free"));
        assert_eq!(of(None, None).state, State::Fine);
        let refused = of(Some("permission denied"), Some(2_000_000_000));
        assert_eq!(
            (refused.state, refused.text.as_str()),
            (State::Warning, "/m cannot be written into (permission denied)")
        );
        assert_eq!(of(None, Some(1_000)).state, State::Warning);
        assert_eq!(Downloads::check(None).state, State::Warning);
    }
}
