//! Models of which copies beside the one that plays would take too much memory: there is one at a time, whatever is asked of
//! the box.

#![cfg(feature = "fake")]

mod rig;

use std::{
    sync::{Arc, atomic::Ordering::SeqCst},
    time::{Duration, Instant},
};

use nn_core::{
    engine::loader::Loader,
    fake::{Behaviour, FakeModel, FakeSource, UsedCopies},
    layout::BoxKind,
    message::Atom,
};
use rig::{Rig, play_for};

/// Everything that needs a model in another state, another place or for another length.
const MESSAGES: [&str; 10] = [
    "reset",
    "reload",
    "load m",
    "bufsize 1024",
    "method inverse",
    "method forward",
    "deadline 128",
    "deadline auto",
    "latency measure",
    "enable 1",
];

/// The largest step of a constant 1 that fades in 5 ms three times at once, with room for its sign to turn: by the input, by the
/// model and, where a busy machine has a buffer late, by the box.
const FADE_STEP: f32 = 4.1 / 220.0;

/// How long a copy takes.
const COPYING: Duration = Duration::from_millis(40);

fn model(behaviour: Behaviour) -> FakeModel {
    FakeModel::new([1, 1, 1, 1], behaviour).with_method("inverse").too_large_for_copies(COPYING)
}

fn large(behaviour: Behaviour) -> (FakeSource, Arc<UsedCopies>) {
    let model = model(behaviour);
    let used = model.used_copies.clone();
    (FakeSource::new(model), used)
}

fn largest_step(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

/// Plays until the sound is this loud.
fn play_until(rig: &mut Rig, level: f32, what: &str) -> Vec<f32> {
    let (begin, mut heard) = (Instant::now(), Vec::new());
    loop {
        heard.extend(play_for(rig, Duration::from_millis(20)));
        if heard.last().is_some_and(|last| (last.abs() - level).abs() < 1e-6) && !rig.object.pending() {
            return heard;
        }
        assert!(begin.elapsed() < Duration::from_secs(20), "{what}: never {level}: {:?}", rig.errors());
    }
}

#[test]
fn there_is_one_copy_at_a_time_whatever_is_asked() {
    for (arguments, workers) in [("m forward 512", true), ("m forward 0", true), ("m forward 512", false)] {
        for waits in [true, false] {
            let (source, used) = large(Behaviour::Gain);
            let mut rig = Rig::with_source(source, arguments, 64, workers);
            rig.send(if waits { "wait 1" } else { "wait 0" });
            // Audio begins while the model loads.
            play_until(&mut rig, 1.0, arguments);
            for message in MESSAGES {
                let what = format!("{arguments} {workers} {waits}: {message}");
                rig.send(message);
                play_until(&mut rig, 1.0, &what);
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
    for (message, waits) in [("reset", true), ("reset", false), ("reload", true), ("reload", false)] {
        // Long enough to be heard: a preparation that takes its time.
        let (source, used) = large(Behaviour::Laboured(Duration::from_millis(30), 2));
        let mut rig = Rig::with_source(source, "m forward 512", 64, true);
        rig.send(if waits { "wait 1" } else { "wait 0" });
        let mut heard = play_until(&mut rig, 1.0, message);
        let begin = heard.iter().position(|&sample| sample == 1.0).expect("sound");
        for _ in 0..3 {
            // The second finds nothing to be given up.
            rig.send(message);
            rig.send(message);
            heard.extend(play_until(&mut rig, 1.0, message));
            // What is on its way still is heard too.
            heard.extend(rig.play(&[vec![1.0; 4096]]).remove(0));
        }
        let step = largest_step(&heard[begin..]);
        assert!(step < FADE_STEP, "{message} {waits}: {step}");
        let least = heard[begin..].iter().copied().fold(1.0, f32::min);
        // Where the host waits, it is a crossfade.
        assert!(if waits { least < 0.9 } else { least == 0.0 }, "{message} {waits}: {least}");
        assert_eq!(used.most(), 1);
    }
}

/// Plays a sine in real time for so long.
fn play_sine(rig: &mut Rig, at: &mut usize, time: Duration) -> Vec<f32> {
    const STEP: f32 = std::f32::consts::TAU * 200.0 / rig::RATE_HZ as f32;
    let (begin, mut heard) = (Instant::now(), Vec::new());
    while begin.elapsed() < time {
        let block = (*at..*at + 64).map(|n| ((n % 44_100) as f32 * STEP).sin()).collect();
        heard.extend(rig.play(&[block]).remove(0));
        *at += 64;
        rig.poll();
        std::thread::sleep(Duration::from_micros(1450));
    }
    heard
}

#[test]
fn a_sound_that_is_given_up_fades_out_and_is_not_held() {
    let (source, used) = large(Behaviour::Gain);
    let mut rig = Rig::with_source(source, "m forward 512", 64, true);
    rig.send("wait 0");
    rig.until_loaded();
    let (mut at, mut heard_in_time) = (0, 0);
    play_sine(&mut rig, &mut at, Duration::from_millis(200));
    let begin = Instant::now();
    while heard_in_time < 4 && begin.elapsed() < Duration::from_secs(20) {
        let late = rig.object.status().counts().late;
        rig.send("reset");
        // While the copy is made, however slowly a busy machine plays.
        let heard = play_sine(&mut rig, &mut at, Duration::from_millis(300));
        assert_eq!(used.most(), 1);
        // On a machine that is busy a late buffer is held, or few are played at all.
        let seconds = heard.len() as f64 / rig::RATE_HZ;
        if rig.object.status().counts().late != late || seconds < 0.2 {
            continue;
        }
        heard_in_time += 1;
        assert!(heard.windows(500).any(|part| part.iter().all(|&sample| sample == 0.0)), "it was given up");
        let breaks = heard.windows(3).map(|part| (part[0] - 2.0 * part[1] + part[2]).abs());
        let largest = breaks.fold(0.0, f32::max);
        // A fade of 5 ms bends a full sine by 1/220, three at the same time (input, model, box) by three times as much;
        // one that is held, where it is steep, by six times.
        assert!(largest < 0.016, "{largest}");
    }
    if heard_in_time == 0 {
        println!("nothing is said of the sound: no reset in 20 s without a late buffer");
    }
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
fn with_audio_off_nobody_fills_a_buffer_before_which_the_model_could_go() {
    for arguments in ["m forward 512", "m forward 0"] {
        let (source, used) = large(Behaviour::Gain);
        let mut rig = Rig::of_kind(BoxKind::Mc, Loader::global(), source, arguments, 64, true);
        rig.send("wait 0");
        rig.until_loaded();
        for message in ["reset", "bufsize 256", "reset", "reload"] {
            rig.send(message);
            rig.until_loaded();
        }
        play_until(&mut rig, 1.0, arguments);
        assert_eq!(used.most(), 1);
        assert_eq!(rig.errors(), Vec::<&str>::new());
    }
}

#[test]
fn what_is_set_and_asked_while_there_is_no_model_reaches_the_next_one() {
    for waits in [true, false] {
        let (source, _) = large(Behaviour::Gain);
        let mut rig = Rig::with_source(source, "m forward 512", 64, true);
        rig.send(if waits { "wait 1" } else { "wait 0" });
        play_until(&mut rig, 1.0, "set");
        for gain in [0.5f32, 0.25, 0.125] {
            rig.send("reset");
            rig.send(&format!("set gain {gain}"));
            rig.send("get gain");
            play_until(&mut rig, gain, "set");
            let told = rig.info("gain").map(<[Atom]>::to_vec);
            assert_eq!(told, Some(vec![Atom::Float(gain.into())]), "{waits}");
        }
        assert_eq!(rig.errors(), Vec::<&str>::new());
    }
}

#[test]
fn what_fails_after_the_model_was_given_up_brings_it_back() {
    for waits in [true, false] {
        let model = model(Behaviour::Gain);
        let (used, failing) = (model.used_copies.clone(), model.failing_copies.clone());
        let mut rig = Rig::with_source(FakeSource::new(model), "m forward 512", 64, true);
        rig.send(if waits { "wait 1" } else { "wait 0" });
        play_until(&mut rig, 1.0, "the first");
        failing.store(1, SeqCst);
        rig.send("reset");
        play_until(&mut rig, 1.0, "what was there is made anew");
        let error = "the model cannot be copied: no memory: free memory, then send reset";
        assert!(rig.errors().len() == 1 && rig.errors()[0].contains(error), "{:?}", rig.errors());
        // Nor is that tried for ever.
        failing.store(2, SeqCst);
        rig.send("reset");
        play_until(&mut rig, 0.0, "silence");
        // For the model that comes.
        rig.send("set gain 0.5");
        rig.send("reset");
        play_until(&mut rig, 0.5, "another reset");
        assert_eq!(used.most(), 1);
    }
}

#[test]
fn what_fails_beside_a_reset_changes_nothing() {
    let (source, used) = large(Behaviour::Gain);
    let mut rig = Rig::with_source(source, "m forward 512", 64, true);
    rig.send("wait 0");
    play_until(&mut rig, 1.0, "the first");
    for messages in [["reset", "method nothing"], ["reload", "method nothing"], ["reset", "load m nothing"]] {
        messages.iter().for_each(|message| rig.send(message));
        play_until(&mut rig, 1.0, messages[1]);
    }
    assert_eq!((used.most(), rig.errors().len()), (1, 2), "{:?}", rig.errors());
}

#[test]
fn a_model_that_hangs_is_not_waited_for() {
    let (source, _) = large(Behaviour::Hanging(200));
    let mut rig = Rig::with_source(source, "m forward 64", 64, true);
    rig.send("wait 0");
    play_until(&mut rig, 1.0, "before it hangs");
    play_for(&mut rig, Duration::from_millis(600));
    rig.send("reset");
    play_until(&mut rig, 1.0, "a copy goes on");
}

#[test]
fn a_box_that_goes_during_a_reset_holds_up_no_other() {
    for arguments in ["m forward 512", "m forward 0"] {
        let (source, _) = large(Behaviour::Gain);
        let mut rig = Rig::with_source(source, arguments, 64, true);
        rig.send("wait 0");
        play_until(&mut rig, 1.0, arguments);
        rig.send("reset");
        drop(rig);
        let begin = Instant::now();
        let (source, _) = large(Behaviour::Gain);
        let mut other = Rig::with_source(source, "m forward 512", 64, true);
        other.until_loaded();
        assert!(begin.elapsed() < Duration::from_millis(1500), "{arguments}: {:?}", begin.elapsed());
    }
}
