//! What the service is asked to do by threads that may allocate.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf};

use crossbeam_channel::Sender;
use nn_core::{info::Description, message::Atom, value::SoundBuffer};

use crate::{
    events::{About, Events},
    print,
};

/// Which UGens a message is for; -1 is any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Of this synth.
    pub node: i32,
    /// With this id.
    pub id: i32,
    /// With this model.
    pub model: i32,
}

/// A message as boxes take it.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its name.
    pub selector: String,
    /// What follows.
    pub atoms: Vec<Atom>,
    /// The buffers that it names.
    pub buffers: BTreeMap<String, SoundBuffer>,
}

impl Target {
    /// Every UGen.
    pub const ALL: Self = Self { node: -1, id: -1, model: -1 };

    /// What events of those that it means are about.
    pub fn about(self) -> About {
        About { scope: "ugen", node: self.node, id: self.id, model: self.model }
    }
}

impl Message {
    /// What this host cannot do of it, as a line that says what to do instead.
    ///
    /// A server's Buffers are copied in its thread for commands alone, when a message names them: later, the service may not
    /// look at them, because that thread may have freed them.
    pub fn impossible(&self) -> Option<&'static str> {
        let on = self.atoms.first().and_then(Atom::number).is_some_and(|number| number != 0.0);
        (self.selector == "track" && on).then_some(
            "track: Buffers are copied when they are set: send set again when a Buffer has changed",
        )
    }

    /// Says that no UGen took it.
    pub fn told_nobody(&self, target: Target, events: &Events) {
        let line = format!(
            "{}: no UGen with {} plays: check id and node (-1 is any)",
            self.selector,
            [("node", target.node), ("id", target.id), ("model", target.model)]
                .map(|(name, number)| format!("{name} {number}"))
                .join(", ")
        );
        print::error(&line);
        events.tell("error", target.about(), &line, &[]);
    }
}

/// A model's file.
#[derive(Clone, Debug)]
pub struct ModelFile {
    /// Its full path.
    pub path: PathBuf,
    /// What it says of itself.
    pub description: Description,
}

/// What the service is asked to do.
pub enum Order {
    /// A model under a number; below 0 the service chooses. Answers the number. `wait`: when its weights are there.
    Load {
        /// The number.
        number: i32,
        /// The file.
        file: Box<ModelFile>,
        /// Whether to answer when it is loaded, or at once.
        wait: bool,
        /// Where the number goes.
        done: Sender<i32>,
    },
    /// A file that is none.
    Failed {
        /// The number that was asked for.
        number: i32,
        /// What is wrong.
        line: String,
    },
    /// Forgets a model.
    Unload(i32),
    /// Answers the models, each with its number; of one of them, or below 0 all.
    Query(i32, Sender<Vec<(i32, ModelFile)>>),
    /// A message to UGens.
    Send(Target, Message),
    /// A message to a loaded model.
    Model(i32, Message),
    /// A message about models elsewhere.
    Catalog(Message),
    /// Events go there from now on, or not any more.
    Listen(SocketAddr, bool),
    /// The version is to be told.
    Version,
    /// A command that made no sense.
    Wrong(String),
    /// A rendered sound lies in a file, or cannot.
    Rendered {
        /// The box that made it.
        about: About,
        /// The buffer that it is for.
        name: String,
        /// The file, or what is wrong.
        written: Result<PathBuf, String>,
    },
    /// Offline: answers when all that was said before is done.
    Settle {
        /// The host's time.
        now_ms: f64,
        /// Where the answer goes.
        done: Sender<()>,
    },
    /// The server quits.
    Leave(Sender<()>),
}
