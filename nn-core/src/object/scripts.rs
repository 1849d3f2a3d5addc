//! How a box runs scripts, and MIDI, which they understand. Main thread.

use std::path::PathBuf;

use super::nn_object::NnObject;
use crate::{find_model::Find, message::Atom};
use nn_engine::reconcile::AttributeRequest;
use nn_model::{ModelLocation, RunAs, TransportChange, midi::TimedMidi};

/// Where the environment of a project usually lies, from its patch.
const ENVIRONMENTS: [&str; 2] = [".venv", "venv"];
/// The interpreter in such a folder.
const IN_ENVIRONMENT: &str = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python3" };

impl NnObject {
    /// Bytes of MIDI: whole messages go to the model.
    pub(super) fn play_midi(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if let Some(message) = self.midi.push(byte)
                && !self.address(AttributeRequest::Midi(message))
            {
                return;
            }
        }
    }

    /// What the model answers: a message at a time.
    pub(super) fn tell_midi(&mut self, messages: &[TimedMidi]) {
        for message in messages {
            let bytes = message.bytes.iter().map(|&byte| Atom::Int(i64::from(byte)));
            self.info("midi", bytes.collect());
        }
    }

    /// What was asked of the engine before is lost, and what was said of the song is said again.
    pub(super) fn begin_with_new_engine(&mut self) {
        self.awaited = 0;
        if let Some(transport) = self.transport {
            self.reconciler.change_transport(transport);
        }
    }

    /// Changes tempo or place of the song.
    pub(super) fn tell_transport(&mut self, change: TransportChange) {
        self.transport = Some(self.transport.unwrap_or_default().then(change));
        self.reconciler.change_transport(change);
    }

    /// `python PATH`, or `python auto` for the usual one.
    pub(super) fn choose_interpreter(&mut self, typed: Option<String>, find: Find<'_>) {
        // A folder beside the patch may be meant, a command on the path, or a whole path.
        let found = |name: String| environment(find, &name).unwrap_or_else(|| PathBuf::from(name));
        let interpreter = typed.map(found);
        self.run_scripts(find, |run_as| run_as.interpreter = interpreter);
    }

    /// Changes how scripts are run. One that plays is loaded again.
    pub(super) fn run_scripts(&mut self, find: Find<'_>, change: impl FnOnce(&mut RunAs)) {
        let before = self.run_as.clone();
        change(&mut self.run_as);
        let plays = self
            .reconciler
            .view()
            .wanted
            .model
            .is_some_and(|model| matches!(model.location, ModelLocation::Program(..)));
        if plays && self.run_as != before {
            self.reload(find);
        }
    }

    /// Where a model is; of a script also how this box runs it.
    pub(super) fn as_it_is_run(&self, location: ModelLocation, find: Find<'_>) -> ModelLocation {
        if !self.context.source.is_program(&location) {
            return location;
        }
        let known = if let ModelLocation::Program(_, how) = &location { how.beside.clone() } else { None };
        let beside = ENVIRONMENTS.iter().find_map(|folder| environment(find, folder)).or(known);
        location.run_as(RunAs { beside, ..self.run_as.clone() })
    }
}

/// The interpreter of an environment in a folder that the host finds. Some hosts find one file whatever the name.
fn environment(find: Find<'_>, folder: &str) -> Option<PathBuf> {
    find.find(&format!("{folder}/{IN_ENVIRONMENT}")).filter(|found| found.ends_with(IN_ENVIRONMENT))
}
