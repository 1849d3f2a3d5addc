//! The self-test in Max. A counter of samples drives what is played and where it is recorded, so all recordings of a patch
//! inside begin with the same sample.

use nn_core::host_test::HostCheck;

use super::plan::{
    BEGIN_MS, COMPARED_MS, GIVEN_UP_MS, Group, HEARD_MS, STEPS, TITLE, heard, message, played,
};
use crate::max_help::sheet::{Placed, Sheet};

/// The length of recordings: that of the sound at 44.1 kHz, and latency besides.
const RECORDING_MS: usize = 3_500;
/// The sound in the package's folder `media`.
const SOUND: &str = "nn-speech.wav";

/// `nn-selftest.maxpat`.
pub fn sheet() -> Sheet {
    let mut s = Sheet::new("self-test", TITLE);
    window(&mut s);
    s
}

/// `nn-selftest-auto.maxpat`: that patch, and what begins and quits.
pub fn auto() -> Sheet {
    let title = "Runs the self-test as soon as it is opened, and quits Max: for tests without a user";
    let mut s = Sheet::new("self-test", title);
    s.column(0, "");
    s.object(0, "nn-selftest", 0, &[]);
    s.skip(2);
    let begin = s.object(0, "loadbang", 1, &["bang"]);
    let done = s.object(160, "r nn-selftest-done", 0, &[""]);
    s.skip(1);
    let wait = s.object(0, "del 5000", 2, &["bang"]);
    // A result of 0 is a result.
    let bang = s.object(160, "t b", 1, &["bang"]);
    let late = s.object(320, &format!("del {GIVEN_UP_MS}"), 2, &["bang"]);
    s.skip(1);
    let go = s.object(0, "s nn-selftest-go", 1, &[]);
    let soon = s.object(160, "del 500", 2, &["bang"]);
    s.skip(1);
    let quit = s.click(160, "; max quit");
    for (from, to) in
        [(begin, wait), (wait, go), (begin, late), (done, bang), (bang, soon), (soon, quit), (late, quit)]
    {
        s.cord(from, 0, to, 0);
    }
    s
}

fn window(s: &mut Sheet) {
    s.column(0, "");
    for step in STEPS {
        s.note(step, 700);
        s.skip(1);
    }
    let click = s.control(18, "button", [40, 40], 1, &["bang"], &[]);
    let go = s.object(80, "s nn-selftest-go", 1, &[]);
    s.cord(click, 0, go, 0);
    s.skip(2);
    for (name, shown) in [("state", "nn-selftest-state"), ("report", "nn-selftest-path")] {
        s.aside(0, name, 60);
        let from = s.object(80, &format!("r {shown}"), 0, &[""]);
        s.skip(1);
        let shows = s.wide(80, 600);
        s.cord(from, 0, shows, 0);
        s.skip(1);
    }
    s.skip(1);
    s.inside(80, &report());
    s.column(740, "");
    s.aside(0, "what it plays", 120);
    s.skip(1);
    s.object(0, &format!("buffer~ nn-selftest-sound {SOUND}"), 1, &["float", "bang"]);
    for group in Group::all() {
        s.skip(1);
        s.inside(0, &inside(&group));
    }
}

/// The patch inside with `nn.info`.
fn report() -> Sheet {
    let mut s = Sheet::new(
        "report",
        "nn.info asks the doctor, says when to play, collects what boxes answer, and writes the report",
    );
    s.column(0, "");
    let go = s.object(0, "r nn-selftest-go", 0, &[""]);
    s.skip(1);
    let begin = s.object(0, "t b b", 1, &["bang", "bang"]);
    s.skip(1);
    let ask = s.click(0, "selftest begin");
    let asks = s.click(120, "set asking the doctor: some seconds");
    s.skip(1);
    let state = s.object(120, "s nn-selftest-state", 1, &[]);
    s.skip(1);
    let info = s.object(0, "nn.info", 1, &[""; 6]);
    for (from, outlet, to) in
        [(go, 0, begin), (begin, 1, asks), (begin, 0, ask), (asks, 0, state), (ask, 0, info)]
    {
        s.cord(from, outlet, to, 0);
    }
    told(&mut s, info);
    stages(&mut s, info, state);
    s
}

/// What `nn.info` is told: what boxes answer, and its own methods on their way through the patch.
fn told(s: &mut Sheet, info: Placed) {
    s.skip(1);
    let methods = s.object(0, "prepend selftest heard", 1, &[""]);
    let results = s.object(220, "r nn-selftest-results", 0, &[""]);
    s.skip(1);
    let result = s.object(220, "prepend selftest result", 1, &[""]);
    for (from, outlet, to) in
        [(info, 1, methods), (methods, 0, info), (results, 0, result), (result, 0, info)]
    {
        s.cord(from, outlet, to, 0);
    }
}

/// What happens when: `nn.info` says when to play, and when the report is written.
fn stages(s: &mut Sheet, info: Placed, state: Placed) {
    s.skip(1);
    let route = s.object(0, "route selftest", 2, &["", ""]);
    let stages = s.object(150, "route play written passed", 4, &["", "", "", ""]);
    s.skip(1);
    let play = s.object(0, "t b b b", 1, &["bang", "bang", "bang"]);
    let written = s.object(150, "prepend set", 1, &[""]);
    let passed = s.object(260, "t i i", 1, &["int", "int"]);
    s.skip(1);
    let audio = s.click(0, "; dsp start");
    let playing = s.click(120, "set playing and recording");
    let which = s.object(340, "sel 1 0", 1, &["bang", "bang", ""]);
    let done = s.object(420, "s nn-selftest-done", 1, &[]);
    let path = s.object(590, "s nn-selftest-path", 1, &[]);
    s.skip(1);
    let good = s.click(120, "set every check passes");
    let bad = s.click(340, "set a check failed: see the report");
    s.skip(1);
    let times = [BEGIN_MS, BEGIN_MS + HEARD_MS, BEGIN_MS + HEARD_MS + COMPARED_MS];
    let waits =
        [0, 160, 320].map(|offset| s.object(offset, &format!("del {}", times[offset / 160]), 2, &["bang"]));
    s.skip(1);
    let order = s.object(0, "t b b b", 1, &["bang", "bang", "bang"]);
    let check = s.object(160, "s nn-selftest-check", 1, &[]);
    let end = s.click(320, "selftest end");
    s.skip(1);
    let sound = s.object(0, "s nn-selftest-play", 1, &[]);
    let counts = s.click(160, "; nn-selftest-boxes selftest begin");
    let ask = s.click(440, "set gain, methods");
    for (from, outlet, to) in [
        (info, 4, route),
        (route, 0, stages),
        (stages, 0, play),
        (stages, 1, written),
        (stages, 2, passed),
        (play, 2, audio),
        (play, 1, playing),
        (playing, 0, state),
        (play, 0, waits[0]),
        (play, 0, waits[1]),
        (play, 0, waits[2]),
        (written, 0, path),
        (passed, 1, which),
        (passed, 0, done),
        (which, 0, good),
        (which, 1, bad),
        (good, 0, state),
        (bad, 0, state),
        (waits[0], 0, order),
        (order, 2, counts),
        (order, 1, ask),
        (order, 0, sound),
        (ask, 0, info),
        (waits[1], 0, check),
        (waits[2], 0, end),
        (end, 0, info),
    ] {
        s.cord(from, outlet, to, 0);
    }
}

/// The patch inside that plays a group.
fn inside(group: &Group) -> Sheet {
    let mut s = Sheet::new(group.name(), "Plays, records, and has the box compare");
    s.column(0, "");
    let play = s.object(0, "r nn-selftest-play", 0, &[""]);
    let ask = s.object(180, "r nn-selftest-check", 0, &[""]);
    let boxes = s.object(380, "r nn-selftest-boxes", 0, &[""]);
    s.skip(2);
    let count = s.object(0, "count~ 0 0 0", 2, &["signal"]);
    s.skip(1);
    let sound = s.object(120, "index~ nn-selftest-sound", 2, &["signal"]);
    s.cord(play, 0, count, 0);
    s.cord(count, 0, sound, 0);
    s.skip(1);
    record(&mut s, 320, (sound, 0), count, &played(group));
    let mut before: Option<(Placed, usize)> = None;
    for check in &group.checks {
        s.skip(2);
        let inputs = inputs(&mut s, check, sound);
        s.skip(1);
        let compare = s.click(0, &message(group, check));
        s.skip(1);
        let this = place(&mut s, check);
        inputs.into_iter().enumerate().for_each(|(inlet, from)| s.cord(from, 0, this, inlet));
        if let Some((encoder, outlets)) = before {
            (0..outlets).for_each(|outlet| s.cord(encoder, outlet, this, outlet));
        }
        let signals = signals(check);
        before = Some((this, signals));
        s.cord(ask, 0, compare, 0);
        s.cord(compare, 0, this, 0);
        s.cord(boxes, 0, this, 0);
        s.skip(2);
        let route = s.object(560, "route selftest", 2, &["", ""]);
        let results = s.object(680, "s nn-selftest-results", 1, &[]);
        s.cord(this, signals, route, 0);
        s.cord(route, 0, results, 0);
        recorded(&mut s, check, this, count);
        if let Some(set) = check.set {
            s.skip(1);
            let (begin, set) = (s.object(560, "loadbang", 1, &["bang"]), s.click(660, set));
            s.cord(begin, 0, set, 0);
            s.cord(set, 0, this, 0);
        }
        if check.name == "codec" {
            s.skip(1);
            let (soft, dac) = (s.object(0, "*~ 0.3", 2, &["signal"]), s.object(100, "dac~", 2, &[]));
            s.cord(this, 0, soft, 0);
            s.cord(soft, 0, dac, 0);
            s.cord(soft, 0, dac, 1);
        }
    }
    s
}

/// All patches inside.
#[cfg(test)]
pub fn insides() -> Vec<Sheet> {
    Group::all().iter().map(inside).chain([report()]).collect()
}

/// How many outlets with sound a box has.
fn signals(check: &HostCheck) -> usize {
    if check.name == "encode" { 24 } else { check.outlets.len() }
}

fn place(s: &mut Sheet, check: &HostCheck) -> Placed {
    let inlets = match check.after {
        Some(_) => 24,
        None => check.inlets.len().max(1),
    };
    s.nn(check.typed, inlets, signals(check))
}

/// What goes into each inlet of a box that hears the sound.
fn inputs(s: &mut Sheet, check: &HostCheck, sound: Placed) -> Vec<Placed> {
    let mut offset = 0;
    let mut inlets = Vec::new();
    for channels in check.inlets {
        let mut from = Vec::new();
        for factor in *channels {
            if factor.to_bits() == 1.0_f32.to_bits() {
                from.push(sound);
                continue;
            }
            let scaled = s.object(offset, &format!("*~ {factor:?}"), 2, &["signal"]);
            s.cord(sound, 0, scaled, 0);
            from.push(scaled);
            offset += 90;
        }
        inlets.push(from);
    }
    s.skip(1);
    let together = |(at, from): (usize, Vec<Placed>)| {
        if let [one] = from[..] {
            return one;
        }
        let pack =
            s.object(160 * at, &format!("mc.pack~ {}", from.len()), from.len(), &["multichannelsignal"]);
        from.iter().enumerate().for_each(|(channel, from)| s.cord(*from, 0, pack, channel));
        pack
    };
    inlets.into_iter().enumerate().map(together).collect()
}

/// What a box plays, recorded channel by channel.
fn recorded(s: &mut Sheet, check: &HostCheck, this: Placed, count: Placed) {
    let mut channel = 0;
    for (outlet, &channels) in check.outlets.iter().enumerate() {
        let from = if channels == 1 {
            (this, outlet)
        } else {
            let apart = s.object(0, &format!("mc.unpack~ {channels}"), 1, &vec!["signal"; channels]);
            s.cord(this, outlet, apart, 0);
            s.skip(1);
            (apart, 0)
        };
        for at in 0..channels {
            record(s, 0, (from.0, from.1 + at), count, &heard(check, channel));
            s.skip(1);
            channel += 1;
        }
    }
}

/// Writes a signal where the counter says.
fn record(s: &mut Sheet, offset: usize, (from, outlet): (Placed, usize), count: Placed, buffer: &str) {
    let recorder = s.object(offset, &format!("poke~ {buffer}"), 3, &[]);
    s.object(offset + 230, &format!("buffer~ {buffer} {RECORDING_MS}"), 1, &["float", "bang"]);
    s.cord(from, outlet, recorder, 0);
    s.cord(count, 0, recorder, 1);
}
