//! The steps of a download: what is known of its card without a server, else the sources are asked, then the bytes.
//! Each step has threads of its own, so that cards which nobody knows keep none waiting that are known.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use parking_lot::Mutex;

use crate::{
    cancel::Cancel,
    entry::CatalogEntry,
    error::CatalogError,
    progress::DownloadProgress,
    request::{CatalogReport, DownloadRequest, Requester},
    resolver::Resolver,
    sources::{Source, Sources},
    thread_pool::ThreadPool,
};

/// How many downloads run at a time.
const DOWNLOADS: usize = 2;
/// How many sets of sources are asked at a time.
const LOOKS: usize = 8;

/// A download that runs or waits for its turn.
#[derive(Debug)]
pub struct ActiveDownload {
    /// What is wanted.
    pub request: DownloadRequest,
    /// Cancels it.
    pub cancel: Cancel,
    /// The card's id, once it is known.
    pub id: OnceLock<String>,
    /// Who wants it.
    pub requesters: Mutex<Vec<Requester>>,
}

impl ActiveDownload {
    fn report(&self, answer: &CatalogReport) {
        self.requesters.lock().iter().for_each(|requester| requester.report(answer.clone()));
    }
}

/// All downloads, and the threads that work on them.
#[derive(Debug)]
pub struct Downloads {
    resolver: Arc<Resolver>,
    active: Mutex<Vec<Arc<ActiveDownload>>>,
    /// Sources that are being asked, and for whom.
    looks: Mutex<Vec<Arc<Look>>>,
    starters: ThreadPool,
    listers: ThreadPool,
    transfers: ThreadPool,
}

/// Sources that are asked once for all who wait for them.
#[derive(Debug)]
struct Look {
    sources: Arc<Sources>,
    chosen: Vec<Source>,
    cancel: Cancel,
    waiting: Mutex<Vec<Waiting>>,
}

/// A download that waits for a listing, with what an older one said.
#[derive(Debug)]
struct Waiting {
    download: Arc<ActiveDownload>,
    before: Option<(CatalogEntry, CatalogError)>,
}

/// Where a download goes next.
enum Next {
    /// Nobody knows the card yet, or what was known of it may be no longer true.
    Look { sources: Arc<Sources>, before: Option<(CatalogEntry, CatalogError)> },
    /// It is known; `remembered` when by an older listing.
    Download { sources: Arc<Sources>, entry: CatalogEntry, remembered: bool },
    /// It is there: the card's id and the file.
    There(String, PathBuf),
}

impl Downloads {
    /// None yet.
    pub fn new(resolver: Arc<Resolver>) -> Self {
        let (active, looks) = Default::default();
        let (starters, listers, transfers) =
            (ThreadPool::new(1), ThreadPool::new(LOOKS), ThreadPool::new(DOWNLOADS));
        Self { resolver, active, looks, starters, listers, transfers }
    }

    /// Takes a request, or joins the running download of the same. False if the system has no thread for it.
    pub fn request(self: &Arc<Self>, request: DownloadRequest, requester: &Requester) -> bool {
        // What can be known at once is said at once.
        if let Err(error) = request.check(self.resolver.formats()) {
            requester.report(CatalogReport::Failed(error));
            return true;
        }
        let mut active = self.active.lock();
        if let Some(same) = active.iter().find(|other| other.request == request) {
            same.requesters.lock().push(requester.clone());
            return true;
        }
        let (cancel, id, requesters) =
            (Cancel::default(), OnceLock::new(), Mutex::new(vec![requester.clone()]));
        let new = Arc::new(ActiveDownload { request, cancel, id, requesters });
        let (all, mine) = (self.clone(), new.clone());
        let taken = self.starters.submit(move || all.step(&mine, || all.begin(&mine)));
        if taken {
            active.push(new);
        }
        taken
    }

    /// Whoever waits is told at once, even if the server keeps the thread waiting.
    pub fn cancel(&self, entry: Option<String>, requester: &Requester) {
        let mut active = self.active.lock();
        let meant = |one: &ActiveDownload| match &entry {
            Some(entry) => {
                one.request.wanted == *entry
                    || one.id.get().is_some_and(|id| id == entry || id.ends_with(&format!("/{entry}")))
            }
            None => one.requesters.lock().iter().any(|other| other.id == requester.id),
        };
        let (stopped, left): (Vec<_>, Vec<_>) = active.drain(..).partition(|one| meant(one));
        *active = left;
        if stopped.is_empty() {
            let entry = entry.unwrap_or_else(|| "this box".into());
            return requester.report(CatalogReport::Trouble(CatalogError::NothingToCancel { model: entry }));
        }
        for one in stopped {
            one.cancel.cancel();
            let entry = one.id.get().unwrap_or(&one.request.wanted).clone();
            for requester in one.requesters.lock().drain(..) {
                requester.report(CatalogReport::Cancelled { model: entry.clone() });
            }
        }
        self.stop_needless_looks();
    }

    /// Cancels requests to sources for which nobody waits any more.
    fn stop_needless_looks(&self) {
        let off = |waiting: &Waiting| waiting.download.cancel.check("").is_err();
        self.looks.lock().retain(|look| {
            let needless = look.waiting.lock().iter().all(off);
            if needless {
                look.cancel.cancel();
            }
            !needless
        });
    }

    /// Does one step of a download and queues the next.
    fn step(self: &Arc<Self>, mine: &Arc<ActiveDownload>, part: impl FnOnce() -> Result<Next, CatalogError>) {
        let result = catch_unwind(AssertUnwindSafe(|| {
            mine.cancel.check(&mine.request.wanted)?;
            part()
        }));
        let stopped = || Err(CatalogError::Internal { what: "a download stopped".into() });
        self.go_on(mine, result.unwrap_or_else(|_| stopped()));
    }

    fn go_on(self: &Arc<Self>, mine: &Arc<ActiveDownload>, result: Result<Next, CatalogError>) {
        match result {
            Ok(Next::There(entry, path)) => self.end(mine, &CatalogReport::Downloaded { model: entry, path }),
            Ok(Next::Download { sources, entry, remembered }) => {
                let (all, one) = (self.clone(), mine.clone());
                let taken = self.transfers.submit(move || {
                    all.step(&one, || all.download(&one, sources, &entry, remembered));
                });
                if !taken {
                    self.end(mine, &CatalogReport::Failed(CatalogError::no_thread()));
                }
            }
            Ok(Next::Look { sources, before }) => self.look(mine, sources, before),
            Err(CatalogError::Cancelled { model }) => self.end(mine, &CatalogReport::Cancelled { model }),
            Err(error) => self.end(mine, &CatalogReport::Failed(error)),
        }
    }

    /// Tells everybody who asked for it.
    fn end(&self, mine: &Arc<ActiveDownload>, answer: &CatalogReport) {
        // Under the lock, so that nobody joins a download that has ended.
        let mut active = self.active.lock();
        active.retain(|other| !Arc::ptr_eq(other, mine));
        mine.report(answer);
    }

    /// Asks no server.
    fn begin(&self, mine: &ActiveDownload) -> Result<Next, CatalogError> {
        let (sources, trouble) = self.resolver.sources();
        if let Some(trouble) = trouble {
            mine.report(&CatalogReport::Trouble(trouble));
        }
        self.resolver.store()?;
        let sources = Arc::new(sources);
        Ok(match self.resolver.remembered(&sources, &mine.request.wanted) {
            Some(entry) => Next::Download { sources, entry, remembered: true },
            None => Next::Look { sources, before: None },
        })
    }

    /// Has the sources asked that may have the card, unless that is being done already.
    fn look(
        self: &Arc<Self>,
        mine: &Arc<ActiveDownload>,
        sources: Arc<Sources>,
        before: Option<(CatalogEntry, CatalogError)>,
    ) {
        let chosen: Vec<_> = sources.that_may_have(&mine.request.wanted).into_iter().cloned().collect();
        let waiting = Waiting { download: mine.clone(), before };
        let mut looks = self.looks.lock();
        let same = |look: &&Arc<Look>| (&look.chosen, &look.sources) == (&chosen, &sources);
        if let Some(same) = looks.iter().find(same) {
            same.waiting.lock().push(waiting);
            return;
        }
        let (cancel, waiting) = (Cancel::default(), Mutex::new(vec![waiting]));
        let look = Arc::new(Look { sources, chosen, cancel, waiting });
        let (all, new) = (self.clone(), look.clone());
        if self.listers.submit(move || all.ask(&new)) {
            looks.push(look);
        } else {
            drop(looks);
            self.end(mine, &CatalogReport::Failed(CatalogError::no_thread()));
        }
    }

    /// Asks sources for all who wait for them.
    fn ask(self: &Arc<Self>, look: &Arc<Look>) {
        let asked = AssertUnwindSafe(|| self.resolver.ask(&look.sources, &look.chosen, &look.cancel));
        let stopped = |_| CatalogError::Internal { what: "a listing stopped".into() };
        let listing = catch_unwind(asked).map_err(stopped);
        // From here on nobody joins.
        self.looks.lock().retain(|other| !Arc::ptr_eq(other, look));
        let waiting = std::mem::take(&mut *look.waiting.lock());
        for Waiting { download, before } in waiting {
            let find =
                |wanted: &str| listing.as_ref().map_err(Clone::clone)?.find(wanted, self.resolver.formats());
            self.step(&download, || found(&look.sources, find(&download.request.wanted)?, before));
        }
    }

    /// Downloads an entry that is known.
    fn download(
        &self,
        mine: &ActiveDownload,
        sources: Arc<Sources>,
        entry: &CatalogEntry,
        remembered: bool,
    ) -> Result<Next, CatalogError> {
        let report = |answer: CatalogReport| mine.report(&answer);
        let mut progress = DownloadProgress::new(&mine.cancel, &mine.id, &report);
        match self.resolver.download(&sources, entry, &mine.request, &mut progress) {
            Ok(path) => Ok(Next::There(entry.id.clone(), path)),
            // The listing may have been too old after all.
            Err(error) if remembered && error.is_of_another_listing() => {
                Ok(Next::Look { sources, before: Some((entry.clone(), error)) })
            }
            Err(error) => Err(error),
        }
    }
}

/// What a listing of this moment says of a card.
fn found(
    sources: &Arc<Sources>,
    entry: CatalogEntry,
    before: Option<(CatalogEntry, CatalogError)>,
) -> Result<Next, CatalogError> {
    match before {
        Some((old, error)) if old == entry => Err(error),
        _ => Ok(Next::Download { sources: sources.clone(), entry, remembered: false }),
    }
}
