//! One download, from a card to a checked file under its final name.

use std::{
    hash::{BuildHasher, RandomState},
    path::PathBuf,
};

use crate::{
    cancel::Cancel,
    entry::CatalogEntry,
    error::CatalogError,
    http::{self, Http},
    lock::Lock,
    manifest::{self, ManifestEntry},
    names::ModelName,
    partial_file::{self, PartialFile},
    sources::Origin,
    store::{self, Store},
    transfer::{self, Progress},
};
use nn_model::{Entry, Unsound};
use nn_process::files;

/// What is to be downloaded, and where to.
#[derive(Clone, Debug)]
pub struct Download<'a> {
    /// The model.
    pub entry: &'a CatalogEntry,
    /// Where its bytes are.
    pub origin: &'a Origin,
    /// The folder.
    pub store: &'a Store,
    /// The file's name.
    pub name: &'a ModelName,
    /// What it is to be.
    pub format: &'a Entry,
    /// Whether a file of that name may be replaced.
    pub force: bool,
}

/// What the partial file is called: under a lock that other machines do not see, by nobody else.
fn partial_key(key: &str, lock: &Lock) -> String {
    if lock.is_everybodys() {
        return key.to_owned();
    }
    // Seeded at random, in every process anew.
    format!("{key}-{:016x}", RandomState::new().hash_one(std::process::id()))
}

impl Download<'_> {
    /// Downloads it and answers the file's path. A file that the catalog has downloaded for this entry before is the
    /// answer at once.
    ///
    /// Under the final name there is never anything but a whole, checked model. What fails leaves nothing behind;
    /// only a process that is ended in the middle leaves a partial file, from which the next download of the card
    /// resumes.
    ///
    /// # Errors
    /// Whatever kept it from coming.
    pub fn carry_out(
        &self,
        http: &Http,
        cancel: &Cancel,
        progress: Progress<'_>,
    ) -> Result<PathBuf, CatalogError> {
        let path = self.store.model(self.name);
        if self.is_there()? {
            return Ok(path);
        }
        self.store.prepare()?;
        let key = store::key(self.entry, self.name);
        let lock = Lock::wait(&self.store.hidden(&format!("{key}.lock")), cancel, &self.entry.id)?;
        // Another box or another host may have downloaded it meanwhile.
        if self.is_there()? {
            return Ok(path);
        }
        partial_file::forget_old(self.store);
        let mut partial = PartialFile::open(self.store, &partial_key(&key, &lock))?;
        let result = self.download(http, &mut partial, cancel, progress);
        if result != Err(CatalogError::Leaving) {
            partial.remove();
        }
        match result {
            Ok(()) => Ok(path),
            Err(error) if matches!(self.origin, Origin::File(_)) => Err(error.of_a_file()),
            Err(error) => Err(error),
        }
    }

    /// Whether this very card is there under the name.
    fn is_there(&self) -> Result<bool, CatalogError> {
        let path = self.store.model(self.name);
        let Ok(metadata) = std::fs::symlink_metadata(&path) else { return Ok(false) };
        if self.force {
            return Ok(false);
        }
        let noted = manifest::get(self.store, self.name)?.filter(|noted| {
            noted.model == self.entry.id
                && metadata.is_file()
                && noted.bytes == metadata.len()
                && self.entry.sha256.as_ref().is_none_or(|sha256| *sha256 == noted.sha256)
        });
        // A user's own file may have the same length.
        let same = match noted {
            Some(noted) => manifest::sha256(&path)? == noted.sha256,
            None => false,
        };
        if same { Ok(true) } else { Err(CatalogError::Exists { name: self.name.to_string() }) }
    }

    fn download(
        &self,
        http: &Http,
        partial: &mut PartialFile,
        cancel: &Cancel,
        progress: Progress<'_>,
    ) -> Result<(), CatalogError> {
        let went_on = transfer::run(self.entry, self.format, self.origin, http, partial, cancel, progress)?;
        let sha256 = match self.check(partial) {
            Ok(sha256) => sha256,
            Err(_) if went_on => {
                // Pieces of two files, perhaps.
                partial.begin("", None, None)?;
                transfer::run(self.entry, self.format, self.origin, http, partial, cancel, progress)?;
                self.check(partial)?
            }
            Err(error) => return Err(error),
        };
        partial.sync()?;
        cancel.check(&self.entry.id)?;
        let noted = ManifestEntry { model: self.entry.id.clone(), bytes: partial.bytes(), sha256 };
        manifest::put(self.store, self.name, noted, || self.place(partial))
    }

    /// Checks what has come, and answers its checksum.
    fn check(&self, partial: &PartialFile) -> Result<String, CatalogError> {
        let host = || match self.origin {
            Origin::Url(url) => http::host(url),
            Origin::File(path) => path.display().to_string(),
        };
        let found = manifest::sha256(partial.path())?;
        if let Some(expected) = &self.entry.sha256
            && *expected != found
        {
            return Err(CatalogError::Checksum { host: host(), expected: expected.clone(), found });
        }
        let no_model = |Unsound(what)| CatalogError::NotAModel { host: host(), what };
        self.format.format.verify(partial.path()).map_err(no_model)?;
        Ok(found)
    }

    /// Gives the file its name, in one step. Without `force` a file that has appeared there meanwhile stays.
    fn place(&self, partial: &PartialFile) -> Result<(), CatalogError> {
        let path = self.store.model(self.name);
        if self.force {
            return files::rename(partial.path(), &path).map_err(|error| CatalogError::disk(&path, &error));
        }
        let placed = files::patiently(|| {
            let partial = tempfile::TempPath::try_from_path(partial.path())?;
            partial.persist_noclobber(&path).map_err(|error| {
                // Not removed: it is tried again.
                let _kept = error.path.keep();
                error.error
            })
        });
        placed.map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => CatalogError::Exists { name: self.name.to_string() },
            _ => CatalogError::disk(&path, &error),
        })
    }
}
