//! What survives a change.

use crate::rig::Rig;
use crate::stand::{exact, source};
use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    message::Atom,
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
