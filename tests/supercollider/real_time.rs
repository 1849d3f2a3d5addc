//! A server that plays in real time, through JACK without a sound card.

use std::{
    fs,
    net::UdpSocket,
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicU16, Ordering::Relaxed},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{
    offline::plugins,
    osc::{self, Arg, args, message},
    support::{RATE_HZ, backend},
};

/// How long an answer may take on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// JACK with no sound card, of a name of its own.
pub struct Jack {
    process: Child,
    name: String,
}

impl Jack {
    /// Starts it.
    pub fn start() -> Self {
        static NEXT: AtomicU16 = AtomicU16::new(0);
        let name = format!("nn-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Relaxed));
        let mut command = Command::new("jackd");
        command.args(["-n", &name, "--no-realtime", "-d", "dummy", "-r", &RATE_HZ.to_string(), "-p", "256"]);
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("jackd starts");
        std::thread::sleep(Duration::from_secs(1));
        Self { process, name }
    }

    /// What `JACK_DEFAULT_SERVER` is to be.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Jack {
    fn drop(&mut self) {
        // One that is killed leaves its name in a list that all of JACK's servers share, which has room for eight.
        let _asked = Command::new("kill").arg(self.process.id().to_string()).status();
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(5) && !matches!(self.process.try_wait(), Ok(Some(_))) {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}

/// A server.
pub struct Server {
    process: Child,
    socket: UdpSocket,
    events: UdpSocket,
    folder: TempDir,
}

/// An event: what, about what, node, id, model, text, values.
#[derive(Clone, Debug)]
pub struct Event(pub Vec<Arg>);

impl Event {
    /// Its kind, its scope, its text.
    pub fn is(&self, kind: &str, text: &str) -> bool {
        self.0[0] == kind.into() && (text.is_empty() || self.0[5] == text.into())
    }
}

/// A port that nobody has.
pub fn port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + (std::process::id() % 200) as u16 * 100;
    let free = |port: &u16| UdpSocket::bind(("127.0.0.1", *port)).is_ok();
    std::iter::repeat_with(|| first + NEXT.fetch_add(1, Relaxed)).find(free).expect("a free port")
}

fn socket() -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    socket.set_read_timeout(Some(Duration::from_millis(50))).expect("a limit");
    socket
}

impl Server {
    /// Starts `scsynth` or `supernova` and waits until it answers.
    pub fn start(kind: &str, jack: &Jack, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let log = fs::File::create(folder.path().join("log")).expect("a file");
        let port = port();
        let mut command = Command::new(kind);
        command.args(["-u", &port.to_string(), "-i", "2", "-o", "2", "-U", &plugins()]).args(more);
        command.env("NN_TORCH_BACKEND", backend()).env("JACK_DEFAULT_SERVER", &jack.name);
        command.env("HOME", folder.path());
        command.stdin(Stdio::null()).stdout(log.try_clone().expect("a file")).stderr(log);
        let process = command.spawn().unwrap_or_else(|what| panic!("{kind}: {what}"));
        let socket = socket();
        socket.connect(("127.0.0.1", port)).expect("a port");
        let server = Self { process, socket, events: socket_for_events(), folder };
        server.answer("/status.reply", || server.send("/status", &[]));
        let to = i32::from(server.events.local_addr().expect("an address").port());
        server.send("/cmd", args!["/nn_listen", to]);
        server.event("its version", |event| event.is("version", ""));
        server
    }

    /// What it printed.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.path().join("log")).unwrap_or_default()).into_owned()
    }

    /// Sends a message.
    pub fn send(&self, address: &str, args: &[Arg]) {
        // Before it listens, the system refuses.
        let _early = self.socket.send(&message(address, args));
    }

    /// Sends until an answer of that name comes.
    fn answer(&self, address: &str, send: impl Fn()) {
        let begin = Instant::now();
        let mut bytes = [0; 65_536];
        while begin.elapsed() < LIMIT {
            send();
            if self
                .socket
                .recv(&mut bytes)
                .is_ok_and(|length| bytes[..length].starts_with(address.as_bytes()))
            {
                return;
            }
        }
        panic!("no {address}: {}", self.log());
    }

    /// Waits until all that was sent is done.
    pub fn sync(&self) {
        self.answer("/synced", || self.send("/sync", args![1]));
    }

    /// The next event of a kind.
    pub fn event(&self, what: &str, wanted: impl Fn(&Event) -> bool) -> Event {
        let begin = Instant::now();
        let mut bytes = [0; 65_536];
        let mut seen = Vec::new();
        while begin.elapsed() < LIMIT {
            let Ok(length) = self.events.recv(&mut bytes) else { continue };
            let event = Event(osc::read(&bytes[..length]).1);
            if wanted(&event) {
                return event;
            }
            seen.push(event);
        }
        panic!("{what} did not come, but {seen:?}: {}", self.log());
    }

    /// Loads a model under a number and waits until it is there.
    pub fn load(&self, number: i32, path: &str) {
        self.send("/cmd", args!["/nn_load", number, path]);
        self.event("the model", |event| event.is("loaded", "") && event.0[4] == Arg::Int(number));
    }

    /// Asks it to quit; how it ended and after how long.
    pub fn quit(mut self) -> (ExitStatus, Duration, String) {
        let begin = Instant::now();
        self.send("/quit", &[]);
        while begin.elapsed() < LIMIT {
            if let Some(status) = self.process.try_wait().expect("a child") {
                return (status, begin.elapsed(), self.log());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        panic!("it does not quit: {}", self.log());
    }
}

fn socket_for_events() -> UdpSocket {
    socket()
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}
