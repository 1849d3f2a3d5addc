//! No change clicks.

use crate::stand::{FADE_FRAMES, exact, heard_of, largest_step, settled};
use nn_core::offline::Player;

/// What is heard of a constant 1 from a message on, until nothing moves any more.
fn across(arguments: &str, before: &[&str], message: &str) -> Vec<f32> {
    let mut rig = exact(arguments);
    before.iter().for_each(|message| rig.send(message));
    settled(&mut rig, 1.0);
    rig.send(message);
    heard_of(&mut rig, 1.0, 64 * 150)
}

#[test]
fn a_value_moves_to_another_in_a_straight_line_of_five_milliseconds() {
    // Three times the input is the model's sound.
    for (before, message, from, to) in [
        (&[][..], "wet 0", 3.0, 0.0),
        (&[], "wet 0.5", 3.0, 1.5),
        (&[], "dry 1", 3.0, 4.0),
        (&["dry 1"], "dry 0.25", 4.0, 3.25),
        (&["dry 1", "wet 0"], "dry 0", 1.0, 0.0),
        (&[], "output_gain -60", 3.0, 0.003),
        (&["wet 0", "dry 1"], "output_gain -20", 1.0, 0.1),
        (&[], "input_gain -20", 3.0, 0.3),
        (&["wet 0", "dry 1"], "input_gain -20", 1.0, 0.1),
    ] {
        for arguments in ["m forward 512", "m forward 0"] {
            let heard = across(arguments, before, message);
            let begin = heard.iter().position(|&s| s != from).expect("it changes");
            let expected = (1..=FADE_FRAMES).map(|n| from + (to - from) * n as f32 / FADE_FRAMES as f32);
            for (n, expected) in expected.enumerate() {
                let is = heard[begin + n];
                assert!((is - expected).abs() < 2e-5 * from, "{message}, {n}: {is} instead of {expected}");
            }
            assert!(
                heard[begin + FADE_FRAMES..].iter().all(|s| (s - to).abs() < 1e-6),
                "{message}: and rests"
            );
        }
    }
}

#[test]
fn a_slider_that_is_moved_never_clicks() {
    let mut rig = exact("m forward 512");
    settled(&mut rig, 1.0);
    let mut heard = vec![3.0];
    for turn in 0..200 {
        let value = ((turn * 37) % 101) as f32 / 100.0;
        let message = ["wet", "dry"][turn % 2];
        rig.send(&format!("{message} {value}"));
        heard.extend(heard_of(&mut rig, 1.0, 64));
    }
    assert!(largest_step(&heard) <= 1.01 * 4.0 / FADE_FRAMES as f32, "{}", largest_step(&heard));
}

#[test]
fn the_dry_sound_is_silent_while_the_box_is_off_and_fades() {
    for arguments in ["m forward 512", "m forward 0"] {
        let mut rig = exact(arguments);
        rig.send("wet 0");
        rig.send("dry 1");
        settled(&mut rig, 1.0);
        rig.send("enable 0");
        let off = heard_of(&mut rig, 1.0, 64 * 20);
        assert!(largest_step(&off) < 1.1 / FADE_FRAMES as f32, "{arguments}");
        assert!(off[FADE_FRAMES + 64..].iter().all(|&s| s == 0.0), "{arguments}: silence");
        assert!(heard_of(&mut rig, 7.0, 64 * 20).iter().all(|&s| s == 0.0), "{arguments}");
        rig.send("enable 1");
        let on = heard_of(&mut rig, 1.0, 64 * 150);
        assert!(on.iter().all(|&s| s <= 1.0), "{arguments}: nothing of what went in meanwhile");
        assert!(largest_step(&on) < 1.1 / FADE_FRAMES as f32, "{arguments}");
        assert_eq!(on.last(), Some(&1.0), "{arguments}");
    }
}

#[test]
fn a_box_that_begins_switched_off_is_silent_too() {
    let mut rig = exact("-d m forward 64");
    rig.send("dry 1");
    assert!(heard_of(&mut rig, 1.0, 64 * 40).iter().all(|&s| s == 0.0));
    rig.send("enable 1");
    assert_eq!(settled(&mut rig, 1.0), 4.0);
}

#[test]
fn the_dry_sound_fades_with_the_box_where_its_stream_changes() {
    for (message, to) in [
        ("bufsize 1024", 1.0),
        ("bufsize 0", 1.0),
        ("deadline 64", 1.0),
        ("reset", 1.0),
        ("method inverse", 1.0),
        ("reload", 1.0),
        // Another model begins as its file says.
        ("load effect", (3.0 * 0.5 + 0.25) * 10f32.powf(-6.0 / 20.0)),
    ] {
        let heard = across("m forward 512", &["wet 0", "dry 1"], message);
        let all = [&[1.0][..], &heard].concat();
        assert!(largest_step(&all) < 3.2 / FADE_FRAMES as f32, "{message}: {}", largest_step(&all));
        let is_another_stream = message.starts_with("bufsize") || message.starts_with("deadline");
        assert!(!is_another_stream || heard.contains(&0.0), "{message}: the old one ends");
        let last = heard[heard.len() - 1];
        assert!((last - to).abs() < 1e-5, "{message}: {last}");
    }
}

#[test]
fn what_went_in_before_the_box_was_left_out_is_not_heard_after_it() {
    let mut rig = exact("m forward 512");
    rig.send("wet 0");
    rig.send("dry 1");
    settled(&mut rig, 0.25);
    // The host looks at the box every 50 ms and does not call for sound.
    for _ in 0..20 {
        rig.poll();
        Player::pass(&mut rig, 50.0);
    }
    let heard = heard_of(&mut rig, 0.75, 64 * 100);
    assert_eq!(heard.last(), Some(&0.75));
    assert!(heard.windows(2).all(|pair| pair[1] >= pair[0]), "a level of the past");
    assert!(heard[0] == 0.0 && largest_step(&heard) < 1.1 * 0.75 / FADE_FRAMES as f32);
}
