//! The tests' side: the process, and models in it.

use std::io::BufReader;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::protocol::{self, Answer, Request, Value};

/// How long libtorch may take to be mapped on a busy machine.
const START: Duration = Duration::from_secs(120);
/// How long one call may take there. A model that hangs is a failure of the test.
const CALL: Duration = Duration::from_secs(120);

/// Samples and their shape, row-major: `[batch, channels, frames]` for methods that make sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// As many as the product of the shape.
    pub samples: Vec<f32>,
    /// The sizes of the axes.
    pub shape: Vec<usize>,
}

/// Why a method gave no tensor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It raised: all that libtorch says of it.
    Raised(String),
    /// It gave something else: its type.
    NotATensor(String),
}

/// A model of its own, loaded by `tch`.
#[derive(Debug)]
pub struct Model {
    number: usize,
}

/// Loads a model.
///
/// # Panics
/// When the program is missing or libtorch does not take the file: both are failures of a test.
pub fn load(path: &Path) -> Model {
    let path = std::path::absolute(path).expect("a path");
    match process().ask(&Request::Load(path.clone()), &[]) {
        (Answer::Done(number), _) => Model { number },
        (other, _) => panic!("{}: {other:?}", path.display()),
    }
}

impl Model {
    /// Calls a method with one tensor. State moves on by one call.
    ///
    /// # Errors
    /// When the method raises, or gives anything but a tensor of numbers.
    pub fn run(&mut self, method: &str, input: &Tensor) -> Result<Tensor, Fault> {
        let request = Request::Run { model: self.number, method: method.into(), shape: input.shape.clone() };
        match process().ask(&request, &input.samples) {
            (Answer::Tensor(shape), samples) => Ok(Tensor { samples, shape }),
            (Answer::Failed(what), _) => Err(Fault::Raised(what)),
            (Answer::NotATensor(what), _) => Err(Fault::NotATensor(what)),
            (other, _) => panic!("{method}: {other:?}"),
        }
    }

    /// Calls `set_<attribute>` with these values and gives what it answers, which is 0 when it took them.
    ///
    /// # Errors
    /// What libtorch says when the setter raises or is not there.
    pub fn set(&mut self, attribute: &str, values: &[Value]) -> Result<Vec<Value>, String> {
        self.ask(&format!("set_{attribute}"), values)
    }

    /// Calls `get_<attribute>`: one value for each part of its answer.
    ///
    /// # Errors
    /// What libtorch says when the getter raises or is not there.
    pub fn get(&mut self, attribute: &str) -> Result<Vec<Value>, String> {
        self.ask(&format!("get_{attribute}"), &[])
    }

    /// Begins the random numbers anew. All models of the process draw from the same: what is seeded is to be run before
    /// another is.
    ///
    /// # Panics
    /// When the program is gone.
    pub fn seed(&mut self, seed: i64) {
        let (answer, _) = process().ask(&Request::Seed(seed), &[]);
        assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    }

    fn ask(&mut self, method: &str, values: &[Value]) -> Result<Vec<Value>, String> {
        let values = values.to_vec();
        match process().ask(&Request::Ask { model: self.number, method: method.into(), values }, &[]) {
            (Answer::Values(values), _) => Ok(values),
            (Answer::Failed(what), _) => Err(what),
            (other, _) => panic!("{method}: {other:?}"),
        }
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        // In a test that has failed already the program may be gone.
        if !std::thread::panicking() {
            process().ask(&Request::Forget(self.number), &[]);
        }
    }
}

/// The program's process, which ends when the test's does.
struct Process {
    stream: BufReader<TcpStream>,
}

impl Process {
    /// What the models print goes to the program's own output: the answers come another way.
    fn start() -> Self {
        let program = program();
        assert!(program.is_file(), "{} is missing: run `cargo xtask oracle`", program.display());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port of this machine");
        let port = listener.local_addr().expect("its number").port();
        listener.set_nonblocking(true).expect("a listener that does not wait");
        let mut child = Command::new(&program)
            .arg(port.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let started = Instant::now();
        let stream = loop {
            if let Ok((stream, _)) = listener.accept() {
                break stream;
            }
            let ended = child.try_wait().expect("a child");
            assert!(ended.is_none(), "{} ended at once: {ended:?}", program.display());
            assert!(started.elapsed() < START, "{} does not answer", program.display());
            std::thread::sleep(Duration::from_millis(5));
        };
        stream.set_nonblocking(false).expect("a stream that waits");
        stream.set_nodelay(true).expect("a stream without delay");
        stream.set_read_timeout(Some(CALL)).expect("a limit");
        Self { stream: BufReader::new(stream) }
    }

    fn ask(&mut self, request: &Request, samples: &[f32]) -> (Answer, Vec<f32>) {
        protocol::send(self.stream.get_mut(), request, samples).expect("the oracle listens");
        let answer = protocol::receive(&mut self.stream).expect("an answer of the oracle");
        let answer = answer.unwrap_or_else(|| panic!("the oracle ended at {request:?}"));
        let samples = match &answer {
            Answer::Tensor(shape) => protocol::samples(&mut self.stream, shape).expect("its samples"),
            _ => Vec::new(),
        };
        (answer, samples)
    }
}

fn process() -> MutexGuard<'static, Process> {
    static PROCESS: OnceLock<Mutex<Process>> = OnceLock::new();
    // A test that failed while it held the process leaves it in order, or gone: the next call shows which.
    PROCESS.get_or_init(|| Mutex::new(Process::start())).lock().unwrap_or_else(PoisonError::into_inner)
}

/// Beside the tests: `target/PROFILE/deps/TEST` and `target/PROFILE/nn-oracle`.
fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a test has an executable");
    let folder = test.ancestors().nth(2).expect("a test lies in target/<profile>/deps");
    folder.join(format!("nn-oracle{}", std::env::consts::EXE_SUFFIX))
}
