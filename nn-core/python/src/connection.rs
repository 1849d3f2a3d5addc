//! One box's side of the process: what it asks, and its sound.

use std::{
    io::{self, ErrorKind},
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    process::{Python, took_longer},
    sound::Sound,
    wire::Wire,
};

/// Why the process did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The script raised: in one line.
    Raised(String),
    /// The process is gone, and why.
    Gone(String),
}

/// Kinds of frames, as in `box.py`.
pub(crate) mod kind {
    pub(crate) const LOAD: u8 = b'N';
    pub(crate) const FILE: u8 = b'F';
    pub(crate) const RUN: u8 = b'R';
    pub(crate) const SET: u8 = b'S';
    pub(crate) const GET: u8 = b'G';
    pub(crate) const PRIORITY: u8 = b'P';
    pub(super) const RAISED: u8 = b'E';
}

/// How much later the end of the process may be known than that of the connection.
const NEWS: Duration = Duration::from_secs(1);

/// An answer is not longer: the most messages of MIDI, or a list of numbers.
const MOST_ANSWER_BYTES: usize = 64 << 20;

/// A box's connection. It ends with it.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) python: Arc<Python>,
    wire: Arc<Wire>,
    sound: Sound,
}

impl Connection {
    /// A new one.
    pub(crate) fn new(python: Arc<Python>) -> io::Result<Self> {
        let wire = python.connect()?;
        Ok(Self { python, wire, sound: Sound::default() })
    }

    /// Asks one thing and waits for the answer, at most so long: then the process is ended.
    pub(crate) fn ask(&mut self, kind: u8, data: &[u8], limit: Duration) -> Result<Vec<u8>, Trouble> {
        let mut frame = Vec::with_capacity(5 + data.len());
        frame.push(kind);
        frame.extend((data.len() as u32).to_le_bytes());
        frame.extend_from_slice(data);
        self.wire.send(&frame).map_err(|error| self.gone(&error))?;
        let mut head = [0; 5];
        self.receive(&mut head, limit)?;
        let length = u32::from_le_bytes([head[1], head[2], head[3], head[4]]) as usize;
        if length > MOST_ANSWER_BYTES {
            self.python.end("it answered without end");
            return Err(Trouble::Gone("it answered without end".into()));
        }
        let mut answer = vec![0; length];
        self.receive(&mut answer, limit)?;
        if head[0] == kind::RAISED {
            let said: Value = serde_json::from_slice(&answer).unwrap_or_default();
            return Err(Trouble::Raised(said["what"].as_str().unwrap_or("it failed").to_owned()));
        }
        Ok(answer)
    }

    /// The same with JSON.
    pub(crate) fn ask_json(&mut self, kind: u8, asked: &Value, limit: Duration) -> Result<Value, Trouble> {
        let answer = self.ask(kind, asked.to_string().as_bytes(), limit)?;
        Ok(serde_json::from_slice(&answer).unwrap_or_default())
    }

    fn receive(&mut self, to: &mut [u8], limit: Duration) -> Result<(), Trouble> {
        match self.wire.receive(to, limit) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::TimedOut => {
                let why = took_longer(limit);
                self.python.end(&why);
                Err(Trouble::Gone(why))
            }
            Err(error) => Err(self.gone(&error)),
        }
    }

    /// The end of the connection is news before the end of the process.
    fn gone(&self, error: &io::Error) -> Trouble {
        let begin = Instant::now();
        loop {
            if let Some(how) = self.python.ended() {
                return Trouble::Gone(how);
            }
            if begin.elapsed() > NEWS {
                // Half of it is no use to anybody.
                self.python.end("its connection broke off");
                return Trouble::Gone(format!("its connection broke off ({error})"));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Has one run done: what is asked, with the sound. The rest of the answer.
    pub(crate) fn run(
        &mut self,
        mut asked: Vec<u8>,
        input: &[f32],
        output: &mut [f32],
        limit: Duration,
    ) -> Result<Vec<u8>, Trouble> {
        let place = self.python.folder().to_owned();
        if let Some(path) =
            self.sound.make_room(&place, input.len() + output.len()).map_err(|error| self.gone(&error))?
        {
            let opened = self.ask_json(kind::FILE, &serde_json::json!({ "path": path }), limit);
            // Both have it open.
            let _gone = std::fs::remove_file(&path);
            if opened.is_err() {
                self.sound = Sound::default();
            }
            opened?;
        }
        self.sound.put(input, &mut asked).map_err(|error| self.gone(&error))?;
        let answer = self.ask(kind::RUN, &asked, limit)?;
        self.sound.take(input.len(), &answer, output).map_err(|error| self.gone(&error))?;
        Ok(answer)
    }
}
