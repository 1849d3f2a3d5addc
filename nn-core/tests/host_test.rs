//! The self-test of a host, without one: a box judges what was recorded of it, and `nn.info` makes a report of what boxes
//! answer.
#![cfg(feature = "fake")]
#![allow(unsafe_code)] // Sets the home in which the report is written.

mod rig;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use nn_core::{
    array::{ArrayFault, ArrayShape, Arrays},
    doctor::Host,
    engine::{loader::Loader, noise::noise},
    fake::{Behaviour, FakeModel, FakeSource},
    host_test::{CHECKS, FILE, INFO_METHODS, Outcome, Verdict},
    info::{InfoContext, InfoEvent, NnInfo},
    message::{Atom, text, typed},
    shown, user_dirs,
};
use rig::Rig;

const FRAMES: usize = 64 * 1_000;

/// Two arrays, and one that its host is using for a while.
#[derive(Default)]
struct Recorded {
    played: Mutex<Vec<f32>>,
    heard: Mutex<Vec<f32>>,
    busy: Mutex<u32>,
}

impl Arrays for Recorded {
    fn read(
        &self,
        name: &str,
        from: usize,
        most: usize,
        samples: &mut Vec<f32>,
    ) -> Result<ArrayShape, ArrayFault> {
        if name == "busy" {
            let mut busy = self.busy.lock().expect("alone");
            *busy += 1;
            if *busy < 4 {
                return Err(ArrayFault::Busy { name: name.into() });
            }
        }
        let array = match name {
            "played" => &self.played,
            "heard" | "busy" => &self.heard,
            _ => return Err(ArrayFault::Missing { name: name.into(), cure: "make one" }),
        };
        let array = array.lock().expect("alone");
        samples.extend(array.iter().skip(from).take(most));
        Ok(ArrayShape { channels: 1, frames: array.len(), sample_rate_hz: 44_100 })
    }

    fn cure(&self) -> &'static str {
        "make one"
    }
}

/// A box that halves what it hears, and what was recorded of it.
fn recorded() -> (Rig, &'static Recorded) {
    let arrays: &'static Recorded = Box::leak(Box::default());
    let half = FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_gain(0.5);
    let mut rig = Rig::with_arrays(FakeSource::new(half), arrays, "half forward 512");
    rig.send("wait 1");
    rig.until_loaded();
    rig.play(&[vec![0.0; 6_400]]);
    rig.send("selftest begin");
    let sound = noise(1, FRAMES);
    let heard = rig.play(std::slice::from_ref(&sound)).remove(0);
    *arrays.played.lock().expect("alone") = sound;
    *arrays.heard.lock().expect("alone") = heard;
    (rig, arrays)
}

/// What a box answers to its check.
fn answered(rig: &mut Rig, message: &str) -> Outcome {
    rig.events.clear();
    rig.send(message);
    rig.poll_until(|events| format!("{events:?}").contains("\"selftest\""));
    Outcome::read(rig.info("selftest").expect("an answer")).expect("an outcome")
}

#[test]
fn a_box_judges_what_was_recorded_of_it_and_counts_from_the_beginning_of_the_test() {
    let (mut rig, arrays) = recorded();
    let right = answered(&mut rig, "selftest check gain played heard");
    assert_eq!(right.verdict, Verdict::Pass, "{right:?}");
    assert_eq!(
        right.text,
        "every sample right, no click, no dropout; latency 960 samples (21.8 ms at 44100 Hz), 0 of 125 buffers late"
    );
    arrays.heard.lock().expect("alone")[20_000..20_512].fill(0.0);
    let wrong = answered(&mut rig, "selftest check gain played heard");
    assert_eq!(wrong.verdict, Verdict::Fail);
    assert!(wrong.text.contains("dropouts: 1 of 512 samples"), "{wrong:?}");
    let other = answered(&mut rig, "selftest check identity played heard");
    assert!(other.verdict == Verdict::Fail && other.text.contains("samples wrong"), "{other:?}");
}

#[test]
fn an_array_that_is_in_use_is_read_later_and_one_that_is_missing_is_told() {
    let (mut rig, _) = recorded();
    assert_eq!(answered(&mut rig, "selftest check gain played busy").verdict, Verdict::Pass);
    let missing = answered(&mut rig, "selftest check gain played nowhere");
    assert_eq!(missing, Outcome::new("gain", Verdict::Fail, "there is no array 'nowhere': make one"));
    let fewer = answered(&mut rig, "selftest check gain played");
    assert!(fewer.text.starts_with("0 recordings instead of 1"), "{fewer:?}");
    rig.events.clear();
    rig.send("selftest check nothing played heard");
    rig.poll();
    assert!(rig.errors()[0].contains("no check 'nothing': there are identity, gain"), "{:?}", rig.errors());
}

#[test]
fn a_box_without_a_model_and_audio_that_stands_still_fail_with_their_cause() {
    let arrays: &'static Recorded = Box::leak(Box::default());
    *arrays.played.lock().expect("alone") = noise(1, 100);
    let gain = || FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
    let mut rig = Rig::with_arrays(gain(), arrays, "");
    let none = answered(&mut rig, "selftest check gain played played");
    assert!(none.text.contains("the box has no model that plays"), "{none:?}");
    let mut rig = Rig::with_arrays(gain(), arrays, "m forward 512");
    rig.until_loaded();
    rig.poll();
    let still = answered(&mut rig, "selftest check gain played played");
    assert!(still.text.starts_with("the host's audio did not run"), "{still:?}");
}

/// Sends a message to `nn.info`; gives all that it says until nothing is on its way.
fn said(info: &mut NnInfo, message: &str) -> Vec<InfoEvent> {
    let host = Host { name: "a host", version: Some("8.6.5".into()) };
    let find = |_: &str| -> Option<PathBuf> { None };
    let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
    info.handle(selector, &typed(rest), &InfoContext { find: &find, folder: None, host: Some(&host) });
    let (begin, mut said) = (Instant::now(), info.take_events());
    while info.pending() {
        assert!(begin.elapsed() < Duration::from_secs(120), "no answer");
        info.poll();
        said.extend(info.take_events());
        std::thread::sleep(Duration::from_millis(1));
    }
    said
}

/// What goes to outlets below `selftest`.
fn told(events: &[InfoEvent]) -> Vec<String> {
    let line = |event: &InfoEvent| match event {
        InfoEvent::Message { selector, atoms, .. } if selector == "selftest" => Some(text(atoms)),
        _ => None,
    };
    events.iter().filter_map(line).collect()
}

#[test]
fn nn_info_asks_the_doctor_says_when_to_play_and_writes_what_boxes_answer() {
    let home = tempfile::tempdir().expect("a home");
    // SAFETY: no other test here looks for it.
    unsafe { std::env::set_var("HOME", home.path()) };
    // Windows tells it by itself.
    let place = user_dirs::home().expect("a home");
    let around = InfoContext { find: &|_: &str| -> Option<PathBuf> { None }, folder: None, host: None };
    let source = Arc::new(FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain)));
    let mut info = NnInfo::new(source, Loader::global(), &[], &around);
    // Nothing is begun.
    assert_eq!(told(&said(&mut info, "selftest end")), Vec::<String>::new());
    for (missing, passed) in [(None, "1"), (Some("mc"), "0")] {
        assert_eq!(told(&said(&mut info, "selftest begin")), ["play"]);
        let mut last = Vec::new();
        for check in CHECKS.iter().filter(|check| Some(check.name) != missing) {
            last = said(&mut info, &format!("selftest result {} pass every sample right", check.name));
            assert!(
                last.iter().any(|event| matches!(event, InfoEvent::Note(line) if line.contains(check.name)))
            );
        }
        assert_eq!(told(&last), Vec::<String>::new(), "its own methods are missing");
        for method in INFO_METHODS {
            last = said(&mut info, &format!("selftest heard method {method}"));
        }
        if missing.is_some() {
            assert_eq!(told(&last), Vec::<String>::new(), "a box is missing");
            last = said(&mut info, "selftest end");
        }
        let path = place.join(FILE);
        assert_eq!(told(&last), [format!("written {}", shown::path(&path)), format!("passed {passed}")]);
        let text = std::fs::read_to_string(&path).expect("the report");
        std::fs::remove_file(&path).expect("removed");
        assert!(text.contains("host: a host 8.6.5\n") && text.contains("\nversion: nn~ "), "{text}");
        assert_eq!(missing.is_none(), text.contains("10 of 10 checks pass"), "{text}");
        assert_eq!(
            missing.is_some(),
            text.contains("FAIL      mc         no answer came from the box"),
            "{text}"
        );
        // What comes too late changes nothing.
        assert_eq!(told(&said(&mut info, "selftest end")), Vec::<String>::new());
    }
    let wrong = said(&mut info, "selftest perhaps");
    let is_error = |event: &InfoEvent| {
        matches!(event, InfoEvent::Message { selector, atoms, .. }
        if selector == "error" && matches!(&atoms[..], [Atom::Symbol(line)] if line.starts_with("selftest: 'perhaps': type")))
    };
    assert!(wrong.iter().any(is_error), "{wrong:?}");
}
