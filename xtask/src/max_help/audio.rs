//! Contents of the help of `mc.nn~` and `mcs.nn~`.

use nn_core::message::MESSAGES;

use super::sheet::{Placed, Sheet};

/// The messages that both show: the others are in the help of `nn~`.
const SHOWN: [[&str; 5]; 2] = [
    ["bang", "enable 0", "enable 1", "latency", "bufsize 512"],
    ["deadline auto", "reset", "stats", "chans 2", "chans 0"],
];

/// `mc.nn~`.
pub fn mc() -> Vec<Sheet> {
    let title = "mc.nn~ : nn~ for several examples at a time: the channels of a signal are the examples";
    let mut s = Sheet::new("basics", title);
    s.column(0, "hear it");
    let voices = voices(&mut s, &["cycle~ 220.", "cycle~ 277.2", "cycle~ 329.6"]);
    let pack = s.object(0, "mc.pack~ 3", 3, &["multichannelsignal"]);
    let gates = gates(&mut s, 1);
    let nn = s.nn("mc.nn~ delay forward 512", 1, 1);
    s.skip(2);
    let unpack = s.object(0, "mc.unpack~ 3", 1, &["signal"; 3]);
    let print = s.object(200, "print mc.nn~", 1, &[]);
    s.skip(2);
    s.loudspeakers((unpack, 0), (unpack, 2));
    s.note("One model computes all three in one call: it delays each of them by 500 samples.", 290);
    for (inlet, voice) in voices.into_iter().enumerate() {
        s.cord(voice, 0, pack, inlet);
    }
    s.cord(pack, 0, gates[0], 0);
    s.cord(gates[0], 0, nn, 0);
    s.cord(nn, 0, unpack, 0);
    s.cord(nn, 1, print, 0);
    messages(&mut s, nn);
    words(
        &mut s,
        &[
            "Arguments as in nn~: MODEL METHOD BUFFER. Inlets and outlets are those of the method, and each is a multichannel signal: channel b of inlet c is input c of example b.",
            "As many examples as the widest inlet has channels; missing channels are silence.",
            "A model is made for a number of examples at most: one that is made for fewer says so, and the box is silent until it gets fewer.",
        ],
    );
    vec![s, attributes("mc.nn~ gain forward 512")]
}

/// `mcs.nn~`.
pub fn mcs() -> Vec<Sheet> {
    let title =
        "mcs.nn~ : nn~ for several examples: one inlet and outlet each, whose channels are the model's";
    let mut s = Sheet::new("basics", title);
    s.column(0, "hear it");
    let voices = voices(&mut s, &["cycle~ 220.", "cycle~ 330.", "saw~ 110.", "saw~ 165."]);
    let packs = [0, 190].map(|offset| s.object(offset, "mc.pack~ 2", 2, &["multichannelsignal"]));
    let gates = gates(&mut s, 2);
    let nn = s.nn("mcs.nn~ multi swap 2 512", 2, 2);
    s.skip(2);
    let unpacks = [0, 110].map(|offset| s.object(offset, "mc.unpack~ 2", 1, &["signal"; 2]));
    let print = s.object(220, "print mcs.nn~", 1, &[]);
    s.skip(2);
    s.loudspeakers((unpacks[0], 0), (unpacks[1], 1));
    s.note("Two examples with two channels each: the model swaps the channels of each.", 290);
    for (index, voice) in voices.into_iter().enumerate() {
        s.cord(voice, 0, packs[index / 2], index % 2);
    }
    for example in 0..2 {
        s.cord(packs[example], 0, gates[example], 0);
        s.cord(gates[example], 0, nn, example);
        s.cord(nn, example, unpacks[example], 0);
    }
    s.cord(nn, 2, print, 0);
    messages(&mut s, nn);
    words(
        &mut s,
        &[
            "Arguments: MODEL METHOD EXAMPLES BUFFER, or void EXAMPLES BUFFER. One inlet and one outlet for each example, the channels of its signal are the channels of the model.",
            "Fewer channels than the model has are filled with silence, more are not heard.",
        ],
    );
    vec![s, attributes("mcs.nn~ gain forward 2 512")]
}

/// Sounds, side by side.
fn voices(s: &mut Sheet, sounds: &[&str]) -> Vec<Placed> {
    let voices =
        sounds.iter().enumerate().map(|(i, sound)| s.object(104 * i, sound, 2, &["signal"])).collect();
    s.skip(2);
    voices
}

/// Lets multichannel signals through at a click.
fn gates(s: &mut Sheet, count: usize) -> Vec<Placed> {
    s.skip(1);
    let (play, stop) = (s.click(60, "0.3; dsp start"), s.click(300, "0."));
    s.aside(330, "stop", 50);
    s.skip(2);
    let gates: Vec<Placed> =
        (0..count).map(|i| s.object(190 * i, "mc.*~ 0.", 2, &["multichannelsignal"])).collect();
    for &gate in &gates {
        s.cord(play, 0, gate, 1);
        s.cord(stop, 0, gate, 1);
    }
    s.skip(3);
    gates
}

/// The second column of both.
fn messages(s: &mut Sheet, nn: Placed) {
    s.column(400, "messages: those of nn~");
    s.told(nn, 110, MESSAGES, &SHOWN[0]);
    s.messages(nn, 110, &[("bufsize 2048", "")]);
    s.told(nn, 110, MESSAGES, &SHOWN[1]);
}

/// The last column of both.
fn words(s: &mut Sheet, texts: &[&str]) {
    s.column(740, "in a few words");
    for text in texts {
        s.note(text, 260);
        s.skip(1);
    }
    s.note("The help of nn~ explains latency, buffer and deadline.", 260);
}

/// Max's attributes of a box.
fn attributes(text: &str) -> Sheet {
    let mut s = Sheet::new("attributes", "Attributes of the box, and of the model");
    s.column(0, "the box");
    s.skip(2);
    let signals = if text.starts_with("mcs") { 2 } else { 1 };
    let nn = s.nn(text, signals, signals);
    s.skip(2);
    let print = s.object(60, "print attributes", 1, &[]);
    s.cord(nn, signals, print, 0);
    s.column(340, "Max's");
    for (name, about) in [
        ("enable", "computes"),
        ("gpu", "on a GPU"),
        ("deadline", "see nn~'s help"),
        ("threads", "in a call"),
        ("resample", "at its own rate"),
        ("track_buffers", "follows buffer~"),
        ("wet", "the model's part"),
        ("dry", "the input's part"),
        ("input_gain", "in dB"),
        ("output_gain", "in dB"),
        ("chans", "0: as they come"),
    ] {
        s.attribute(nn, name, about);
    }
    s.column(680, "the model's");
    s.messages(nn, 110, &[("set gain 0.25", ""), ("get gain", "answer: gain 0.25")]);
    s.told(nn, 110, MESSAGES, &["get_attributes"]);
    s
}
