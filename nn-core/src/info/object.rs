//! What `nn.info` is, host-free.
//!
//! Main thread only. Files are read and written on the loader's thread; what asks for a description that is still
//! being made is answered when it is there.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::{
    Description, Tree,
    description::numbers,
    request::{Request, parse},
    save::{SaveError, place, save},
};
use crate::{
    desk::Desk,
    engine::{
        exit,
        loader::{Loader, PATIENCE, load_limit},
    },
    lookup::{Find, model_file},
    message::{Atom, Said, text},
    model::ModelSource,
    sheet::Sheet,
};

/// The outlets, left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlet {
    /// `symbol PATH`.
    Path,
    /// `method NAME`, once for each.
    Methods,
    /// `attribute NAME`, once for each.
    Attributes,
    /// `NAME channels_in n` and the like.
    Parameters,
    /// The dictionary, and what went wrong.
    Dictionary,
    /// Models that can be downloaded.
    Catalogue,
}

/// How often to look for an answer that is waited for.
const LOOK: Duration = Duration::from_micros(200);

/// How many outlets there are.
pub const OUTLETS: usize = 6;

/// What the box has to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A line on the console.
    Note(String),
    /// An error on the console.
    Error(String),
    /// A message on an outlet.
    Message {
        /// Which one.
        outlet: Outlet,
        /// The message's name.
        selector: String,
        /// Its values.
        atoms: Vec<Atom>,
    },
    /// A dictionary on an outlet; hosts without dictionaries send [`Tree::lists`].
    Dictionary {
        /// Which one.
        outlet: Outlet,
        /// Keys and values.
        tree: Tree,
    },
}

/// What the box finds around it.
#[derive(Clone)]
pub struct Surroundings<'a> {
    /// Where models are looked for.
    pub find: Find<'a>,
    /// The folder of the patch.
    pub folder: Option<&'a Path>,
}

enum Answer {
    /// The description that was asked for with this number.
    Read(u64, Box<Description>),
    Saved(PathBuf, Result<(), SaveError>),
}

/// A box `nn.info`.
pub struct NnInfo {
    source: Arc<dyn ModelSource>,
    loader: &'static Loader,
    answers: Receiver<Answer>,
    answer: Sender<Answer>,
    description: Option<Description>,
    /// Number of the newest reading, and whether it is under way.
    reading: u64,
    reads: bool,
    saves: usize,
    wants_sheet: bool,
    /// What waits for the description that is being made.
    deferred: Vec<Request>,
    events: Vec<Event>,
    desk: Desk,
}

impl NnInfo {
    /// Makes a box from its creation arguments. It always exists afterwards; what is wrong is among the events.
    pub fn new(
        source: Arc<dyn ModelSource>,
        loader: &'static Loader,
        atoms: &[Atom],
        around: &Surroundings<'_>,
    ) -> Self {
        exit::arm();
        let (answer, answers) = unbounded();
        let mut info = Self {
            source,
            loader,
            answers,
            answer,
            description: None,
            reading: 0,
            reads: false,
            saves: 0,
            wants_sheet: false,
            deferred: Vec::new(),
            events: Vec::new(),
            desk: Desk::default(),
        };
        match atoms {
            [] => {}
            // What hosts put where $1 is not given.
            [atom] if atom.number() == Some(0.0) => {}
            [Atom::Symbol(name)] => info.set(name, around),
            _ => info.error(format!(
                "arguments '{}' are no model: type [nn.info MODEL] or [nn.info]",
                text(atoms)
            )),
        }
        info
    }

    /// A message to the box.
    pub fn handle(&mut self, selector: &str, atoms: &[Atom], around: &Surroundings<'_>) {
        match parse(selector, atoms) {
            Ok(Request::Set(name)) => self.set(&name, around),
            Ok(Request::Write(name)) => {
                // Where a name leads is decided where it is typed.
                self.want(Request::Write(place(&name, around.folder).display().to_string()));
            }
            Ok(Request::Catalogue(request)) => self.desk.request(request),
            Ok(request) => self.want(request),
            Err(error) => self.error(error.to_string()),
        }
    }

    /// Looks for answers. Cheap; to be called from time to time while [`NnInfo::pending`].
    pub fn poll(&mut self) {
        self.loader.look_after(PATIENCE);
        for said in self.desk.poll() {
            match said {
                Said::Note(line) => self.events.push(Event::Note(format!("nn.info: {line}"))),
                Said::Error(line) => self.error(line),
                Said::Info(selector, atoms) => self.send(Outlet::Catalogue, selector, atoms),
            }
        }
        while let Ok(answer) = self.answers.try_recv() {
            match answer {
                Answer::Read(number, description) if number == self.reading => {
                    self.reads = false;
                    for problem in &description.problems {
                        self.events.push(Event::Error(format!(
                            "nn.info: {}: {problem}",
                            file_name(&description.path)
                        )));
                    }
                    self.description = Some(*description);
                    for request in std::mem::take(&mut self.deferred) {
                        self.answer(request);
                    }
                }
                // Another one has been asked for since.
                Answer::Read(..) => {}
                Answer::Saved(path, result) => {
                    self.saves -= 1;
                    match result {
                        Ok(()) => {
                            let path = path.display().to_string();
                            self.events.push(Event::Note(format!("nn.info: wrote {path}")));
                            self.send(Outlet::Dictionary, "written", vec![Atom::symbol(path)]);
                        }
                        Err(error) => self.error(error.to_string()),
                    }
                }
            }
        }
    }

    /// The same, and waits until all that was asked for is there, but for what the catalogue is asked: for hosts that do not
    /// play in real time. Gives up after the time that a load may take.
    pub fn settle(&mut self) {
        let begin = Instant::now();
        self.poll();
        while (self.reads || self.saves > 0) && begin.elapsed() < load_limit() && !exit::leaving() {
            std::thread::sleep(LOOK);
            self.poll();
        }
    }

    /// Asks for a text about the model: [`NnInfo::take_sheet`] has it when the file has been read.
    pub fn ask_sheet(&mut self) {
        self.wants_sheet = true;
    }

    /// The text that was asked for, once, when it is there.
    pub fn take_sheet(&mut self) -> Option<Sheet> {
        if self.reads || !std::mem::take(&mut self.wants_sheet) {
            return None;
        }
        Some(match &self.description {
            Some(description) => Sheet::of_model("nn.info", &[], description),
            None => Sheet::without_model("nn.info", "send set MODEL"),
        })
    }

    /// The file that is described.
    pub fn model_path(&self) -> Option<&Path> {
        self.description.as_ref().map(|description| description.path.as_path())
    }

    /// True while an answer is on its way: then poll often.
    pub fn pending(&self) -> bool {
        self.reads || self.saves > 0 || self.desk.pending()
    }

    /// What has been said since the last call. Emit it after every borrow of the box is released.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    fn set(&mut self, name: &str, around: &Surroundings<'_>) {
        let path = match model_file(name, around.find) {
            Ok(path) => path,
            Err(error) => return self.error(error.to_string()),
        };
        self.reading += 1;
        self.reads = true;
        let (number, source, answer) = (self.reading, self.source.clone(), self.answer.clone());
        self.loader.submit(move || {
            let description = source.inspect(&path);
            // The box may be gone.
            let _gone = answer.send(Answer::Read(number, Box::new(description)));
        });
    }

    /// Answers now, or when the description that is being made is there.
    fn want(&mut self, request: Request) {
        if self.reads { self.deferred.push(request) } else { self.answer(request) }
    }

    fn answer(&mut self, request: Request) {
        let Some(description) = self.description.take() else {
            if matches!(request, Request::Path | Request::Dump) {
                self.send(Outlet::Path, "symbol", vec![Atom::symbol("none")]);
            }
            if request != Request::Path {
                self.error("there is no model yet: send set MODEL".into());
            }
            return;
        };
        self.tell(&description, request);
        self.description = Some(description);
    }

    fn tell(&mut self, description: &Description, request: Request) {
        let spec = &description.spec;
        match request {
            // Right to left, as hosts do: what comes last is on the left.
            Request::Dump => {
                for request in [
                    Request::Dictionary,
                    Request::Parameters(None),
                    Request::Attributes,
                    Request::Methods,
                    Request::Path,
                ] {
                    self.tell(description, request);
                }
            }
            Request::Path => {
                self.send(Outlet::Path, "symbol", vec![Atom::symbol(description.path.display().to_string())]);
            }
            Request::Methods => {
                for method in &spec.methods {
                    self.send(Outlet::Methods, "method", vec![Atom::symbol(&*method.name)]);
                }
            }
            Request::Attributes => {
                for attribute in &spec.attributes {
                    self.send(Outlet::Attributes, "attribute", vec![Atom::symbol(&*attribute.name)]);
                }
            }
            Request::Parameters(None) => {
                let methods = spec.methods.iter().map(|method| &method.name);
                for name in methods.chain(spec.attributes.iter().map(|attribute| &attribute.name)) {
                    self.parameters(description, name);
                }
            }
            Request::Parameters(Some(name)) => self.parameters(description, &name),
            Request::Dictionary => {
                self.events.push(Event::Dictionary { outlet: Outlet::Dictionary, tree: description.tree() });
            }
            Request::Write(path) => {
                let (path, text, answer) = (PathBuf::from(path), description.to_yaml(), self.answer.clone());
                self.saves += 1;
                self.loader.submit(move || {
                    let result = save(&path, &text);
                    let _gone = answer.send(Answer::Saved(path, result));
                });
            }
            // They need no description, and have been done.
            Request::Set(_) | Request::Catalogue(_) => {}
        }
    }

    /// Of a method and of an attribute, should both have the name.
    fn parameters(&mut self, description: &Description, name: &str) {
        let (method, attribute) = (description.spec.method(name), description.spec.attribute(name));
        for (key, number) in method.map(numbers).into_iter().flatten() {
            self.send(Outlet::Parameters, name, vec![Atom::symbol(key), Atom::Int(number as i64)]);
        }
        if let Some(attribute) = attribute {
            let types = attribute.types.iter().map(|t| Atom::symbol(t.name()));
            let atoms = std::iter::once(Atom::symbol("attribute_type")).chain(types).collect();
            self.send(Outlet::Parameters, name, atoms);
        }
        if method.is_none() && attribute.is_none() {
            let spec = &description.spec;
            let methods = spec.methods.iter().map(|method| method.name.as_str());
            let has: Vec<_> = methods.chain(spec.attributes.iter().map(|a| a.name.as_str())).collect();
            let has =
                if has.is_empty() { "neither methods nor attributes".to_owned() } else { has.join(", ") };
            self.error(format!("parameters: no method or attribute '{name}': the model has {has}"));
        }
    }

    fn send(&mut self, outlet: Outlet, selector: &str, atoms: Vec<Atom>) {
        self.events.push(Event::Message { outlet, selector: selector.to_owned(), atoms });
    }

    /// On the console and beside the dictionary.
    fn error(&mut self, line: String) {
        self.events.push(Event::Error(format!("nn.info: {line}")));
        self.send(Outlet::Dictionary, "error", vec![Atom::symbol(line)]);
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

impl std::fmt::Debug for NnInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NnInfo").field("description", &self.description).finish_non_exhaustive()
    }
}
