//! What a model hears across changes, told by models that answer later with what they heard.

use crate::rig::Rig;
use crate::stand::{FADE_FRAMES, largest_step};
use nn_core::fake::{Behaviour, FakeModel, FakeSource};
use std::time::Duration;

/// Longer than any fade.
const DELAY: usize = 1000;

fn memory() -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Delay(DELAY))
}

fn rig(arguments: &str) -> Rig {
    let source = FakeSource::new(memory()).and("other", memory(), Duration::ZERO).and(
        "classes",
        memory().with_input_labels(&["class (0-9)"]),
        Duration::ZERO,
    );
    let mut rig = Rig::with_source(source, arguments, 64, true);
    rig.send("wait 1");
    rig.until_loaded();
    rig.poll();
    rig
}

fn play(rig: &mut Rig, level: f32) -> Vec<f32> {
    rig.play(&[vec![level; 64 * 100]]).remove(0)
}

#[test]
fn whether_an_input_fades_is_asked_of_the_model_that_is_there() {
    for (first, second, fades) in [("m", "classes", false), ("classes", "m", true)] {
        let mut rig = rig(&format!("{first} forward 512"));
        play(&mut rig, 1.0);
        rig.send(&format!("load {second}"));
        play(&mut rig, 1.0);
        rig.send("enable 0");
        play(&mut rig, 1.0);
        rig.send("enable 1");
        let heard = play(&mut rig, 2.0);
        let open = heard.iter().position(|&sample| sample == 1.0).expect("the end of what it heard before");
        let heard = &heard[open..];
        assert_eq!(heard.last(), Some(&2.0), "{second}");
        if fades {
            assert!(largest_step(heard) < 2.5 / FADE_FRAMES as f32, "{second}: {}", largest_step(heard));
        } else {
            assert!(heard.iter().all(|class| [0.0, 1.0, 2.0].contains(class)), "{second}: {heard:?}");
        }
    }
}

#[test]
fn a_model_that_was_loaded_while_the_box_was_off_begins_in_silence_whatever_followed() {
    // A model that takes the place of the one before in its stream, and one with a stream of its own.
    for (first, load) in [("m", "load other"), ("classes", "load m")] {
        for buffer in [1024, 0] {
            let mut rig = rig(&format!("{first} forward 512"));
            play(&mut rig, 1.0);
            // As [switch~] leaves a box out.
            (0..20).for_each(|_| rig.pass(50.0));
            for (message, told) in [(load, "loaded"), (&format!("bufsize {buffer}"), "bufsize")] {
                rig.events.clear();
                rig.send(message);
                rig.poll_until(|events| format!("{events:?}").contains(told));
            }
            let heard = play(&mut rig, 1.0);
            assert_eq!(heard.last(), Some(&1.0));
            let (step, most) =
                (largest_step(&heard), if buffer == 0 { 2.5 / 64.0 } else { 2.5 / FADE_FRAMES as f32 });
            assert!(step < most, "{load}, buffer of {buffer}: a click of {step}");
        }
    }
}
