//! Whether a box has a thread of its own for its model: as the platform has it at first, then as it is told.
#![cfg(feature = "fake")]

mod rig;

use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    message::Atom,
};
use rig::Rig;

/// Of a buffer of 256 in blocks of 64, without a thread and with one.
const INLINE_FRAMES: usize = 256 - 64;
const WORKER_FRAMES: usize = INLINE_FRAMES + 256;

fn box_of(workers: bool) -> Rig {
    let source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
    let mut rig = Rig::with_source(source, "m forward 256", 64, workers);
    rig.send("wait 1");
    rig.until_loaded();
    rig
}

/// By how much a box is late in what it says and in what it plays, times what it was told to.
fn latency(rig: &mut Rig) -> usize {
    // What was heard before fades out, and what is heard now fades in.
    rig.play(&[vec![0.0; 64 * 40]]);
    rig.poll();
    rig.events.clear();
    rig.send("latency");
    rig.poll();
    let ramp: Vec<f32> = (1..=64 * 40).map(|n| n as f32).collect();
    let heard = rig.play(std::slice::from_ref(&ramp)).remove(0);
    let late = heard.iter().position(|&sample| sample != 0.0).expect("it sounds");
    assert_eq!(heard[late..], ramp[..ramp.len() - late].iter().map(|n| n * 0.5).collect::<Vec<_>>());
    assert_eq!(rig.info("latency").map(|atoms| &atoms[0]), Some(&Atom::Int(late as i64)));
    late
}

#[test]
fn a_box_has_a_worker_as_the_host_says_and_then_as_it_is_told_and_keeps_its_attributes() {
    for workers in [false, true] {
        let mut rig = box_of(workers);
        rig.send("set gain 0.5");
        let of = |worker| if worker { WORKER_FRAMES } else { INLINE_FRAMES };
        assert_eq!(latency(&mut rig), of(workers));
        for worker in [!workers, !workers, workers, true, false] {
            rig.send(&format!("worker {}", i32::from(worker)));
            assert_eq!(latency(&mut rig), of(worker), "{workers} {worker}");
        }
        // Without a buffer there is none.
        rig.send("worker 1");
        rig.send("bufsize 0");
        assert_eq!(latency(&mut rig), 0);
        assert!(rig.errors().is_empty(), "{:?}", rig.errors());
    }
}
