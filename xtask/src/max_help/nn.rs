//! Contents of the help of `nn~`.

use nn_core::message;

use super::sheet::{DOWNLOADS, Sheet};

/// Its tabs.
pub fn sheets() -> Vec<Sheet> {
    vec![
        basics(),
        attributes(),
        latency(),
        super::effects::sheet(),
        super::generators::sheet(),
        multichannel(),
        models(),
        scripts(),
        arguments(),
    ]
}

fn basics() -> Sheet {
    let mut s = Sheet::new("basics", "nn~ : neural audio models (TorchScript files) that listen and play");
    s.column(0, "hear it");
    let play = s.click(0, "open nn-speech.wav, loop 1, 1; dsp start");
    s.skip(1);
    let stop = s.click(100, "0");
    s.aside(124, "stop", 50);
    s.skip(2);
    let file = s.object(0, "sfplay~", 2, &["signal", "bang"]);
    s.skip(3);
    let nn = s.nn("nn~ codec forward 2048", 1, 1);
    s.skip(2);
    let print = s.object(170, "print nn~", 1, &[]);
    s.skip(2);
    s.loudspeakers((nn, 0), (nn, 0));
    s.skip(1);
    s.note("A small neural codec: speech comes out of 24 numbers for each 512 samples.", 290);
    s.skip(1);
    s.note("Every answer goes to the rightmost outlet, the information outlet. A double click opens the model's description.", 290);
    s.cord(play, 0, file, 0);
    s.cord(stop, 0, file, 0);
    s.cord(file, 0, nn, 0);
    s.cord(nn, 1, print, 0);
    s.column(310, "the box");
    s.told(
        nn,
        110,
        message::MESSAGES,
        &[
            "bang",
            "dump",
            "enable 0",
            "enable 1",
            "stats",
            "get_methods",
            "get_attributes",
            "reset",
            "seed 7",
            "optimise 0",
            "optimise 1",
            "resample 1",
            "resample 0",
            "worker 0",
            "worker 1",
            "idle auto",
            "idle 0",
            "selftest begin",
        ],
    );
    s.column(660, "another model");
    s.told(
        nn,
        130,
        message::MESSAGES,
        &["load codec forward", "load delay", "reload", "method forward", "gpu 1", "gpu 0"],
    );
    s.skip(1);
    s.note("See also mc.nn~ and mcs.nn~ (several examples at a time) and nn.info (what is in a file).", 300);
    s
}

#[expect(clippy::too_many_lines, reason = "one page, from top to bottom")]
fn attributes() -> Sheet {
    let mut s = Sheet::new(
        "attributes",
        "Attributes of the model: numbers, words, buffers. Attributes of the box: Max's.",
    );
    s.column(0, "hear it");
    let sine = s.object(0, "cycle~ 220.", 2, &["signal"]);
    s.aside(110, "a sine, bent by a curve", 180);
    s.skip(2);
    let (play, stop) = (s.click(80, "0.3; dsp start"), s.click(210, "0."));
    s.aside(240, "stop", 50);
    s.skip(2);
    let gate = s.object(0, "*~ 0.", 2, &["signal"]);
    s.skip(3);
    let nn = s.nn("nn~ gain forward 512 @track_buffers 1", 1, 1);
    s.skip(2);
    let route = s.object(150, "route gain", 2, &["", ""]);
    s.skip(1);
    let number = s.number(150);
    let print = s.object(210, "print nn~", 1, &[]);
    s.skip(2);
    s.loudspeakers((nn, 0), (nn, 0));
    s.cord(play, 0, gate, 1);
    s.cord(stop, 0, gate, 1);
    s.cord(sine, 0, gate, 0);
    s.cord(gate, 0, nn, 0);
    s.cord(nn, 1, route, 0);
    s.cord(route, 0, number, 0);
    s.cord(route, 1, print, 0);
    s.column(310, "set, get: the model's");
    s.messages(
        nn,
        120,
        &[
            ("set gain 0.25", ""),
            ("set gain 1", ""),
            ("set range -0.5 0.5", "two values"),
            ("set mode square", "a word"),
            ("set mode linear", ""),
            ("get gain", "answer: gain 1"),
        ],
    );
    s.told(nn, 120, message::MESSAGES, &["get_attributes"]);
    s.messages(
        nn,
        120,
        &[
            ("set curve nn-curve", "a copy of the buffer~"),
            ("set curve 0 -1 1 0", "values of a tensor, typed"),
        ],
    );
    s.told(nn, 120, message::MESSAGES, &["track 1", "track 0"]);
    s.skip(1);
    let fill = s.click(18, "sizeinsamps 64, fill sin 1");
    s.skip(1);
    s.skip(1);
    let buffer = s.object(18, "buffer~ nn-curve 100", 1, &["float", "bang"]);
    s.cord(fill, 0, buffer, 0);
    s.column(660, "Max's");
    s.attribute(nn, "enable", "computes");
    s.attribute(nn, "gpu", "on a GPU");
    s.attribute(nn, "deadline", "see latency");
    s.attribute(nn, "threads", "in a call");
    s.attribute(nn, "resample", "at its own rate");
    s.attribute(nn, "track_buffers", "as track");
    s.attribute(nn, "wet", "see latency");
    s.attribute(nn, "dry", "see latency");
    s.attribute(nn, "input_gain", "in dB");
    s.attribute(nn, "output_gain", "in dB");
    s.skip(1);
    s.note(
        "They can be typed into the box (@enable 0), are in the inspector, and are saved with the patch.",
        300,
    );
    s.skip(1);
    s.note(
        "Presets and pattr keep the model's attributes: the box has a value that they store and recall.",
        300,
    );
    s
}

fn latency() -> Sheet {
    let mut s = Sheet::new("latency", "Buffer, latency, deadline");
    s.column(0, "hear it");
    let (play, stop) = (s.click(0, "1; dsp start"), s.click(110, "0"));
    s.aside(134, "stop", 50);
    s.skip(2);
    let metro = s.object(0, "metro 1000", 2, &["bang"]);
    s.skip(1);
    let click = s.object(0, "click~", 1, &["signal"]);
    s.skip(3);
    let nn = s.nn("nn~ delay forward 2048", 1, 1);
    s.skip(2);
    let print = s.object(170, "print nn~", 1, &[]);
    s.skip(2);
    s.loudspeakers((nn, 0), (click, 0));
    s.note("Left: through the model. Right: the click itself.", 290);
    for (from, outlet, to) in
        [(play, 0, metro), (stop, 0, metro), (metro, 0, click), (click, 0, nn), (nn, 1, print)]
    {
        s.cord(from, outlet, to, 0);
    }
    s.column(310, "ask, choose");
    s.told(nn, 120, message::MESSAGES, &["latency", "latency measure", "bufsize 512"]);
    s.messages(nn, 120, &[("bufsize 4096", "")]);
    s.told(
        nn,
        120,
        message::MESSAGES,
        &["bufsize 0", "deadline 1024", "deadline auto", "deadline buffer", "threads 1"],
    );
    s.messages(nn, 120, &[("stats", "late blocks, times")]);
    s.told(nn, 120, message::MESSAGES, &["wait 1", "wait auto", "wait 0"]);
    s.skip(1);
    s.told(
        nn,
        120,
        message::MESSAGES,
        &[
            "wet 1",
            "wet 0",
            "dry 0.5",
            "dry 0",
            "input_gain 6",
            "input_gain 0",
            "output_gain -6",
            "output_gain 0",
        ],
    );
    s.column(680, "in a few words");
    for text in [
        "BUFFER: a model computes a block of samples at a time. The third argument, or bufsize, is how many: rounded up to a multiple of the model's ratios. Larger ones are cheaper, smaller ones are heard sooner.",
        "LATENCY = buffer - gcd(buffer, vector size) + deadline. It is constant. The delay inside the model comes on top.",
        "DEADLINE: how many samples the model may take after its buffer is full. A whole buffer is safe. Too short a one makes gaps, which stats counts as late.",
        "DRY: what goes in is heard beside the model, delayed by the latency, so that both come together. WET is the model's part.",
        "BUFFER 0: no thread. The whole model has to be done within one vector.",
    ] {
        s.note(text, 280);
        s.skip(1);
    }
    s
}

fn multichannel() -> Sheet {
    let mut s = Sheet::new("multichannel", "Several inputs of a model, and several examples at a time");
    s.column(0, "nn~: a cord for each channel");
    let (low, high) =
        (s.object(0, "cycle~ 220.", 2, &["signal"]), s.object(120, "saw~ 110.", 2, &["signal"]));
    s.skip(2);
    let (play, stop) = (s.click(190, "0.3; dsp start"), s.click(306, "0."));
    s.skip(2);
    let (a, b) = (s.object(0, "*~ 0.", 2, &["signal"]), s.object(120, "*~ 0.", 2, &["signal"]));
    s.skip(3);
    let nn = s.nn("nn~ multi swap 512", 2, 2);
    s.skip(2);
    let print = s.object(180, "print nn~", 1, &[]);
    s.skip(2);
    s.loudspeakers((nn, 0), (nn, 1));
    s.note("This method swaps its two channels.", 290);
    for (from, to, inlet) in
        [(low, a, 0), (high, b, 0), (play, a, 1), (play, b, 1), (stop, a, 1), (stop, b, 1)]
    {
        s.cord(from, 0, to, inlet);
    }
    s.cord(a, 0, nn, 0);
    s.cord(b, 0, nn, 1);
    s.cord(nn, 2, print, 0);
    s.column(360, "methods of this model");
    s.messages(
        nn,
        120,
        &[
            ("method swap", "left is right"),
            ("method forward", "left halved, right inverted"),
            ("method midside", "middle and side"),
        ],
    );
    s.skip(1);
    s.note("The box has as many inlets and outlets as the method it is made with, and keeps them.", 290);
    s.column(740, "mc.nn~ and mcs.nn~");
    s.note(
        "mc.nn~: the channels of a multichannel signal are the examples that go through the model at a time.",
        280,
    );
    s.skip(1);
    s.note(
        "mcs.nn~: one inlet and one outlet for each example; the channels of its signal are the model's.",
        280,
    );
    s.skip(1);
    s.note("Both have help of their own.", 260);
    s
}

fn models() -> Sheet {
    let mut s = Sheet::new("models", "Where models come from");
    s.column(0, "a box without a model");
    s.skip(2);
    let nn = s.nn("nn~ void 1 1 2048", 1, 1);
    s.skip(2);
    let print = s.object(40, "print nn~", 1, &[]);
    s.cord(nn, 1, print, 0);
    s.skip(2);
    s.note("Models are looked for beside the patch, in the package's folder models, in Max's search path, and by a full path. A box whose model is missing says so, is silent, and takes load.", 290);
    s.column(340, "from the internet");
    s.told(nn, 160, message::CATALOG_MESSAGES, &DOWNLOADS);
    s.messages(nn, 160, &[("load codec", "plays one that is there")]);
    s.skip(1);
    s.note("Nothing here makes Max wait. Answers come from the information outlet and on the console, with progress.", 400);
    s
}

fn scripts() -> Sheet {
    let mut s = Sheet::new("scripts", "Scripts in Python, and MIDI");
    s.column(0, "play it");
    let load = s.click(0, "load synth.py process");
    s.skip(1);
    s.note("It lies in the package, in examples/scripts.", 290);
    s.skip(2);
    let (keys, bytes) = (s.object(0, "midiin", 1, &["int"]), s.object(110, "prepend midi", 1, &[""]));
    s.skip(3);
    let nn = s.nn("nn~ void 1 1 512", 1, 1);
    s.skip(2);
    let route = s.object(150, "route midi", 2, &["", ""]);
    s.skip(1);
    let print = s.object(150, "print answered", 1, &[]);
    s.skip(2);
    s.loudspeakers((nn, 0), (nn, 0));
    s.note("A script is a program that runs beside Max: play only those that you would run. Errors are one line with file and line number.", 290);
    for (from, outlet, to) in
        [(load, 0, nn), (keys, 0, bytes), (bytes, 0, nn), (nn, 1, route), (route, 0, print)]
    {
        s.cord(from, outlet, to, 0);
    }
    s.column(360, "MIDI");
    s.told(
        nn,
        130,
        message::MESSAGES,
        &["midi 144 60 100", "midi 128 60 0", "bpm 120", "transport 1", "transport 0"],
    );
    s.skip(1);
    s.told(nn, 130, message::MESSAGES, &["watch 1", "watch 0", "own 1", "own 0", "python auto"]);
    s
}

fn arguments() -> Sheet {
    let mut s = Sheet::new("arguments", "What is typed into the box");
    s.column(0, "form");
    for (form, about) in [
        (
            "nn~ MODEL METHOD BUFFER",
            "MODEL with or without .ts or .nm; METHOD forward unless given; BUFFER in samples, the model's largest ratio unless given",
        ),
        ("nn~ MODEL BUFFER", "the method forward"),
        (
            "nn~ MODEL METHOD BUFFER INLETS OUTLETS",
            "as many whatever the model: missing inputs are silence, spare outlets are silent",
        ),
        ("nn~ void INLETS OUTLETS BUFFER", "no model yet: send load"),
        ("nn~ MODEL @enable 0 @deadline auto", "attributes last"),
    ] {
        s.aside(0, form, 320);
        s.aside(340, about, 560);
        s.skip(2);
    }
    s.skip(1);
    let two = s.nn("nn~ gain forward 512 2 3", 2, 3);
    s.aside(220, "two inlets, three outlets, whatever the model", 400);
    s.skip(1);
    let print = s.object(220, "print nn~", 1, &[]);
    s.cord(two, 3, print, 0);
    s
}
