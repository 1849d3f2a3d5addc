//! A broken box beside a healthy one, in both hosts.

use crate::support::{
    hostile, model,
    patch::escaped,
    session::Player,
    stage::{Played, Stage},
};

pub const BOTH: [Player; 2] = [Player::PdBatch, Player::Host];

/// Through the healthy box: a buffer of 256, no samples in common with a block, a deadline of one buffer.
pub const HEALTHY_LATENCY: usize = 448;

pub fn boxed(name: &str, rest: &str) -> String {
    format!("nn~ {} {rest}", escaped(&model(name).display().to_string()))
}

pub fn boxed_hostile(name: &str, rest: &str) -> String {
    format!("nn~ {} {rest}", escaped(&hostile(name).display().to_string()))
}

/// A broken box called `bad` beside a healthy one, in both hosts.
pub fn beside_a_healthy_box(bad: &str, script: impl Fn(&mut Stage), judge: impl Fn(&Played, &str)) {
    for player in BOTH {
        let mut stage = Stage::new();
        stage.part("bad", bad, 1);
        stage.part("good", &boxed("identity", "forward 256"), 1).send("good wait 1");
        script(&mut stage);
        let played = stage.play(player);
        let what = format!("{player:?}: [{bad}] {:#?}", played.lines);
        played.assert_exact("good", HEALTHY_LATENCY, &what);
        played.assert_finite(&what);
        for line in &played.lines {
            for foreign in ["Traceback", "torch/csrc", "c10::", "panicked", "terminate"] {
                assert!(!line.contains(foreign), "{what}");
            }
        }
        assert!(played.errors.iter().all(|line| line.starts_with("nn~: ") && line.len() < 700), "{what}");
        judge(&played, &what);
    }
}

/// The box is silent, and exactly one error was printed, with this in it.
pub fn silent_with(error: &str) -> impl Fn(&Played, &str) {
    move |played, what| {
        assert!(played.sound("bad").iter().all(|&s| s == 0.0), "{what}: it sounds");
        one_error(played, error, what);
    }
}

/// Exactly one error was printed, with this in it, and it also came out of the information outlet.
pub fn one_error(played: &Played, error: &str, what: &str) {
    assert_eq!(played.errors.len(), 1, "{what}");
    assert!(played.errors[0].contains(error), "{what}: no '{error}'");
    let told = played.told["bad"].iter().filter(|told| told.starts_with("error ")).count();
    assert_eq!(told, 1, "{what}");
}

/// Many broken boxes beside a healthy one: each is silent, and says one line with its own words in it.
pub fn all_refused(cases: &[(String, &str)], prepare: impl Fn(&Stage)) {
    for player in BOTH {
        let mut stage = Stage::new();
        let name = |number: usize| format!("bad{number}");
        for (number, (bad, _)) in cases.iter().enumerate() {
            stage.part(&name(number), bad, 1).send(&format!("{} wait 1", name(number)));
        }
        stage.part("good", &boxed("identity", "forward 256"), 1).send("good wait 1");
        prepare(&stage);
        let played = stage.pass(100).play(player);
        let what = format!("{player:?}: {:#?}", played.lines);
        played.assert_exact("good", HEALTHY_LATENCY, &what);
        for (number, (bad, error)) in cases.iter().enumerate() {
            let (name, what) = (name(number), format!("[{bad}]: {what}"));
            assert!(played.sound(&name).iter().all(|&s| s == 0.0), "{what}: it sounds");
            let said: Vec<_> =
                played.told[&name].iter().filter_map(|told| told.strip_prefix("error ")).collect();
            assert_eq!(said.len(), 1, "{what}");
            assert!(said[0].contains(error), "no '{error}' {what}");
            assert!(played.errors_with(said[0]) >= 1, "not on the console: {what}");
        }
        assert_eq!(played.errors.len(), cases.len(), "{what}");
    }
}

pub fn plays_on(stage: &mut Stage) {
    stage.send("bad wait 1").pass(100).send("bad bang").pass(20);
}
