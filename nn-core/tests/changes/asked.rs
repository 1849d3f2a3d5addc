//! What is asked about a model that is still on its way.

use std::time::{Duration, Instant};

use crate::{
    gated::Gated,
    rig::Rig,
    stand::{exact, source},
};
use nn_core::{
    fake::{Behaviour, FakeModel},
    message::{Atom, Event, text},
    value::ValueType,
};

/// `late` has what no other has (a second method, another name of an attribute, a ratio), and is there when the gate opens.
fn late() -> Gated {
    let late = FakeModel::new([1, 512, 1, 512], Behaviour::Bell(1))
        .with_method("other")
        .with_attribute("tone", &[ValueType::Float]);
    Gated::new(source().and("late", late, Duration::ZERO))
}

/// A new box in a host of one thread or of two.
fn new(source: &Gated, arguments: &str, one_thread: bool) -> Rig {
    if one_thread {
        Rig::of_one_thread(source.clone(), arguments, 64, true)
    } else {
        Rig::with_source(source.clone(), arguments, 64, true)
    }
}

/// The same, and one with a model has it.
fn rig(source: &Gated, arguments: &str, one_thread: bool) -> Rig {
    let mut rig = new(source, arguments, one_thread);
    if !arguments.starts_with("void") {
        rig.until_loaded();
        rig.poll();
        rig.events.clear();
    }
    rig
}

/// The answers of one name.
fn answers(rig: &Rig, name: &str) -> Vec<String> {
    let is_it = |event: &&Event| matches!(event, Event::Info { selector, .. } if selector == name);
    let atoms = |event: &Event| match event {
        Event::Info { atoms, .. } => text(atoms),
        _ => String::new(),
    };
    rig.events.iter().filter(is_it).map(atoms).collect()
}

/// The place of the first answer of a name among what was said.
fn place(rig: &Rig, is_it: impl Fn(&str, &[Atom]) -> bool) -> usize {
    let is_it = |event: &Event| matches!(event, Event::Info { selector, atoms } if is_it(selector, atoms));
    rig.events.iter().position(is_it).unwrap_or_else(|| panic!("it is missing: {:?}", rig.events))
}

#[test]
fn a_question_that_follows_a_load_is_answered_for_the_new_model() {
    for one_thread in [false, true] {
        for (arguments, loads) in
            [("half forward 64", &["load missing", "load late"][..]), ("void 1 1 64", &["load late"])]
        {
            let source = late();
            let mut rig = rig(&source, arguments, one_thread);
            let questions = ["get_methods", "get_attributes", "latency", "latency measure", "bang", "dump"];
            for message in loads.iter().chain(&questions) {
                rig.send(message);
            }
            source.open();
            rig.poll_until(|events| format!("{events:?}").contains("\"total\""));
            let what = format!("{arguments}, one thread: {one_thread}: {:?}", rig.events);
            let of_bang = usize::from(arguments.starts_with("half"));
            let methods = answers(&rig, "methods");
            assert_eq!(methods, vec!["forward other"; 1 + 2 * of_bang], "{what}");
            assert_eq!(answers(&rig, "attributes"), vec!["gain tone"; 1 + 2 * of_bang], "{what}");
            let latencies = answers(&rig, "latency");
            assert!(latencies.iter().all(|line| line.starts_with("960 ")), "{what}");
            assert!(latencies.iter().any(|line| line.contains("model 512 total")), "{what}");
            // In the order in which they were asked, after what is said of the load.
            let loaded = place(&rig, |name, atoms| name == "loaded" && *atoms == [Atom::Float(1.0)]);
            let (methods, attributes) =
                (place(&rig, |name, _| name == "methods"), place(&rig, |name, _| name == "attributes"));
            assert!(loaded < methods && methods < attributes, "{what}");
        }
    }
}

#[test]
fn a_question_that_follows_a_load_that_fails_is_answered_for_the_model_that_stays() {
    let mut rig = exact("m forward 64");
    rig.send("load missing");
    rig.send("get_methods");
    rig.poll_until(|events| format!("{events:?}").contains("\"methods\""));
    assert_eq!(answers(&rig, "methods"), ["forward inverse"]);
    let said = format!("{:?}", rig.events);
    assert!(said.find("no such file") < said.find("\"methods\""), "{said}");

    let mut rig = Rig::with_source(source(), "void", 64, true);
    rig.send("load missing");
    rig.send("get_methods");
    rig.poll_until(|events| format!("{events:?}").contains("get_methods: there is no model yet"));
    assert!(answers(&rig, "methods").is_empty(), "{:?}", rig.events);
}

#[test]
fn what_is_asked_again_and_again_during_a_load_is_answered_once() {
    for one_thread in [false, true] {
        let source = late();
        let mut rig = rig(&source, "half forward 64", one_thread);
        rig.send("load late");
        for _ in 0..1000 {
            ["latency", "get_methods", "get gain", "latency"].iter().for_each(|message| rig.send(message));
        }
        rig.send("set gain 0.5");
        for _ in 0..1000 {
            rig.send("get gain");
        }
        source.open();
        let is_done = |events: &[Event]| format!("{events:?}").matches("\"gain\"").count() >= 2;
        rig.poll_until(is_done);
        let begin = Instant::now();
        while rig.object.pending() {
            assert!(begin.elapsed() < Duration::from_secs(30), "nothing is left to come: {:?}", rig.events);
            rig.poll();
        }
        let count = |rig: &Rig| ["latency", "methods", "gain"].map(|name| answers(rig, name).len());
        // That the latency is another one is told, too.
        assert_eq!(count(&rig), [2, 1, 2], "one thread: {one_thread}: {:?}", rig.events);
        assert_eq!(answers(&rig, "gain"), ["1", "0.5"]);
        for _ in 0..3 {
            rig.send("get_methods");
        }
        rig.poll();
        assert_eq!(answers(&rig, "methods").len(), 4, "at once, each");
    }
}

#[test]
fn what_is_set_after_a_load_is_not_judged_by_the_model_whose_place_that_takes() {
    for one_thread in [false, true] {
        let source = late();
        // The model of a new box is described at once, and not loaded when another one is asked for.
        let mut rig = new(&source, "held forward 64", one_thread);
        ["load late", "set tone 0.5", "get tone"].iter().for_each(|message| rig.send(message));
        source.open();
        rig.poll_until(|events| format!("{events:?}").contains("\"tone\""));
        assert_eq!(answers(&rig, "tone"), ["0.5"], "one thread: {one_thread}");
        assert!(rig.errors().is_empty(), "{:?}", rig.events);
    }
    // As long as it is the one that was asked for, its file's word counts.
    let source = late();
    let mut rig = new(&source, "held forward 64", false);
    rig.send("set tone 0.5");
    rig.poll();
    assert!(rig.errors()[0].contains("no attribute 'tone'"), "{:?}", rig.events);
    source.open();
}
