//! Renderings that are to be the same every time: nothing is left to how fast loader and worker are.
#![cfg(feature = "fake")]

mod rig;

use std::time::{Duration, Instant};

use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    message::{Atom, Event},
};
use rig::Rig;

const BLOCK_FRAMES: usize = 64;

/// Takes its time for loads and runs.
fn slow(behaviour: Behaviour) -> FakeSource {
    let mut source = FakeSource::new(FakeModel::new([1, 1, 1, 1], behaviour));
    source.load_time = Duration::from_millis(30);
    let late = FakeModel::new([1, 1, 1, 1], Behaviour::Slow(Duration::from_millis(2)));
    source.and("late", late, Duration::from_millis(20))
}

/// A box in a host whose messages and audio share a thread, and which says that it renders offline.
fn offline(source: FakeSource, arguments: &str) -> Rig {
    Rig::of_one_thread(source, arguments, BLOCK_FRAMES, true)
}

fn play(rig: &mut Rig, blocks: usize) -> Vec<f32> {
    rig.play(&[vec![0.5; BLOCK_FRAMES * blocks]]).remove(0)
}

/// What has been said, in its order.
fn said(rig: &mut Rig) -> Vec<String> {
    rig.poll();
    rig.events
        .drain(..)
        .filter_map(|event| match event {
            Event::Info { selector, atoms } => {
                Some(atoms.iter().fold(selector, |line, atom| format!("{line} {atom}")))
            }
            Event::Error(line) => Some(line),
            _ => None,
        })
        .collect()
}

#[test]
fn a_load_is_done_at_the_next_look_or_block_and_an_answer_is_there_at_once() {
    let mut rig = offline(slow(Behaviour::Gain), "m forward 256");
    rig.send("bang");
    std::thread::sleep(Duration::from_millis(60));
    rig.send("bang");
    let told = said(&mut rig);
    let loaded: Vec<_> = told.iter().filter(|line| line.starts_with("loaded")).collect();
    assert_eq!(loaded, ["loaded 0", "loaded 0", "loaded 1"], "at the next look, and not before");
    for message in ["load late", "bufsize 512", "reload", "reset", "deadline 128", "bufsize 0", "bufsize 256"]
    {
        rig.send(message);
        assert!(rig.object.pending(), "{message}");
        play(&mut rig, 1);
        assert!(!rig.object.pending(), "{message}");
        play(&mut rig, 6);
    }
    rig.send("set gain 0.25");
    rig.send("get gain");
    assert!(!rig.object.pending());
    assert!(said(&mut rig).contains(&"gain 0.25".to_owned()));
}

#[test]
fn no_buffer_is_dropped_while_results_are_waited_for() {
    for (says_offline, times) in [(true, 2), (false, 20)] {
        for _ in 0..times {
            // Slower than the host, who asks for the sound as fast as he can.
            let model = FakeModel::new([1, 1, 1, 1], Behaviour::Slow(Duration::from_millis(1)));
            let source = FakeSource::new(model);
            let mut rig = Rig::of_one_thread(source, "-d m forward 256", BLOCK_FRAMES, says_offline);
            rig.send("wait 1");
            play(&mut rig, 5);
            rig.send("enable 1");
            // Not so long that the host's pace shows that it is not in real time: then boxes run in turns.
            play(&mut rig, 25);
            rig.send("stats");
            let status = rig.object.status();
            assert_eq!(status.counts().dropped + status.counts().late, 0);
            assert_eq!(status.counts().buffers, status.counts().handed_over, "some are on their way");
        }
    }
}

#[test]
fn two_renderings_of_one_schedule_are_the_same() {
    let messages = [
        "enable 0",
        "set gain 0.5",
        "load late",
        "get gain",
        "method other",
        "bufsize 512",
        "enable 1",
        "load m",
        "set gain -1",
        "get gain",
        "reload",
        "bufsize 0",
        "get gain",
        "reset",
        "bufsize 100",
        "load missing",
        "latency measure",
        "deadline 64",
        "stats",
        "bang",
    ];
    let render = |jitter: u64| {
        let mut rig = offline(slow(Behaviour::Counter), "m forward 256");
        let (mut heard, mut words) = (Vec::new(), Vec::new());
        for (number, message) in messages.into_iter().enumerate() {
            heard.extend(play(&mut rig, 3 + number % 5).iter().map(|sample| sample.to_bits()));
            // Whatever the machine does meanwhile.
            std::thread::sleep(Duration::from_micros(jitter * (number as u64 * 7919 % 13)));
            rig.send(message);
            words.push((heard.len(), said(&mut rig)));
        }
        let timeless = |line: &String| line.split(" mean_ms").next().unwrap_or_default().to_owned();
        let words: Vec<_> =
            words.iter().map(|(at, lines)| (*at, lines.iter().map(timeless).collect::<Vec<_>>())).collect();
        (heard, words)
    };
    let first = render(0);
    for jitter in [100, 400] {
        let again = render(jitter);
        assert_eq!(first.1, again.1);
        assert!(first.0 == again.0, "another sound");
    }
}

#[test]
fn a_model_that_fails_says_so_when_its_buffer_is_due_and_not_at_some_time() {
    for jitter_ms in [0, 3] {
        let model = FakeModel::new([1, 1, 1, 1], Behaviour::Failing(4));
        let mut rig = offline(FakeSource::new(model), "m forward 128");
        let mut said_after = None;
        for block in 0..40 {
            play(&mut rig, 1);
            std::thread::sleep(Duration::from_millis(jitter_ms));
            if said(&mut rig).iter().any(|line| line.contains("made to fail")) {
                said_after.get_or_insert(block);
            }
        }
        // The fifth buffer of two blocks, three later.
        assert_eq!(said_after, Some(11));
    }
}

#[test]
fn a_swap_is_crossfaded_whatever_the_model_costs() {
    let render = |run: Duration| {
        let model = |gain| FakeModel::new([1, 1, 1, 1], Behaviour::Slow(run)).with_gain(gain);
        let source = FakeSource::new(model(1.0)).and("half", model(0.5), Duration::ZERO);
        let mut rig = offline(source, "m forward 512");
        play(&mut rig, 40);
        rig.send("load half");
        play(&mut rig, 40)
    };
    // The second is longer than the buffer itself.
    assert!(render(Duration::ZERO) == render(Duration::from_millis(14)));
}

/// Sound of a box that draws random numbers.
fn noise(rig: &mut Rig) -> Vec<f32> {
    play(rig, 4 * 8)[4 * 4 * BLOCK_FRAMES..].to_vec()
}

fn drawing(arguments: &str) -> Rig {
    offline(FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Noise).with_method("other")), arguments)
}

#[test]
fn the_same_seed_gives_the_same_random_numbers_in_every_box() {
    let (mut first, mut second) = (drawing("m forward 256"), drawing("m forward 256"));
    // The second has drawn some already, and both draw in turns.
    noise(&mut second);
    for rig in [&mut first, &mut second] {
        rig.send("seed 7");
    }
    let (a, b) = (noise(&mut first), noise(&mut second));
    assert!(a == b && a.iter().any(|&sample| sample != a[0]));
    first.send("seed 8");
    assert!(noise(&mut first) != noise(&mut second));
}

#[test]
fn a_seed_is_for_later_models_too_and_begins_anew_with_each() {
    let mut rig = drawing("void 1 1 256");
    rig.send("seed 7");
    rig.send("load m");
    let first = noise(&mut rig);
    for message in ["reload", "load m", "reset"] {
        rig.send(message);
        play(&mut rig, 3);
        rig.off_and_on();
        rig.send(message);
        assert!(noise(&mut rig) == first, "{message}");
    }
}

#[test]
fn what_keeps_the_models_state_keeps_its_random_numbers_going() {
    let mut rig = drawing("m forward 256");
    rig.send("seed 7");
    let first = noise(&mut rig);
    for message in ["method other", "bufsize 512", "deadline 64", "latency measure"] {
        rig.send(message);
        assert!(noise(&mut rig) != first, "{message} began anew");
    }
}

#[test]
fn a_look_at_a_box_waits_for_no_run() {
    let run = Duration::from_millis(400);
    let mut source = slow(Behaviour::Gain);
    source.model = FakeModel::new([1, 1, 1, 1], Behaviour::Slow(run));
    // A host in real time whose user wants every result.
    let mut rig = Rig::of_one_thread(source, "m forward 256", BLOCK_FRAMES, false);
    rig.send("wait 1");
    assert!(said(&mut rig).contains(&"loaded 1".to_owned()));
    play(&mut rig, 4);
    let begin = Instant::now();
    rig.poll();
    assert!(begin.elapsed() < run / 2, "it waited");
    rig.send("stats");
    assert!(said(&mut rig).iter().any(|line| line.starts_with("stats blocks 1 ")), "a message waits");
}

#[test]
fn in_real_time_nothing_waits() {
    let mut source = slow(Behaviour::Gain);
    source.load_time = Duration::from_millis(300);
    let mut rig = Rig::of_one_thread(source, "m forward 256", BLOCK_FRAMES, false);
    let begin = Instant::now();
    for message in ["bang", "load m", "set gain 0.5", "get gain"] {
        rig.send(message);
        rig.poll();
    }
    assert!(begin.elapsed() < Duration::from_millis(250));
    assert_eq!(rig.info("loaded"), Some(&[Atom::Int(0)][..]));
}
