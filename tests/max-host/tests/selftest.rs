//! The self-test patch, the overview and the device for Live: their boxes are what they say, and the self-test's boxes judge
//! what its cords bring them. What the mock has no objects for (`index~`, `poke~`, `count~`) is done here as Max does it.
#![cfg(target_os = "linux")]
#![allow(unsafe_code)] // Sets environment variables.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use max_host::{Format, Max, Patched};
use nn_core::host_test::{CHECKS, FILE};
use serde_json::Value;

const FORMAT: Format = Format { rate_hz: 44_100.0, vector_frames: 64 };
const CLASSES: [&str; 4] = ["nn~", "mc.nn~", "mcs.nn~", "nn.info"];
/// As long as the patch's buffers.
const FRAMES: usize = 154_368;
const LEAD_FRAMES: usize = 12_800;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A host with the boxes, as `cargo xtask build` leaves them, and the models; its user's home is `home`.
fn max(home: &Path) -> Max {
    let executable = std::env::current_exe().expect("a test has an executable");
    let built = executable.ancestors().nth(3).expect("target/<profile>/deps").join("max");
    assert!(built.is_dir(), "{} is missing: run `cargo xtask build`", built.display());
    let max = Max::start();
    // SAFETY: one test at a time, and before any thread of the externals.
    unsafe {
        std::env::set_var("HOME", home);
        std::env::set_var("NN_TORCH_BACKEND", built.join("support/libnn_torch.so"));
    }
    for name in CLASSES.into_iter().filter(|name| !max.has_class(name)) {
        max.load(&built.join("externals").join(format!("{name}.mxl_{}", std::env::consts::ARCH)));
    }
    max.search(&root().join("models"));
    max
}

/// A patch: its boxes, and its cords from (box, outlet) to (box, inlet).
struct Patch {
    boxes: HashMap<String, Value>,
    cords: Vec<((String, usize), (String, usize))>,
}

impl Patch {
    fn of(patcher: &Value) -> Self {
        let list = |key: &str| patcher[key].as_array().expect("an array").clone();
        let boxes = list("boxes").into_iter().map(|entry| {
            let this = entry["box"].clone();
            (this["id"].as_str().expect("an id").to_owned(), this)
        });
        let end = |end: &Value| {
            (end[0].as_str().expect("an id").to_owned(), end[1].as_u64().expect("a number") as usize)
        };
        let cords = list("lines").into_iter().map(|entry| {
            let line = &entry["patchline"];
            (end(&line["source"]), end(&line["destination"]))
        });
        Self { cords: cords.collect(), boxes: boxes.collect() }
    }

    fn read(file: &str) -> Self {
        let path = root().join("install/max").join(file);
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // A device has its patcher behind 32 bytes, and a zero.
        let bytes = if file.ends_with(".amxd") { &bytes[32..bytes.len() - 1] } else { &bytes[..] };
        Self::of(&serde_json::from_slice::<Value>(bytes).expect("JSON")["patcher"])
    }

    fn text(&self, id: &str) -> &str {
        self.boxes[id]["text"].as_str().unwrap_or_default()
    }

    fn class(&self, id: &str) -> &str {
        self.text(id).split(' ').next().unwrap_or_default()
    }

    /// Our boxes, from the top.
    fn ours(&self) -> Vec<&str> {
        let mut ours: Vec<&str> = self.boxes.keys().map(String::as_str).collect();
        ours.retain(|id| self.boxes[*id]["maxclass"] == "newobj" && CLASSES.contains(&self.class(id)));
        ours.sort_by_key(|id| self.boxes[*id]["patching_rect"][1].as_f64().expect("a place") as i64);
        ours
    }

    /// Patches inside, by name.
    fn insides(&self) -> Vec<(&str, Self)> {
        let inside = |this: &'_ Value| this["patcher"].is_object();
        let found = self.boxes.values().filter(|this| inside(this));
        found
            .map(|this| {
                (this["text"].as_str().expect("text").trim_start_matches("p "), Self::of(&this["patcher"]))
            })
            .collect()
    }

    /// What has a cord to an inlet.
    fn reaching(&self, id: &str, inlet: usize) -> Vec<(&str, usize)> {
        let ends_there = |cord: &&((String, usize), (String, usize))| cord.1 == (id.to_owned(), inlet);
        self.cords.iter().filter(ends_there).map(|((from, outlet), _)| (from.as_str(), *outlet)).collect()
    }

    /// What an outlet has a cord to.
    fn out_of(&self, id: &str, outlet: usize) -> Vec<&str> {
        let begins_there = |cord: &&((String, usize), (String, usize))| cord.0 == (id.to_owned(), outlet);
        self.cords.iter().filter(begins_there).map(|(_, (to, _))| to.as_str()).collect()
    }

    /// Messages for a box, by their first word.
    fn messages(&self, id: &str, word: &str) -> Vec<&str> {
        let messages = self.reaching(id, 0).into_iter().map(|(from, _)| from);
        let messages = messages.filter(|from| self.boxes[*from]["maxclass"] == "message");
        messages.map(|from| self.text(from)).filter(|text| text.split(' ').next() == Some(word)).collect()
    }

    /// The channels of the signal at an inlet; `played` has those of boxes that have played.
    fn signal(
        &self,
        id: &str,
        inlet: usize,
        sound: &[f64],
        played: &HashMap<&str, Vec<Vec<f64>>>,
    ) -> Vec<Vec<f64>> {
        let signals = self.reaching(id, inlet).into_iter().filter(|(from, outlet)| {
            self.boxes[*from]["outlettype"][*outlet].as_str().is_some_and(|kind| kind.ends_with("signal"))
        });
        let [(from, outlet)] = signals.collect::<Vec<_>>()[..] else {
            panic!("one signal to {}", self.text(id))
        };
        let words: Vec<_> = self.text(from).split(' ').collect();
        match words[..] {
            ["index~", ..] => vec![sound.to_vec()],
            ["*~", factor] => {
                let factor: f64 = factor.parse().expect("a number");
                let scaled = |channel: Vec<f64>| channel.iter().map(|sample| sample * factor).collect();
                self.signal(from, 0, sound, played).into_iter().map(scaled).collect()
            }
            ["mc.pack~", count] => {
                let count: usize = count.parse().expect("a number");
                (0..count).flat_map(|channel| self.signal(from, channel, sound, played)).collect()
            }
            _ => vec![played[from][outlet].clone()],
        }
    }

    /// The buffers into which channels of an outlet go, in their order.
    fn recorders(&self, id: &str, outlet: usize) -> Vec<String> {
        let pokes = |id: &str, outlet: usize| {
            let to = self.out_of(id, outlet).into_iter().filter(|to| self.class(to) == "poke~");
            to.map(|to| self.text(to).split(' ').nth(1).expect("a name").to_owned()).collect::<Vec<_>>()
        };
        let apart = self.out_of(id, outlet).into_iter().find(|to| self.class(to) == "mc.unpack~");
        apart.map_or_else(
            || pokes(id, outlet),
            |apart| (0..2).flat_map(|channel| pokes(apart, channel)).collect(),
        )
    }
}

fn record(max: &Max, name: &str, channel: &[f64]) {
    max.buffer(name, 1, FORMAT.rate_hz, channel.iter().map(|sample| *sample as f32).collect());
}

fn sound() -> Vec<f64> {
    let bytes = std::fs::read(root().join("help/sounds/speech.wav")).expect("the sound");
    let samples =
        bytes[44..].chunks_exact(2).map(|two| f64::from(i16::from_le_bytes([two[0], two[1]])) / 32_768.0);
    samples.chain(std::iter::repeat(0.0)).take(FRAMES).collect()
}

fn has_told(max: &Max, patched: Patched, begin: &str) -> bool {
    max.told(patched).iter().any(|told| told.starts_with(begin))
}

/// Plays a patch inside and gives what its boxes say.
fn play_inside(max: &Max, patch: &Patch, sound: &[f64]) -> Vec<String> {
    let (mut played, mut answers) = (HashMap::new(), Vec::new());
    // One counter moves whatever reads and records.
    for (id, inlet) in patch.boxes.keys().filter_map(|id| match patch.class(id) {
        "index~" => Some((id, 0)),
        "poke~" => Some((id, 1)),
        _ => None,
    }) {
        let counters = patch.reaching(id, inlet);
        assert!(
            matches!(counters[..], [(counter, 0)] if patch.class(counter) == "count~"),
            "{}",
            patch.text(id)
        );
    }
    let reader = patch.boxes.keys().find(|id| patch.class(id) == "index~");
    patch.recorders(reader.expect("something is played"), 0).iter().for_each(|name| record(max, name, sound));
    for id in patch.ours() {
        let nn = max.create(patch.text(id));
        max.until(patch.text(id), |max| has_told(max, nn, "loaded 1"));
        let inlets = max.signal_inlets(nn);
        let mut input = Vec::new();
        for inlet in (0..inlets).filter(|_| !patch.text(id).starts_with("nn~ generator")) {
            let signal = patch.signal(id, inlet, sound, &played);
            max.wire(nn, inlet, signal.len());
            input.extend(signal);
        }
        max.audio_on(FORMAT);
        max.pass(100);
        for message in patch.messages(id, "set").into_iter().chain(["wait 1"]) {
            max.send(nn, message);
        }
        // Audio runs before the sound begins.
        max.play_in(nn, &[], LEAD_FRAMES, &[FORMAT.vector_frames]);
        max.send(nn, "selftest begin");
        max.pass(20);
        let heard = max.play_in(nn, &input, FRAMES, &[FORMAT.vector_frames]);
        let outlets = max.outlets(nn).len() - 1;
        let names = (0..outlets).flat_map(|outlet| patch.recorders(id, outlet)).collect::<Vec<_>>();
        names.iter().zip(&heard).for_each(|(name, channel)| record(max, name, channel));
        played.insert(id, heard);
        for message in patch.messages(id, "selftest") {
            max.send(nn, message);
            max.until(message, |max| has_told(max, nn, "selftest "));
            answers.extend(
                max.told(nn).into_iter().filter_map(|told| told.strip_prefix("selftest ").map(str::to_owned)),
            );
            max.forget();
        }
        max.delete(nn);
    }
    answers
}

#[test]
fn the_self_test_plays_judges_and_reports_what_its_cords_bring() {
    let home = tempfile::tempdir().expect("a home");
    let max = max(home.path());
    let window = Patch::read("patchers/nn-selftest.maxpat");
    let insides = window.insides();
    let report = &insides.iter().find(|(name, _)| *name == "report").expect("the patch with nn.info").1;
    let info_id = report.ours()[0];
    let info = max.create(report.text(info_id));
    let asks = report.messages(info_id, "selftest");
    assert!(asks.contains(&"selftest begin") && asks.contains(&"selftest end"), "{asks:?}");
    max.send(info, "selftest begin");
    max.until("the doctor", |max| has_told(max, info, "selftest play"));
    max.forget();
    let sound = sound();
    let mut answers = Vec::new();
    for (_, inside) in insides.iter().filter(|(name, _)| *name != "report") {
        answers.extend(play_inside(&max, inside, &sound));
    }
    for check in CHECKS {
        let begin = format!("{} pass ", check.name);
        assert!(answers.iter().any(|answer| answer.starts_with(&begin)), "{}: {answers:#?}", check.name);
    }
    for answer in answers {
        max.send(info, &format!("selftest result {answer}"));
    }
    assert_eq!(report.messages(info_id, "set"), ["set gain, methods"]);
    ["set gain", "methods"].iter().for_each(|message| max.send(info, message));
    max.until("methods", |max| has_told(max, info, "method inverse"));
    for told in max.told(info).iter().filter(|told| told.starts_with("method ")) {
        max.send(info, &format!("selftest heard {told}"));
    }
    max.until("a report", |max| has_told(max, info, "selftest passed"));
    assert!(has_told(&max, info, "selftest passed 1"), "{:?}", max.told(info));
    let path = home.path().join(FILE);
    assert!(max.told(info).contains(&format!("selftest written {}", path.display())), "{:?}", max.told(info));
    let text = std::fs::read_to_string(path).expect("the report");
    assert!(text.contains("\nresult: 10 of 10 checks pass\n") && text.contains("host: Max "), "{text}");
    assert_eq!(max.errors(), Vec::<String>::new());
}

#[test]
fn boxes_of_the_overview_and_the_device_are_what_they_say_and_understand_their_messages() {
    let home = tempfile::tempdir().expect("a home");
    let max = max(home.path());
    for file in ["extras/nn~ Overview.maxpat", "devices/nn~ effect.amxd"] {
        let patch = Patch::read(file);
        assert!(!patch.ours().is_empty(), "{file}");
        for id in patch.ours() {
            let (this, nn) = (&patch.boxes[id], max.create(patch.text(id)));
            let kinds: Vec<_> = this["outlettype"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|kind| kind.as_str().unwrap_or(""))
                .collect();
            assert_eq!(kinds, max.outlets(nn), "{file}: {}", patch.text(id));
            assert_eq!(this["numinlets"].as_u64(), Some(max.signal_inlets(nn).max(1) as u64), "{file}");
            if patch.class(id) != "nn.info" {
                max.until(patch.text(id), |max| has_told(max, nn, "loaded 1"));
            }
            // What a dial or a menu sends, as its box in between makes it.
            for (from, _) in patch.reaching(id, 0) {
                let Some(begin) = patch.text(from).strip_prefix("prepend ") else { continue };
                let values = if begin == "load" { &["codec", "drive.nm"][..] } else { &["0.25", "1", "0"] };
                for value in values {
                    max.forget();
                    max.send(nn, &format!("{begin} {value}"));
                    max.pass(20);
                    if begin == "load" {
                        max.until(value, |max| has_told(max, nn, "loaded 1"));
                    }
                }
            }
            assert_eq!(max.errors(), Vec::<String>::new(), "{file}: {}", patch.text(id));
            max.delete(nn);
        }
    }
}
