//! The catalogue itself: takes requests from any thread without making it wait, answers from its own.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use crossbeam_channel::Sender;
use parking_lot::Mutex;

use super::{
    crew::Crew,
    error::CatalogError,
    listing::Listing,
    names::ModelName,
    record,
    seeker::{Order, Seeker, Surroundings},
    store::Store,
    under_way::Downloads,
};

/// How many things beside downloads run at a time.
const ERRANDS: usize = 4;

/// What may be asked of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// What there is, in all sources or in one.
    List {
        /// The source, if only one is meant.
        source: Option<String>,
    },
    /// Bring a model.
    Download {
        /// Its card, as it was typed.
        card: String,
        /// The name of the file, if it was typed.
        name: Option<String>,
        /// Whether a file of that name may be replaced.
        force: bool,
    },
    /// Call downloads off: that of a card, or all of this asker.
    Cancel(Option<String>),
    /// Delete a file that the catalogue has brought.
    Delete(String),
}

/// What the catalogue answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// To [`Ask::List`].
    Listing(Listing),
    /// To [`Ask::Download`], at most four times a second.
    Progress {
        /// The card's id.
        card: String,
        /// How many bytes are there.
        bytes: u64,
        /// How many there will be, if that is known.
        total: Option<u64>,
    },
    /// To [`Ask::Download`], in the end.
    Downloaded {
        /// The card's id.
        card: String,
        /// The file.
        path: PathBuf,
    },
    /// To whoever asked for a download that was called off.
    Cancelled {
        /// The card.
        card: String,
    },
    /// To [`Ask::Delete`].
    Deleted {
        /// The file's name.
        name: String,
    },
    /// Something was wrong; the answers that are awaited still come.
    Trouble(CatalogError),
    /// The answer, when it could not be done.
    Failed(CatalogError),
}

impl Answer {
    /// Whether nothing follows it.
    pub fn is_last(&self) -> bool {
        !matches!(self, Self::Progress { .. } | Self::Trouble(_))
    }
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Asker {
    /// Tells it from others.
    pub id: u64,
    /// Where answers go. When nobody reads them any more the work goes on.
    pub answers: Sender<Answer>,
}

impl Asker {
    /// A new one.
    pub fn new(answers: Sender<Answer>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self { id: NEXT.fetch_add(1, Relaxed), answers }
    }

    /// Answers.
    pub fn tell(&self, answer: Answer) {
        let _gone = self.answers.send(answer);
    }
}

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
    /// The catalogue of this process, with the sources and folders of this machine.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Catalogue> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(Surroundings::of_this_machine()))
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
        let name = ModelName::new(name)?;
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
