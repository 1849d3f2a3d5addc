//! Models of which two copies would take too much memory: there is one at a time, whatever is asked of the box.

mod rig;

use std::{sync::Arc, time::Duration};

use nn_core::{
    engine::loader::Loader,
    fake::{Behaviour, FakeModel, FakeSource, UsedCopies},
    layout::BoxKind,
};
use rig::{Rig, play_for};

/// Everything that needs a model in another state, another place or for another length.
const MESSAGES: [&str; 9] = [
    "reset",
    "reload",
    "bufsize 1024",
    "method inverse",
    "method forward",
    "deadline 128",
    "reset",
    "latency measure",
    "enable 1",
];

/// The largest step of a constant 1 that fades in 5 ms, with room for its sign to turn.
const FADE_STEP: f32 = 2.1 / 220.0;

fn large(behaviour: Behaviour) -> (FakeSource, Arc<UsedCopies>) {
    let model = FakeModel::new([1, 1, 1, 1], behaviour).with_method("inverse").too_large_for_two();
    let used = model.used_copies.clone();
    (FakeSource::new(model), used)
}

fn largest_step(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

#[test]
fn there_is_one_copy_at_a_time_whatever_is_asked() {
    for (arguments, workers) in [("m forward 512", true), ("m forward 0", true), ("m forward 512", false)] {
        for waits in [true, false] {
            let (source, used) = large(Behaviour::Gain);
            let mut rig = Rig::with_source(source, arguments, 64, workers);
            rig.send(if waits { "wait 1" } else { "wait 0" });
            rig.until_loaded();
            for message in MESSAGES {
                play_for(&mut rig, Duration::from_millis(50));
                rig.send(message);
                let heard = play_for(&mut rig, Duration::from_millis(250));
                let last = *heard.last().expect("sound");
                let what = format!("{arguments} {workers} {waits}: {message}");
                assert!(last.abs() == 1.0, "{what}: it sounds again, not {last}: {:?}", rig.errors());
                assert_eq!(used.most(), 1, "{what}");
            }
            let errors = rig.errors();
            assert!(
                errors.len() == 1 && errors[0].contains("too large for a copy beside the one that plays"),
                "{errors:?}"
            );
        }
    }
}

#[test]
fn a_reset_is_silent_meanwhile_and_begins_anew_without_a_click() {
    let (source, used) = large(Behaviour::Gain);
    let mut rig = Rig::with_source(source, "m forward 512", 64, true);
    rig.send("wait 1");
    rig.until_loaded();
    let mut heard = play_for(&mut rig, Duration::from_millis(100));
    let begin = heard.iter().position(|&sample| sample == 1.0).expect("sound");
    for _ in 0..3 {
        rig.send("reset");
        heard.extend(play_for(&mut rig, Duration::from_millis(100)));
    }
    assert!(largest_step(&heard[begin..]) < FADE_STEP, "{}", largest_step(&heard[begin..]));
    assert_eq!(used.most(), 1);
}

#[test]
fn the_state_after_a_reset_is_that_of_the_file() {
    let (source, used) = large(Behaviour::Counter);
    let mut rig = Rig::with_source(source, "m forward 64", 64, true);
    rig.send("wait 1");
    rig.until_loaded();
    let input = vec![vec![0.0; 64 * 100]];
    let before = rig.play(&input).remove(0);
    rig.send("reset");
    let after = rig.play(&input).remove(0);
    let highest = |sound: &[f32]| sound.iter().copied().fold(0.0, f32::max);
    assert!(highest(&before) > 6000.0 && highest(&after[1000..]) < 6500.0, "{}", highest(&after[1000..]));
    assert_eq!(used.most(), 1);
}

#[test]
fn boxes_of_several_examples_and_a_hanging_host_get_along_with_one_copy() {
    let (source, used) = large(Behaviour::Gain);
    let mut rig = Rig::of_kind(BoxKind::Mc, Loader::global(), source, "m forward 512", 64, true);
    rig.send("wait 0");
    rig.until_loaded();
    // Audio is off: nobody fills a buffer before which the model could go.
    for message in ["reset", "bufsize 256", "reset", "reload"] {
        rig.send(message);
        rig.until_loaded();
    }
    play_for(&mut rig, Duration::from_millis(200));
    assert_eq!(used.most(), 1);
    assert_eq!(rig.errors(), Vec::<&str>::new());
}
