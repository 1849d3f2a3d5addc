//! What survives a change.

use crate::rig::Rig;
use crate::stand::{exact, source};
use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    message::{Atom, Event, text},
    value::ValueType,
};
use std::{sync::atomic::Ordering::Relaxed, time::Duration};

#[test]
fn what_survives_is_what_the_table_says() {
    // Message, whether the attribute stays, whether the state stays.
    for (message, attribute_stays, state_stays) in [
        ("load m", false, false),
        ("reload", true, false),
        ("method inverse", true, true),
        ("bufsize 1024", true, true),
        ("bufsize 0", true, true),
        ("deadline 64", true, true),
        ("reset", true, false),
    ] {
        let mut rig = exact("m forward 512");
        rig.send("set gain 0.25");
        rig.play(&[vec![1.0; 64 * 100]]);
        rig.send(message);
        rig.play(&[vec![1.0; 64 * 100]]);
        rig.send("get gain");
        rig.play(&[vec![1.0; 64 * 100]]);
        rig.poll_until(|events| format!("{events:?}").contains("\"gain\""));
        let gain = if attribute_stays { 0.25 } else { 1.0 };
        assert_eq!(rig.info("gain"), Some(&[Atom::Float(gain)][..]), "{message}");

        let counter =
            FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Counter).with_method("inverse"));
        let mut rig = Rig::with_source(counter, "m forward 512", 64, true);
        rig.send("wait 1");
        rig.play(&[vec![1.0; 64 * 1000]]);
        rig.send(message);
        let heard = rig.play(&[vec![1.0; 64 * 100]]).remove(0);
        let last = heard.last().copied().unwrap_or_default().abs();
        assert_eq!(last > 64.0 * 900.0, state_stays, "{message}: {last}");
        assert!(last > 0.0, "{message}: it goes on counting");
    }
}

#[test]
fn a_set_that_follows_a_load_is_for_the_new_model() {
    let mut rig = exact("m forward 64");
    rig.play(&[vec![1.0; 6400]]);
    rig.send("load slow");
    rig.send("set gain 0.125");
    rig.send("get gain");
    let heard = rig.play(&[vec![1.0; 6400]]).remove(0);
    assert_eq!(heard.last(), Some(&0.125));
    rig.poll();
    assert_eq!(rig.info("gain"), Some(&[Atom::Float(0.125)][..]));
    assert!(!rig.object.pending());
}

/// What is said after the first `loaded` of a load, by the names of the answers.
fn answers(rig: &Rig, name: &str) -> Vec<String> {
    let is_it = |event: &&Event| matches!(event, Event::Info { selector, .. } if selector == name);
    let atoms = |event: &Event| match event {
        Event::Info { atoms, .. } => text(atoms),
        _ => String::new(),
    };
    rig.events.iter().filter(is_it).map(atoms).collect()
}

#[test]
fn a_question_that_follows_a_load_is_answered_for_the_new_model() {
    for exact in [false, true] {
        for (arguments, loads) in
            [("half forward 64", &["load missing", "load late"][..]), ("void 1 1 64", &["load late"])]
        {
            // `late` has what no other has: a second method, another name of an attribute, a ratio.
            let late = FakeModel::new([1, 512, 1, 512], Behaviour::Bell(1))
                .with_method("other")
                .with_attribute("tone", &[ValueType::Float]);
            let source = source().and("late", late, Duration::from_millis(500));
            let mut rig = if exact {
                Rig::of_one_thread(source, arguments, 64, true)
            } else {
                Rig::with_source(source, arguments, 64, true)
            };
            if arguments.starts_with("half") {
                rig.until_loaded();
                rig.poll();
                rig.events.clear();
            }
            for message in loads.iter().chain(&[
                "get_methods",
                "get_attributes",
                "latency",
                "latency measure",
                "bang",
                "dump",
            ]) {
                rig.send(message);
            }
            rig.poll_until(|events| format!("{events:?}").contains("\"total\""));
            let what = format!("{arguments}, exact: {exact}: {:?}", rig.events);
            let of_bang = usize::from(arguments.starts_with("half"));
            let methods = answers(&rig, "methods");
            assert_eq!(methods, vec!["forward other"; 1 + 2 * of_bang], "{what}");
            assert_eq!(answers(&rig, "attributes"), vec!["gain tone"; 1 + 2 * of_bang], "{what}");
            let latencies = answers(&rig, "latency");
            assert!(latencies.iter().all(|line| line.starts_with("960 ")), "{what}");
            assert!(latencies.iter().any(|line| line.contains("model 512 total")), "{what}");
            // In the order in which they were asked, after what is said of the load.
            let first = |name: &str| {
                let is_it = |event: &Event| matches!(event, Event::Info { selector, atoms } if selector == name && *atoms != [Atom::Int(0)]);
                rig.events.iter().position(is_it)
            };
            assert!(first("loaded") < first("methods") && first("methods") < first("attributes"), "{what}");
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
fn a_seed_is_for_the_model_that_is_being_loaded_too() {
    let mut source = source();
    source.load_time = Duration::from_millis(200);
    let seeded = source.model.seeded.clone();
    let mut rig = Rig::with_source(source, "m forward 64", 64, true);
    rig.send("seed 7");
    rig.send("wait 1");
    assert_eq!(seeded.load(Relaxed), 0, "there is no model yet");
    rig.play(&[vec![1.0; 6400]]);
    assert_eq!(seeded.load(Relaxed), 7);
}

#[test]
fn a_reload_right_after_a_load_keeps_nothing_of_the_model_before() {
    for (messages, gain) in [(&["load half", "reload"][..], 0.5), (&["reload", "reload"], 0.25)] {
        let mut rig = exact("m forward 64");
        rig.send("set gain 0.25");
        rig.play(&[vec![1.0; 6400]]);
        for message in messages {
            rig.send(message);
        }
        assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&gain), "{messages:?}");
    }
}
