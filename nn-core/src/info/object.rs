//! The box `nn.info`, without a host.
//!
//! Main thread only. Requests wait in one queue and are answered in order: an answer is about the file that was set
//! last before its question. Files are read and written on the loader thread.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::{
    Description, InfoContext, InfoEvent, Outlet,
    examining::Examining,
    request::{InfoRequest, parse},
    save::{SaveError, place, save},
    self_testing::SelfTesting,
};
use crate::{
    catalog_client::CatalogClient,
    find_model,
    main_thread::OnMainThread,
    message::{Atom, CatalogEvent, text},
    summary::Summary,
};
use nn_engine::loader::{LIMIT_VARIABLE, Loader, PATIENCE, load_limit};
use nn_model::{
    ModelLocation, ModelSource,
    shown::{self, plain},
};
use nn_process::exit;

/// How often to check for an awaited answer.
const LOOK: Duration = Duration::from_micros(200);

/// An entry of the queue.
enum Entry {
    /// A model is being described; the entries after it are about it.
    Read { location: ModelLocation, job: Job<Box<Description>> },
    /// A file is being written.
    Saved { path: PathBuf, job: Job<Result<(), SaveError>> },
    /// A question about the present file.
    Ask(InfoRequest),
    /// An error in a message.
    Error(String),
    /// [`NnInfo::ask_summary`].
    Summary,
    /// [`NnInfo::bind`].
    Bind(String),
}

/// A job of the loader.
struct Job<T> {
    answer: Receiver<T>,
    /// When it was first waited for.
    since: Option<Instant>,
}

/// The state of a job.
enum Came<T> {
    NotYet,
    Done(T),
    /// It failed, or took too long.
    Never(String),
}

impl<T: Send + 'static> Job<T> {
    fn submit(loader: &Loader, work: impl FnOnce() -> T + Send + 'static) -> Self {
        let (sender, answer) = bounded(1);
        loader.submit(move || {
            // The box may be gone.
            let _gone = sender.send(work());
        });
        Self { answer, since: None }
    }

    /// Checks for the answer. A job that never returns must not block the queue for ever.
    fn look(&mut self) -> Came<T> {
        let since = *self.since.get_or_insert_with(Instant::now);
        match self.answer.try_recv() {
            Ok(answer) => Came::Done(answer),
            Err(TryRecvError::Disconnected) => Came::Never("it broke off inside: try another file".into()),
            Err(TryRecvError::Empty) if since.elapsed() > load_limit() => Came::Never(format!(
                "given up after {} s: try it from a faster disk, or set {LIMIT_VARIABLE} to more seconds",
                load_limit().as_secs()
            )),
            Err(TryRecvError::Empty) => Came::NotYet,
        }
    }
}

/// A box `nn.info`. Neither `Send` nor `Sync`: it stays on the host's main thread.
pub struct NnInfo {
    thread: OnMainThread,
    source: Arc<dyn ModelSource>,
    loader: &'static Loader,
    pub(super) description: Option<Description>,
    /// In the order in which they came.
    queue: VecDeque<Entry>,
    summary: Option<Summary>,
    pub(super) events: Vec<InfoEvent>,
    catalog: CatalogClient,
    examining: Examining,
    self_testing: SelfTesting,
}

impl NnInfo {
    /// Creates a box from its creation arguments. It always exists afterwards; errors are among the events.
    ///
    /// Thread: main.
    pub fn new(
        source: Arc<dyn ModelSource>,
        loader: &'static Loader,
        atoms: &[Atom],
        around: &InfoContext<'_>,
    ) -> Self {
        exit::arm();
        let mut info = Self {
            thread: OnMainThread::default(),
            source,
            loader,
            description: None,
            queue: VecDeque::new(),
            summary: None,
            events: Vec::new(),
            catalog: CatalogClient::default(),
            examining: Examining::default(),
            self_testing: SelfTesting::default(),
        };
        match atoms {
            [] => {}
            // Hosts put 0 where $1 is not given.
            [atom] if atom.number() == Some(0.0) => {}
            [Atom::Symbol(name)] => info.set(name, around),
            _ => info.error(format!(
                "arguments '{}' are no model: type [nn.info MODEL] or [nn.info]",
                text(atoms)
            )),
        }
        info
    }

    /// Handles a message to the box. It is answered at once if nothing else waits, otherwise in order by
    /// [`NnInfo::poll`].
    ///
    /// Thread: main.
    pub fn handle(&mut self, selector: &str, atoms: &[Atom], around: &InfoContext<'_>) {
        match parse(selector, atoms) {
            Ok(InfoRequest::Set(name)) => self.set(&name, around),
            Ok(InfoRequest::Write(name)) => {
                // The file is resolved now, when the name is typed.
                let place = shown::path(&place(&name, around.folder));
                self.want(Entry::Ask(InfoRequest::Write(place)));
            }
            Ok(InfoRequest::Catalog(request)) => self.catalog.request(request),
            Ok(InfoRequest::Doctor) => self.examining.begin(self.source.clone(), self.loader, around),
            Ok(InfoRequest::SelfTest(request)) => {
                if self.self_testing.handle(request, around, self.loader) {
                    self.examining.begin(self.source.clone(), self.loader, around);
                }
                self.events.extend(self.self_testing.take_events());
            }
            Ok(request) => self.want(Entry::Ask(request)),
            Err(error) => self.want(Entry::Error(error.to_string())),
        }
    }

    /// Collects answers, until there is an event or nothing more has come. Cheap: call it on a timer while
    /// [`NnInfo::pending`], and again at once after it had an event.
    ///
    /// Thread: main.
    pub fn poll(&mut self) {
        self.loader.look_after(PATIENCE);
        for said in self.catalog.poll() {
            match said {
                CatalogEvent::Note(line) => self.note(&line),
                CatalogEvent::Error(line) => self.error(line),
                CatalogEvent::Info(selector, atoms) => self.send(Outlet::Catalog, selector, atoms),
            }
        }
        let told = self.examining.poll();
        let of_the_test = self.self_testing.poll(&told);
        self.events.extend(told.into_iter().chain(of_the_test));
        while self.events.is_empty() && self.step() {}
    }

    /// The same, and waits for the next event while anything is pending: for hosts that do not play in real time.
    ///
    /// Thread: main.
    pub fn settle(&mut self) {
        self.poll();
        while self.events.is_empty() && self.pending() && !exit::leaving() {
            std::thread::sleep(LOOK);
            self.poll();
        }
    }

    /// The same without waiting for the catalog and the doctor: for messages that arrive while an event is emitted.
    ///
    /// Thread: main.
    pub fn settle_questions(&mut self) {
        while self.events.is_empty() && !self.queue.is_empty() && !exit::leaving() {
            if !self.step() {
                self.loader.look_after(PATIENCE);
                std::thread::sleep(LOOK);
            }
        }
    }

    /// Requests a text about the model; [`NnInfo::take_summary`] returns it when it is ready.
    ///
    /// Thread: main.
    pub fn ask_summary(&mut self) {
        self.want(Entry::Summary);
    }

    /// The requested text, once, when it is ready.
    ///
    /// Thread: main.
    pub fn take_summary(&mut self) -> Option<Summary> {
        self.summary.take()
    }

    /// Names the dictionary for all descriptions that are requested from now on; [`InfoEvent::Bind`] says from when it
    /// applies.
    ///
    /// Thread: main.
    pub fn bind(&mut self, name: String) {
        self.want(Entry::Bind(name));
    }

    /// The last model that was set and is one.
    ///
    /// Thread: main.
    pub fn model_location(&self) -> Option<&ModelLocation> {
        let awaited = self.queue.iter().rev().find_map(|entry| match entry {
            Entry::Read { location, .. } => Some(location),
            _ => None,
        });
        awaited.or_else(|| self.description.as_ref().map(|description| &description.location))
    }

    /// True while an answer is pending: then poll often.
    ///
    /// Thread: main.
    pub fn pending(&self) -> bool {
        let done = self.queue.is_empty() && !self.catalog.pending() && !self.examining.pending();
        !done || self.self_testing.pending()
    }

    /// Events since the last call. Emit them after every borrow of the box is released, and all of them before the
    /// next [`NnInfo::poll`].
    ///
    /// Thread: main.
    pub fn take_events(&mut self) -> Vec<InfoEvent> {
        std::mem::take(&mut self.events)
    }

    fn set(&mut self, name: &str, around: &InfoContext<'_>) {
        let location = match find_model::model(name, &*self.source, around.find) {
            Ok(location) => location,
            Err(error) => return self.want(Entry::Error(error.to_string())),
        };
        let (source, there) = (self.source.clone(), location.clone());
        let job = Job::submit(self.loader, move || Box::new(source.inspect(&there)));
        self.want(Entry::Read { location, job });
    }

    pub(super) fn write(&mut self, path: PathBuf, text: String) {
        let file = path.clone();
        let job = Job::submit(self.loader, move || save(&file, &text));
        self.queue.push_front(Entry::Saved { path, job });
    }

    /// Does it at once if nothing is before it.
    fn want(&mut self, entry: Entry) {
        self.queue.push_back(entry);
        if self.queue.len() == 1 {
            self.step();
        }
    }

    /// Does the next entry. False if it is not ready, or there is none.
    fn step(&mut self) -> bool {
        match self.queue.pop_front() {
            None => return false,
            Some(Entry::Ask(request)) => self.answer(&request),
            Some(Entry::Error(line)) => self.error(line),
            Some(Entry::Bind(name)) => self.events.push(InfoEvent::Bind(name)),
            Some(Entry::Summary) => {
                self.summary = Some(match &self.description {
                    Some(description) => Summary::of_model("nn.info", &[], description),
                    None => Summary::without_model("nn.info", "send set MODEL"),
                });
            }
            Some(Entry::Read { location, mut job }) => match job.look() {
                Came::NotYet => {
                    self.queue.push_front(Entry::Read { location, job });
                    return false;
                }
                Came::Done(description) => {
                    for problem in &description.problems {
                        self.error(format!("{}: {problem}", location.title()));
                    }
                    self.description = Some(*description);
                }
                Came::Never(why) => self.error(format!("{}: cannot be read: {why}", location.title())),
            },
            Some(Entry::Saved { path, mut job }) => match job.look() {
                Came::NotYet => {
                    self.queue.push_front(Entry::Saved { path, job });
                    return false;
                }
                Came::Done(Ok(())) => {
                    let path = shown::path(&path);
                    self.note(&format!("wrote {path}"));
                    self.send(Outlet::Dictionary, "written", vec![Atom::symbol(path)]);
                }
                Came::Done(Err(error)) => self.error(error.to_string()),
                Came::Never(why) => self.error(format!("write: {} cannot be written: {why}", path.display())),
            },
        }
        true
    }

    pub(super) fn send(&mut self, outlet: Outlet, selector: &str, atoms: Vec<Atom>) {
        self.events.push(InfoEvent::Message { outlet, selector: selector.to_owned(), atoms });
    }

    fn note(&mut self, line: &str) {
        self.events.push(InfoEvent::Note(plain(&format!("nn.info: {line}"))));
    }

    /// Sends an error to the console and to the dictionary's outlet.
    pub(super) fn error(&mut self, line: String) {
        let line = plain(&line);
        self.events.push(InfoEvent::Error(format!("nn.info: {line}")));
        self.send(Outlet::Dictionary, "error", vec![Atom::symbol(line)]);
    }
}

impl std::fmt::Debug for NnInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NnInfo").field("description", &self.description).finish_non_exhaustive()
    }
}
