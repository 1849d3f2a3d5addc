//! From a card as it was typed to a model in the folder.

use std::{path::PathBuf, sync::Arc, time::Duration};

use parking_lot::Mutex;

use super::{
    card::{self, Card},
    clients::Clients,
    download::Order,
    error::CatalogError,
    fetching::Fetching,
    listing::{self, Answered, Cache, Listing},
    names::ModelName,
    sources::{Source, Sources},
    stop::Stop,
    store::Store,
};
use crate::places;

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
}

impl Surroundings {
    /// Those of this user on this machine.
    pub fn of_this_machine() -> Self {
        let cache = places::cache().map(|cache| cache.join("listings"));
        Self { sources_file: Sources::file(), cache, store: None }
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
        let (sources, trouble) = Sources::read(self.surroundings.sources_file.as_deref());
        let chosen = match only {
            None => Ok(sources.list.iter().collect()),
            Some(name) => sources.get(name).map(|source| vec![source]),
        };
        let listing = chosen.map(|chosen: Vec<&Source>| {
            listing::ask(&chosen, &self.clients(&sources), &self.cache, &Stop::default())
        });
        (listing, trouble)
    }

    /// Brings a model; answers its card's id and the file.
    ///
    /// # Errors
    /// Whatever kept it from coming.
    pub fn fetch(
        &self,
        wanted: &str,
        name: Option<&str>,
        force: bool,
        fetching: &mut Fetching<'_>,
    ) -> Result<(String, PathBuf), CatalogError> {
        // What can be known at once is said at once.
        let name = name.map(ModelName::new).transpose()?;
        let (sources, trouble) = Sources::read(self.surroundings.sources_file.as_deref());
        if let Some(trouble) = trouble {
            fetching.trouble(trouble);
        }
        let stop = fetching.stop;
        stop.check(wanted)?;
        let store = self.store()?;
        let chosen = may_have(&sources, wanted);
        let mut bring = |card: &Card| {
            let name = name.clone().map_or_else(|| card.file_name(), Ok)?;
            self.bring(&sources, card, &store, &name, force, fetching)
        };
        if let Some(card) = self.remembered(&chosen, wanted) {
            match bring(&card) {
                // The listing may have been too old after all.
                Err(error) if is_of_another_listing(&error) => {
                    let new = self.find(&chosen, &sources, wanted, stop)?;
                    if new == card {
                        return Err(error);
                    }
                    return bring(&new);
                }
                result => return result,
            }
        }
        let card = self.find(&chosen, &sources, wanted, stop)?;
        bring(&card)
    }

    /// All folders into which models may have gone.
    pub fn all_stores(&self) -> Vec<Store> {
        match &self.surroundings.store {
            Some(store) => vec![store.clone()],
            None => Store::all_of_this_machine(),
        }
    }

    fn store(&self) -> Result<Store, CatalogError> {
        self.surroundings.store.clone().map_or_else(Store::of_this_machine, Ok)
    }

    fn bring(
        &self,
        sources: &Sources,
        card: &Card,
        store: &Store,
        name: &ModelName,
        force: bool,
        fetching: &mut Fetching<'_>,
    ) -> Result<(String, PathBuf), CatalogError> {
        fetching.found(&card.id);
        let source = sources.get(&card.source)?;
        let http = self.clients(sources).get(source.certificate.as_deref())?;
        let origin = source.origin(card)?;
        let order = Order { card, origin: &origin, store, name, force };
        let stop = fetching.stop;
        let path =
            order.carry_out(&http, stop, &mut |bytes, total| fetching.progress(&card.id, bytes, total))?;
        Ok((card.id.clone(), path))
    }

    /// A card from listings that are young.
    fn remembered(&self, chosen: &[&Source], wanted: &str) -> Option<Card> {
        let mut cards = Vec::new();
        for source in chosen {
            // An old one may hide that the card's name is ambiguous by now.
            let (listed, _age) = self.cache.get(source).filter(|(_, age)| *age < YOUNG)?;
            cards.extend(listed);
        }
        card::find(&cards, wanted).ok().cloned()
    }

    /// A card from listings of this moment.
    fn find(
        &self,
        chosen: &[&Source],
        sources: &Sources,
        wanted: &str,
        stop: &Stop,
    ) -> Result<Card, CatalogError> {
        let listing = listing::ask(chosen, &self.clients(sources), &self.cache, stop);
        stop.check(wanted)?;
        match (card::find(&listing.cards, wanted), &listing.sources[..]) {
            (Err(CatalogError::NoCard { .. }), [Answered { fault: Some(fault), .. }]) => Err(fault.clone()),
            (Err(CatalogError::NoCard { card, .. }), answers) => {
                let faults = answers.iter().filter_map(|answer| {
                    Some(format!("; {} did not answer: {}", answer.source, answer.fault.as_ref()?))
                });
                Err(CatalogError::NoCard { card, hint: faults.collect() })
            }
            (found, _) => found.cloned(),
        }
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

/// The sources in which a card may be: the one that it begins with, or all.
fn may_have<'a>(sources: &'a Sources, wanted: &str) -> Vec<&'a Source> {
    let named = wanted.split_once('/').and_then(|(name, _)| sources.get(name).ok());
    named.map_or_else(|| sources.list.iter().collect(), |source| vec![source])
}

/// Whether what came, or did not come, may be due to a listing that is no longer true.
fn is_of_another_listing(error: &CatalogError) -> bool {
    matches!(
        error,
        CatalogError::NotFound { .. } | CatalogError::Checksum { .. } | CatalogError::Length { .. }
    )
}
