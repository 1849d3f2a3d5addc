//! What a change sounds like.

use crate::rig::{Rig, play_for, ramp};
use crate::stand::{FADE_FRAMES, LATENCY_FRAMES, across, exact, largest_step, source};
use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    message::Atom,
};
use std::{sync::atomic::Ordering::Relaxed, time::Duration};

#[test]
fn another_model_of_the_same_size_is_crossfaded_without_a_gap() {
    for (message, before, after) in [("load half", 1.0, 0.5), ("method inverse", 1.0, -1.0)] {
        let mut rig = exact("m forward 512");
        let heard = across(&mut rig, message, LATENCY_FRAMES);
        let begin = heard.iter().position(|&s| s != before).expect("a change");
        let end = begin + FADE_FRAMES;
        // 6400 samples are 12.5 buffers: the change comes with the buffer that was being filled.
        assert!(begin < 512, "{message}: {begin}");
        assert!(heard[end..].iter().all(|&s| s == after), "{message}");
        assert!(largest_step(&heard) < 2.5 / FADE_FRAMES as f32, "{message}: {}", largest_step(&heard));
        assert_eq!(rig.object.status().counts().late, 0);
        assert!(rig.errors().is_empty(), "{:?}", rig.errors());
    }
}

#[test]
fn another_buffer_or_deadline_fades_out_and_in_and_has_its_own_latency() {
    for (message, latency) in [
        ("bufsize 1024", 1024 - 64 + 1024),
        ("bufsize 0", 0),
        ("deadline 64", 512 - 64 + 64),
        ("deadline 1000", 512 - 64 + 1024),
        ("load coarse", 2048 - 64 + 2048),
    ] {
        let mut rig = exact("m forward 512");
        rig.play(&[vec![1.0; 64 * 100]]);
        rig.send(message);
        let heard = rig.play(&[vec![1.0; 64 * 300]]).remove(0);
        assert!(largest_step(&heard) < 2.0 / FADE_FRAMES as f32, "{message}: {}", largest_step(&heard));
        assert_eq!(heard.last(), Some(&1.0), "{message}");
        let ramp = ramp(64 * 200);
        let heard = rig.play(std::slice::from_ref(&ramp)).remove(0);
        if message != "load coarse" {
            assert_eq!(heard[latency..], ramp[..ramp.len() - latency], "{message}");
        }
        rig.poll();
        let told = rig.info("latency").map(|atoms| atoms[0].clone());
        assert_eq!(told, Some(Atom::Int(latency as i64)), "{message}");
        assert_eq!(rig.object.status().counts().late, 0, "{message}");
    }
}

#[test]
fn a_model_with_memory_answers_no_change_with_a_click() {
    for arguments in ["memory forward 512", "memory forward 0"] {
        for messages in [
            &["bufsize 1024"][..],
            &["bufsize 64"],
            &["bufsize 0"],
            &["deadline 64"],
            &["reset"],
            &["reload"],
            &["load m", "load memory"],
            &["enable 0", "enable 1"],
            &["enable 0", "reset", "enable 1"],
            &["switch off"],
        ] {
            let memory = FakeModel::new([1, 1, 1, 1], Behaviour::Delay(1000));
            let mut rig =
                Rig::with_source(source().and("memory", memory, Duration::ZERO), arguments, 64, true);
            rig.send("wait 1");
            rig.until_loaded();
            rig.play(&[vec![1.0; 64 * 103]]);
            let mut heard = Vec::new();
            for message in messages {
                if *message == "switch off" {
                    // Far longer than a moment, as [switch~] leaves a box out.
                    (0..20).for_each(|_| rig.pass(50.0));
                } else {
                    rig.send(message);
                }
                heard.extend(rig.play(&[vec![1.0; 64 * 103]]).remove(0));
                rig.poll();
            }
            let what = format!("{arguments}: {messages:?}");
            assert_eq!(heard.last(), Some(&1.0), "{what}");
            // After a host's own gap there is nothing that the sound could follow on.
            let begin = if messages[0] == "switch off" { 64 } else { 0 };
            let step = largest_step(&heard[begin..]);
            // States join within one buffer.
            let in_a_frame = arguments.ends_with(" 0");
            let fade_frames = if in_a_frame { 64 } else { FADE_FRAMES };
            assert!(step < 2.5 / fade_frames as f32, "{what}: a click of {step}");
        }
    }
}

/// A box of which a run takes 3 ms, with `deadline auto`, and its latency.
fn with_automatic_deadline() -> (Rig, usize) {
    let slow = FakeModel::new([1, 1, 1, 1], Behaviour::Slow(Duration::from_millis(3)));
    let mut rig = Rig::with_source(FakeSource::new(slow), "m forward 2048", 64, true);
    rig.send("deadline auto");
    rig.poll_until(|events| format!("{events:?}").contains("loaded"));
    play_for(&mut rig, Duration::from_millis(500));
    rig.send("latency");
    let told = rig.object.take_events();
    let latency = format!("{told:?}");
    let latency: usize =
        latency.split("Int(").nth(1).and_then(|t| t.split(')').next()).unwrap().parse().unwrap();
    let deadline = latency - (2048 - 64);
    // At least 3 ms with a margin of a half and a millisecond.
    assert!(deadline >= 192 && deadline.is_multiple_of(64), "{deadline}");
    (rig, latency)
}

#[test]
fn an_automatic_deadline_is_what_the_model_needs_and_constant() {
    // Far less than a buffer; only where every single measurement meets a stall of the machine is it not.
    let mut measured = std::iter::repeat_with(with_automatic_deadline).take(10);
    let (mut rig, latency) =
        measured.find(|(_, latency)| *latency < 2048 - 64 + 1024).expect("a deadline of less than a buffer");
    rig.send("wait 1");
    rig.off_and_on();
    let output = rig.play(&[ramp(64 * 200)]).remove(0);
    assert_eq!(output[latency..latency + 3], [1.0, 2.0, 3.0], "exactly as reported");
}

#[test]
fn the_state_goes_with_the_model_from_the_worker_to_the_callback_and_back() {
    let counter = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Counter));
    let mut rig = Rig::with_source(counter, "m forward 256", 64, true);
    rig.send("wait 1");
    let mut before = 0.0;
    for message in ["bufsize 0", "bufsize 64", "bufsize 0", "bufsize 512", "reset", "bufsize 0"] {
        let heard = rig.play(&[vec![1.0; 64 * 60]]).remove(0);
        let last = *heard.last().expect("sound");
        assert!(last > before, "{message}: {last} after {before}");
        before = if message == "reset" { 0.0 } else { last };
        rig.send(message);
    }
    assert!(rig.errors().is_empty(), "{:?}", rig.errors());
}

#[test]
fn a_model_poisoned_by_what_is_no_number_is_silent_and_cured_by_reset() {
    // Once it has answered NaN it does so for ever, as a filter with NaN in its state does.
    let poisoned = FakeModel::new([1, 1, 1, 1], Behaviour::NotANumber(20));
    let mut rig = Rig::with_source(FakeSource::new(poisoned), "m forward 64", 64, true);
    rig.send("wait 1");
    let heard = rig.play(&[vec![1.0; 64 * 100]]).remove(0);
    assert!(heard.iter().all(|s| s.is_finite()) && heard.contains(&1.0));
    assert_eq!(heard.last(), Some(&0.0));
    assert!(rig.object.status().counts().non_finite > 50, "each is counted");
    rig.send("reset");
    let heard = rig.play(&[vec![1.0; 64 * 10]]).remove(0);
    assert_eq!(heard.last(), Some(&1.0));
    rig.poll();
    assert_eq!(rig.errors().len(), 1, "said once: {:?}", rig.errors());
}

#[test]
fn what_begins_anew_has_the_memory_of_its_first_run_beforehand() {
    let source = source();
    let prepared = source.model.prepared_copies.clone();
    let mut rig = Rig::with_source(source, "m forward 64", 64, true);
    rig.send("wait 1");
    rig.play(&[vec![1.0; 6400]]);
    assert_eq!(prepared.load(Relaxed), 1, "after the load");
    for (message, wanted) in [("reset", 2), ("reload", 3), ("method inverse", 3), ("reset", 4)] {
        rig.send(message);
        rig.play(&[vec![1.0; 6400]]);
        assert_eq!(prepared.load(Relaxed), wanted, "after {message}");
    }
}
