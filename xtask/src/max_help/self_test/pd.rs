//! The self-test in Pd.

use nn_core::host_test::HostCheck;

use super::{
    pd_patch::PdPatch,
    plan::{BEGIN_MS, COMPARED_MS, GIVEN_UP_MS, Group, HEARD_MS, STEPS, TITLE, heard, message, played},
};

/// The length of recordings: that of the sound, and latency besides.
const FRAMES: usize = 154_350;
const OLDER: &str =
    "A Pd before 0.54 says that snake~ could not be created. mc.nn~ and mcs.nn~ are then left out.";
/// The sound in the package, beside the patch.
const SOUND: &str = "sounds/speech.wav";

/// `nn-selftest.pd`.
pub fn patch() -> String {
    let mut p = PdPatch::default();
    window(&mut p);
    p.place = [90, 336];
    p.text(OLDER, 110);
    p.place = [90, 280];
    p.inside("report", &report());
    for (at, group) in Group::all().iter().enumerate() {
        p.place = [200 + 130 * (at % 4), 280 + 30 * (at / 4)];
        p.inside(group.name(), &inside(group));
    }
    p.file(980, 370)
}

/// `nn-selftest-auto.pd`.
pub fn auto() -> String {
    let mut p = PdPatch::at([20, 20]);
    p.text("Runs the self-test as soon as it is opened, and quits: for tests of a host without a user.", 50);
    p.place = [20, 80];
    p.object("nn-selftest");
    let begin = [p.object("loadbang"), p.object("del 1000"), p.object("s nn-selftest-go")];
    let end = [p.object("r nn-selftest-done"), p.object("del 500"), p.message("\\; pd quit")];
    let late = p.object(&format!("del {GIVEN_UP_MS}"));
    for [from, to] in [[begin[0], begin[1]], [begin[1], begin[2]], [begin[0], late], [late, end[2]]] {
        p.cord(from, 0, to, 0);
    }
    // A result of 0 is a result.
    let bang = p.object("t b");
    for [from, to] in [[end[0], bang], [bang, end[1]], [end[1], end[2]]] {
        p.cord(from, 0, to, 0);
    }
    p.file(460, 420)
}

fn window(p: &mut PdPatch) {
    p.line("#X obj 0 0 cnv 15 956 30 empty empty empty 20 12 0 14 #dce6f0 #404040 0;".into());
    p.place = [14, 6];
    p.text(TITLE, 120);
    for (at, step) in STEPS.iter().enumerate() {
        p.place = [90, 44 + 38 * at];
        p.text(step, 110);
    }
    p.line(
        "#X obj 20 46 bng 50 250 50 0 nn-selftest-go empty empty 17 7 0 10 #fcfcfc #000000 #000000;".into(),
    );
    for (y, name, shown) in [(204, "state", "nn-selftest-state"), (234, "report", "nn-selftest-path")] {
        p.place = [20, y];
        p.text(name, 8);
        p.line(format!("#X symbolatom 90 {y} 100 0 0 0 - {shown} - 0;"));
    }
}

/// A message that shows a text.
fn shows(p: &mut PdPatch, text: &str, where_: usize) -> usize {
    // A space would be shown as Pd writes it.
    let message = p.message(&format!("symbol {}", text.replace(' ', "-")));
    p.cord(message, 0, where_, 0);
    message
}

/// The patch inside with `nn.info`: what it is told, and what it tells.
fn report() -> PdPatch {
    let mut this = PdPatch::at([20, 20]);
    let p = &mut this;
    let go = p.object("r nn-selftest-go");
    let (status, path) = (p.object("s nn-selftest-state"), p.object("s nn-selftest-path"));
    let asks = shows(p, "asking the doctor: some seconds", status);
    let begin = p.message("selftest begin");
    let info = p.object("nn.info");
    let done = p.object("s nn-selftest-done");
    p.cord(go, 0, asks, 0);
    p.cord(go, 0, begin, 0);
    p.cord(begin, 0, info, 0);
    told(p, info);
    p.place = [320, 120];
    let route = p.object("route selftest");
    let stages = p.object("route play written passed");
    p.cord(info, 4, route, 0);
    p.cord(route, 0, stages, 0);
    play(p, info, stages, status);
    p.place = [470, 172];
    // What begins with a path is no symbol yet.
    let symbol = p.object("symbol");
    p.cord(stages, 1, symbol, 0);
    p.cord(symbol, 0, path, 0);
    p.place = [620, 230];
    let passed = p.object("t f f");
    p.cord(stages, 2, passed, 0);
    p.cord(passed, 0, done, 0);
    p.place = [620, 260];
    let which = p.object("sel 1 0");
    p.cord(passed, 1, which, 0);
    for (outlet, text) in ["every check passes", "a check failed: see the report"].into_iter().enumerate() {
        let shown = shows(p, text, status);
        p.cord(which, outlet, shown, 0);
    }
    this
}

/// What `nn.info` is told: what boxes answer, and its own methods on their way through the patch.
fn told(p: &mut PdPatch, info: usize) {
    p.place = [320, 20];
    let results = p.object("r nn-selftest-results");
    let (result, trim) = (p.object("list prepend selftest result"), p.object("list trim"));
    p.cord(results, 0, result, 0);
    p.cord(result, 0, trim, 0);
    p.cord(trim, 0, info, 0);
    p.place = [20, 230];
    let (methods, trim) = (p.object("list prepend selftest heard"), p.object("list trim"));
    p.cord(info, 1, methods, 0);
    p.cord(methods, 0, trim, 0);
    p.cord(trim, 0, info, 0);
}

/// Switches audio on, plays, has the boxes compare, and comes to an end.
fn play(p: &mut PdPatch, info: usize, stages: usize, status: usize) {
    p.place = [320, 172];
    let play = p.object("t b");
    p.cord(stages, 0, play, 0);
    let playing = shows(p, "playing and recording", status);
    let audio = p.message("\\; pd dsp 1");
    p.place = [620, 120];
    let waits = [BEGIN_MS, BEGIN_MS + HEARD_MS, BEGIN_MS + HEARD_MS + COMPARED_MS]
        .map(|ms| p.object(&format!("del {ms}")));
    for to in [playing, audio, waits[0], waits[1], waits[2]] {
        p.cord(play, 0, to, 0);
    }
    p.place = [20, 330];
    let order = p.object("t b b b b");
    let counts = p.message("\\; nn-selftest-boxes selftest begin");
    let ask = p.message("set gain, methods");
    p.place = [20, 410];
    let sound = p.object("s nn-selftest-play");
    p.cord(waits[0], 0, order, 0);
    p.cord(order, 3, counts, 0);
    p.cord(order, 2, ask, 0);
    p.cord(order, 0, sound, 0);
    p.cord(ask, 0, info, 0);
    p.place = [320, 330];
    let check = p.object("s nn-selftest-check");
    p.cord(waits[1], 0, check, 0);
    let end = p.message("selftest end");
    p.cord(waits[2], 0, end, 0);
    p.cord(end, 0, info, 0);
}

/// The patch inside that plays a group.
fn inside(group: &Group) -> PdPatch {
    let mut p = PdPatch::at([20, 20]);
    let (play, ask, boxes) =
        (p.object("r nn-selftest-play"), p.object("r nn-selftest-check"), p.object("r nn-selftest-boxes"));
    let sound = p.object("tabplay~ nn-selftest-sound");
    p.cord(play, 0, sound, 0);
    record(&mut p, play, (sound, 0), &played(group));
    if group.name() == "identity" {
        file(&mut p);
    }
    p.place = [320, 20];
    let mut before: Option<(usize, usize)> = None;
    for check in &group.checks {
        let inputs = inputs(&mut p, check, sound);
        let this = p.object(check.typed);
        for (inlet, from) in inputs.into_iter().enumerate() {
            p.cord(from, 0, this, inlet);
        }
        if let Some((encoder, outlets)) = before {
            (0..outlets).for_each(|outlet| p.cord(encoder, outlet, this, outlet));
        }
        let signals = if check.name == "encode" { 24 } else { check.outlets.len() };
        before = Some((this, signals));
        recorded(&mut p, check, this, play);
        let told = [p.object("route selftest"), p.object("s nn-selftest-results")];
        p.cord(this, signals, told[0], 0);
        p.cord(told[0], 0, told[1], 0);
        let compare = p.message(&message(group, check));
        p.cord(ask, 0, compare, 0);
        p.cord(compare, 0, this, 0);
        p.cord(boxes, 0, this, 0);
        if let Some(set) = check.set {
            let (begin, set) = (p.object("loadbang"), p.message(set));
            p.cord(begin, 0, set, 0);
            p.cord(set, 0, this, 0);
        }
        if check.name == "codec" {
            let loud = [p.object("*~ 0.3"), p.object("dac~")];
            p.cord(this, 0, loud[0], 0);
            p.cord(loud[0], 0, loud[1], 0);
            p.cord(loud[0], 0, loud[1], 1);
        }
    }
    p
}

/// The sound, from its file.
fn file(p: &mut PdPatch) {
    let begin = p.object("loadbang");
    let read = p.message(&format!("read -resize {SOUND} nn-selftest-sound"));
    let reader = p.object("soundfiler");
    p.object("array define nn-selftest-sound");
    p.cord(begin, 0, read, 0);
    p.cord(read, 0, reader, 0);
}

/// What goes into each inlet of a box that hears the sound.
fn inputs(p: &mut PdPatch, check: &HostCheck, sound: usize) -> Vec<usize> {
    let scaled = |p: &mut PdPatch, factor: f32| {
        if factor.to_bits() == 1.0_f32.to_bits() {
            return sound;
        }
        let scaled = p.object(&format!("*~ {factor}"));
        p.cord(sound, 0, scaled, 0);
        scaled
    };
    let inlet = |p: &mut PdPatch, channels: &[f32]| {
        let channels: Vec<usize> = channels.iter().map(|factor| scaled(p, *factor)).collect();
        if let [one] = channels[..] {
            return one;
        }
        let together = p.object(&format!("snake~ in {}", channels.len()));
        channels.iter().enumerate().for_each(|(at, from)| p.cord(*from, 0, together, at));
        together
    };
    check.inlets.iter().map(|channels| inlet(p, channels)).collect()
}

/// What a box plays, recorded channel by channel.
fn recorded(p: &mut PdPatch, check: &HostCheck, this: usize, play: usize) {
    let mut channel = 0;
    for (outlet, &channels) in check.outlets.iter().enumerate() {
        let from = if channels == 1 {
            (this, outlet)
        } else {
            let apart = p.object(&format!("snake~ out {channels}"));
            p.cord(this, outlet, apart, 0);
            (apart, 0)
        };
        for at in 0..channels {
            record(p, play, (from.0, from.1 + at), &heard(check, channel));
            channel += 1;
        }
    }
}

fn record(p: &mut PdPatch, play: usize, (from, outlet): (usize, usize), array: &str) {
    let recorder = p.object(&format!("tabwrite~ {array}"));
    p.cord(from, outlet, recorder, 0);
    p.cord(play, 0, recorder, 0);
    p.object(&format!("array define {array} {FRAMES}"));
}
