//! `nn.info`: a dictionary and lists about a model's file.
#![cfg(target_os = "linux")]

mod common;

use common::max;
use max_host::{Atom, Max, Overdrive, Patched};

fn outlets(max: &Max, info: Patched, outlet: usize) -> Vec<String> {
    let of = |told: max_host::Told| (told.from == info && told.outlet == outlet).then(|| told.text());
    max.all_told().into_iter().filter_map(of).collect()
}

#[test]
fn a_model_is_told_on_all_outlets() {
    for overdrive in [Overdrive::Off, Overdrive::On] {
        let max = max();
        max.overdrive(overdrive);
        let info = max.create("nn.info two");
        assert_eq!(max.outlets(info).len(), 6);
        max.send_from_scheduler(info, "dump");
        max.until("a dictionary", |max| outlets(max, info, 4).iter().any(|t| t.starts_with("dictionary ")));
        assert!(outlets(&max, info, 0)[0].ends_with("two.ts"), "{:?}", outlets(&max, info, 0));
        assert_eq!(outlets(&max, info, 1), ["method forward", "method inverse"]);
        assert_eq!(outlets(&max, info, 2), ["attribute gain"]);
        for line in [
            "forward channels_in 2",
            "forward channels_out 2",
            "forward ratio_in 1",
            "forward ratio_out 1",
            "gain attribute_type float",
        ] {
            assert!(
                outlets(&max, info, 3).iter().any(|told| told == line),
                "{line}: {:?}",
                outlets(&max, info, 3)
            );
        }
        max.delete(info);
    }
}

#[test]
fn the_dictionary_is_the_patch_s_own_where_it_has_one_of_that_name() {
    let max = max();
    max.dictionary("mine", &[("old", vec![Atom::Int(1)])]);
    let info = max.create("nn.info two @dict mine");
    let told = |max: &Max| outlets(max, info, 4).contains(&"dictionary mine".to_owned());
    max.send(info, "dump_dict");
    max.until("a dictionary", told);
    let shown = max.shown("mine").expect("it is there");
    assert!(!shown.contains("old"), "{shown}");
    for entry in [
        "methods: { forward: { ",
        "channels_in: 2",
        "ratio_out: 1",
        "attributes: { gain: { attribute_type: float",
    ] {
        assert!(shown.contains(entry), "{entry}: {shown}");
    }
    max.delete(info);
    assert!(max.shown("mine").is_some(), "it is not ours to free");
    let own = max.create("nn.info two @dict ours");
    max.send(own, "dump_dict");
    max.until("a dictionary", |max| max.shown("ours").is_some());
    assert_eq!(max.attribute(own, "dict"), Some(vec![Atom::Symbol("ours".into())]));
    max.pass(10);
    max.delete(own);
    assert_eq!(max.shown("ours"), None, "it goes with the box");
}

#[test]
fn every_answer_is_about_the_model_that_was_set_before_its_question() {
    for overdrive in [Overdrive::Off, Overdrive::On] {
        let max = max();
        max.overdrive(overdrive);
        let info = max.create("nn.info");
        // What a dictionary holds when it is heard of.
        let heard = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let names = ["two", "gain", "widen", "two"];
        max.listen(info, 4, {
            let heard = heard.clone();
            move |told| heard.lock().expect("no panic").push(told.text())
        });
        for (number, name) in names.into_iter().enumerate() {
            let dictionary = format!("dict d{number}");
            for message in [format!("set {name}"), dictionary, "dump_dict".into(), "path".into()] {
                max.send_from_scheduler(info, &message);
            }
        }
        max.send_from_scheduler(info, "set nowhere");
        max.send_from_scheduler(info, "path");
        max.until("all answers", |max| outlets(max, info, 0).len() == 5);
        let paths: Vec<_> = outlets(&max, info, 0);
        for (path, name) in paths.iter().zip(["two", "gain", "widen", "two", "two"]) {
            assert!(path.ends_with(&format!("{name}.ts")), "{paths:?}");
        }
        assert_eq!(heard.lock().expect("no panic").len(), 5);
        // Its own dictionaries are gone, but for the last one.
        assert_eq!(max.shown("d0"), None);
        let shown = max.shown("d3").expect("it is there");
        assert!(shown.contains("two.ts"), "{shown}");
        let told: Vec<_> = outlets(&max, info, 4);
        assert_eq!(told[..4], ["dictionary d0", "dictionary d1", "dictionary d2", "dictionary d3"]);
        assert!(told[4].starts_with("error no model 'nowhere'"), "{told:?}");
        max.delete(info);
    }
}

#[test]
fn the_dictionary_s_name_is_the_one_that_was_asked_for_though_it_waits_for_its_turn() {
    let max = max();
    let info = max.create("nn.info two @dict first");
    assert_eq!(max.attribute(info, "dict"), Some(vec![Atom::Symbol("first".into())]));
    max.send(info, "dump_dict");
    max.send(info, "dict second");
    assert_eq!(max.attribute(info, "dict"), Some(vec![Atom::Symbol("second".into())]));
    max.send(info, "dump_dict");
    let told = |max: &Max| outlets(max, info, 4) == ["dictionary first", "dictionary second"];
    max.until("both", told);
    max.delete(info);
}

#[test]
fn nonsense_is_named_and_a_box_may_be_deleted_while_it_reads() {
    let max = max();
    let info = max.create("nn.info");
    for (message, error) in
        [("fly", "no message 'fly'"), ("set nowhere", "no model 'nowhere'"), ("set", "set: nothing after it")]
    {
        max.forget();
        max.send(info, message);
        max.until(message, |max| max.errors().iter().any(|line| line.contains(error)));
    }
    for _ in 0..100 {
        let info = max.create("nn.info two");
        max.send(info, "dump");
        max.delete(info);
    }
    assert_eq!(max.hint_of_outlet(info, 0), "path of the model");
    assert_eq!(max.hint_of_inlet(info, 0), "messages");
}

#[test]
fn the_doctor_tells_a_dictionary_and_then_whether_models_play() {
    let max = max();
    let info = max.create("nn.info @dict health");
    max.send_from_scheduler(info, "doctor");
    let examined = |max: &Max| outlets(max, info, 4).iter().any(|told| told.starts_with("examined "));
    max.until("the doctor's answer", examined);
    let told = outlets(&max, info, 4);
    // Whether it plays depends on whether libtorch lies beside this test.
    assert!(
        told == ["dictionary health", "examined 0"] || told == ["dictionary health", "examined 1"],
        "{told:?}"
    );
    let shown = max.shown("health").expect("it is there");
    for entry in
        ["doctor: { version: ", "checks: { ", "host: { state: fine", "version: 8.6.5", "codec: { state: "]
    {
        assert!(shown.contains(entry), "{entry}: {shown}");
    }
    let lines: Vec<String> = max.console().iter().map(|line| format!("{line:?}")).collect();
    for name in ["host", "processor", "libtorch", "real time", "gain", "gpu"] {
        let begin = format!("nn.info: {name}: ");
        assert!(lines.iter().any(|line| line.contains(&begin)), "{name}: {lines:?}");
    }
    max.delete(info);
    // A box may go while it asks.
    let gone = max.create("nn.info");
    max.send(gone, "doctor");
    max.delete(gone);
    max.pass(10);
}
