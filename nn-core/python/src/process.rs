//! A process of the user's Python, which runs the scripts of all boxes that use the same interpreter.

use std::{
    collections::{HashMap, VecDeque},
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::{
        Arc, LazyLock, Weak,
        mpsc::{RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use nn_model::Printed;
use nn_process::{
    child::{Crash, Group},
    stack,
};
use parking_lot::Mutex;
use serde_json::Value;

use crate::wire::{self, Wire};

/// What the process does: one file without others, made of parts.
const PROGRAM: &str = concat!(
    include_str!("box/head.py"),
    "\n\n",
    include_str!("box/midi.py"),
    "\n\n",
    include_str!("box/console.py"),
    "\n\n",
    include_str!("box/asked.py"),
    "\n\n",
    include_str!("box/scripts.py"),
    "\n\n",
    include_str!("box/forms.py"),
    "\n\n",
    include_str!("box/player.py"),
    "\n\n",
    include_str!("box/doors.py"),
    "\n\n",
    include_str!("box/box.py"),
);
/// How long an interpreter may take until it accepts boxes.
const START: Duration = Duration::from_secs(20);
/// How long it may take to leave when nobody needs it any more.
const LEAVE: Duration = Duration::from_millis(500);
/// How much of the end of its standard error is kept, in bytes.
const TAIL_BYTES: usize = 4096;
/// Of the threads here, which read and wait.
const STACK_BYTES: usize = 256 << 10;
/// Lines that scripts printed and nobody has taken.
const MOST_LINES: usize = 64;
/// A line of the process that is longer is cut.
const MOST_LINE_BYTES: u64 = 1 << 16;

/// The processes that run, by their interpreters.
static ALL: LazyLock<Mutex<HashMap<PathBuf, Weak<Python>>>> = LazyLock::new(Mutex::default);

/// What interpreters have said of themselves: what they are, and their version.
static KNOWN: LazyLock<Mutex<HashMap<PathBuf, [String; 2]>>> = LazyLock::new(Mutex::default);

/// What is known of an interpreter at once: its path and, once it has run, its version.
pub(crate) fn told(interpreter: &Path) -> Vec<String> {
    let known = KNOWN.lock().get(interpreter).cloned();
    known.map_or_else(|| vec![interpreter.display().to_string()], Vec::from)
}

/// A process. It ends when its last box has gone.
#[derive(Debug)]
pub(crate) struct Python {
    group: Arc<Group>,
    /// Where its files lie. The thread that watches it has it too: some systems remove nothing that is open.
    folder: Arc<tempfile::TempDir>,
    state: Arc<Mutex<State>>,
    /// Its end tells the process that nobody is there any more.
    stdin: Option<ChildStdin>,
}

#[derive(Debug, Default)]
struct State {
    /// How it ended.
    ended: Option<String>,
    /// Why it was ended, where that was done here.
    reason: Option<String>,
    /// The connections of boxes, which learn of its end.
    boxes: Vec<Weak<Wire>>,
    /// Lines that scripts printed.
    printed: VecDeque<Printed>,
    /// The end of its standard error.
    tail: Vec<u8>,
}

impl State {
    /// Whether a box has waited too long, where that is found here: then that is the reason.
    fn overdue(&mut self) -> bool {
        let limit = self.boxes.iter().filter_map(Weak::upgrade).find_map(|wire| wire.overdue());
        if let Some(limit) = limit {
            self.reason.get_or_insert_with(|| took_longer(limit));
        }
        limit.is_some()
    }
}

/// Why a process is ended that does not answer.
pub(crate) fn took_longer(limit: Duration) -> String {
    format!("it took longer than {} s, and was ended", limit.as_secs_f32())
}

/// Why there is no process.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StartError {
    /// The system does not start it.
    #[error(
        "{interpreter} cannot be started ({what}): install Python 3.9 or later, or name it in {}",
        crate::VARIABLE
    )]
    NotStarted {
        /// What was to be started.
        interpreter: String,
        /// What the system said.
        what: String,
    },
    /// It ended or hung before it accepted boxes.
    #[error("{interpreter} does not run scripts: {what}")]
    NotReady {
        /// What was started.
        interpreter: String,
        /// What it said last, or how it ended.
        what: String,
    },
}

impl Python {
    /// The process of an interpreter; it is started where none runs.
    pub(crate) fn of(interpreter: &Path) -> Result<Arc<Self>, StartError> {
        // Held meanwhile: two boxes shall not start two.
        let mut all = ALL.lock();
        let known = all.get(interpreter).and_then(Weak::upgrade).filter(|python| python.ended().is_none());
        if let Some(known) = known {
            return Ok(known);
        }
        let python = Arc::new(Self::start(interpreter)?);
        all.insert(interpreter.to_owned(), Arc::downgrade(&python));
        Ok(python)
    }

    /// A process that no other box will use.
    pub(crate) fn own(interpreter: &Path) -> Result<Arc<Self>, StartError> {
        Self::start(interpreter).map(Arc::new)
    }

    fn start(interpreter: &Path) -> Result<Self, StartError> {
        let name = interpreter.display().to_string();
        let refused = |what: &dyn ToString| StartError::NotStarted {
            interpreter: name.clone(),
            what: what.to_string(),
        };
        let folder = Arc::new(folder().map_err(|error| refused(&error))?);
        let program = folder.path().join("box.py");
        std::fs::write(&program, PROGRAM).map_err(|error| refused(&error))?;
        let mut command = Command::new(interpreter);
        command.arg("-u").arg(&program).arg(wire::address(folder.path()));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if std::env::var_os("OMP_NUM_THREADS").is_none() {
            command.env("OMP_NUM_THREADS", "1");
        }
        let state = Arc::new(Mutex::new(State::default()));
        let (ready, begins) = sync_channel(1);
        let (watched, place) = (state.clone(), folder.clone());
        // The system ends the process with the thread that started it, so that thread waits for its end.
        let watcher = stack::thread("nn python", STACK_BYTES).spawn(move || {
            watch(command, &watched, &ready);
            drop(place);
        });
        watcher.map_err(|error| refused(&error))?;
        let (group, stdin) = match begins.recv() {
            Ok(Begun::Started(group, stdin)) => (group, stdin),
            Ok(Begun::Refused(what)) => return Err(refused(&what)),
            Ok(Begun::Ready(_)) | Err(_) => return Err(refused(&"it was lost")),
        };
        let python = Self { group, folder, state, stdin: Some(stdin) };
        let what = match begins.recv_timeout(START) {
            Ok(Begun::Ready(known)) => {
                KNOWN.lock().insert(interpreter.to_owned(), known);
                return Ok(python);
            }
            Err(RecvTimeoutError::Timeout) => {
                python.end("it did not begin");
                format!("it did not begin within {} s", START.as_secs())
            }
            Ok(_) | Err(RecvTimeoutError::Disconnected) => python.last_words(),
        };
        Err(StartError::NotReady { interpreter: name, what })
    }

    /// A connection for one more box.
    pub(crate) fn connect(&self) -> std::io::Result<Arc<Wire>> {
        let stream = Arc::new(Wire::connect(&wire::address(self.folder.path()))?);
        let mut state = self.state.lock();
        state.boxes.retain(|known| known.strong_count() > 0);
        state.boxes.push(Arc::downgrade(&stream));
        Ok(stream)
    }

    /// Where files lie that only this user can open.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&self) -> Option<String> {
        self.state.lock().ended.clone()
    }

    /// Ends it with everything that it started. Its boxes are told why.
    pub(crate) fn end(&self, why: &str) {
        self.state.lock().reason.get_or_insert_with(|| why.to_owned());
        self.group.end();
    }

    /// What scripts have printed since the last call.
    pub(crate) fn take_printed(&self) -> Option<Printed> {
        self.state.try_lock()?.printed.pop_front()
    }

    /// The last line on its standard error, or how it ended.
    fn last_words(&self) -> String {
        // What it said last may still be on its way.
        thread::sleep(Duration::from_millis(50));
        let state = self.state.lock();
        let said = String::from_utf8_lossy(&state.tail).into_owned();
        let last = said.lines().map(str::trim).rfind(|line| !line.is_empty()).map(str::to_owned);
        last.or_else(|| state.ended.clone()).unwrap_or_else(|| "it ended".into())
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // It leaves by itself, unless a script keeps it from that.
        self.stdin.take();
        let (group, state) = (self.group.clone(), self.state.clone());
        let _later = stack::thread("nn python end", STACK_BYTES).spawn(move || {
            thread::sleep(LEAVE);
            if state.lock().ended.is_none() {
                group.end();
            }
        });
    }
}

/// What becomes of a start.
enum Begun {
    Started(Arc<Group>, ChildStdin),
    Refused(String),
    /// What it is, and its version.
    Ready([String; 2]),
}

/// A folder that only this user can enter, in memory where the system has such a place.
fn folder() -> std::io::Result<tempfile::TempDir> {
    let builder = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix("nn-python-");
        builder
    };
    if Path::new("/dev/shm").is_dir()
        && let Ok(folder) = builder().tempdir_in("/dev/shm")
    {
        return Ok(folder);
    }
    builder().tempdir()
}

fn watch(mut command: Command, state: &Arc<Mutex<State>>, ready: &SyncSender<Begun>) {
    let (mut child, group) = match Group::start(&mut command) {
        Ok((child, group)) => (child, Arc::new(group)),
        Err(error) => {
            let _nobody = ready.send(Begun::Refused(error.to_string()));
            return;
        }
    };
    let readers = readers(&mut child, state, ready);
    if let Some(stdin) = child.stdin.take() {
        let _nobody = ready.send(Begun::Started(group.clone(), stdin));
    }
    let status = wire::until_ended(&mut child, || state.lock().overdue());
    // What it started does not outlive it.
    group.end();
    let how = status.map_or_else(|error| error.to_string(), how);
    let boxes = {
        let mut state = state.lock();
        let why = state.reason.clone().unwrap_or(how);
        state.ended = Some(why);
        std::mem::take(&mut state.boxes)
    };
    // Processes that it started may hold the other ends.
    for stream in boxes.iter().filter_map(Weak::upgrade) {
        stream.shut();
    }
    drop(readers);
}

fn readers(
    child: &mut Child,
    state: &Arc<Mutex<State>>,
    ready: &SyncSender<Begun>,
) -> Vec<thread::JoinHandle<()>> {
    let mut all = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let (state, ready) = (state.clone(), ready.clone());
        all.extend(stack::thread("nn python says", STACK_BYTES).spawn(move || {
            let mut lines = BufReader::new(stdout);
            let mut line = Vec::new();
            while matches!(lines.by_ref().take(MOST_LINE_BYTES).read_until(b'\n', &mut line), Ok(1..)) {
                said(&line, &state, &ready);
                line.clear();
            }
        }));
    }
    if let Some(mut stderr) = child.stderr.take() {
        let state = state.clone();
        all.extend(stack::thread("nn python errs", STACK_BYTES).spawn(move || {
            let mut piece = [0; 1024];
            while let Ok(count @ 1..) = stderr.read(&mut piece) {
                let mut state = state.lock();
                state.tail.extend_from_slice(&piece[..count]);
                let too_many = state.tail.len().saturating_sub(TAIL_BYTES);
                state.tail.drain(..too_many);
            }
        }));
    }
    all
}

/// One line of the process.
fn said(line: &[u8], state: &Mutex<State>, ready: &SyncSender<Begun>) {
    let Ok(line) = serde_json::from_slice::<Value>(line) else { return };
    if line["ready"] == true {
        let known = ["executable", "version"].map(|name| line[name].as_str().unwrap_or_default().to_owned());
        let _nobody = ready.try_send(Begun::Ready(known));
    }
    if let Some(text) = line["printed"].as_str() {
        let text = nn_model::shown::shortened(&nn_model::shown::plain(text), 200);
        let mut state = state.lock();
        if state.printed.len() < MOST_LINES {
            state.printed.push_back(Printed { text, is_warning: false, count: 1, is_line: true });
        } else if let Some(last) = state.printed.back_mut() {
            last.count = last.count.saturating_add(1);
        }
    }
}

fn how(status: ExitStatus) -> String {
    match (Crash::of_status(status), status.code()) {
        (Some(crash), _) => format!("it ended by a fault: {crash}"),
        (None, Some(code)) => format!("it ended by itself with exit code {code}"),
        (None, None) => "it ended".into(),
    }
}
