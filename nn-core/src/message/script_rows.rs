//! The messages for scripts and for MIDI, one row each.

use super::{
    arguments::switch,
    readers::{bpm, midi, python, transport},
    request::Request,
    table::{AS_USAGE, Form, Message},
};

const MIDI_SECTION: &str = "MIDI";
const SCRIPTS: &str = "Scripts in Python";

pub(super) const MIDI: Message<Request> = Message {
    selector: "midi",
    section: MIDI_SECTION,
    usage: "midi BYTE... (whole, from 0 to 255)",
    forms: &[Form {
        typed: &["midi 144 60 100"],
        effect: "MIDI for the model: bytes as a keyboard sends them, whole messages or one byte after the other, several messages in a row, with running status, clocks and system exclusive. Each comes at its place in the buffer that is being filled, counted in whole host blocks. What the model answers comes from the information outlet in the same form, one whole message each",
    }],
    help: &[("midi 144 60 100", "a note on"), ("midi 128 60 0", "and off")],
    attribute: None,
    parse: midi,
};

pub(super) const BPM: Message<Request> = Message {
    selector: "bpm",
    section: MIDI_SECTION,
    usage: "bpm BEATS (in a minute, above 0, to 1000)",
    forms: &[Form {
        typed: &["bpm N"],
        effect: "the tempo, for scripts that ask for it; 120 unless this was sent",
    }],
    help: &[("bpm 120", "the tempo, for scripts")],
    attribute: None,
    parse: bpm,
};

pub(super) const TRANSPORT: Message<Request> = Message {
    selector: "transport",
    section: MIDI_SECTION,
    usage: "transport 0, transport 1 or transport 1 BEATS",
    forms: &[
        Form {
            typed: &["transport 1", "transport 0"],
            effect: "whether the song plays, for scripts that ask where it is; it does not unless this was sent. It goes on with the tempo, four beats to a bar, while the box is played",
        },
        Form {
            typed: &["transport 1 N", "transport 0 N"],
            effect: "the same, from so many beats after the beginning of the song on",
        },
    ],
    help: &[("transport 1", "the song plays, for scripts"), ("transport 0", "and stops")],
    attribute: None,
    parse: transport,
};

pub(super) const PYTHON: Message<Request> = Message {
    selector: "python",
    section: SCRIPTS,
    usage: "python PATH (an interpreter, or the folder of a virtual environment) or python auto",
    forms: &[
        Form {
            typed: &["python PATH"],
            effect: "the Python in which this box runs scripts: an interpreter, a command on the path, or the folder of a virtual environment, also beside the patch. A script that plays is loaded again",
        },
        Form {
            typed: &["python auto"],
            effect: "as at first: the one that the environment variable `NN_PYTHON` names, else that of `.venv` or `venv` beside the script or the patch, else that of the active environment, else `python3`",
        },
    ],
    help: &[("python auto", "which Python runs scripts")],
    attribute: None,
    parse: python,
};

pub(super) const OWN: Message<Request> = Message {
    selector: "own",
    section: SCRIPTS,
    usage: "own 0 or own 1",
    forms: &[Form {
        typed: &["own 1", "own 0"],
        effect: "runs the script in a process that no other box uses, or (the default) in that of all boxes with the same Python, where scripts share what they want to share. A script that plays is loaded again",
    }],
    help: &[("own 1", "a process for this box alone"), ("own 0", "one for all boxes")],
    attribute: None,
    parse: |atoms| switch(atoms).map(Request::Own).ok_or(AS_USAGE),
};

pub(super) const WATCH: Message<Request> = Message {
    selector: "watch",
    section: "Another model, method, buffer",
    usage: "watch 0 or watch 1",
    forms: &[Form {
        typed: &["watch 1", "watch 0"],
        effect: "loads the model again, as `reload` does, whenever its file was saved, or (the default) only when told to. With a script whose file has an error the one that plays goes on",
    }],
    help: &[("watch 1", "follows the file"), ("watch 0", "not any more")],
    attribute: None,
    parse: |atoms| switch(atoms).map(Request::Watch).ok_or(AS_USAGE),
};
