//! Inputs and commands that make no sense harm nothing: those beside them play on.

use supercollider_host::{Answer, Input, Ugen, Value};

use crate::common::{Nn, assert_late, latency, path, ramp, scsynth};

const BUFFER: i32 = 256;

/// A UGen whose input `place` says `value`.
fn spoilt(model: i32, place: usize, value: f32) -> Ugen {
    let mut ugen = Nn::new(model, BUFFER).ugen();
    ugen.inputs[place] = Input::Constant(value);
    ugen
}

#[test]
fn numbers_that_no_language_sends_leave_a_ugen_silent_or_playing_and_others_as_they_are() {
    let s = scsynth();
    let model = s.load("gain");
    let good = s.ready(&Nn::new(model, BUFFER).ugen());
    s.tell(good, "wait", &[1.into()]);
    let hostile = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, -1.0, -7.0, 1e9, 9.3e18, 1e30, 0.5];
    for place in 0..Nn::new(model, BUFFER).ugen().inputs.len() {
        // The signal itself may be anything.
        if place == 6 {
            continue;
        }
        for value in hostile {
            let node = s.synth(&spoilt(model, place, value));
            let control = s.synth(&spoilt(model, place, value).at_control_rate());
            s.play(20);
            s.sync();
            s.play(20);
            for node in [node, control] {
                let heard = s.heard(node);
                assert!(heard.iter().flatten().all(|sample| sample.is_finite()), "input {place}: {value}");
            }
            s.freed(&[node, control]);
        }
    }
    s.lines();
    s.play(200);
    assert_late(&s.heard(good)[0], &ramp(0), latency(BUFFER as usize, 1, 64), 512, "beside them");
    s.freed(&[good]);
}

#[test]
fn commands_that_make_no_sense_say_how_they_are_sent() {
    let s = scsynth();
    for (command, values) in [
        ("/nn_load", vec![]),
        ("/nn_load", vec!["gain".into()]),
        ("/nn_load", vec![1.into()]),
        ("/nn_load", vec![1.into(), 2.into()]),
        ("/nn_unload", vec![Value::from(f32::NAN)]),
        ("/nn_unload", vec!["all".into()]),
        ("/nn_query", vec!["all".into()]),
        ("/nn_listen", vec![]),
        ("/nn_listen", vec![70_000.into()]),
        ("/nn_listen", vec![5000.into(), "::1".into()]),
        ("/nn_send", vec![1.into(), 2.into()]),
        ("/nn_send", vec![1.into(), 2.into(), 3.into()]),
        ("/nn_model", vec!["reload".into()]),
        ("/nn_catalog", vec![]),
    ] {
        assert_eq!(s.command(command, &values), Answer::Ended, "{command} {values:?}");
        let error = s.events.until("an error", |event| event.kind == "error");
        assert_eq!(error.scope, "server", "{command} {values:?}");
        let lines = s.errors();
        assert_eq!(lines.len(), 1, "{command} {values:?}: {lines:?}");
        let cure = lines[0].contains(&format!("send /cmd {command}")) || lines[0].contains("give one like");
        assert!(cure, "{command} {values:?}: {lines:?}");
    }
    let nowhere = [Value::from(5), path("gain").as_str().into(), "/nowhere/at/all.yaml".into()];
    assert_eq!(s.command("/nn_load", &nowhere), Answer::Ended);
    assert!(s.events.until("an error", |event| event.kind == "error").text.contains("cannot be written"));
    s.done("/nn_unload", &[5.into()]);
}
