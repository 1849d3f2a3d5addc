//! The catalogue itself: takes requests from any thread without making it wait, answers from its own.
//!
//! Thread: any but audio.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, OnceLock},
};

use parking_lot::Mutex;

use crate::{
    crew::Crew,
    error::CatalogError,
    listing::Listing,
    names::ModelName,
    record,
    request::{Answer, Ask, Asker, Order},
    seeker::{Seeker, Surroundings},
    store::Store,
    under_way::Downloads,
};
use nn_model::Formats;

/// How many things beside downloads run at a time.
const ERRANDS: usize = 4;

/// Models from all sources. Cloning it gives another handle.
#[derive(Clone, Debug)]
pub struct Catalogue {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    seeker: Arc<Seeker>,
    downloads: Arc<Downloads>,
    errands: Crew,
    /// Who waits for the listing that is being made.
    readers: Mutex<Vec<Asker>>,
}

impl Catalogue {
    /// The catalogue of this process, with the sources and folders of this machine. The formats of who asks first count.
    pub fn shared(formats: Formats) -> &'static Self {
        static SHARED: OnceLock<Catalogue> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(Surroundings::of_this_machine(formats)))
    }

    /// A catalogue of its own.
    pub fn new(surroundings: Surroundings) -> Self {
        let seeker = Arc::new(Seeker::new(surroundings));
        let downloads = Arc::new(Downloads::new(seeker.clone()));
        let (errands, readers) = (Crew::new(ERRANDS), Mutex::default());
        Self { inner: Arc::new(Inner { seeker, downloads, errands, readers }) }
    }

    /// Takes a request. Answers come through the asker's channel; one of them is the last. Never waits for anything
    /// but a lock that is held for moments.
    pub fn request(&self, ask: Ask, asker: &Asker) {
        let inner = self.inner.clone();
        let no_thread = || {
            asker.tell(Answer::Failed(CatalogError::no_thread()));
        };
        let taken = match ask {
            Ask::List { source: None } => {
                let mut readers = self.inner.readers.lock();
                readers.push(asker.clone());
                // Somebody waits for the same already.
                readers.len() > 1 || self.inner.errands.submit(move || inner.list()) || {
                    readers.clear();
                    false
                }
            }
            Ask::List { source: Some(source) } => {
                let reader = asker.clone();
                self.inner.errands.submit(move || inner.list_one(&source, &reader))
            }
            Ask::Download { card, name, force } => {
                self.inner.downloads.request(Order { wanted: card, name, force }, asker)
            }
            Ask::Cancel(card) => {
                self.inner.downloads.cancel(card, asker);
                true
            }
            Ask::Delete(name) => {
                let who = asker.clone();
                self.inner.errands.submit(move || {
                    let answer = match inner.delete(&name) {
                        Ok(name) => Answer::Deleted { name },
                        Err(error) => Answer::Failed(error),
                    };
                    who.tell(answer);
                })
            }
        };
        if !taken {
            no_thread();
        }
    }
}

impl Inner {
    fn list(&self) {
        let listed = catch_unwind(AssertUnwindSafe(|| self.seeker.list(None)));
        let readers = std::mem::take(&mut *self.readers.lock());
        for reader in readers {
            tell_listing(listed.as_ref().ok(), &reader);
        }
    }

    fn list_one(&self, source: &str, reader: &Asker) {
        let listed = catch_unwind(AssertUnwindSafe(|| self.seeker.list(Some(source))));
        tell_listing(listed.as_ref().ok(), reader);
    }

    fn delete(&self, name: &str) -> Result<String, CatalogError> {
        let name = ModelName::new(name, self.seeker.formats())?;
        let stores: Vec<Store> = self.seeker.all_stores();
        // In the folder that has it; what the first one says when none has.
        let has = |store: &&Store| record::get(store, &name).ok().flatten().is_some();
        let there = |store: &&Store| store.model(&name).exists();
        let store = stores.iter().find(has).or_else(|| stores.iter().find(there)).or(stores.first());
        record::delete(store.ok_or(CatalogError::NoFolder)?, &name)?;
        Ok(name.to_string())
    }
}

fn tell_listing(listed: Option<&(Result<Listing, CatalogError>, Option<CatalogError>)>, reader: &Asker) {
    let Some((listing, trouble)) = listed else {
        return reader.tell(Answer::Failed(CatalogError::Internal { what: "a listing stopped".into() }));
    };
    if let Some(trouble) = trouble {
        reader.tell(Answer::Trouble(trouble.clone()));
    }
    reader.tell(match listing {
        Ok(listing) => Answer::Listing(listing.clone()),
        Err(error) => Answer::Failed(error.clone()),
    });
}
