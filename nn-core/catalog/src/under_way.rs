//! A download's way: what is known of its card without a server, else a look at the sources, then the bytes. Each part
//! has threads of its own, so that cards which nobody knows keep none waiting that are known.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use parking_lot::Mutex;

use crate::{
    card::Card,
    crew::Crew,
    error::CatalogError,
    fetching::Fetching,
    request::{Answer, Asker, Order},
    seeker::Seeker,
    sources::{Source, Sources},
    stop::Stop,
};

/// How many downloads run at a time.
const DOWNLOADS: usize = 2;
/// How many sets of sources are asked at a time.
const LOOKS: usize = 8;

/// A download that runs or waits for its turn.
#[derive(Debug)]
pub struct UnderWay {
    /// What is wanted.
    pub order: Order,
    /// Calls it off.
    pub stop: Stop,
    /// The card's id, once it is known.
    pub id: OnceLock<String>,
    /// Who wants it.
    pub askers: Mutex<Vec<Asker>>,
}

impl UnderWay {
    fn tell(&self, answer: &Answer) {
        self.askers.lock().iter().for_each(|asker| asker.tell(answer.clone()));
    }
}

/// All downloads, and the threads that work on them.
#[derive(Debug)]
pub struct Downloads {
    seeker: Arc<Seeker>,
    under_way: Mutex<Vec<Arc<UnderWay>>>,
    /// Sources that are being asked, and for whom.
    looks: Mutex<Vec<Arc<Look>>>,
    beginners: Crew,
    lookers: Crew,
    bringers: Crew,
}

/// Sources that are asked once for all who wait for them.
#[derive(Debug)]
struct Look {
    sources: Arc<Sources>,
    chosen: Vec<Source>,
    stop: Stop,
    waiting: Mutex<Vec<Waiting>>,
}

/// A download that waits for a listing, with what an older one said.
#[derive(Debug)]
struct Waiting {
    download: Arc<UnderWay>,
    before: Option<(Card, CatalogError)>,
}

/// Where a download goes next.
enum Next {
    /// Nobody knows the card yet, or what was known of it may be no longer true.
    Look { sources: Arc<Sources>, before: Option<(Card, CatalogError)> },
    /// It is known; `remembered` when by an older listing.
    Bring { sources: Arc<Sources>, card: Card, remembered: bool },
    /// It is there: the card's id and the file.
    There(String, PathBuf),
}

impl Downloads {
    /// None yet.
    pub fn new(seeker: Arc<Seeker>) -> Self {
        let (under_way, looks) = Default::default();
        let (beginners, lookers, bringers) = (Crew::new(1), Crew::new(LOOKS), Crew::new(DOWNLOADS));
        Self { seeker, under_way, looks, beginners, lookers, bringers }
    }

    /// Takes an order, or joins the download that has the same one. False if the system has no thread for it.
    pub fn request(self: &Arc<Self>, order: Order, asker: &Asker) -> bool {
        // What can be known at once is said at once.
        if let Err(error) = order.check(self.seeker.formats()) {
            asker.tell(Answer::Failed(error));
            return true;
        }
        let mut under_way = self.under_way.lock();
        if let Some(same) = under_way.iter().find(|other| other.order == order) {
            same.askers.lock().push(asker.clone());
            return true;
        }
        let (stop, id, askers) = (Stop::default(), OnceLock::new(), Mutex::new(vec![asker.clone()]));
        let new = Arc::new(UnderWay { order, stop, id, askers });
        let (all, mine) = (self.clone(), new.clone());
        let taken = self.beginners.submit(move || all.step(&mine, || all.begin(&mine)));
        if taken {
            under_way.push(new);
        }
        taken
    }

    /// Whoever waits is told at once, even if the server keeps the thread waiting.
    pub fn cancel(&self, card: Option<String>, asker: &Asker) {
        let mut under_way = self.under_way.lock();
        let meant = |one: &UnderWay| match &card {
            Some(card) => {
                one.order.wanted == *card
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
            let card = one.id.get().unwrap_or(&one.order.wanted).clone();
            for asker in one.askers.lock().drain(..) {
                asker.tell(Answer::Cancelled { card: card.clone() });
            }
        }
        self.stop_needless_looks();
    }

    /// Calls off the looks for which nobody waits any more.
    fn stop_needless_looks(&self) {
        let off = |waiting: &Waiting| waiting.download.stop.check("").is_err();
        self.looks.lock().retain(|look| {
            let needless = look.waiting.lock().iter().all(off);
            if needless {
                look.stop.cancel();
            }
            !needless
        });
    }

    /// Does one part of a download's way and sends it on.
    fn step(self: &Arc<Self>, mine: &Arc<UnderWay>, part: impl FnOnce() -> Result<Next, CatalogError>) {
        let result = catch_unwind(AssertUnwindSafe(|| {
            mine.stop.check(&mine.order.wanted)?;
            part()
        }));
        let stopped = || Err(CatalogError::Internal { what: "a download stopped".into() });
        self.go_on(mine, result.unwrap_or_else(|_| stopped()));
    }

    fn go_on(self: &Arc<Self>, mine: &Arc<UnderWay>, result: Result<Next, CatalogError>) {
        match result {
            Ok(Next::There(card, path)) => self.end(mine, &Answer::Downloaded { card, path }),
            Ok(Next::Bring { sources, card, remembered }) => {
                let (all, one) = (self.clone(), mine.clone());
                let taken = self.bringers.submit(move || {
                    all.step(&one, || all.bring(&one, sources, &card, remembered));
                });
                if !taken {
                    self.end(mine, &Answer::Failed(CatalogError::no_thread()));
                }
            }
            Ok(Next::Look { sources, before }) => self.look(mine, sources, before),
            Err(CatalogError::Cancelled { card }) => self.end(mine, &Answer::Cancelled { card }),
            Err(error) => self.end(mine, &Answer::Failed(error)),
        }
    }

    /// Tells everybody who asked for it.
    fn end(&self, mine: &Arc<UnderWay>, answer: &Answer) {
        // Under the lock, so that nobody joins a download that has ended.
        let mut under_way = self.under_way.lock();
        under_way.retain(|other| !Arc::ptr_eq(other, mine));
        mine.tell(answer);
    }

    /// Asks no server.
    fn begin(&self, mine: &UnderWay) -> Result<Next, CatalogError> {
        let (sources, trouble) = self.seeker.sources();
        if let Some(trouble) = trouble {
            mine.tell(&Answer::Trouble(trouble));
        }
        self.seeker.store()?;
        let sources = Arc::new(sources);
        Ok(match self.seeker.remembered(&sources, &mine.order.wanted) {
            Some(card) => Next::Bring { sources, card, remembered: true },
            None => Next::Look { sources, before: None },
        })
    }

    /// Has the sources asked that may have the card, unless that is being done already.
    fn look(
        self: &Arc<Self>,
        mine: &Arc<UnderWay>,
        sources: Arc<Sources>,
        before: Option<(Card, CatalogError)>,
    ) {
        let chosen: Vec<_> = sources.that_may_have(&mine.order.wanted).into_iter().cloned().collect();
        let waiting = Waiting { download: mine.clone(), before };
        let mut looks = self.looks.lock();
        let same = |look: &&Arc<Look>| (&look.chosen, &look.sources) == (&chosen, &sources);
        if let Some(same) = looks.iter().find(same) {
            same.waiting.lock().push(waiting);
            return;
        }
        let (stop, waiting) = (Stop::default(), Mutex::new(vec![waiting]));
        let look = Arc::new(Look { sources, chosen, stop, waiting });
        let (all, new) = (self.clone(), look.clone());
        if self.lookers.submit(move || all.ask(&new)) {
            looks.push(look);
        } else {
            drop(looks);
            self.end(mine, &Answer::Failed(CatalogError::no_thread()));
        }
    }

    /// Asks sources for all who wait for them.
    fn ask(self: &Arc<Self>, look: &Arc<Look>) {
        let asked = AssertUnwindSafe(|| self.seeker.ask(&look.sources, &look.chosen, &look.stop));
        let stopped = |_| CatalogError::Internal { what: "a listing stopped".into() };
        let listing = catch_unwind(asked).map_err(stopped);
        // From here on nobody joins.
        self.looks.lock().retain(|other| !Arc::ptr_eq(other, look));
        let waiting = std::mem::take(&mut *look.waiting.lock());
        for Waiting { download, before } in waiting {
            let find =
                |wanted: &str| listing.as_ref().map_err(Clone::clone)?.find(wanted, self.seeker.formats());
            self.step(&download, || found(&look.sources, find(&download.order.wanted)?, before));
        }
    }

    /// Brings a card that is known.
    fn bring(
        &self,
        mine: &UnderWay,
        sources: Arc<Sources>,
        card: &Card,
        remembered: bool,
    ) -> Result<Next, CatalogError> {
        let tell = |answer: Answer| mine.tell(&answer);
        let mut fetching = Fetching::new(&mine.stop, &mine.id, &tell);
        match self.seeker.bring(&sources, card, &mine.order, &mut fetching) {
            Ok(path) => Ok(Next::There(card.id.clone(), path)),
            // The listing may have been too old after all.
            Err(error) if remembered && error.is_of_another_listing() => {
                Ok(Next::Look { sources, before: Some((card.clone(), error)) })
            }
            Err(error) => Err(error),
        }
    }
}

/// What a listing of this moment says of a card.
fn found(
    sources: &Arc<Sources>,
    card: Card,
    before: Option<(Card, CatalogError)>,
) -> Result<Next, CatalogError> {
    match before {
        Some((old, error)) if old == card => Err(error),
        _ => Ok(Next::Bring { sources: sources.clone(), card, remembered: false }),
    }
}
