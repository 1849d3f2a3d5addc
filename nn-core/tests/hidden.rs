//! Texts of others that are shown by boxes: what is not seen, or turns the line round, is written out. Names that a patch
//! sends back stay what they are.

#![cfg(feature = "fake")]

mod rig;

use nn_core::{
    fake::{Behaviour, FakeModel},
    message::{Event, text},
    shown::is_hidden,
    value::ValueType,
};
use rig::Rig;

const ODD: &str = "o\u{202e}d\u{200b}d";

fn lines(rig: &Rig) -> Vec<&str> {
    let mut lines = Vec::new();
    for event in &rig.events {
        if let Event::Note(line) | Event::Error(line) = event {
            lines.push(line.as_str());
        }
    }
    lines
}

#[test]
fn console_and_errors_show_what_is_hidden_and_names_stay_names() {
    let model = FakeModel::new([1, 1, 1, 1], Behaviour::Gain)
        .with_method(ODD)
        .with_attribute(ODD, &[ValueType::Float]);
    let mut rig = Rig::new(model, "model forward 0", 64);
    rig.poll_until(|events| {
        events.iter().any(|event| matches!(event, Event::Info { selector, .. } if selector == "loaded"))
    });
    for message in
        ["get_methods", "get_attributes", "get \u{200b}x", "fly\u{2066}", "method n\u{202d}", "dump"]
    {
        rig.send(message);
        rig.play(&[vec![0.0; 64]]);
        rig.poll();
    }
    rig.send(&format!("set {ODD} word\u{feff}"));
    rig.poll();
    let lines = lines(&rig);
    assert!(lines.len() > 8, "{lines:?}");
    for line in &lines {
        assert!(!line.contains(is_hidden), "{line}");
    }
    for part in [
        "methods forward o[U+202E]d[U+200B]d",
        "attributes gain o[U+202E]d[U+200B]d",
        "no attribute '[U+200B]x'",
        "no message 'fly[U+2066]'",
        "o[U+202E]d[U+200B]d: value 1 must be a float (a number), not the word word[U+FEFF]",
    ] {
        assert!(lines.iter().any(|line| line.contains(part)), "{part}: {lines:#?}");
    }
    // The same on the outlet: errors are texts, methods are names.
    assert_eq!(text(rig.info("methods").expect("told")), format!("forward {ODD}"));
    for event in &rig.events {
        if let Event::Info { selector, atoms } = event
            && selector == "error"
        {
            assert!(!text(atoms).contains(is_hidden), "{atoms:?}");
        }
    }
    rig.send(&format!("method {ODD}"));
    rig.events.clear();
    rig.poll_until(|events| {
        events.iter().any(|event| matches!(event, Event::Info { selector, .. } if selector == "method"))
    });
    assert_eq!(text(rig.info("method").expect("told")), ODD);
}
