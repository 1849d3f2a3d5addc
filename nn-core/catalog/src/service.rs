//! The catalog itself: takes requests from any thread without making it wait, answers from its own.
//!
//! Thread: any but audio.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, OnceLock},
};

use parking_lot::Mutex;

use crate::{
    downloads::Downloads,
    error::CatalogError,
    listing::Listing,
    manifest,
    names::ModelName,
    request::{CatalogReport, CatalogRequest, DownloadRequest, Requester},
    resolver::{CatalogContext, Resolver},
    store::Store,
    thread_pool::ThreadPool,
};
use nn_model::Formats;

/// How many things beside downloads run at a time.
const REQUESTS_AT_ONCE: usize = 4;

/// Models from all sources. Cloning it gives another handle.
#[derive(Clone, Debug)]
pub struct Catalog {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    resolver: Arc<Resolver>,
    downloads: Arc<Downloads>,
    requests: ThreadPool,
    /// Who waits for the listing that is being made.
    readers: Mutex<Vec<Requester>>,
}

impl Catalog {
    /// The catalog of this process, with the sources and folders of this machine. The formats of the first caller
    /// count.
    pub fn shared(formats: Formats) -> &'static Self {
        static SHARED: OnceLock<Catalog> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(CatalogContext::of_this_machine(formats)))
    }

    /// A catalog of its own.
    pub fn new(context: CatalogContext) -> Self {
        let resolver = Arc::new(Resolver::new(context));
        let downloads = Arc::new(Downloads::new(resolver.clone()));
        let (requests, readers) = (ThreadPool::new(REQUESTS_AT_ONCE), Mutex::default());
        Self { inner: Arc::new(Inner { resolver, downloads, requests, readers }) }
    }

    /// Takes a request. Answers come through the requester's channel; one of them is the last. Never waits for anything
    /// but a lock that is held for moments.
    pub fn request(&self, ask: CatalogRequest, requester: &Requester) {
        let inner = self.inner.clone();
        let no_thread = || {
            requester.report(CatalogReport::Failed(CatalogError::no_thread()));
        };
        let taken = match ask {
            CatalogRequest::List { source: None } => {
                let mut readers = self.inner.readers.lock();
                readers.push(requester.clone());
                // Somebody waits for the same already.
                readers.len() > 1 || self.inner.requests.submit(move || inner.list()) || {
                    readers.clear();
                    false
                }
            }
            CatalogRequest::List { source: Some(source) } => {
                let reader = requester.clone();
                self.inner.requests.submit(move || inner.list_one(&source, &reader))
            }
            CatalogRequest::Download { model, name, force } => {
                self.inner.downloads.request(DownloadRequest { wanted: model, name, force }, requester)
            }
            CatalogRequest::Cancel(model) => {
                self.inner.downloads.cancel(model, requester);
                true
            }
            CatalogRequest::Delete(name) => {
                let who = requester.clone();
                self.inner.requests.submit(move || {
                    let answer = match inner.delete(&name) {
                        Ok(name) => CatalogReport::Deleted { name },
                        Err(error) => CatalogReport::Failed(error),
                    };
                    who.report(answer);
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
        let listed = catch_unwind(AssertUnwindSafe(|| self.resolver.list(None)));
        let readers = std::mem::take(&mut *self.readers.lock());
        for reader in readers {
            tell_listing(listed.as_ref().ok(), &reader);
        }
    }

    fn list_one(&self, source: &str, reader: &Requester) {
        let listed = catch_unwind(AssertUnwindSafe(|| self.resolver.list(Some(source))));
        tell_listing(listed.as_ref().ok(), reader);
    }

    fn delete(&self, name: &str) -> Result<String, CatalogError> {
        let name = ModelName::new(name, self.resolver.formats())?;
        let stores: Vec<Store> = self.resolver.all_stores();
        // In the folder that has it; what the first one says when none has.
        let has = |store: &&Store| manifest::get(store, &name).ok().flatten().is_some();
        let there = |store: &&Store| store.model(&name).exists();
        let store = stores.iter().find(has).or_else(|| stores.iter().find(there)).or(stores.first());
        manifest::delete(store.ok_or(CatalogError::NoFolder)?, &name)?;
        Ok(name.to_string())
    }
}

fn tell_listing(listed: Option<&(Result<Listing, CatalogError>, Option<CatalogError>)>, reader: &Requester) {
    let Some((listing, trouble)) = listed else {
        return reader
            .report(CatalogReport::Failed(CatalogError::Internal { what: "a listing stopped".into() }));
    };
    if let Some(trouble) = trouble {
        reader.report(CatalogReport::Trouble(trouble.clone()));
    }
    reader.report(match listing {
        Ok(listing) => CatalogReport::Listing(listing.clone()),
        Err(error) => CatalogReport::Failed(error.clone()),
    });
}
