//! From a card as it was typed to a model in the folder.
//!
//! Thread: any but audio.

use std::{path::PathBuf, sync::Arc, time::Duration};

use parking_lot::Mutex;

use crate::{
    cancel::Cancel,
    clients::Clients,
    download::Download,
    entry::{self, CatalogEntry},
    error::CatalogError,
    listing::{self, Cache, Listing},
    names::ModelName,
    progress::DownloadProgress,
    request::DownloadRequest,
    sources::{Source, Sources},
    store::Store,
};
use nn_model::Formats;
use nn_process::user_dirs;

/// A card may be looked up in a listing of this age; one that is not in there is looked for in a new listing.
const YOUNG: Duration = Duration::from_secs(600);

/// Files and folders that the catalog uses.
#[derive(Clone, Debug, Default)]
pub struct CatalogContext {
    /// The user's file of sources.
    pub sources_file: Option<PathBuf>,
    /// Where listings are kept.
    pub cache: Option<PathBuf>,
    /// Where models go; if there is none, to where they go on this machine.
    pub store: Option<Store>,
    /// What counts as a model.
    pub formats: Formats,
}

impl CatalogContext {
    /// Those of this user on this machine, for models of these formats.
    pub fn of_this_machine(formats: Formats) -> Self {
        let cache = user_dirs::cache().map(|cache| cache.join("listings"));
        Self { sources_file: Sources::file(), cache, store: None, formats }
    }
}

/// Looks models up and downloads them. All of it takes long.
#[derive(Debug)]
pub struct Resolver {
    context: CatalogContext,
    cache: Cache,
    clients: Mutex<Arc<Clients>>,
}

impl Resolver {
    /// Nothing is read yet.
    pub fn new(context: CatalogContext) -> Self {
        let cache = Cache { folder: context.cache.clone() };
        Self { context, cache, clients: Mutex::default() }
    }

    /// Asks all sources or one. Beside the answer comes what is wrong with the user's file of sources.
    pub fn list(&self, only: Option<&str>) -> (Result<Listing, CatalogError>, Option<CatalogError>) {
        let (sources, trouble) = self.sources();
        let chosen = match only {
            None => Ok(sources.list.iter().collect()),
            Some(name) => sources.get(name).map(|source| vec![source]),
        };
        let listing = chosen.map(|chosen: Vec<&Source>| {
            listing::ask(&chosen, self.formats(), &self.clients(&sources), &self.cache, &Cancel::default())
        });
        (listing, trouble)
    }

    /// What counts as a model.
    pub fn formats(&self) -> Formats {
        self.context.formats
    }

    /// All folders into which models may have gone.
    pub fn all_stores(&self) -> Vec<Store> {
        match &self.context.store {
            Some(store) => vec![store.clone()],
            None => Store::all_of_this_machine(),
        }
    }

    /// The folder into which models go.
    ///
    /// # Errors
    /// When there is none.
    pub fn store(&self) -> Result<Store, CatalogError> {
        self.context.store.clone().map_or_else(Store::of_this_machine, Ok)
    }

    /// The sources, and what is wrong with the user's file of them.
    pub fn sources(&self) -> (Sources, Option<CatalogError>) {
        Sources::read(self.context.sources_file.as_deref())
    }

    /// Downloads a card and returns the file.
    ///
    /// # Errors
    /// Whatever kept it from coming.
    pub fn download(
        &self,
        sources: &Sources,
        entry: &CatalogEntry,
        request: &DownloadRequest,
        progress: &mut DownloadProgress<'_>,
    ) -> Result<PathBuf, CatalogError> {
        progress.found(&entry.id);
        let name = match &request.name {
            Some(name) => ModelName::like(name, &entry.remote, self.formats())?,
            None => entry.file_name(self.formats())?,
        };
        let source = sources.get(&entry.source)?;
        let http = self.clients(sources).get(source)?;
        let (origin, store) = (source.origin(entry)?, self.store()?);
        let format = self
            .formats()
            .of_download(name.as_str())
            .ok_or_else(|| CatalogError::Internal { what: format!("no format has files such as {name}") })?;
        let download =
            Download { entry, origin: &origin, store: &store, name: &name, format, force: request.force };
        let cancel = progress.cancel;
        download.carry_out(&http, cancel, &mut |bytes, total| progress.progress(&entry.id, bytes, total))
    }

    /// A card from listings that are young. No server is asked.
    pub fn remembered(&self, sources: &Sources, wanted: &str) -> Option<CatalogEntry> {
        let mut entries = Vec::new();
        for source in sources.that_may_have(wanted) {
            // An old one may hide that the card's name is ambiguous by now.
            let (listed, _age) = self.cache.get(source).filter(|(_, age)| *age < YOUNG)?;
            entries.extend(listed);
        }
        entry::find(&entries, wanted, self.formats()).ok().cloned()
    }

    /// Asks some of the sources for what they have at this moment.
    pub fn ask(&self, sources: &Sources, chosen: &[Source], cancel: &Cancel) -> Listing {
        let chosen: Vec<_> = chosen.iter().collect();
        listing::ask(&chosen, self.formats(), &self.clients(sources), &self.cache, cancel)
    }

    /// Clients with the limits of the sources' file.
    fn clients(&self, sources: &Sources) -> Arc<Clients> {
        let mut clients = self.clients.lock();
        if *clients.limits() != sources.limits {
            *clients = Arc::new(Clients::new(sources.limits.clone()));
        }
        clients.clone()
    }
}
