//! Where what a box says goes: the post window and the languages that listen.

use std::path::PathBuf;

use nn_core::{
    frontend::{
        alive::Alive,
        emit::{Console, SoundBox, emit},
    },
    message::{ArrayWrite, Atom, Event},
    object::NnObject,
    shown,
};

use crate::{
    buffers::{self, Buffers},
    events::{About, Events},
    print, sound_file,
};

/// The outputs of one box.
struct Hearer<'a> {
    about: About,
    events: &'a Events,
}

impl Console for Hearer<'_> {
    fn note(&self, line: &str) {
        print::note(line);
        self.events.tell("note", self.about, line, &[]);
    }

    fn error(&self, line: &str) {
        print::error(line);
        self.events.tell("error", self.about, line, &[]);
    }
}

impl SoundBox for Hearer<'_> {
    fn send(&self, selector: &str, atoms: &[Atom]) {
        self.events.tell("info", self.about, selector, atoms);
    }

    /// The language reads what was rendered into its Buffer: `rendered_file BUFFER PATH`.
    fn write_array(&self, piece: ArrayWrite) {
        piece.perform(&Buffers);
        buffers::take_written()
            .into_iter()
            .for_each(|(name, sound)| sound_file::write(self.about, name, sound));
    }

    /// Outputs of a UGen are fixed: see [`speak`].
    fn rebuild_audio(&self) {}
}

/// Says what a box has to say; true if its audio is to be built anew.
pub fn speak(object: &mut NnObject, about: About, events: &Events) -> bool {
    let said = object.take_events();
    let rebuild = said.contains(&Event::Channels);
    emit(said, &Alive::default(), &Hearer { about, events });
    rebuild
}

/// A rendered sound lies in a file, or cannot.
pub fn rendered(about: About, name: &str, written: Result<PathBuf, String>, events: &Events) {
    match written {
        Ok(path) => {
            let values = [Atom::symbol(name), Atom::symbol(shown::path(&path))];
            events.tell("info", about, "rendered_file", &values);
        }
        Err(line) => {
            print::error(&line);
            events.tell("error", about, &line, &[]);
        }
    }
}
