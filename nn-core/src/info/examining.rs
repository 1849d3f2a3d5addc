//! The message `doctor`: what the machine is asked, on a thread of its own, and how it is told.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::{InfoContext, InfoEvent, Outlet, Tree};
use crate::{
    doctor::{BoxQuestion, Examination, SelfTest, State, inside},
    find_model::folder,
    message::Atom,
};
use nn_engine::loader::{Loader, load_limit};
use nn_model::{ModelSource, shown::plain};
use nn_process::{
    exit::{self, Presence},
    priority::Rank,
    stack,
};

/// For what is done besides loads, which have a limit of their own.
const MARGIN: Duration = Duration::from_secs(60);
/// The loads: libtorch, and two models, each of them once more where buffers were late.
const LOADS: u32 = 5;

/// What is under way for one box. Main thread; nothing here waits.
#[derive(Debug, Default)]
pub struct Examining(Option<UnderWay>);

#[derive(Debug)]
struct UnderWay {
    answer: Receiver<Examination>,
    since: Instant,
}

impl Examining {
    /// Begins, unless it is under way: then the one answer is for both.
    ///
    /// Thread: main.
    pub fn begin(&mut self, source: Arc<dyn ModelSource>, loader: &'static Loader, around: &InfoContext<'_>) {
        if self.0.is_some() {
            return;
        }
        // A host may look into a folder more than once.
        let searched = around.find.searched().into_iter().map(|place| folder(&place));
        let mut folders = Vec::new();
        for path in searched.filter(|path| path.is_absolute()) {
            let path: PathBuf = path.components().collect();
            if !folders.contains(&path) {
                folders.push(path);
            }
        }
        let question = BoxQuestion { host: around.host.cloned(), folders, rank: Rank::below_this_thread() };
        let (sender, answer) = bounded(1);
        let work = move || {
            Presence::prepare_thread();
            let test = SelfTest { source, loader, real_time: false };
            // The box may be gone.
            let _gone = sender.send(inside(&question, test));
            let Some(presence) = Presence::enter() else { exit::linger() };
            presence.until_the_thread_has_ended();
        };
        // Without threads the channel is closed at once, and that is told.
        let _refused = stack::thread("nn~ doctor", stack::WORKER_BYTES).spawn(work);
        self.0 = Some(UnderWay { answer, since: Instant::now() });
    }

    /// True while the answer is on its way.
    ///
    /// Thread: main.
    pub fn pending(&self) -> bool {
        self.0.is_some()
    }

    /// The answer, when it is there.
    ///
    /// Thread: main.
    pub fn poll(&mut self) -> Vec<InfoEvent> {
        let Some(UnderWay { answer, since }) = &self.0 else { return Vec::new() };
        let told = match answer.try_recv() {
            Ok(examination) => told(&examination),
            Err(TryRecvError::Disconnected) => broken_off("it broke off inside"),
            Err(TryRecvError::Empty) if since.elapsed() > load_limit() * LOADS + MARGIN => {
                broken_off("a disk or libtorch does not answer")
            }
            Err(TryRecvError::Empty) => return Vec::new(),
        };
        self.0 = None;
        told
    }
}

/// A line for each thing, then all of it for programs.
fn told(examination: &Examination) -> Vec<InfoEvent> {
    let line = |(state, line): (State, String)| match state {
        State::Fault => InfoEvent::Error(console(&line)),
        _ => InfoEvent::Note(console(&line)),
    };
    let mut events: Vec<_> = examination.lines().into_iter().map(line).collect();
    events.push(InfoEvent::Note(console(&examination.verdict())));
    let tree = Tree::Map(vec![("doctor".to_owned(), examination.tree())]);
    events.push(InfoEvent::Dictionary { outlet: Outlet::Dictionary, tree });
    events.push(examined(examination.plays()));
    events
}

fn broken_off(why: &str) -> Vec<InfoEvent> {
    let line = format!("doctor: {why}: run `nn doctor` instead");
    let error = InfoEvent::Message {
        outlet: Outlet::Dictionary,
        selector: "error".into(),
        atoms: vec![Atom::symbol(line.clone())],
    };
    vec![InfoEvent::Error(console(&line)), error, examined(false)]
}

/// The last message.
fn examined(plays: bool) -> InfoEvent {
    let atoms = vec![Atom::Int(plays.into())];
    InfoEvent::Message { outlet: Outlet::Dictionary, selector: "examined".into(), atoms }
}

fn console(line: &str) -> String {
    plain(&format!("nn.info: {line}"))
}
