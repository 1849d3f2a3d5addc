//! Messages, attributes, hints, presets: what a patch and its user have of the boxes.
#![cfg(target_os = "linux")]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use common::{FORMAT, asked, loaded, max, ramp};
use max_host::{Atom, Overdrive};

#[test]
#[expect(clippy::too_many_lines, reason = "one box's whole conversation, line by line")]
fn every_message_is_understood_and_every_other_one_named() {
    let max = max();
    let nn = loaded(&max, "nn~ gain forward 64");
    max.wire(nn, 0, 1);
    max.forget();
    for message in [
        "enable 0",
        "enable 1",
        "wait 1",
        "wait auto",
        "wait 0",
        "set gain 0.5",
        "reset",
        "seed 7",
        "threads 2",
        "optimise 0",
        "optimise 1",
        "resample 1",
        "resample 0",
        "deadline 128",
        "deadline auto",
        "deadline buffer",
        "bufsize 128",
        "reload",
        "method inverse",
        "method forward",
        "load two forward",
        "load gain",
        "gpu 0",
        "stats",
        "latency",
        "dump",
        "bang",
        "get_methods",
        "get_attributes",
        "get gain",
    ] {
        max.send(nn, message);
        max.pass(3);
    }
    max.until("the last load", |max| max.told(nn).iter().filter(|t| *t == "loaded 1").count() >= 2);
    assert_eq!(max.errors(), Vec::<String>::new());
    for (message, error) in [
        ("fly 3", "no message 'fly': it takes load, reload"),
        ("5", "no message 'int': it takes"),
        ("0.5", "no message 'float': it takes"),
        ("1 2 3", "no message 'list': it takes"),
        ("set gain", "gain takes float (1 value), not 0: set gain float"),
        ("set 3 4", "set: '3 4': type set ATTRIBUTE VALUE..."),
        ("set gain loud", "gain: value 1 must be"),
        ("load nowhere", "no model 'nowhere': put nowhere.ts beside the patch"),
        ("method sideways", "no method 'sideways' in"),
        ("bufsize -1", "bufsize: '-1': type bufsize SAMPLES (whole, from 0 to 16777216)"),
        ("threads 0", "threads: '0': type threads NUMBER (from 1 to 64)"),
        ("enable", "enable: nothing after it: type enable 0 or enable 1"),
        ("chans 2", "chans: the outlets of this box have one channel each"),
    ] {
        max.forget();
        max.send(nn, message);
        max.until(message, |max| !max.errors().is_empty());
        assert!(max.errors()[0].starts_with(&format!("nn~: {error}")), "{message}: {:?}", max.errors());
        assert!(max.told(nn).iter().any(|told| told.starts_with(&format!("error {error}"))), "{message}");
    }
}

#[test]
fn a_bang_tells_the_state_in_the_order_of_existing_patches() {
    let max = max();
    let nn = loaded(&max, "nn~ coarse");
    let told = asked(&max, nn, "bang");
    let words: Vec<&str> = told.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(
        words[..10],
        ["loaded", "enabled", "gpu", "model", "methods", "method", "attributes", "bufsize", "dim", "ratio"]
    );
    assert!(told.contains(&"bufsize 512".to_owned()), "the largest ratio when no buffer is given: {told:?}");
    assert_eq!(asked(&max, max.create("nn~"), "bang"), ["loaded 0"]);
}

#[test]
fn a_box_whose_model_is_missing_keeps_the_inlets_and_outlets_of_its_patch() {
    let max = max();
    let made = |text: &str, inlets: i64, outlets: &[&str]| {
        let nn = max.create_saved(text, inlets, outlets);
        let kinds = max.outlets(nn);
        assert_eq!(kinds.last().map(String::as_str), Some(""), "{text}: the outlet for information");
        (max.signal_inlets(nn), kinds.len() - 1)
    };
    let three = ["signal", "signal", "signal", ""];
    assert_eq!(made("nn~ nowhere", 2, &three), (2, 3));
    assert_eq!(made("nn~ nowhere forward 512 @enable 0", 2, &three), (2, 3));
    assert_eq!(made("mc.nn~ nowhere", 4, &["multichannelsignal", ""]), (4, 1));
    assert_eq!(made("nn~ nowhere", 1, &["signal", "signal"]), (1, 2), "as a patch may have kept it");
    assert_eq!(made("nn~ nowhere", 1, &[""]), (1, 0));
    assert_eq!(made("nn~ nowhere forward 0 2 1", 5, &three), (2, 1), "numbers that are typed count first");
    assert_eq!(made("mcs.nn~ nowhere forward 3", 1, &["multichannelsignal", ""]), (3, 3));
    assert_eq!(made("nn~ gain", 5, &three), (1, 1), "a model that is there says it itself");
    assert_eq!(made("nn~", 5, &three), (1, 1), "there is no model to be missing");
    for (inlets, kept) in [(-3, 1), (0, 1), (i64::MAX, 1024)] {
        assert_eq!(made("nn~ nowhere", inlets, &["signal", ""]), (kept, 1), "{inlets}");
    }
    assert_eq!(max.signal_inlets(max.create("nn~ nowhere")), 1, "typed, not loaded");
}

#[test]
fn a_message_arrives_on_the_main_thread_whichever_it_was_sent_from() {
    for overdrive in [Overdrive::Off, Overdrive::On, Overdrive::InAudioInterrupt] {
        let max = max();
        max.overdrive(overdrive);
        let nn = loaded(&max, "nn~ gain forward 64");
        max.audio_on(FORMAT);
        max.forget();
        for message in ["set gain 0.25", "enable 0", "enable 1", "latency", "bang", "fly"] {
            max.send_from_scheduler(nn, message);
        }
        // Its clock may speak before: then nothing is told yet, or all in order.
        max.until("answers", |max| !max.errors().is_empty());
        let told = max.told(nn);
        let first = told.iter().position(|t| t.starts_with("latency ")).expect("an answer");
        assert_eq!(told[first + 1], "loaded 1", "{overdrive:?}: {told:?}");
        assert_eq!(max.attribute(nn, "enable"), Some(vec![Atom::Int(1)]), "{overdrive:?}");
    }
}

#[test]
fn attributes_are_shown_set_and_read() {
    let max = max();
    let nn = loaded(&max, "nn~ gain forward 512 @enable 0 @threads 3 @deadline auto @gpu 0 @resample 1");
    for (name, value) in [
        ("enable", Atom::Int(0)),
        ("threads", Atom::Int(3)),
        ("deadline", Atom::Symbol("auto".into())),
        ("gpu", Atom::Int(0)),
        ("resample", Atom::Int(1)),
    ] {
        assert_eq!(max.attribute(nn, name), Some(vec![value]), "{name}");
        assert_eq!(max.look("nn~", name, "save").as_deref(), Some("1"), "{name}");
        assert!(max.look("nn~", name, "label").is_some_and(|label| label.len() > 2), "{name}");
    }
    assert_eq!(max.look("nn~", "enable", "style").as_deref(), Some("onoff"));
    assert_eq!(max.attribute(nn, "chans"), None, "one channel in each outlet");
    assert_eq!(
        max.look("mc.nn~", "chans", "label").as_deref(),
        Some("Channels of each outlet (0 follows the model)")
    );
    max.send(nn, "enable 1");
    max.send(nn, "deadline 64");
    max.forget();
    max.send(nn, "getenable");
    max.send(nn, "getdeadline");
    max.until("both answers", |max| max.told(nn).len() >= 2);
    assert!(max.told(nn).starts_with(&["enable 1".into(), "deadline 64".into()]), "{:?}", max.told(nn));
    max.create("nn~ gain @fly 3");
    assert_eq!(max.errors(), ["no attribute fly"]);
}

#[test]
fn an_attribute_is_answered_on_the_scheduler_too() {
    let max = max();
    let nn = loaded(&max, "nn~ gain forward 512");
    max.send(nn, "enable 0");
    max.send(nn, "deadline 64");
    max.forget();
    max.send_from_scheduler(nn, "getenable");
    max.send_from_scheduler(nn, "getdeadline");
    max.await_scheduler();
    let told = max.told(nn);
    assert!(told.starts_with(&["enable 0".into(), "deadline 64".into()]), "{told:?}");
}

#[test]
fn inlets_and_outlets_say_what_they_are() {
    let max = max();
    let nn = loaded(&max, "nn~ two forward 64 3 3");
    assert_eq!(max.hint_of_inlet(nn, 0), "messages, signal: model input 1");
    assert_eq!(max.hint_of_inlet(nn, 2), "signal: model input 3 (not used by this method)");
    assert_eq!(max.hint_of_outlet(nn, 1), "signal: model output 2");
    assert_eq!(max.hint_of_outlet(nn, 3), "information");
    let mcs = loaded(&max, "mcs.nn~ two forward 2 64");
    assert_eq!(max.hint_of_inlet(mcs, 1), "multichannel signal: all model inputs of example 2");
}

#[test]
fn a_preset_keeps_what_was_set_on_the_model() {
    let max = max();
    let nn = loaded(&max, "nn~ gain forward 64");
    assert_eq!(max.value_of(nn), []);
    max.send(nn, "set gain 0.25");
    let preset = max.value_of(nn);
    assert_eq!(preset, [Atom::Symbol("gain".into()), Atom::Int(1), Atom::Float(0.25)]);
    max.send(nn, "set gain 0.75");
    max.set_value_of(nn, &preset);
    assert_eq!(asked(&max, nn, "get gain"), ["gain 0.25"]);
}

#[test]
fn a_number_of_arguments_that_make_no_box_are_named_and_the_box_is_there() {
    let max = max();
    for (text, error) in [
        ("nn~ 3", "argument '3' is a number where the model's name should be"),
        ("nn~ gain forward -1", "argument '-1' is no buffer in samples"),
        ("nn~ void 2000 1", "argument '2000' is no number of inlets or outlets"),
        ("nn~ gain fly", "no method 'fly' in "),
        ("nn~ nowhere", "no model 'nowhere'"),
        ("mcs.nn~ gain forward 0", "argument '0' is no number of examples"),
        ("nn~ gain forward 4294967295", " samples is too large: the largest is 16777216"),
    ] {
        max.forget();
        let nn = max.create(text);
        max.audio_on(FORMAT);
        assert!(max.play(nn, &ramp(1, 640)).iter().flatten().all(|&s| s == 0.0), "{text}");
        max.until("the error", |max| !max.errors().is_empty());
        assert!(max.errors()[0].contains(error), "{text}: {:?}", max.errors());
        max.forget();
        max.send(nn, "load gain forward");
        if !text.contains("4294967295") {
            common::settled(&max, nn);
        }
        max.delete(nn);
    }
}

#[test]
fn a_box_may_be_told_or_deleted_by_what_it_says() {
    let max = max();
    let nn = loaded(&max, "nn~ gain forward 64");
    static HEARD: AtomicUsize = AtomicUsize::new(0);
    max.listen(nn, 1, |told| {
        if HEARD.fetch_add(1, SeqCst) < 5 {
            told.from.send("latency");
        }
    });
    max.send(nn, "latency");
    max.pass(5);
    assert_eq!(HEARD.load(SeqCst), 6);
    // In the midst of a long answer.
    max.listen(nn, 1, |told| {
        if told.selector == "enabled" {
            told.from.delete();
        }
    });
    max.forget();
    max.send(nn, "bang");
    max.pass(5);
    assert_eq!(max.told(nn), ["loaded 1", "enabled 1"], "a deleted box says no more");
}

#[test]
fn messages_from_one_thread_keep_their_order() {
    let max = max();
    max.overdrive(Overdrive::On);
    let nn = loaded(&max, "nn~ gain forward 64");
    for n in 1..=50 {
        max.send_from_scheduler(nn, &format!("set gain {}", f64::from(n) / 100.0));
    }
    assert_eq!(
        asked(&max, nn, "get gain"),
        ["gain 0.5"],
        "the last one, also when the main thread comes after it"
    );
}

#[test]
fn without_a_worker_and_with_audio_off_the_main_thread_answers() {
    let max = max();
    let nn = loaded(&max, "nn~ gain forward 0");
    max.send(nn, "set gain 0.5");
    assert_eq!(asked(&max, nn, "get gain"), ["gain 0.5"]);
    // With audio on, the model is the callback's.
    max.wire(nn, 0, 1);
    max.audio_on(FORMAT);
    max.forget();
    max.send(nn, "set gain 0.25");
    max.send(nn, "get gain");
    max.pass(20);
    assert_eq!(max.told(nn), Vec::<String>::new(), "no callback, no answer");
    let wet = max.play(nn, &ramp(1, 640));
    assert_eq!(wet[0][639], 160.0, "in the very block");
    max.until("an answer", |max| max.told(nn) == ["gain 0.25"]);
}
