//! The messages of `nn~`, `mc.nn~` and `mcs.nn~`, one row each.

use super::{
    arguments::{bare, frames, switch, whole, word},
    attribute::{AttributeKind, BoxAttribute, BoxSetting},
    readers::{cancel, chans, deadline, latency, load, mix, render, self_test, set, threads, wait},
    request::Request,
    table::{AS_USAGE, Form, Message},
};
use nn_model::effect::MixSetting;

/// All of them but those of the catalog, in the order in which errors list them.
#[rustfmt::skip] // One row of the document is one line.
pub const MESSAGES: &[Message<Request>] = &[
    Message {
        selector: "load",
        section: "Another model, method, buffer",
        usage: "load MODEL or load MODEL METHOD",
        forms: &[
            Form { typed: &["load MODEL"], effect: "another model; the method stays if the new model has it, otherwise it is `forward` or the first. Inlets and outlets stay: extra inlets are ignored, extra outlets are silent, and the console says so" },
            Form { typed: &["load MODEL METHOD"], effect: "another model and one of its methods" },
        ],
        help: &[
            ("load codec forward", "model, method"),
            ("load delay", "the old one plays until then"),
        ],
        attribute: None,
        parse: load,
    },
    Message {
        selector: "reload",
        section: "Another model, method, buffer",
        usage: "reload",
        forms: &[
            Form { typed: &["reload"], effect: "the same file again; attributes that were set are set again" },
        ],
        help: &[("reload", "the same file again")],
        attribute: None,
        parse: |atoms| bare(atoms, Request::Reload),
    },
    Message {
        selector: "method",
        section: "Another model, method, buffer",
        usage: "method NAME",
        forms: &[
            Form { typed: &["method NAME"], effect: "another method; attributes and state stay" },
        ],
        help: &[("method forward", "another method")],
        attribute: None,
        parse: |atoms| word(atoms).map(Request::Method).ok_or(AS_USAGE),
    },
    Message {
        selector: "bufsize",
        section: "Another model, method, buffer",
        usage: "bufsize SAMPLES (whole, from 0 to 16777216)",
        forms: &[
            Form { typed: &["bufsize N"], effect: "another buffer in samples; 0 runs the model in the audio callback. Attributes and state stay" },
        ],
        help: &[
            ("bufsize 512", "samples per run of the model"),
            ("bufsize 0", "runs in Max's audio thread"),
        ],
        attribute: None,
        parse: |atoms| frames(atoms).map(Request::Bufsize).ok_or(AS_USAGE),
    },
    Message {
        selector: "deadline",
        section: "Another model, method, buffer",
        usage: "deadline SAMPLES (whole, from 0 to 4294967295), deadline auto or deadline buffer",
        forms: &[
            Form { typed: &["deadline N"], effect: "how many samples the model may take once its buffer is full, rounded up to whole host blocks, at least one; by default a whole buffer. Latency is buffer - gcd(buffer, host block) + deadline" },
            Form { typed: &["deadline buffer"], effect: "a whole buffer again" },
            Form { typed: &["deadline auto"], effect: "as long as the model takes on this machine: the longest of 50 runs while the other boxes play, or one run and one of every other box where that is longer; plus a margin, rounded up to whole bursts of the host. Send it when all boxes exist" },
        ],
        help: &[
            ("deadline 1024", "time to compute, in samples"),
            ("deadline auto", "as short as this machine can"),
            ("deadline buffer", "a whole buffer, as at first"),
        ],
        attribute: Some(BoxAttribute { name: "deadline", setting: BoxSetting::Deadline, kind: AttributeKind::NumberOrWord, label: "Deadline in samples, auto or buffer", multichannel_only: false }),
        parse: deadline,
    },
    Message {
        selector: "enable",
        section: "The box",
        usage: "enable 0 or enable 1",
        forms: &[
            Form { typed: &["enable 0", "enable 1"], effect: "stops or resumes computation, with a fade of 5 ms" },
        ],
        help: &[
            ("enable 0", "silent, computes nothing"),
            ("enable 1", "with a fade of 5 ms"),
        ],
        attribute: Some(BoxAttribute { name: "enable", setting: BoxSetting::Enable, kind: AttributeKind::Switch, label: "Enable", multichannel_only: false }),
        parse: |atoms| switch(atoms).map(Request::Enable).ok_or(AS_USAGE),
    },
    Message {
        selector: "set",
        section: "The model's attributes",
        usage: "set ATTRIBUTE VALUE...",
        forms: &[
            Form { typed: &["set ATTRIBUTE VALUE…"], effect: "sets an attribute, checked against its types: bool (`0`, any other number, `true`, `off`, …), int (2.7 becomes 2), float, string. For a tensor or a buffer, VALUE is the name of an array. It is copied in Pd's own thread: a million samples take about 10 ms, so send long arrays before the concert or while DSP is off. The numbers of a tensor may also be typed" },
        ],
        help: &[("set ATTRIBUTE VALUE", "a number, a word, a buffer~")],
        attribute: None,
        parse: set,
    },
    Message {
        selector: "get",
        section: "The model's attributes",
        usage: "get ATTRIBUTE",
        forms: &[
            Form { typed: &["get ATTRIBUTE"], effect: "`ATTRIBUTE VALUE…` on the information outlet and the console, in the form for `[route ATTRIBUTE]`. Line breaks in a text become spaces; long tensors are cut after 4096 values" },
        ],
        help: &[("get ATTRIBUTE", "its value")],
        attribute: None,
        parse: |atoms| word(atoms).map(Request::Get).ok_or(AS_USAGE),
    },
    Message {
        selector: "track",
        section: "The model's attributes",
        usage: "track 0 or track 1",
        forms: &[
            Form { typed: &["track 1", "track 0"], effect: "attributes that were set by the name of an array follow its changes, or (the default) do not. Arrays are checked every 50 ms, 16384 samples of each at a time, which costs some 20 µs of Pd's main thread; when a change is found, the whole array is copied. So a change far into a long array is heard late (of 2 million samples: up to 6 s), and copying takes time in Pd's thread: send `set` again where timing matters" },
        ],
        help: &[
            ("track 1", "follow the buffer~"),
            ("track 0", "not any more"),
        ],
        attribute: Some(BoxAttribute { name: "track_buffers", setting: BoxSetting::Track, kind: AttributeKind::Switch, label: "Follow buffers that attributes were set from", multichannel_only: false }),
        parse: |atoms| switch(atoms).map(Request::Track).ok_or(AS_USAGE),
    },
    Message {
        selector: "get_attributes",
        section: "The model's attributes",
        usage: "get_attributes",
        forms: &[
            Form { typed: &["get_attributes"], effect: "`attributes NAME…`, in the same places" },
        ],
        help: &[("get_attributes", "their names")],
        attribute: None,
        parse: |atoms| bare(atoms, Request::GetAttributes),
    },
    Message {
        selector: "get_methods",
        section: "The model's attributes",
        usage: "get_methods",
        forms: &[
            Form { typed: &["get_methods"], effect: "`methods NAME…`, in the same places" },
        ],
        help: &[("get_methods", "their names")],
        attribute: None,
        parse: |atoms| bare(atoms, Request::GetMethods),
    },
    Message {
        selector: "wet",
        section: "The mix",
        usage: "wet PART (a number from 0 to 1)",
        forms: &[
            Form { typed: &["wet N"], effect: "how much of the model's sound is heard, from 0 to 1; 1 unless the file says otherwise" },
        ],
        help: &[
            ("wet 1", "all of the model's sound"),
            ("wet 0", "none of it"),
        ],
        attribute: Some(BoxAttribute { name: "wet", setting: BoxSetting::Mix(MixSetting::Wet), kind: AttributeKind::Number, label: "Part of the model's sound", multichannel_only: false }),
        parse: |atoms| mix(MixSetting::Wet, atoms),
    },
    Message {
        selector: "dry",
        section: "The mix",
        usage: "dry PART (a number from 0 to 1)",
        forms: &[
            Form { typed: &["dry N"], effect: "how much of the input is heard beside it, from 0 to 1; 0 unless the file says otherwise. It is delayed by exactly what `latency` says, so that both come together, and goes on where the model is late. Of stereo into mono it is the mean; mono goes to all outputs. Refused where inputs and outputs have different ratios (`encode`, `decode`), or where there is no input that takes a signal" },
        ],
        help: &[
            ("dry 0.5", "the input beside it"),
            ("dry 0", "the model alone"),
        ],
        attribute: Some(BoxAttribute { name: "dry", setting: BoxSetting::Mix(MixSetting::Dry), kind: AttributeKind::Number, label: "Part of the input", multichannel_only: false }),
        parse: |atoms| mix(MixSetting::Dry, atoms),
    },
    Message {
        selector: "input_gain",
        section: "The mix",
        usage: "input_gain DB (a number from -60 to 30)",
        forms: &[
            Form { typed: &["input_gain N"], effect: "raises the input by so many dB, from -60 to 30, for the model and for the dry sound. Parameters, and inputs whose labels name classes or a range, stay as they are" },
        ],
        help: &[
            ("input_gain 6", "louder into the model, in dB"),
            ("input_gain 0", "as it comes"),
        ],
        attribute: Some(BoxAttribute { name: "input_gain", setting: BoxSetting::Mix(MixSetting::InputGain), kind: AttributeKind::Number, label: "Gain of the input in dB", multichannel_only: false }),
        parse: |atoms| mix(MixSetting::InputGain, atoms),
    },
    Message {
        selector: "output_gain",
        section: "The mix",
        usage: "output_gain DB (a number from -60 to 30)",
        forms: &[
            Form { typed: &["output_gain N"], effect: "raises what is heard by so many dB, from -60 to 30" },
        ],
        help: &[
            ("output_gain -6", "softer, in dB"),
            ("output_gain 0", "as it comes"),
        ],
        attribute: Some(BoxAttribute { name: "output_gain", setting: BoxSetting::Mix(MixSetting::OutputGain), kind: AttributeKind::Number, label: "Gain of the output in dB", multichannel_only: false }),
        parse: |atoms| mix(MixSetting::OutputGain, atoms),
    },
    Message {
        selector: "render",
        section: "Whole sounds",
        usage: "render IN... OUT... or render OUT... SECONDS",
        forms: &[
            Form { typed: &["render IN… OUT…"], effect: "for generators of Neutone: makes whole sounds from the arrays IN and writes them into the arrays OUT, as many as the model takes and makes (`dump` says `sounds TAKES MAKES`). Each OUT becomes as long as its sound. In Pd arrays have one channel: a stereo sound is two of them, left and right, or one, which gets the mean. While it works, `render_progress PERCENT` comes four times a second; at the end, `rendered OUT SAMPLES RATE` for each array. Sounds are brought to the model's rate and back to the array's" },
            Form { typed: &["render OUT… SECONDS"], effect: "for generators without sounds at their input: how long their parameters last. Many decide for themselves how long they play; SECONDS may be left out" },
        ],
        help: &[
            ("render OUT", "a generator, into a buffer~"),
            ("render IN OUT", "from one buffer~ into another"),
        ],
        attribute: None,
        parse: render,
    },
    Message {
        selector: "cancel",
        section: "Whole sounds",
        usage: "cancel render, cancel or cancel CARD",
        forms: &[
            Form { typed: &["cancel render"], effect: "stops rendering; `cancelled render`. Arrays stay as they are, one that is being written with what it has got" },
        ],
        help: &[("cancel render", "stops rendering")],
        attribute: None,
        parse: cancel,
    },
    Message {
        selector: "bang",
        section: "The box",
        usage: "bang",
        forms: &[
            Form { typed: &["bang"], effect: "`loaded`, and when it is 1 `enabled`, `gpu`, `model`, `methods`, `method`, `attributes`, `bufsize`, `dim`, `ratio`, `latency`, `rate`, `device` and labels on the information outlet; `wet`, `dry`, `input_gain` and `output_gain` where one of them is not as for any other model" },
        ],
        help: &[("bang", "the state")],
        attribute: None,
        parse: |atoms| bare(atoms, Request::Bang),
    },
    Message {
        selector: "dump",
        section: "The box",
        usage: "dump",
        forms: &[
            Form { typed: &["dump"], effect: "the same, also on the console; while a model is loading, what its file says stands behind `loaded 0`" },
        ],
        help: &[("dump", "the same, and on the console")],
        attribute: None,
        parse: |atoms| bare(atoms, Request::Dump),
    },
    Message {
        selector: "latency",
        section: "The box",
        usage: "latency or latency measure",
        forms: &[
            Form { typed: &["latency"], effect: "`latency SAMPLES MS`: from input to output, through buffering and resampling, and through the model where it declares its own delay. Methods whose output has a ratio above 1 add `chained SAMPLES MS`: what this box adds to a chain in which the next box has that ratio at its input, as `decode` after `encode`. That box takes each value from the end of its group, so the part of the latency beyond whole groups is not heard: the delay of the chain is the `chained` of every box but the last, plus the latency of the last. This holds for boxes that began to play together (as in `pd -batch`, or with `wait 1`); for others the delay is up to one group longer. With `resample 1` groups end between the host's samples, so `chained` is not reported" },
            Form { typed: &["latency measure"], effect: "`latency SAMPLES MS model SAMPLES total SAMPLES MS`: includes the model's own delay, measured on a copy with noise or an impulse, in the background" },
        ],
        help: &[
            ("latency", "in samples and ms"),
            ("latency measure", "with the model's own"),
        ],
        attribute: None,
        parse: latency,
    },
    Message {
        selector: "stats",
        section: "The box",
        usage: "stats",
        forms: &[
            Form { typed: &["stats"], effect: "`stats` and pairs: `blocks`, `late`, `dropped`, `faults`, `nonfinite`, `errors`, `mean_ms`, `worst_ms`, `rtf`, `memory_mb`" },
        ],
        help: &[("stats", "late blocks, times, memory")],
        attribute: None,
        parse: |atoms| bare(atoms, Request::Stats),
    },
    Message {
        selector: "reset",
        section: "Another model, method, buffer",
        usage: "reset",
        forms: &[
            Form { typed: &["reset"], effect: "back to the state after loading; attributes stay" },
        ],
        help: &[("reset", "the state as after loading")],
        attribute: None,
        parse: |atoms| bare(atoms, Request::Reset),
    },
    Message {
        selector: "wait",
        section: "The box",
        usage: "wait 0, wait 1 or wait auto",
        forms: &[
            Form { typed: &["wait 1"], effect: "waits for the model and for pending loads, so that no result is late: for renderings that repeat, see below" },
            Form { typed: &["wait 0"], effect: "never waits" },
            Form { typed: &["wait auto"], effect: "waits only while Pd renders offline (`-batch`, or more than 60 ms ahead of the clock); the default" },
        ],
        help: &[
            ("wait 1", "waits for every result"),
            ("wait auto", "only when faster than real time"),
            ("wait 0", "never waits"),
        ],
        attribute: None,
        parse: wait,
    },
    Message {
        selector: "seed",
        section: "The box",
        usage: "seed NUMBER (whole, from 0 to 2^53)",
        forms: &[
            Form { typed: &["seed N"], effect: "seeds the box's random numbers: now, and again after every `load`, `reload` or `reset`, also if there is no model yet. `method`, `bufsize`, `deadline` and `resample` do not restart them. Boxes with the same seed draw the same numbers, and no box changes those of another. A GPU has a generator of its own, which is not seeded" },
        ],
        help: &[("seed 7", "of random numbers")],
        attribute: None,
        parse: |atoms| whole(atoms, 1 << 53).map(Request::Seed).ok_or(AS_USAGE),
    },
    Message {
        selector: "threads",
        section: "The box",
        usage: "threads NUMBER (from 1 to 64)",
        forms: &[
            Form { typed: &["threads N"], effect: "how many threads one call of this box's model may use; 1 by default. More is faster on an idle machine and much slower on a busy one" },
        ],
        help: &[("threads 1", "inside one call")],
        attribute: Some(BoxAttribute { name: "threads", setting: BoxSetting::Threads, kind: AttributeKind::Whole, label: "Threads for one call of the model", multichannel_only: false }),
        parse: threads,
    },
    Message {
        selector: "optimise",
        section: "The box",
        usage: "optimise 0 or optimise 1",
        forms: &[
            Form { typed: &["optimise 0", "optimise 1"], effect: "computes with libtorch's own kernels, bit for bit, or (the default) with this project's faster ones ([KERNELS.md](KERNELS.md))" },
        ],
        help: &[
            ("optimise 0", "libtorch's own kernels"),
            ("optimise 1", "this project's faster ones"),
        ],
        attribute: None,
        parse: |atoms| switch(atoms).map(Request::Optimise).ok_or(AS_USAGE),
    },
    Message {
        selector: "resample",
        section: "Another model, method, buffer",
        usage: "resample 0 or resample 1",
        forms: &[
            Form { typed: &["resample 1", "resample 0"], effect: "runs a model that was made for another sample rate at its own rate, with the right pitch and speed, or at the host's, which is the default. It applies to every model that is loaded later; a model for any rate, or for the host's, is not resampled: its output stays the same bit for bit" },
        ],
        help: &[
            ("resample 1", "at the model's own rate"),
            ("resample 0", "at Max's rate"),
        ],
        attribute: Some(BoxAttribute { name: "resample", setting: BoxSetting::Resample, kind: AttributeKind::Switch, label: "Run the model at its own rate", multichannel_only: false }),
        parse: |atoms| switch(atoms).map(Request::Resample).ok_or(AS_USAGE),
    },
    Message {
        selector: "worker",
        section: "Another model, method, buffer",
        usage: "worker 0 or worker 1",
        forms: &[
            Form { typed: &["worker 0", "worker 1"], effect: "runs the model in the audio callback, each buffer when it is full and within one host block, or on a thread of its own. That is the default, but on Windows; `NN_WORKER` sets it for all new boxes. Attributes and state stay" },
        ],
        help: &[
            ("worker 0", "no thread of its own"),
            ("worker 1", "a thread, as at first"),
        ],
        attribute: None,
        parse: |atoms| switch(atoms).map(Request::Worker).ok_or(AS_USAGE),
    },
    Message {
        selector: "gpu",
        section: "Another model, method, buffer",
        usage: "gpu 0 or gpu 1",
        forms: &[
            Form { typed: &["gpu 1", "gpu 0"], effect: "computes on the first GPU (CUDA, MPS) or on the CPU; attributes and state move along. Random numbers differ there. Without a GPU, or without memory on it, the CPU goes on" },
        ],
        help: &[
            ("gpu 1", "the first GPU, if there is one"),
            ("gpu 0", "the processor"),
        ],
        attribute: Some(BoxAttribute { name: "gpu", setting: BoxSetting::Gpu, kind: AttributeKind::Switch, label: "Compute on a GPU", multichannel_only: false }),
        parse: |atoms| switch(atoms).map(Request::Gpu).ok_or(AS_USAGE),
    },
    Message {
        selector: "chans",
        section: "The box",
        usage: "chans NUMBER (to 1024; 0 follows the model)",
        forms: &[
            Form { typed: &["chans N"], effect: "a fixed number of channels in each outlet of a multichannel box, whatever the model; `mc.nn~` then has that many examples. 0 follows model and signals again" },
        ],
        help: &[
            ("chans 2", "channels of each outlet, fixed"),
            ("chans 0", "as many as they come"),
        ],
        attribute: Some(BoxAttribute { name: "chans", setting: BoxSetting::Chans, kind: AttributeKind::Whole, label: "Channels of each outlet (0 follows the model)", multichannel_only: true }),
        parse: chans,
    },
    Message {
        selector: "selftest",
        section: "The box",
        usage: "selftest begin or selftest check NAME IN OUT...",
        forms: &[
            Form { typed: &["selftest begin", "selftest check NAME IN OUT…"], effect: "what the patch `nn-selftest` sends ([TESTING.md](TESTING.md#in-a-host)): compares the arrays OUT, which were recorded at the outlets while IN was recorded at the inlet, with what this check of that patch should give; counts late buffers since `begin`. `selftest NAME RESULT TEXT`, where RESULT is `pass`, `fail` or `skip`" },
        ],
        help: &[
            ("selftest begin", "see the patch nn-selftest"),
        ],
        attribute: None,
        parse: self_test,
    },
];
