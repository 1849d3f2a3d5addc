//! The help files: what they say of our boxes is what the boxes are, no cord leads to nowhere, each message and attribute
//! that they show is understood, and their models play.
#![cfg(target_os = "linux")]
#![allow(unsafe_code)] // Sets an environment variable.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use max_host::{Format, Max, Patched};
use serde_json::Value;

const FORMAT: Format = Format { rate_hz: 44_100.0, vector_frames: 64 };
const CLASSES: [&str; 4] = ["nn~", "mc.nn~", "mcs.nn~", "nn.info"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A host with the boxes, as `cargo xtask build` leaves them, and the models.
fn max() -> Max {
    let max = Max::start();
    if !max.has_class("nn~") {
        let executable = std::env::current_exe().expect("a test has an executable");
        let built = executable.ancestors().nth(3).expect("target/<profile>/deps").join("max");
        assert!(built.is_dir(), "{} is missing: run `cargo xtask build`", built.display());
        // SAFETY: one test at a time, and before any thread of the externals.
        unsafe { std::env::set_var("NN_TORCH_BACKEND", built.join("support/libnn_torch.so")) };
        for name in CLASSES {
            let ending = format!("mxl_{}", std::env::consts::ARCH);
            max.load(&built.join("externals").join(format!("{name}.{ending}")));
        }
    }
    max.search(&root().join("models"));
    max.search(&root().join("help/scripts"));
    max
}

/// A tab of a help file.
struct Tab {
    name: String,
    boxes: HashMap<String, Value>,
    /// Box and outlet, box and inlet.
    cords: Vec<((String, usize), (String, usize))>,
}

fn tabs(class: &str) -> Vec<Tab> {
    let path = root().join(format!("help/{class}.maxhelp"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(file["patcher"]["showrootpatcherontab"], 0, "{class}");
    let tab = |entry: &Value| {
        let this = &entry["box"];
        assert_eq!(this["patcher"]["showontab"], 1, "{class}: {}", this["text"]);
        let name = format!("{class}, tab {}", this["text"]);
        let boxes = list(&this["patcher"]["boxes"]).iter().map(|entry| {
            let this = entry["box"].clone();
            (this["id"].as_str().expect("an id").to_owned(), this)
        });
        let end = |end: &Value| {
            (end[0].as_str().expect("an id").to_owned(), end[1].as_u64().expect("a number") as usize)
        };
        let cords = list(&this["patcher"]["lines"]).iter().map(|entry| {
            let line = &entry["patchline"];
            (end(&line["source"]), end(&line["destination"]))
        });
        Tab { name, cords: cords.collect(), boxes: boxes.collect() }
    };
    list(&file["patcher"]["boxes"]).iter().map(tab).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}

fn count(this: &Value, key: &str) -> usize {
    this[key].as_u64().expect("a number") as usize
}

impl Tab {
    /// The boxes that are ours: id and text.
    fn ours(&self) -> Vec<(&str, &str)> {
        let is_ours = |text: &str| CLASSES.contains(&text.split(' ').next().unwrap_or_default());
        let typed = self.boxes.iter().filter(|(_, this)| this["maxclass"] == "newobj");
        typed
            .filter_map(|(id, this)| Some((id.as_str(), this["text"].as_str()?)))
            .filter(|(_, text)| is_ours(text))
            .collect()
    }

    /// What has a cord to a box, by kind, from the top.
    fn before(&self, id: &str, kind: &str, key: &str) -> Vec<String> {
        let mut boxes: Vec<&Value> = self
            .cords
            .iter()
            .filter(|(_, (to, _))| to == id)
            .map(|((from, _), _)| &self.boxes[from])
            .filter(|this| this["maxclass"] == kind)
            .collect();
        let place = |this: &&Value| {
            let at = |index: usize| this["patching_rect"][index].as_f64().expect("a number") as i64;
            (at(0), at(1))
        };
        boxes.sort_by_key(place);
        boxes.iter().map(|this| this[key].as_str().expect("text").to_owned()).collect()
    }
}

/// Makes a box and lets its model come; the buffer that the help of `nn~` fills is there.
fn made(max: &Max, text: &str) -> Patched {
    max.buffer("nn-curve", 1, 44_100.0, vec![0.0, 0.5, 1.0, 0.5]);
    max.buffer("nn-chord", 2, 44_100.0, vec![0.0; 10]);
    let patched = max.create(text);
    if !text.starts_with("nn.info") && !text.contains("void") {
        max.until(text, |max| max.told(patched).iter().any(|told| told == "loaded 1"));
    }
    patched
}

#[test]
fn our_boxes_are_what_the_help_says_of_them() {
    let max = max();
    for class in CLASSES {
        let tabs = tabs(class);
        assert!(tabs.iter().any(|tab| tab.ours().iter().any(|(_, text)| text.starts_with(class))), "{class}");
        for tab in tabs {
            for (id, text) in tab.ours() {
                let (this, patched) = (&tab.boxes[id], max.create(text));
                let said: Vec<&str> = this["outlettype"].as_array().map_or_else(Vec::new, |types| {
                    types.iter().map(|kind| kind.as_str().expect("a word")).collect()
                });
                assert_eq!(said, max.outlets(patched), "{}: {text}", tab.name);
                assert_eq!(count(this, "numoutlets"), said.len(), "{}: {text}", tab.name);
                // nn.info has the one inlet that every box has.
                let inlets = max.signal_inlets(patched).max(1);
                assert_eq!(count(this, "numinlets"), inlets, "{}: {text}", tab.name);
                max.delete(patched);
            }
        }
    }
}

#[test]
fn no_cord_leads_to_nowhere_and_signals_meet_signals() {
    for tab in CLASSES.into_iter().flat_map(tabs) {
        assert!(tab.name.contains("keys") || !tab.cords.is_empty(), "{}", tab.name);
        for ((from, outlet), (to, inlet)) in &tab.cords {
            let (source, target) = (&tab.boxes[from], &tab.boxes[to]);
            let shown = format!("{}: {} {outlet} to {} {inlet}", tab.name, source["text"], target["text"]);
            assert!(*outlet < count(source, "numoutlets"), "{shown}");
            assert!(*inlet < count(target, "numinlets"), "{shown}");
            let kind = source["outlettype"][*outlet].as_str().expect("a type");
            let name = target["text"].as_str().unwrap_or_default().split(' ').next().unwrap_or_default();
            if kind.ends_with("signal") {
                let takes_signals = target["maxclass"] == "ezdac~" || name.ends_with('~');
                assert!(takes_signals, "{shown}");
            }
            if kind == "multichannelsignal" {
                assert!(name.starts_with("mc"), "{shown}");
            }
        }
    }
}

/// Messages of the catalog have tests of their own.
fn asks_the_internet(message: &str) -> bool {
    let words = ["get_available_models", "print_available_models", "download", "cancel", "delete", "remove"];
    words.contains(&message.split(' ').next().unwrap_or_default())
}

#[test]
fn every_message_and_attribute_that_is_shown_is_understood() {
    let max = max();
    for tab in CLASSES.into_iter().flat_map(tabs) {
        for (id, text) in tab.ours() {
            let nn = made(&max, text);
            for name in tab.before(id, "attrui", "attr") {
                assert!(max.attribute(nn, &name).is_some(), "{}: {text} has no {name}", tab.name);
            }
            max.forget();
            for message in tab.before(id, "message", "text") {
                // Files are written elsewhere.
                if asks_the_internet(&message) || message.starts_with("write ") {
                    continue;
                }
                max.send(nn, &message);
                max.pass(20);
                // A load comes before what is for the new model.
                if message.starts_with("load ") || message == "reload" {
                    max.until(&message, |max| max.told(nn).iter().any(|told| told == "loaded 1"));
                    max.forget();
                }
                let errors = max.errors();
                assert!(errors.is_empty(), "{}: {text}: {message}: {errors:?}", tab.name);
            }
            max.pass(100);
            assert_eq!(max.errors(), Vec::<String>::new(), "{}: {text}", tab.name);
            max.delete(nn);
            max.forget();
        }
    }
}

#[test]
fn every_message_of_the_boxes_is_shown() {
    let listed = |error: String| {
        let (_, list) = error.split_once("it takes ").expect("a list");
        list.split(", ").map(str::to_owned).collect::<Vec<_>>()
    };
    let of_nn = listed(nn_core::message::parse("?", &[]).expect_err("no such message").to_string());
    let of_info = listed(nn_core::info::parse("?", &[]).expect_err("no such message").to_string());
    for (classes, names) in [(&["nn~", "mc.nn~"][..], of_nn), (&["nn.info"], of_info)] {
        let mut shown = Vec::new();
        for tab in classes.iter().flat_map(|class| tabs(class)) {
            for (id, _) in tab.ours() {
                shown.extend(tab.before(id, "message", "text"));
            }
        }
        for name in names {
            let is_shown = shown.iter().any(|message| message.split(' ').next() == Some(&name));
            assert!(is_shown, "{classes:?}: no {name} in {shown:?}");
        }
    }
}

#[test]
fn every_audio_box_that_is_shown_with_a_model_sounds() {
    let max = max();
    for tab in CLASSES.into_iter().flat_map(tabs) {
        for (_, text) in tab.ours() {
            if text.starts_with("nn.info") || text.contains("void") {
                continue;
            }
            let nn = made(&max, text);
            max.send(nn, "wait 1");
            if max.outlets(nn).len() == 1 {
                // It makes whole sounds.
                max.send(nn, "render nn-chord");
                max.until("rendered", |max| {
                    max.told(nn).iter().any(|told| told.starts_with("rendered nn-chord"))
                });
                assert!(max.buffer_samples("nn-chord").iter().any(|sample| sample.abs() > 0.1), "{text}");
                max.delete(nn);
                max.forget();
                continue;
            }
            let inlets = max.signal_inlets(nn);
            (0..inlets).for_each(|inlet| max.wire(nn, inlet, 1));
            max.audio_on(FORMAT);
            let sine: Vec<f64> = (0..22_528).map(|n| (f64::from(n) * 0.03).sin() * 0.5).collect();
            let wet = max.play(nn, &vec![sine; inlets]);
            let power = wet.iter().flatten().map(|sample| sample * sample).sum::<f64>();
            assert!(wet.iter().flatten().all(|sample| sample.is_finite()), "{}: {text}", tab.name);
            assert!(power > 10.0, "{}: {text} is silent: {power}", tab.name);
            max.delete(nn);
            max.forget();
        }
    }
}
