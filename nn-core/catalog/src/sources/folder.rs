//! A folder on this machine, or one that is mounted there.

use std::{
    collections::HashSet,
    io,
    path::{Component, Path, PathBuf},
    time::{Duration, Instant},
};

use crossbeam_channel::bounded;

use super::source::{MOST_CARDS, Origin, Source};
use crate::{entry::CatalogEntry, error::CatalogError, told::Told};
use nn_model::{Formats, ModelLocation};
use nn_process::stack;

/// How deep folders are read.
const DEEPEST: usize = 3;
/// How many files are looked into for what they tell.
const MOST_TOLD: usize = 1_000;

/// Reads a folder on a thread of its own, which is abandoned after `limit`: a disk that is gone may never answer.
pub(super) fn entries(
    source: &Source,
    path: &Path,
    limit: Duration,
    formats: Formats,
) -> Result<Vec<CatalogEntry>, CatalogError> {
    let (sender, answer) = bounded(1);
    let (name, folder) = (source.name.clone(), path.to_owned());
    let look = move || {
        let _late = sender.send(Walk::new(name, Instant::now() + limit, formats).all(&folder));
    };
    stack::thread("nn~ folder", stack::CATALOG_BYTES).spawn(look).map_err(|_| CatalogError::no_thread())?;
    match answer.recv_timeout(limit) {
        Ok(Ok(Some(entries))) => Ok(entries),
        Ok(Err(error)) => Err(CatalogError::reading(path, &error)),
        Ok(Ok(None)) | Err(_) => {
            Err(CatalogError::Unfinished { host: path.display().to_string(), seconds: limit.as_secs() })
        }
    }
}

/// What a file tells of itself.
fn told_by(path: &Path, formats: Formats) -> Told {
    formats.about(&ModelLocation::from(path)).map(Told::from).unwrap_or_default()
}

/// A folder that is still to be looked into.
struct Folder {
    path: PathBuf,
    /// What the names of its files begin with.
    prefix: String,
    depth: usize,
}

/// A walk through folders. Links to folders are followed, each folder is looked into once.
struct Walk {
    source: String,
    end: Instant,
    formats: Formats,
    entries: Vec<CatalogEntry>,
    seen: HashSet<PathBuf>,
    /// After all folders that are where they are, so that models have the names of those.
    links: Vec<Folder>,
}

impl Walk {
    fn new(source: String, end: Instant, formats: Formats) -> Self {
        Self { source, end, formats, entries: Vec::new(), seen: HashSet::new(), links: Vec::new() }
    }

    /// Everything below a folder; nothing when there was no time for it.
    fn all(mut self, folder: &Path) -> io::Result<Option<Vec<CatalogEntry>>> {
        let first = Folder { path: folder.to_owned(), prefix: String::new(), depth: 0 };
        self.look_into(&first)?;
        // What a link leads to may have further links.
        let mut next = 0;
        while next < self.links.len() {
            let link = std::mem::replace(
                &mut self.links[next],
                Folder { path: PathBuf::new(), prefix: String::new(), depth: 0 },
            );
            next += 1;
            // A folder that may not be read hides only itself.
            let _closed = self.look_into(&link);
        }
        Ok((Instant::now() < self.end).then_some(self.entries))
    }

    fn look_into(&mut self, folder: &Folder) -> io::Result<()> {
        if !self.seen.insert(folder.path.canonicalize()?) {
            return Ok(());
        }
        for entry in std::fs::read_dir(&folder.path)?.flatten() {
            // One more than there may be, so that it is seen.
            if self.entries.len() > MOST_CARDS || Instant::now() >= self.end {
                break;
            }
            // Names that are no text cannot be typed either.
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Ok(metadata) = entry.path().metadata() else { continue };
            if name.starts_with('.') {
                continue;
            }
            let remote = format!("{}{name}", folder.prefix);
            if metadata.is_dir() && folder.depth < DEEPEST {
                let below =
                    Folder { path: entry.path(), prefix: format!("{remote}/"), depth: folder.depth + 1 };
                if entry.file_type().is_ok_and(|kind| kind.is_symlink()) {
                    self.links.push(below);
                } else {
                    let _closed = self.look_into(&below);
                }
            } else if metadata.is_file() && self.formats.of_download(&name).is_some() {
                let entry_path = entry.path();
                let entry = CatalogEntry::new(&self.source, &remote, self.formats);
                // Of so many as can be looked into meanwhile.
                let told = match self.entries.len() {
                    0..MOST_TOLD => told_by(&entry_path, self.formats),
                    _ => Told::default(),
                };
                self.entries.push(CatalogEntry { bytes: Some(metadata.len()), told, ..entry });
            }
        }
        Ok(())
    }
}

pub(super) fn origin(source: &Source, path: &Path, entry: &CatalogEntry) -> Result<Origin, CatalogError> {
    let remote = Path::new(&entry.remote);
    if remote.components().all(|part| matches!(part, Component::Normal(_))) {
        Ok(Origin::File(path.join(remote)))
    } else {
        Err(source.nonsense(format!("{} leads out of it", entry.remote)))
    }
}
