//! Attributes that inputs set.

use supercollider_host::{Event, Input, Value};

use crate::common::{Nn, Session, scsynth};

/// A UGen that tells what its attributes are after each change.
fn told(s: &Session, attributes: Vec<(i32, Input)>, per_s: Option<f32>) -> (Nn, i32) {
    let settings = per_s.map(|per_s| (-4, per_s)).into_iter().collect();
    let nn = Nn { attributes, settings, debug: 1, ..Nn::new(s.load("shaped"), 64) };
    let node = s.ready(&nn.ugen());
    (nn, node)
}

/// What it told of one attribute.
fn values(s: &Session, name: &str) -> Vec<f64> {
    let of = |event: Event| {
        (event.kind == "info" && event.text == name).then(|| event.values.last().and_then(Value::number))
    };
    s.events.all().into_iter().filter_map(of).flatten().collect()
}

#[test]
fn a_bool_is_what_is_above_zero_an_int_is_cut_and_a_float_stays() {
    let s = scsynth();
    for (attribute, name, number, wanted) in [
        (0, "gain", 0.25, 0.25),
        (1, "flag", 0.1, 1.0),
        (1, "flag", 0.0, 0.0),
        (1, "flag", -1.0, 0.0),
        (2, "steps", 3.9, 3.0),
        (2, "steps", -3.9, -3.0),
    ] {
        for input in [Input::Constant(number), Input::Control(vec![number]), Input::Audio(vec![number])] {
            let (_, node) = told(&s, vec![(attribute, input)], None);
            let answer = || s.ask(node, "get", &[name.into()], name).last().and_then(Value::number);
            s.until(&format!("{name} from {number}"), || answer() == Some(wanted));
            s.freed(&[node]);
        }
    }
}

#[test]
fn a_value_that_stays_is_sent_once_and_another_one_once_more() {
    let s = scsynth();
    let attributes = vec![(0, Input::Control(vec![0.5])), (2, Input::Constant(2.0))];
    let nn = Nn { attributes, debug: 1, ..Nn::new(s.load("shaped"), 64) };
    let node = s.synth(&nn.ugen());
    s.pass(400);
    s.set(node, nn.attribute_input(0), 0.75);
    s.pass(300);
    s.pass(50);
    s.set(node, nn.attribute_input(0), 0.5);
    s.pass(300);
    let all = s.events.all();
    let of = |name: &str| all.iter().filter(|event| event.kind == "info" && event.text == name).count();
    assert_eq!((of("gain"), of("steps")), (3, 1), "{all:#?}");
}

#[test]
fn changes_in_every_block_are_sent_as_often_as_was_asked_for_and_the_last_one_stays() {
    let s = scsynth();
    let changing: Vec<f32> = (0..750).map(|n| n as f32 / 1024.0).collect();
    for (per_s, least, most) in [(None, 18, 22), (Some(100.0), 80, 105)] {
        let (nn, node) = told(&s, vec![(0, Input::Control(changing.clone()))], per_s);
        s.pass(100);
        values(&s, "gain");
        // A second of sound, however busy the machine is.
        for _ in 0..75 {
            s.play(10);
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let told = values(&s, "gain");
        assert!((least..=most).contains(&told.len()), "{per_s:?}: {} changes in a second", told.len());
        s.set(node, nn.attribute_input(0), 0.125);
        s.pass(500);
        assert_eq!(values(&s, "gain").last(), Some(&0.125), "the newest one arrives, if late");
        s.freed(&[node]);
    }
}

#[test]
fn without_a_limit_each_block_may_set_an_attribute() {
    let s = scsynth();
    let changing: Vec<f32> = (1..=64).map(|n| n as f32 / 64.0).collect();
    let attributes = vec![(0, Input::Control(changing))];
    let nn = Nn { attributes, settings: vec![(-4, 0.0)], debug: 1, ..Nn::new(s.load("shaped"), 64) };
    let node = s.ready(&nn.ugen());
    s.pass(50);
    values(&s, "gain");
    for _ in 0..100 {
        s.play(1);
        std::thread::sleep(std::time::Duration::from_millis(3));
    }
    let told = values(&s, "gain").len();
    assert!((95..=102).contains(&told), "{told} changes in 100 blocks");
    s.freed(&[node]);
}

#[test]
fn an_attribute_that_the_model_has_not_is_one_line() {
    let s = scsynth();
    let changing: Vec<f32> = (0..750).map(|n| n as f32).collect();
    let (_, node) = told(&s, vec![(99, Input::Control(changing))], Some(0.0));
    s.pass(300);
    let errors = s.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("attribute") && errors[0].contains("99"), "{errors:?}");
    s.freed(&[node]);
}
