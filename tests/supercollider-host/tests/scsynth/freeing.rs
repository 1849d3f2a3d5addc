//! UGens come and go: at once, in thousands, more than there is room for.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use supercollider_host::{Input, Setup, Ugen, policies};

use crate::common::{Nn, Session, boot, counts, scsynth};

/// Threads of a name.
fn threads(name: &str) -> usize {
    policies().iter().filter(|thread| thread.name == name).count()
}

/// Waits until what other tests have left is gone.
fn nothing_is_left() {
    let begin = Instant::now();
    while threads("nn~ worker") > 0 {
        assert!(begin.elapsed() < Duration::from_secs(20), "workers of tests before");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The most UGens at a time.
const PLACES: usize = 4096;

#[test]
fn freeing_a_hundred_ugens_whose_model_sleeps_costs_no_block() {
    let s = scsynth();
    nothing_is_left();
    let nn = Nn { signals: vec![Input::Constant(1.0)], ..Nn::new(s.load("sleeps"), 256) };
    let ugen = nn.ugen().unrecorded();
    let holders = threads("nn~ worker");
    let synths: Vec<_> = (0..100).map(|number| (50_000 + number, ugen.clone())).collect();
    assert!(s.make(&synths));
    s.run(true);
    // Their models are being loaded, warmed up and run: each takes half a second or more.
    s.until("models that are there", || threads("nn~ worker") >= 100 + holders);
    std::thread::sleep(Duration::from_millis(300));
    s.count(true);
    let nodes: Vec<i32> = synths.iter().map(|(node, _)| *node).collect();
    let spent = s.free(&nodes);
    let calls = s.count(false);
    assert!(
        calls.iter().all(|(kind, _)| matches!(*kind, "futex_wake" | "wake")),
        "it waits for nobody: {calls:?}"
    );
    // By the processor's time: others may have had it meanwhile.
    let block = Duration::from_secs_f64(64.0 / 48_000.0);
    assert!(spent.processor < block, "{spent:?}");
    assert_eq!(s.memory_used(), 0, "the server's memory");
    s.until("threads that have left", || threads("nn~ worker") == holders);
    s.run(false);
    println!("100 UGens freed in {spent:?}");
}

/// A UGen whose model nobody has loaded.
fn unloaded() -> Ugen {
    Nn { signals: vec![Input::Constant(1.0)], ..Nn::new(77_777, 64) }.ugen()
}

/// Makes and frees so many, a hundred at a time.
fn come_and_go(s: &Session, ugen: &Ugen, rounds: i32, blocks: usize) {
    for round in 0..rounds {
        let nodes: Vec<i32> = (0..100).map(|number| 100_000 + 100 * round + number).collect();
        assert!(s.make(&nodes.iter().map(|&node| (node, ugen.clone())).collect::<Vec<_>>()));
        s.play(blocks);
        s.free(&nodes);
        // A server that plays lets so much time pass, and more.
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn ten_thousand_ugens_leave_nothing_behind() {
    let s = scsynth();
    nothing_is_left();
    let model = s.load("gain");
    let copies = || Arc::strong_count(&counts().runs);
    let (holders, before) = (threads("nn~ worker"), copies());
    let signals = vec![Input::Audio(vec![0.5]), Input::Constant(0.5)];
    let nn = Nn {
        signals,
        batches: 2,
        outputs: 2,
        attributes: vec![(0, Input::Constant(0.5))],
        ..Nn::new(model, 64)
    };
    come_and_go(&s, &nn.ugen().unrecorded(), 10, 3);
    come_and_go(&s, &unloaded().unrecorded(), 90, 1);
    s.until("threads that have left", || threads("nn~ worker") == holders);
    s.until("models that are freed", || copies() <= before);
    assert_eq!(s.memory_used(), 0);
    assert_eq!(s.errors(), Vec::<String>::new(), "none was refused");
}

#[test]
fn one_ugen_more_than_there_are_places_is_refused_in_a_line_and_silent_while_others_go_on() {
    let s = boot(Setup { memory_bytes: 64 << 20, ..Setup::default() });
    let others = s.ready(&Nn { signals: vec![Input::Constant(0.5)], ..Nn::new(s.load("gain"), 64) }.ugen());
    s.tell(others, "wait", &[1.into()]);
    let ugen = unloaded();
    let nodes: Vec<i32> = (1..PLACES as i32).map(|number| 300_000 + number).collect();
    assert!(s.make(&nodes.iter().map(|&node| (node, ugen.clone().unrecorded())).collect::<Vec<_>>()));
    s.play(1);
    let more = s.synth(&ugen);
    s.play(2);
    assert!(s.is_done(more));
    let begin = Instant::now();
    let mut refused = Vec::new();
    while refused.is_empty() && begin.elapsed() < Duration::from_secs(10) {
        refused.extend(s.errors().into_iter().filter(|line| line.contains("refused")));
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_millis(100));
    refused.extend(s.errors().into_iter().filter(|line| line.contains("refused")));
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(s.heard(more)[0].iter().all(|&sample| sample == 0.0));
    s.until("the others' sound", || {
        s.play(20);
        s.heard(others)[0].last() == Some(&0.5)
    });
    s.free(&[more]);
    s.free(&nodes);
    // Places that come back are given out again.
    s.until("a place", || {
        let node = s.synth(&ugen);
        s.play(1);
        let refused = s.is_done(node);
        s.free(&[node]);
        !refused
    });
}
