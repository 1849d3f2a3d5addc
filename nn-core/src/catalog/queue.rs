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
    fetching::Fetching,
    listing::Listing,
    names::ModelName,
    record,
    seeker::{Seeker, Surroundings},
    stop::Stop,
    store::Store,
};

/// How many downloads run at a time.
const DOWNLOADS: usize = 2;
/// How many other things run at a time.
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

    fn tell(&self, answer: Answer) {
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
    seeker: Seeker,
    downloads: Crew,
    errands: Crew,
    under_way: Mutex<Vec<Arc<UnderWay>>>,
    /// Who waits for the listing that is being made.
    readers: Mutex<Vec<Asker>>,
}

/// A download that runs or waits for its turn.
#[derive(Debug)]
struct UnderWay {
    wanted: String,
    name: Option<String>,
    force: bool,
    stop: Stop,
    /// The card's id, once it is known.
    id: OnceLock<String>,
    askers: Mutex<Vec<Asker>>,
}

impl Catalogue {
    /// The catalogue of this process, with the sources and folders of this machine.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Catalogue> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(Surroundings::of_this_machine()))
    }

    /// A catalogue of its own.
    pub fn new(surroundings: Surroundings) -> Self {
        let (under_way, readers) = Default::default();
        let seeker = Seeker::new(surroundings);
        let (downloads, errands) = (Crew::new(DOWNLOADS), Crew::new(ERRANDS));
        Self { inner: Arc::new(Inner { seeker, downloads, errands, under_way, readers }) }
    }

    /// Takes a request. Answers come through the asker's channel; one of them is the last. Never waits for anything
    /// but a lock that is held for moments.
    pub fn request(&self, ask: Ask, asker: &Asker) {
        let inner = self.inner.clone();
        let no_thread = || {
            asker.tell(Answer::Failed(CatalogError::Internal {
                what: "the system has no thread left".into(),
            }));
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
            Ask::Download { card, name, force } => self.download(card, name, force, asker),
            Ask::Cancel(card) => {
                self.inner.cancel(card, asker);
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

    fn download(&self, wanted: String, name: Option<String>, force: bool, asker: &Asker) -> bool {
        let mut under_way = self.inner.under_way.lock();
        let same =
            |other: &&Arc<UnderWay>| (&other.wanted, &other.name, other.force) == (&wanted, &name, force);
        if let Some(same) = under_way.iter().find(same) {
            same.askers.lock().push(asker.clone());
            return true;
        }
        let new = Arc::new(UnderWay {
            wanted,
            name,
            force,
            stop: Stop::default(),
            id: OnceLock::new(),
            askers: Mutex::new(vec![asker.clone()]),
        });
        let (inner, mine) = (self.inner.clone(), new.clone());
        let taken = self.inner.downloads.submit(move || inner.fetch(&mine));
        if taken {
            under_way.push(new);
        }
        taken
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

    /// Runs one download and tells everybody who asked for it.
    fn fetch(&self, mine: &Arc<UnderWay>) {
        let tell = |answer: Answer| mine.askers.lock().iter().for_each(|asker| asker.tell(answer.clone()));
        let mut fetching = Fetching::new(&mine.stop, &mine.id, &tell);
        let result = catch_unwind(AssertUnwindSafe(|| {
            self.seeker.fetch(&mine.wanted, mine.name.as_deref(), mine.force, &mut fetching)
        }));
        let answer = match result {
            Ok(Ok((card, path))) => Answer::Downloaded { card, path },
            Ok(Err(CatalogError::Cancelled { card })) => Answer::Cancelled { card },
            Ok(Err(error)) => Answer::Failed(error),
            Err(_) => Answer::Failed(CatalogError::Internal { what: "a download stopped".into() }),
        };
        // Under the lock, so that nobody joins a download that has ended.
        let mut under_way = self.under_way.lock();
        under_way.retain(|other| !Arc::ptr_eq(other, mine));
        tell(answer);
    }

    /// Whoever waits is told at once, even if the server keeps the thread waiting.
    fn cancel(&self, card: Option<String>, asker: &Asker) {
        let mut under_way = self.under_way.lock();
        let meant = |one: &UnderWay| match &card {
            Some(card) => {
                one.wanted == *card
                    || one.id.get().is_some_and(|id| id == card || id.ends_with(&format!("/{card}")))
            }
            None => one.askers.lock().iter().any(|other| other.id == asker.id),
        };
        let (stopped, left): (Vec<_>, Vec<_>) = under_way.drain(..).partition(|one| meant(one));
        *under_way = left;
        if stopped.is_empty() {
            let card = card.unwrap_or_else(|| "this box".into());
            return asker.tell(Answer::Trouble(CatalogError::NothingToCancel { card }));
        }
        for one in stopped {
            one.stop.cancel();
            let card = one.id.get().unwrap_or(&one.wanted).clone();
            for asker in one.askers.lock().drain(..) {
                asker.tell(Answer::Cancelled { card: card.clone() });
            }
        }
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
