//! What a plug-in tells the languages: a socket that listens.

use std::{
    net::UdpSocket,
    time::{Duration, Instant},
};

use crate::osc::{self, Value};

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// `note`, `info`, …
    pub kind: String,
    /// `ugen`, `model`, …
    pub scope: String,
    /// The synth, or -1.
    pub node: i32,
    /// The UGen's id, or -1.
    pub id: i32,
    /// The model, or -1.
    pub model: i32,
    /// A line, or a selector.
    pub text: String,
    /// What follows.
    pub values: Vec<Value>,
}

/// A language that listens.
pub struct Listener {
    socket: UdpSocket,
}

impl Default for Listener {
    fn default() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        socket.set_read_timeout(Some(Duration::from_millis(20))).expect("a time");
        Self { socket }
    }
}

impl Listener {
    /// Where it listens.
    pub fn port(&self) -> i32 {
        self.socket.local_addr().expect("it is bound").port().into()
    }

    /// The next event; none where none comes for a moment.
    pub fn next(&self) -> Option<Event> {
        let mut bytes = vec![0; 65_536];
        let length = self.socket.recv(&mut bytes).ok()?;
        let (address, values) = osc::read(&bytes[..length]).expect("a message");
        assert_eq!(address, "/nn.event");
        Some(event(values))
    }

    /// Everything that has come so far.
    pub fn all(&self) -> Vec<Event> {
        std::iter::from_fn(|| self.next()).collect()
    }

    /// The first event that is as wanted, within a time; those before it are gone.
    ///
    /// # Panics
    /// When it does not come.
    pub fn until(&self, what: &str, wanted: impl Fn(&Event) -> bool) -> Event {
        let begin = Instant::now();
        let mut others = Vec::new();
        while begin.elapsed() < Duration::from_secs(20) {
            match self.next() {
                Some(event) if wanted(&event) => return event,
                Some(event) => others.push(event),
                None => {}
            }
        }
        panic!("{what} did not come, but {others:#?}")
    }
}

fn event(values: Vec<Value>) -> Event {
    let text = |place: usize| match &values[place] {
        Value::Text(text) => text.clone(),
        other => panic!("{other:?} is no text: {values:?}"),
    };
    let number = |place: usize| match values[place] {
        Value::Int(number) => number,
        _ => panic!("no whole number at {place}: {values:?}"),
    };
    Event {
        kind: text(0),
        scope: text(1),
        node: number(2),
        id: number(3),
        model: number(4),
        text: text(5),
        values: values[6..].to_vec(),
    }
}
