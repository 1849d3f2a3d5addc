//! What languages ask of the plug-in, done in the server's thread for that.

use std::{
    collections::BTreeMap,
    ffi::CStr,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use crossbeam_channel::bounded;
use nn_core::{message::Atom, value::SoundBuffer};

use crate::{
    buffers,
    ffi::{Argument, World},
    find, list,
    order::{Message, ModelFile, Order, Target},
    print,
    service::{ask, order},
};

/// A call of a command.
pub struct Call<'a> {
    /// The server.
    pub world: &'a World,
    /// What is left of its arguments.
    pub arguments: &'a [Argument],
}

/// A command; what it does gives nothing where it failed.
pub struct Command {
    /// As the language names it.
    pub name: &'static CStr,
    /// What it does.
    pub run: fn(&mut Call<'_>) -> Option<()>,
}

/// All commands.
pub const COMMANDS: [Command; 9] = [
    Command { name: c"/nn_load", run: load },
    Command { name: c"/nn_unload", run: |call| call.number().map(|number| order(Order::Unload(number))) },
    Command { name: c"/nn_query", run: query },
    Command { name: c"/nn_version", run: version },
    Command { name: c"/nn_listen", run: |call| listen(call, true) },
    Command { name: c"/nn_unlisten", run: |call| listen(call, false) },
    Command { name: c"/nn_send", run: send },
    Command { name: c"/nn_model", run: model },
    Command {
        name: c"/nn_catalog",
        run: |call| call.message().map(|message| order(Order::Catalog(message))),
    },
];

impl Call<'_> {
    fn next(&mut self) -> Option<&Argument> {
        let (first, rest) = self.arguments.split_first()?;
        self.arguments = rest;
        Some(first)
    }

    fn number(&mut self) -> Option<i32> {
        match self.next()? {
            Argument::Int(number) => i32::try_from(*number).ok(),
            Argument::Float(number) => Some(*number as i32),
            Argument::Text(_) => None,
        }
    }

    fn text(&mut self) -> Option<String> {
        match self.next()? {
            Argument::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// A message as boxes take it, with the buffers that it names.
    fn message(&mut self) -> Option<Message> {
        let selector = self.text()?;
        let mut buffers = BTreeMap::<String, SoundBuffer>::new();
        let mut atoms = Vec::new();
        for argument in std::mem::take(&mut self.arguments) {
            atoms.push(match argument {
                Argument::Int(number) => Atom::Int(*number),
                Argument::Float(number) => Atom::Float(*number),
                Argument::Text(word) => {
                    if let Some(sound) = buffers::copy(self.world, word) {
                        buffers.insert(word.clone(), sound);
                    }
                    Atom::symbol(word)
                }
            });
        }
        Some(Message { selector, atoms, buffers })
    }
}

/// `/nn_load NUMBER PATH [FILE]`.
fn load(call: &mut Call<'_>) -> Option<()> {
    let number = call.number()?;
    let name = call.text()?;
    let information = call.text().filter(|file| !file.is_empty());
    let file = match find::describe(&name) {
        Ok(file) => file,
        Err(line) => {
            print::error(&line);
            order(Order::Failed { number, line });
            return None;
        }
    };
    let wait = call.world.real_time == 0;
    let number = ask(|done| Order::Load { number, file: Box::new(file.clone()), wait, done })?;
    match information {
        Some(path) => write(&path, &list::of(&[(number, file)])),
        None => Some(()),
    }
}

/// `/nn_query NUMBER [FILE]`; -1 is all of them.
fn query(call: &mut Call<'_>) -> Option<()> {
    let number = call.number().unwrap_or(-1);
    let information = call.text().filter(|file| !file.is_empty());
    let (done, answer) = bounded(1);
    order(Order::Query(number, done));
    let models: Vec<(i32, ModelFile)> = answer.recv().ok()?;
    let text = list::of(&models);
    match information {
        Some(path) => write(&path, &text),
        None => {
            print::text(&text);
            Some(())
        }
    }
}

fn write(path: &str, text: &str) -> Option<()> {
    let written = std::fs::write(PathBuf::from(path), text);
    if let Err(what) = &written {
        print::error(&format!("{path} cannot be written ({what}): name a file in a folder that is there"));
    }
    written.ok()
}

/// `/nn_version`.
fn version(_: &mut Call<'_>) -> Option<()> {
    print::note(&format!("version {}", env!("CARGO_PKG_VERSION")));
    order(Order::Version);
    Some(())
}

/// `/nn_listen PORT [HOST]`, `/nn_unlisten PORT [HOST]`.
fn listen(call: &mut Call<'_>, listens: bool) -> Option<()> {
    let port = u16::try_from(call.number()?).ok()?;
    let host = call.text().filter(|host| !host.is_empty());
    let host = match host {
        None => IpAddr::V4(Ipv4Addr::LOCALHOST),
        Some(host) => {
            let parsed = host.parse();
            if parsed.is_err() {
                print::error(&format!("/nn_listen: '{host}' is no address: give one like 192.168.1.2"));
            }
            parsed.ok()?
        }
    };
    order(Order::Listen(SocketAddr::new(host, port), listens));
    Some(())
}

/// `/nn_send NODE ID MODEL SELECTOR …`.
fn send(call: &mut Call<'_>) -> Option<()> {
    let target = Target { node: call.number()?, id: call.number()?, model: call.number()? };
    call.message().map(|message| order(Order::Send(target, message)))
}

/// `/nn_model NUMBER SELECTOR …`.
fn model(call: &mut Call<'_>) -> Option<()> {
    let number = call.number()?;
    call.message().map(|message| order(Order::Model(number, message)))
}
