//! Boxes whose model, method, buffer and state change while they play.
#![cfg(feature = "fake")]

mod rig;

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    message::Atom,
};
use rig::{Rig, play_for, ramp};

/// 5 ms at the rig's rate.
const FADE_FRAMES: usize = 220;
/// Of a box with a buffer of 512 in blocks of 64.
const LATENCY_FRAMES: usize = 512 - 64 + 512;

fn gain(gain: f64) -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_gain(gain)
}

/// `m` plays what comes in, other names other things.
fn source() -> FakeSource {
    FakeSource::new(gain(1.0).with_method("inverse"))
        .and("half", gain(0.5), Duration::ZERO)
        .and("slow", gain(3.0), Duration::from_millis(300))
        .and("count", FakeModel::new([1, 1, 1, 1], Behaviour::Counter), Duration::ZERO)
        .and("wide", FakeModel::new([3, 1, 4, 1], Behaviour::Gain), Duration::ZERO)
        .and("coarse", FakeModel::new([1, 2048, 1, 2048], Behaviour::Gain), Duration::ZERO)
}

/// A box that waits for its worker and for pending loads, so that every sample is certain.
fn exact(arguments: &str) -> Rig {
    let mut rig = Rig::with_source(source(), arguments, 64, true);
    rig.send("wait 1");
    rig.poll_until(|events| format!("{events:?}").contains("loaded"));
    rig
}

fn largest_step(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

/// Sends a message in the midst of a constant 1 and gives what is heard from there on, the latency taken off.
fn across(rig: &mut Rig, message: &str, latency: usize) -> Vec<f32> {
    let input = |frames| vec![vec![1.0; frames]];
    rig.play(&input(64 * 100));
    rig.send(message);
    let mut heard = rig.play(&input(latency.next_multiple_of(64))).remove(0);
    heard.extend(rig.play(&input(64 * 200)).remove(0));
    rig.poll();
    heard.split_off(latency)
}

#[test]
fn another_model_of_the_same_size_is_crossfaded_without_a_gap() {
    for (message, before, after) in [("load half", 1.0, 0.5), ("method inverse", 1.0, -1.0)] {
        let mut rig = exact("m forward 512");
        let heard = across(&mut rig, message, LATENCY_FRAMES);
        let begin = heard.iter().position(|&s| s != before).expect("a change");
        let end = begin + FADE_FRAMES;
        // 6400 samples are 12.5 frames: the change comes with the frame that was being filled.
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
fn a_load_that_fails_changes_nothing() {
    for (message, line) in [
        ("load missing", "no such file"),
        ("load m fly", "no method 'fly' in m.ts: it has forward, inverse"),
        ("method fly", "no method 'fly' in m.ts: it has forward, inverse"),
        ("bufsize 4000000000", "too large"),
    ] {
        let mut rig = exact("m forward 512");
        let input = ramp(64 * 300);
        let mut heard = rig.play(&[input[..64 * 100].to_vec()]).remove(0);
        rig.send(message);
        heard.extend(rig.play(&[input[64 * 100..].to_vec()]).remove(0));
        rig.poll();
        assert_eq!(heard[LATENCY_FRAMES..], input[..input.len() - LATENCY_FRAMES], "{message}");
        assert_eq!(rig.errors().len(), 1, "{message}: {:?}", rig.errors());
        assert!(rig.errors()[0].contains(line), "{message}: {:?}", rig.errors());
        let failed = message.starts_with("load").then_some(&[Atom::Float(0.0)][..]);
        assert_eq!(rig.info("loaded").filter(|atoms| atoms[0] == Atom::Float(0.0)), failed, "{message}");
    }
}

#[test]
fn without_a_gpu_the_cpu_goes_on_and_one_line_says_so() {
    let mut rig = exact("-gpu m forward 512");
    rig.send("gpu 1");
    let input = ramp(64 * 100);
    let heard = rig.play(std::slice::from_ref(&input)).remove(0);
    assert_eq!(heard[LATENCY_FRAMES..], input[..input.len() - LATENCY_FRAMES]);
    rig.send("bang");
    rig.poll();
    assert_eq!(rig.info("gpu"), Some(&[Atom::Int(0)][..]));
    let said = format!("{:?}", rig.events);
    assert!(said.contains("gpu: there is no GPU that it could use: the CPU goes on"), "{said}");
    assert!(rig.errors().is_empty(), "{said}");
}

#[test]
fn the_newest_of_many_requests_wins() {
    let mut rig = Rig::with_source(source(), "m forward 512", 64, true);
    rig.send("wait 1");
    rig.until_loaded();
    for message in
        ["load slow", "load half", "load slow", "bufsize 64", "load missing", "bufsize 512", "load half"]
    {
        rig.send(message);
    }
    let heard = rig.play(&[vec![1.0; 64 * 100]]).remove(0);
    assert_eq!(heard.last(), Some(&0.5));
    rig.poll();
    assert!(!rig.object.pending());
}

#[test]
fn a_method_asked_for_after_a_load_that_fails_is_not_lost_with_it() {
    let mut rig = exact("m forward 512");
    for message in ["load missing", "method inverse"] {
        rig.send(message);
    }
    assert_eq!(rig.play(&[vec![1.0; 64 * 100]])[0].last(), Some(&-1.0));
    for message in ["load missing", "method fly"] {
        rig.send(message);
    }
    assert_eq!(rig.play(&[vec![1.0; 64 * 100]])[0].last(), Some(&-1.0));
    rig.poll();
    assert!(rig.errors().iter().any(|line| line.contains("no method 'fly'")), "{:?}", rig.errors());
}

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

#[test]
fn a_box_keeps_its_inlets_and_outlets_and_says_what_is_missing() {
    let mut rig = exact("m forward 64");
    rig.send("load wide");
    let heard = rig.play(&[vec![1.0; 6400]]);
    assert_eq!((heard.len(), heard[0].last()), (1, Some(&1.0)));
    rig.poll();
    let said = format!("{:?}", rig.events);
    assert!(
        said.contains("2 of its 3 inputs without an inlet, 3 of its 4 outputs without an outlet"),
        "{said}"
    );

    let mut rig = Rig::with_source(source(), "void 2 3 64", 64, true);
    rig.send("wait 1");
    rig.send("load half");
    let heard = rig.play(&[vec![1.0; 6400], vec![9.0; 6400]]);
    assert_eq!(heard[0].last(), Some(&0.5));
    assert!(heard[1].iter().chain(&heard[2]).all(|&s| s == 0.0));
    rig.poll();
    let said = format!("{:?}", rig.events);
    assert!(
        said.contains(" has 1 input and 1 output: 1 of 2 inlets not heard, 2 of 3 outlets silent"),
        "{said}"
    );
}

#[test]
fn a_box_that_failed_takes_load_and_reload() {
    let mut rig = Rig::with_source(source(), "missing forward 64", 64, true);
    rig.send("wait 1");
    for message in
        ["method inverse", "reset", "set gain 1", "get gain", "reload", "bang", "bufsize 64", "dump"]
    {
        rig.send(message);
        rig.play(&[vec![1.0; 64]]);
        rig.poll();
    }
    assert!(rig.play(&[vec![1.0; 6400]])[0].iter().all(|&s| s == 0.0));
    rig.send("load half");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&0.5));
}

#[test]
fn the_same_model_under_the_same_method_is_kept_or_another_is_chosen() {
    let mut rig = exact("m inverse 64");
    rig.send("load half");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&0.5), "it has no method inverse: forward plays");
    rig.send("load m");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&1.0));
    rig.send("load m inverse");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&-1.0));
    rig.send("load m");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&-1.0), "the method stays");
}

#[test]
fn changes_in_any_order_end_as_the_last_ones_say_and_stay_finite() {
    let mut seed = 7u64;
    let mut dice = |end: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 20) % end
    };
    let messages = [
        "load half",
        "load m",
        "load missing",
        "load wide",
        "load coarse",
        "reload",
        "method inverse",
        "method forward",
        "method fly",
        "bufsize 64",
        "bufsize 0",
        "bufsize 1000",
        "bufsize 4000000000",
        "deadline 64",
        "deadline 5000",
        "reset",
        "enable 0",
        "enable 1",
        "set gain 0.75",
        "get gain",
        "wait 1",
        "wait 0",
        "threads 2",
        "bang",
        "dump",
        "stats",
    ];
    let mut rig = exact("m forward 512");
    for _ in 0..3000 {
        rig.send(messages[dice(messages.len() as u64) as usize]);
        if dice(3) == 0 {
            let heard = rig.play(&[vec![1.0; 64 * dice(20) as usize]]).remove(0);
            assert!(heard.iter().all(|s| s.is_finite() && s.abs() <= 1.0), "{heard:?}");
        }
        if dice(5) == 0 {
            rig.poll();
            rig.events.clear();
        }
        if dice(50) == 0 {
            rig.off_and_on();
        }
    }
    for message in ["enable 1", "wait 1", "load half", "bufsize 256", "deadline 64", "set gain 0.25"] {
        rig.send(message);
    }
    let heard = rig.play(&[vec![1.0; 64 * 1000]]).remove(0);
    assert_eq!(heard.last(), Some(&0.25));
    rig.send("latency");
    rig.poll();
    assert_eq!(rig.info("latency").map(|atoms| atoms[0].clone()), Some(Atom::Int(256 - 64 + 64)));
}
