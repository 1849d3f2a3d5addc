//! Messages to UGens and models, and what they answer.

use std::time::Duration;

use supercollider_host::{Answer, Input, Value};

use crate::common::{Nn, Session, path, scsynth};

const ANY: i32 = -1;

fn with_id(model: i32, id: i32) -> Nn {
    let settings = vec![(-1, id as f32)];
    Nn { signals: vec![Input::Constant(1.0)], settings, ..Nn::new(model, 64) }
}

/// `/nn_send` of a gain.
fn gain(s: &Session, (node, id, model): (i32, i32, i32), gain: f32) {
    s.done("/nn_send", &[node.into(), id.into(), model.into(), "set".into(), "gain".into(), gain.into()]);
    s.sync();
}

/// What a synth plays in the end.
fn level(s: &Session, node: i32) -> f32 {
    s.pass(60);
    *s.heard(node)[0].last().expect("sound")
}

#[test]
fn a_message_reaches_those_of_a_node_an_id_a_model_and_no_others() {
    let s = scsynth();
    let (first, second) = (s.load("gain"), s.load("gain"));
    let nodes = [(first, 1), (first, 2), (second, 1), (second, 3)].map(|(model, id)| {
        let node = s.ready(&with_id(model, id).ugen());
        s.tell(node, "wait", &[1.into()]);
        node
    });
    let levels = || nodes.map(|node| level(&s, node));
    assert_eq!(levels(), [1.0; 4]);
    gain(&s, (nodes[0], ANY, ANY), 0.5);
    assert_eq!(levels(), [0.5, 1.0, 1.0, 1.0]);
    gain(&s, (ANY, 1, ANY), 0.25);
    assert_eq!(levels(), [0.25, 1.0, 0.25, 1.0]);
    gain(&s, (ANY, ANY, second), 0.75);
    assert_eq!(levels(), [0.25, 1.0, 0.75, 0.75]);
    gain(&s, (ANY, 1, first), 0.125);
    assert_eq!(levels(), [0.125, 1.0, 0.75, 0.75]);
    gain(&s, (ANY, ANY, ANY), 2.0);
    assert_eq!(levels(), [2.0; 4]);
    assert_eq!(s.errors(), Vec::<String>::new());
}

#[test]
fn a_message_waits_a_second_for_a_ugen_that_is_made_meanwhile_and_not_longer() {
    let s = scsynth();
    let model = s.load("gain");
    gain(&s, (ANY, 41, ANY), 0.5);
    std::thread::sleep(Duration::from_millis(300));
    let node = s.ready(&with_id(model, 41).ugen());
    s.tell(node, "wait", &[1.into()]);
    assert_eq!(level(&s, node), 0.5);
    gain(&s, (ANY, 42, ANY), 0.5);
    let told = s.events.until("a line", |event| event.kind == "error");
    assert!(told.text.contains("id 42") && (told.id, told.node) == (42, ANY), "{told:?}");
    let late = s.ready(&with_id(model, 42).ugen());
    s.tell(late, "wait", &[1.into()]);
    assert_eq!(level(&s, late), 1.0);
    let errors = s.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
}

#[test]
fn answers_are_events_with_node_id_and_model() {
    let s = scsynth();
    let model = s.load("gain");
    let node = s.ready(&with_id(model, 5).ugen());
    for (question, values, wanted) in [
        ("get", vec![Value::from("gain")], "gain"),
        ("latency", vec![], "latency"),
        ("stats", vec![], "stats"),
        ("get_methods", vec![], "methods"),
    ] {
        s.events.all();
        s.tell(node, question, &values);
        s.run(true);
        let answer = s.events.until(wanted, |event| event.kind == "info" && event.text.contains(wanted));
        s.run(false);
        assert_eq!((answer.scope.as_str(), answer.node, answer.id, answer.model), ("ugen", node, 5, model));
    }
    for method in [Value::from(0), Value::from("forward")] {
        s.done("/nn_model", &[model.into(), "latency".into(), method, 2048.into(), 64.into(), 48_000.into()]);
        let answer = s.events.until("latency", |event| event.kind == "info" && event.text == "latency");
        assert_eq!((answer.scope.as_str(), answer.model, answer.node), ("model", model, ANY));
        let frames = crate::common::latency(2048, 1, 64);
        assert_eq!(answer.values.first().and_then(Value::number), Some(frames as f64));
    }
    s.free(&[node]);
    let gone = s.events.until("freed", |event| event.kind == "freed");
    assert_eq!((gone.node, gone.id, gone.model), (node, 5, model));
}

#[test]
fn buffers_are_not_followed_and_one_line_says_what_to_do_instead() {
    let s = scsynth();
    let model = s.load("shaped");
    let node = s.ready(&with_id(model, 7).ugen());
    let line = "track: Buffers are copied when they are set: send set again when a Buffer has changed";
    s.tell(node, "track", &[0.into()]);
    assert_eq!(s.errors(), Vec::<String>::new(), "that is how it is");
    s.tell(node, "track", &[1.into()]);
    let told = s.events.until("a line", |event| event.kind == "error");
    assert_eq!((told.text.as_str(), told.scope.as_str(), told.node), (line, "ugen", node));
    s.done("/nn_model", &[model.into(), "track".into(), 1.into()]);
    let told = s.events.until("another", |event| event.kind == "error");
    assert_eq!((told.text.as_str(), told.scope.as_str(), told.model), (line, "model", model));
    assert_eq!(s.errors(), [format!("ERROR: NN: {line}"), format!("ERROR: NN: {line}")]);
}

#[test]
fn a_ugen_whose_model_is_missing_says_so_once_and_starts_when_it_is_loaded() {
    let s = scsynth();
    let number = 4242;
    let node = s.synth(&with_id(number, 6).ugen());
    s.run(true);
    let told = s.events.until("a line", |event| event.kind == "error");
    assert!(told.text.contains("4242"), "{told:?}");
    s.pass(300);
    let errors = s.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(s.heard(node)[0].iter().all(|&sample| sample == 0.0));
    s.load_as(number, "gain");
    s.until_ready(node);
    s.tell(node, "wait", &[1.into()]);
    assert_eq!(level(&s, node), 1.0);
    s.done("/nn_unload", &[number.into()]);
    assert_eq!(level(&s, node), 1.0, "it goes on without its number");
}

#[test]
fn a_file_that_is_missing_is_one_line_and_an_event_and_no_answer() {
    let s = scsynth();
    let missing = [Value::from(7), "/nowhere/missing.ts".into(), "".into()];
    assert_eq!(s.command("/nn_load", &missing), Answer::Ended);
    let failed = s.events.until("failed", |event| event.kind == "failed");
    assert_eq!((failed.scope.as_str(), failed.model), ("model", 7));
    let errors = s.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("missing"), "{errors:?}");
    assert_eq!(s.command("/nn_nothing", &[]), Answer::Refused);
}

#[test]
fn a_file_with_the_methods_is_written_before_the_answer() {
    let s = scsynth();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("info.yaml");
    let name = file.display().to_string();
    s.done("/nn_load", &[31.into(), path("features").as_str().into(), name.as_str().into()]);
    let text = std::fs::read_to_string(&file).expect("it is there when the command is done");
    for line in ["- idx: 31", "name: \"forward\"", "inDim: 1", "outDim: 3", "outRatio: 64"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    s.done("/nn_query", &[31.into(), name.as_str().into()]);
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), text);
    s.done("/nn_unload", &[31.into()]);
}

#[test]
fn a_method_that_the_model_has_not_is_one_line() {
    let s = scsynth();
    let node = s.synth(&Nn { method: 9, ..Nn::new(s.load("gain"), 64) }.ugen());
    s.pass(100);
    let errors = s.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("method number 9"), "{errors:?}");
    assert!(s.heard(node)[0].iter().all(|&sample| sample == 0.0));
}
