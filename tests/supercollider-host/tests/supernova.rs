//! UGens in supernova's place: constructors and blocks on several threads at once.
#![cfg(target_os = "linux")]

mod common;

use common::{Nn, latency, ramp, supernova};
use supercollider_host::Input;

#[test]
fn ugens_of_all_threads_play_their_models() {
    let s = supernova();
    let model = s.load("gain");
    let level = |number: i32| Input::Constant(number as f32 / 64.0);
    let synths: Vec<_> = (1..=24)
        .map(|number| (1_000_000 + number, Nn { signals: vec![level(number)], ..Nn::new(model, 256) }.ugen()))
        .collect();
    assert!(s.make(&synths));
    s.run(true);
    s.until("all of them sound", || {
        synths.iter().all(|(node, _)| s.heard(*node)[0].last().is_some_and(|&sample| sample != 0.0))
    });
    s.done("/nn_send", &[(-1).into(), (-1).into(), model.into(), "wait".into(), 1.into()]);
    s.sync();
    s.pass(100);
    for (number, (node, _)) in (1..).zip(&synths) {
        assert_eq!(s.heard(*node)[0].last(), Some(&(number as f32 / 64.0)));
    }
}

#[test]
fn thousands_come_and_go_while_others_play_and_messages_arrive() {
    let s = supernova();
    let model = s.load("gain");
    let stays = s.ready(&Nn { settings: vec![(-1, 77.0)], ..Nn::new(model, 64) }.ugen());
    s.run(true);
    let rounds = if cfg!(feature = "count") { 40 } else { 10 };
    for round in 0..rounds {
        let ugen =
            Nn { attributes: vec![(0, Input::Constant(0.5))], ..Nn::new(model, 64) }.ugen().unrecorded();
        let nodes: Vec<i32> = (0..30).map(|number| 2_000_000 + 30 * round + number).collect();
        assert!(s.make(&nodes.iter().map(|&node| (node, ugen.clone())).collect::<Vec<_>>()));
        s.done("/nn_send", &[(-1).into(), 77.into(), (-1).into(), "get".into(), "gain".into()]);
        std::thread::sleep(std::time::Duration::from_millis(10));
        s.free(&nodes);
    }
    s.tell(stays, "wait", &[1.into()]);
    s.run(false);
    s.play(400);
    let heard = s.heard(stays).remove(0);
    common::assert_late(&heard, &ramp(0), latency(64, 1, 64), 3200, "the one that stays");
    assert_eq!(s.errors(), Vec::<String>::new());
}

#[test]
#[cfg(feature = "count")]
fn a_constructor_a_block_and_a_destructor_make_no_call_besides_computing() {
    let s = supernova();
    let ugen =
        Nn { attributes: vec![(0, Input::Control(vec![0.25, 0.5]))], ..Nn::new(s.load("gain"), 256) }.ugen();
    s.count(true);
    // The first of three is the counted thread's.
    let nodes = [3_000_001, 3_000_002, 3_000_003];
    assert!(s.make(&nodes.map(|node| (node, ugen.clone()))));
    s.until_ready(nodes[0]);
    s.pass(100);
    s.free(&nodes);
    let calls = s.count(false);
    assert!(calls.iter().all(|(kind, _)| matches!(*kind, "futex_wake" | "wake")), "{calls:?}");
}
