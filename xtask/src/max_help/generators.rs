//! The tab of the help of `nn~` about generators.

use nn_core::message::MESSAGES;

use super::sheet::Sheet;

/// A generator that renders into a buffer~, which is then heard.
pub fn sheet() -> Sheet {
    let mut s = Sheet::new(
        "generators",
        "Some .nm files are generators: they make whole sounds, into a buffer~. This one plays chords.",
    );
    s.column(0, "render, then hear it");
    let render = s.click(0, "render nn-chord");
    s.skip(2);
    let nn = s.nn("nn~ chord.nm", 1, 0);
    s.skip(2);
    let route = s.object(0, "route render_progress rendered", 1, &["", "", ""]);
    s.skip(2);
    let percent = s.number(0);
    s.aside(60, "per cent", 80);
    let print = s.object(150, "print generator", 1, &[]);
    s.skip(2);
    let play = s.click(0, "start");
    let player = s.object(80, "play~ nn-chord 2", 1, &["signal", "signal", "bang"]);
    s.skip(2);
    s.loudspeakers((player, 0), (player, 1));
    s.skip(1);
    s.object(0, "buffer~ nn-chord 1000 2", 1, &["float", "bang"]);
    for (from, outlet, to) in
        [(render, 0, nn), (nn, 0, route), (route, 0, percent), (route, 1, print), (play, 0, player)]
    {
        s.cord(from, outlet, to, 0);
    }
    s.column(340, "what it is to play");
    let set = [
        ("set notes c e g", "words"),
        ("set keys 48 72", "a list of numbers"),
        ("set shape fading", "a choice, by its name"),
        ("set shape 0", "or its place"),
        ("set seconds 0.05", "from 0 to 1"),
        ("get notes", "answer: notes c e g"),
    ];
    s.messages(nn, 120, &set);
    s.told(nn, 120, MESSAGES, &["seed 7", "cancel render"]);
    s.column(700, "in a few words");
    for text in WORDS {
        s.note(text, 280);
        s.skip(1);
    }
    s
}

/// The last column.
const WORDS: [&str; 4] = [
    "RENDER: first the buffers that the model takes, then those for what it makes. Each gets the length and the channels of its sound.",
    "MEANWHILE the patch plays on. render_progress tells how far it is, rendered NAME SAMPLES RATE that a buffer~ is written.",
    "OTHERS take sounds as well: render IN OUT. What a model takes and makes is in the answer to bang (sounds 0 1) and in nn.info.",
    "WHAT IS SET counts for the next render. Words may be several: set prompt a warm voice.",
];
