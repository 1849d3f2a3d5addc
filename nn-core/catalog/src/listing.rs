//! What the sources have. One that is down hides nothing of the others, and its last good listing serves meanwhile.
//!
//! Thread: any but audio.

use std::{
    io::Write,
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use crate::{
    cancel::Cancel,
    clients::Clients,
    entry::{self, CatalogEntry},
    error::CatalogError,
    plain_file,
    sources::Source,
    store,
};
use nn_model::Formats;
use nn_process::stack;

/// What all sources that were asked have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Their models.
    pub entries: Vec<CatalogEntry>,
    /// How each of them answered.
    pub sources: Vec<Answered>,
}

/// How a source answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Its name.
    pub source: String,
    /// How many models are listed.
    pub models: usize,
    /// How old the listing is; `None` for one of this moment.
    pub age: Option<Duration>,
    /// Why there is no listing of this moment.
    pub fault: Option<CatalogError>,
}

impl Listing {
    /// The card that a user means.
    ///
    /// # Errors
    /// When there is none, with the sources that may have it but did not answer, or more than one.
    pub fn find(&self, wanted: &str, formats: Formats) -> Result<CatalogEntry, CatalogError> {
        match (entry::find(&self.entries, wanted, formats), &self.sources[..]) {
            (Err(CatalogError::NoModel { .. }), [Answered { fault: Some(fault), .. }]) => Err(fault.clone()),
            (Err(CatalogError::NoModel { model, .. }), answers) => {
                let faults = answers.iter().filter_map(|answer| {
                    Some(format!("; {} did not answer: {}", answer.source, answer.fault.as_ref()?))
                });
                Err(CatalogError::NoModel { model, hint: faults.collect() })
            }
            (found, _) => found.cloned(),
        }
    }
}

/// The last good listing of each source.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    /// Where they are kept; nowhere if there is no folder for it.
    pub folder: Option<PathBuf>,
}

/// The longest listing that is kept, in bytes.
const MOST_KEPT_BYTES: u64 = 1 << 27;

#[derive(Serialize, Deserialize)]
struct Kept {
    /// In seconds since 1970.
    time_s: u64,
    entries: Vec<CatalogEntry>,
}

impl Cache {
    /// The last good listing of a source and its age.
    pub fn get(&self, source: &Source) -> Option<(Vec<CatalogEntry>, Duration)> {
        let kept: Kept =
            serde_json::from_slice(&plain_file::read(&self.path(source)?, MOST_KEPT_BYTES).ok()?).ok()?;
        Some((kept.entries, Duration::from_secs(now_s().saturating_sub(kept.time_s))))
    }

    /// Keeps a listing. That it cannot be kept is no reason not to show it.
    fn put(&self, source: &Source, entries: &[CatalogEntry]) {
        let Some(path) = self.path(source) else { return };
        let Ok(text) = serde_json::to_vec(&Kept { time_s: now_s(), entries: entries.to_vec() }) else {
            return;
        };
        let Some(folder) = path.parent() else { return };
        // In one piece, whoever else keeps the same.
        let _not_kept = std::fs::create_dir_all(folder).and_then(|()| {
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(&text)?;
            file.persist(&path).map_err(|error| error.error)
        });
    }

    fn path(&self, source: &Source) -> Option<PathBuf> {
        let key = store::digest(format!("{}\n{}", source.name, source.address()).as_bytes());
        Some(self.folder.as_ref()?.join(format!("{}.json", &key[..24])))
    }
}

fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// Asks all of these sources at once for models of these formats.
pub fn ask(
    sources: &[&Source],
    formats: Formats,
    clients: &Clients,
    cache: &Cache,
    cancel: &Cancel,
) -> Listing {
    let one = |source: &Source| ask_one(source, formats, clients, cache, cancel);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = sources
            .iter()
            .map(|source| {
                let builder = stack::thread("nn~ listing", stack::CATALOG_BYTES);
                (source, builder.spawn_scoped(scope, move || one(source)))
            })
            .collect();
        threads
            .into_iter()
            .map(|(source, thread)| match thread {
                Ok(thread) => thread.join().unwrap_or_else(|_| {
                    let fault = CatalogError::Internal { what: "a listing stopped".into() };
                    (Vec::new(), answered(source, 0, None, Some(fault)))
                }),
                // Without threads one after the other.
                Err(_) => one(source),
            })
            .collect()
    });
    let mut listing = Listing::default();
    for (entries, answered) in answers {
        listing.entries.extend(entries);
        listing.sources.push(answered);
    }
    listing
}

fn ask_one(
    source: &Source,
    formats: Formats,
    clients: &Clients,
    cache: &Cache,
    cancel: &Cancel,
) -> (Vec<CatalogEntry>, Answered) {
    let fresh = clients.get(source).and_then(|http| source.entries(&http, cancel, formats));
    match fresh {
        Ok(entries) => {
            cache.put(source, &entries);
            let models = entries.len();
            (entries, answered(source, models, None, None))
        }
        Err(fault) => {
            let (entries, age) =
                cache.get(source).map_or((Vec::new(), None), |(entries, age)| (entries, Some(age)));
            // Kept with other limits perhaps, or by another version.
            let can_download = |entry: &CatalogEntry| source.can_download(entry, clients.limits(), formats);
            let entries: Vec<_> = entries.into_iter().filter(can_download).collect();
            let models = entries.len();
            (entries, answered(source, models, age, Some(fault)))
        }
    }
}

fn answered(source: &Source, models: usize, age: Option<Duration>, fault: Option<CatalogError>) -> Answered {
    Answered { source: source.name.clone(), models, age, fault }
}
