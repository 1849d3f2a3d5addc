//! What happens, told to the languages that listen: one datagram for each event.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use nn_core::message::Atom;

use crate::osc;

/// The address of all events.
const ADDRESS: &str = "/nn.event";
/// The version of what is said between the plug-in and the language.
pub const PROTOCOL: i64 = 1;
/// What a datagram carries at most.
const MOST_BYTES: usize = 60_000;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// `ugen`, `model`, `catalog` or `server`.
    pub scope: &'static str,
    /// The synth, or -1.
    pub node: i32,
    /// The UGen's id, or -1.
    pub id: i32,
    /// The model's number, or -1.
    pub model: i32,
}

impl About {
    /// The server as a whole.
    pub const SERVER: Self = Self { scope: "server", node: -1, id: -1, model: -1 };
    /// Models elsewhere.
    pub const CATALOG: Self = Self { scope: "catalog", node: -1, id: -1, model: -1 };

    /// A loaded model.
    pub const fn model(number: i32) -> Self {
        Self { scope: "model", node: -1, id: -1, model: number }
    }
}

/// Those who listen.
#[derive(Debug, Default)]
pub struct Events {
    socket: Option<UdpSocket>,
    listeners: Vec<SocketAddr>,
}

impl Events {
    /// Adds or removes one.
    pub fn listen(&mut self, address: SocketAddr, listens: bool) {
        self.listeners.retain(|known| *known != address);
        if listens {
            self.listeners.push(address);
        }
        if self.socket.is_none() {
            let socket = UdpSocket::bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0)).ok();
            // Nobody waits for a listener that is slow.
            self.socket = socket.filter(|socket| socket.set_nonblocking(true).is_ok());
        }
    }

    /// Tells all of them. What does not get through is lost, as datagrams are.
    pub fn tell(&self, kind: &str, about: About, text: &str, values: &[Atom]) {
        let Some(socket) = self.socket.as_ref().filter(|_| !self.listeners.is_empty()) else { return };
        let number = |number: i32| Atom::Int(number.into());
        let head = [
            Atom::symbol(kind),
            Atom::symbol(about.scope),
            number(about.node),
            number(about.id),
            number(about.model),
            Atom::symbol(text),
        ];
        let mut atoms = head.to_vec();
        atoms.extend_from_slice(values);
        let mut bytes = osc::message(ADDRESS, &atoms);
        if bytes.len() > MOST_BYTES {
            // Labels may be many; everything else that is long is a list of numbers.
            let is_label = |line: &&str| {
                !line.trim_start().starts_with("inLabels:") && !line.trim_start().starts_with("outLabels:")
            };
            atoms[head.len() - 1] =
                Atom::symbol(text.lines().filter(is_label).flat_map(|line| [line, "\n"]).collect::<String>());
            atoms.truncate(head.len() + 1024);
            bytes = osc::message(ADDRESS, &atoms);
        }
        for listener in &self.listeners {
            let _lost = socket.send_to(&bytes, listener);
        }
    }
}
