//! From a card as it was typed to a model in the folder.
//!
//! Thread: any but audio.

use std::{path::PathBuf, sync::Arc, time::Duration};

use parking_lot::Mutex;

use crate::{
    card::{self, Card},
    clients::Clients,
    download::Download,
    error::CatalogError,
    fetching::Fetching,
    listing::{self, Cache, Listing},
    names::ModelName,
    request::Order,
    sources::{Source, Sources},
    stop::Stop,
    store::Store,
};
use nn_model::Formats;
use nn_process::user_dirs;

/// A card may be looked up in a listing of this age; one that is not in there is looked for in a new listing.
const YOUNG: Duration = Duration::from_secs(600);

/// Files and folders that the catalogue uses.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The user's file of sources.
    pub sources_file: Option<PathBuf>,
    /// Where listings are kept.
    pub cache: Option<PathBuf>,
    /// Where models go; if there is none, to where they go on this machine.
    pub store: Option<Store>,
    /// What counts as a model.
    pub formats: Formats,
}

impl Surroundings {
    /// Those of this user on this machine, for models of these formats.
    pub fn of_this_machine(formats: Formats) -> Self {
        let cache = user_dirs::cache().map(|cache| cache.join("listings"));
        Self { sources_file: Sources::file(), cache, store: None, formats }
    }
}

/// Looks for models and brings them. All of it takes long.
#[derive(Debug)]
pub struct Seeker {
    surroundings: Surroundings,
    cache: Cache,
    clients: Mutex<Arc<Clients>>,
}

impl Seeker {
    /// Nothing is read yet.
    pub fn new(surroundings: Surroundings) -> Self {
        let cache = Cache { folder: surroundings.cache.clone() };
        Self { surroundings, cache, clients: Mutex::default() }
    }

    /// Asks all sources or one. Beside the answer comes what is wrong with the user's file of sources.
    pub fn list(&self, only: Option<&str>) -> (Result<Listing, CatalogError>, Option<CatalogError>) {
        let (sources, trouble) = self.sources();
        let chosen = match only {
            None => Ok(sources.list.iter().collect()),
            Some(name) => sources.get(name).map(|source| vec![source]),
        };
        let listing = chosen.map(|chosen: Vec<&Source>| {
            listing::ask(&chosen, self.formats(), &self.clients(&sources), &self.cache, &Stop::default())
        });
        (listing, trouble)
    }

    /// What counts as a model.
    pub fn formats(&self) -> Formats {
        self.surroundings.formats
    }

    /// All folders into which models may have gone.
    pub fn all_stores(&self) -> Vec<Store> {
        match &self.surroundings.store {
            Some(store) => vec![store.clone()],
            None => Store::all_of_this_machine(),
        }
    }

    /// The folder into which models go.
    ///
    /// # Errors
    /// When there is none.
    pub fn store(&self) -> Result<Store, CatalogError> {
        self.surroundings.store.clone().map_or_else(Store::of_this_machine, Ok)
    }

    /// The sources, and what is wrong with the user's file of them.
    pub fn sources(&self) -> (Sources, Option<CatalogError>) {
        Sources::read(self.surroundings.sources_file.as_deref())
    }

    /// Brings a card and answers the file.
    ///
    /// # Errors
    /// Whatever kept it from coming.
    pub fn bring(
        &self,
        sources: &Sources,
        card: &Card,
        order: &Order,
        fetching: &mut Fetching<'_>,
    ) -> Result<PathBuf, CatalogError> {
        fetching.found(&card.id);
        let name = match &order.name {
            Some(name) => ModelName::like(name, &card.remote, self.formats())?,
            None => card.file_name(self.formats())?,
        };
        let source = sources.get(&card.source)?;
        let http = self.clients(sources).get(source)?;
        let (origin, store) = (source.origin(card)?, self.store()?);
        let format = self
            .formats()
            .by_name(name.as_str())
            .ok_or_else(|| CatalogError::Internal { what: format!("no format has files such as {name}") })?;
        let download =
            Download { card, origin: &origin, store: &store, name: &name, format, force: order.force };
        let stop = fetching.stop;
        download.carry_out(&http, stop, &mut |bytes, total| fetching.progress(&card.id, bytes, total))
    }

    /// A card from listings that are young. No server is asked.
    pub fn remembered(&self, sources: &Sources, wanted: &str) -> Option<Card> {
        let mut cards = Vec::new();
        for source in sources.that_may_have(wanted) {
            // An old one may hide that the card's name is ambiguous by now.
            let (listed, _age) = self.cache.get(source).filter(|(_, age)| *age < YOUNG)?;
            cards.extend(listed);
        }
        card::find(&cards, wanted, self.formats()).ok().cloned()
    }

    /// Asks some of the sources for what they have at this moment.
    pub fn ask(&self, sources: &Sources, chosen: &[Source], stop: &Stop) -> Listing {
        let chosen: Vec<_> = chosen.iter().collect();
        listing::ask(&chosen, self.formats(), &self.clients(sources), &self.cache, stop)
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
