//! What languages ask of the plug-in, done in the server's thread for that.

use std::{
    collections::BTreeMap,
    ffi::CStr,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use nn_core::{message::Atom, value::SoundBuffer};

use crate::{
    buffers,
    ffi::{Argument, World},
    find, list,
    order::{Message, ModelFile, Order, Target},
    orders::{ask, order},
    print,
};

/// A call of a command.
pub struct Call<'a> {
    /// The server, which lives during the call.
    pub world: *const World,
    /// What is left of its arguments.
    pub arguments: &'a [Argument],
}

/// Why a command did nothing.
pub enum Refused {
    /// Its arguments make no sense.
    Wrong,
    /// What is wrong was told.
    Told,
}

/// A command.
pub struct Command {
    /// As the language names it.
    pub name: &'static CStr,
    /// Its arguments, as an error says them.
    pub usage: &'static str,
    /// What it does.
    pub run: fn(&mut Call<'_>) -> Result<(), Refused>,
}

/// All commands.
#[rustfmt::skip] // One row is one line.
pub const COMMANDS: [Command; 9] = [
    Command { name: c"/nn_load", usage: "NUMBER PATH [FILE]", run: load },
    Command { name: c"/nn_unload", usage: "NUMBER", run: |call| call.number().map(|number| order(Order::Unload(number))) },
    Command { name: c"/nn_query", usage: "NUMBER [FILE] (-1: all models)", run: query },
    Command { name: c"/nn_version", usage: "", run: version },
    Command { name: c"/nn_listen", usage: "PORT [HOST]", run: |call| listen(call, true) },
    Command { name: c"/nn_unlisten", usage: "PORT [HOST]", run: |call| listen(call, false) },
    Command { name: c"/nn_send", usage: "NODE ID NUMBER MESSAGE… (-1: any)", run: send },
    Command { name: c"/nn_model", usage: "NUMBER MESSAGE…", run: model },
    Command { name: c"/nn_catalog", usage: "MESSAGE…", run: |call| call.message().map(|message| order(Order::Catalog(message))) },
];

impl Call<'_> {
    /// The next argument, if there is one more.
    fn next(&mut self) -> Option<&Argument> {
        let (first, rest) = self.arguments.split_first()?;
        self.arguments = rest;
        Some(first)
    }

    fn number(&mut self) -> Result<i32, Refused> {
        match self.next() {
            Some(Argument::Int(number)) => i32::try_from(*number).map_err(|_| Refused::Wrong),
            Some(Argument::Float(number)) if number.is_finite() => Ok(*number as i32),
            _ => Err(Refused::Wrong),
        }
    }

    fn text(&mut self) -> Result<String, Refused> {
        match self.next() {
            Some(Argument::Text(text)) => Ok(text.clone()),
            _ => Err(Refused::Wrong),
        }
    }

    /// A text that may be left out or empty.
    fn optional_text(&mut self) -> Result<Option<String>, Refused> {
        if self.arguments.is_empty() {
            Ok(None)
        } else {
            self.text().map(|text| Some(text).filter(|text| !text.is_empty()))
        }
    }

    /// A message as boxes take it, with the buffers that it names.
    #[allow(unsafe_code)]
    fn message(&mut self) -> Result<Message, Refused> {
        let selector = self.text()?;
        let mut buffers = BTreeMap::<String, SoundBuffer>::new();
        let mut atoms = Vec::new();
        for argument in std::mem::take(&mut self.arguments) {
            atoms.push(match argument {
                Argument::Int(number) => Atom::Int(*number),
                Argument::Float(number) => Atom::Float(*number),
                Argument::Text(word) => {
                    // SAFETY: the server lives during the call, which is in its thread for commands.
                    if let Some(sound) = unsafe { buffers::copy(self.world, word) } {
                        buffers.insert(word.clone(), sound);
                    }
                    Atom::symbol(word)
                }
            });
        }
        Ok(Message { selector, atoms, buffers })
    }
}

/// Says what is wrong, to the people and to the languages.
fn told(line: String) -> Refused {
    print::error(&line);
    order(Order::Wrong(line));
    Refused::Told
}

/// `/nn_load NUMBER PATH [FILE]`.
fn load(call: &mut Call<'_>) -> Result<(), Refused> {
    let number = call.number()?;
    let name = call.text()?;
    let information = call.optional_text()?;
    let file = find::describe(&name).map_err(|line| {
        print::error(&line);
        order(Order::Failed { number, line });
        Refused::Told
    })?;
    // SAFETY: the server lives during the call.
    #[allow(unsafe_code)]
    let wait = unsafe { (*call.world).real_time == 0 };
    let number = ask(|done| Order::Load { number, file: Box::new(file.clone()), wait, done });
    // Nobody answers when the server quits.
    let number = number.ok_or(Refused::Told)?;
    information.map_or(Ok(()), |path| write(&path, &list::of(&[(number, file)])))
}

/// `/nn_query NUMBER [FILE]`; -1 is all of them.
fn query(call: &mut Call<'_>) -> Result<(), Refused> {
    let number = if call.arguments.is_empty() { -1 } else { call.number()? };
    let information = call.optional_text()?;
    let models: Vec<(i32, ModelFile)> = ask(|done| Order::Query(number, done)).ok_or(Refused::Told)?;
    let text = list::of(&models);
    match information {
        Some(path) => return write(&path, &text),
        None => print::text(&text),
    }
    Ok(())
}

fn write(path: &str, text: &str) -> Result<(), Refused> {
    std::fs::write(path, text).map_err(|what| {
        told(format!("{path} cannot be written ({what}): name a file in a folder that is there"))
    })
}

/// `/nn_version`.
fn version(_: &mut Call<'_>) -> Result<(), Refused> {
    print::note(&format!("version {}", env!("CARGO_PKG_VERSION")));
    order(Order::Version);
    Ok(())
}

/// `/nn_listen PORT [HOST]`, `/nn_unlisten PORT [HOST]`.
fn listen(call: &mut Call<'_>, listens: bool) -> Result<(), Refused> {
    let port = u16::try_from(call.number()?).map_err(|_| Refused::Wrong)?;
    let host = match call.optional_text()? {
        None => Ipv4Addr::LOCALHOST,
        Some(host) => host
            .parse()
            .map_err(|_| told(format!("/nn_listen: '{host}' is no address: give one like 192.168.1.2")))?,
    };
    order(Order::Listen(SocketAddr::new(IpAddr::V4(host), port), listens));
    Ok(())
}

/// `/nn_send NODE ID NUMBER MESSAGE…`.
fn send(call: &mut Call<'_>) -> Result<(), Refused> {
    let target = Target { node: call.number()?, id: call.number()?, model: call.number()? };
    call.message().map(|message| order(Order::Send(target, message)))
}

/// `/nn_model NUMBER MESSAGE…`.
fn model(call: &mut Call<'_>) -> Result<(), Refused> {
    let number = call.number()?;
    call.message().map(|message| order(Order::Model(number, message)))
}
