//! Values that a box does not take: named, with what it takes; a slider full of them is one line and a count.

#![cfg(feature = "fake")]

mod rig;

use nn_core::{
    fake::{Behaviour, FakeModel},
    message::{Event, text},
    value::ValueType,
};
use rig::Rig;

fn loaded() -> Rig {
    let model = FakeModel::new([1, 1, 1, 1], Behaviour::Gain)
        .with_attribute("steps", &[ValueType::Int])
        .with_attribute("muted", &[ValueType::Bool])
        .with_attribute("pair", &[ValueType::Float, ValueType::Float])
        .with_attribute("curve", &[ValueType::Tensor]);
    let mut rig = Rig::new(model, "model forward 0", 64);
    // A load forgets what was told; it is one when it is said.
    rig.poll_until(|events| {
        events.iter().any(|e| matches!(e, Event::Info { selector, .. } if selector == "loaded"))
    });
    rig.events.clear();
    rig
}

/// Sends it and lets the model hear it.
fn send(rig: &mut Rig, message: &str) {
    rig.send(message);
    rig.play(&[vec![0.0; 64]]);
    rig.poll();
}

/// How many errors were counted and not told.
fn counted(rig: &mut Rig) -> usize {
    rig.send("stats");
    rig.poll();
    let stats = text(rig.info("stats").expect("an answer"));
    let words: Vec<_> = stats.split(' ').collect();
    let at = words.iter().position(|word| *word == "errors").expect("a count");
    words[at + 1].parse().expect("a number")
}

#[test]
fn a_slider_reaches_an_int_and_a_switch_a_bool() {
    let mut rig = loaded();
    for (message, question, answer) in [
        ("set steps 2.7", "get steps", "2"),
        ("set steps -2.7", "get steps", "-2"),
        ("set muted 127", "get muted", "1"),
        ("set muted 0", "get muted", "0"),
        ("set muted 0.01", "get muted", "1"),
    ] {
        send(&mut rig, message);
        send(&mut rig, question);
        let name = question.trim_start_matches("get ");
        assert_eq!(text(rig.info(name).expect("an answer")), answer, "{message}");
        rig.events.clear();
    }
    assert_eq!(rig.errors(), [""; 0]);
}

#[test]
fn what_is_refused_is_named_with_what_is_taken() {
    for (message, line) in [
        (
            "set steps 1e30",
            "steps: value 1 must be an int (a number below 2^63, cut to a whole one), not 1e30",
        ),
        (
            "set curve 1 2 3 a b",
            "curve: 'a' is no number: set curve takes the name of one array, or numbers alone",
        ),
        (
            "set steps some",
            "steps: value 1 must be an int (a number below 2^63, cut to a whole one), not the word some",
        ),
        (
            "set muted maybe",
            "muted: value 1 must be a bool (0 or another number, true or false, on or off, yes or no), not the word maybe",
        ),
        ("set pair 0.5", "pair takes float float (2 values), not 1 (0.5): set pair float float"),
        ("set pair 1 2 3", "pair takes float float (2 values), not 3 (1, 2, 3): set pair float float"),
        (
            "set gain -0.5",
            "gain: the model refused -0.5 (code -1): it takes a float (a number), but not every one",
        ),
        ("bufsize 0.5", "bufsize: '0.5': type bufsize SAMPLES (whole, from 0 to 16777216)"),
    ] {
        let mut rig = loaded();
        send(&mut rig, message);
        assert_eq!(rig.errors().len(), 1, "{message}: {:?}", rig.errors());
        assert!(rig.errors()[0].contains(line), "{message}: {:?}", rig.errors());
    }
}

#[test]
fn fifty_wrong_values_of_one_slider_are_one_line_and_a_count() {
    // Refused here, refused by the model, too many, no number, and of a message that is no attribute's.
    for message in [
        "set steps w{}",
        "set gain -0.{}",
        "set pair 1 2 {}",
        "set muted word{}",
        "bufsize 0.{}",
        "threads 1{}00",
    ] {
        let mut rig = loaded();
        rig.pass(1_000.0);
        for number in 21..71 {
            send(&mut rig, &message.replace("{}", &number.to_string()));
        }
        assert_eq!(rig.errors().len(), 1, "{message}: {:?}", rig.errors());
        assert!(rig.errors()[0].contains("21"), "{message}: the first is told: {:?}", rig.errors());
        assert_eq!(counted(&mut rig), 49, "{message}");
    }
}

#[test]
fn a_slider_that_moves_again_after_a_rest_is_told_of_anew() {
    let mut rig = loaded();
    for (time_ms, number) in [(1_000.0, 1), (2_500.0, 2), (4_000.0, 3), (6_500.0, 4), (6_600.0, 5)] {
        let passed_ms = time_ms - rig.now_ms();
        rig.pass(passed_ms);
        send(&mut rig, &format!("set gain -{number}"));
    }
    let errors = rig.errors();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].contains("refused -1 ") && !errors[0].contains("left out"), "{errors:?}");
    assert!(
        errors[1].contains("refused -4 ") && errors[1].ends_with("(2 more were left out before it)"),
        "{errors:?}"
    );
    // The very same again is never news.
    rig.pass(20_000.0);
    send(&mut rig, "set gain -1");
    assert_eq!(rig.errors().len(), 2, "{:?}", rig.errors());
    assert_eq!(counted(&mut rig), 4);
}

#[test]
fn another_slider_and_another_fault_are_lines_of_their_own() {
    let mut rig = loaded();
    for message in
        ["set gain -1", "set gain loud", "set gain 1 2", "set steps 1e30", "set muted maybe", "threads 0"]
    {
        send(&mut rig, message);
    }
    assert_eq!(rig.errors().len(), 6, "{:?}", rig.errors());
}
