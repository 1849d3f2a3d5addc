//! Effects that never come back from a question that is asked while they load: given up after a time without progress. In a
//! process of its own, because that time is one for all.
#![cfg(feature = "torch")]
#![allow(unsafe_code)] // The variable that sets the time.

#[path = "neutone/stand.rs"]
mod stand;
mod torch_stand;

use std::time::Instant;

use nn_core::{engine::loader::LIMIT_VARIABLE, offline::HostMode};
use stand::{PATIENCE, errors, latency, made, ready};
use torch_stand::models;

const HOST: (u32, usize) = (48_000, 64);

#[test]
fn a_load_that_hangs_in_the_effects_code_is_given_up_and_others_play() {
    // SAFETY: the only test of this process, before it starts a thread; the harness reads no variables meanwhile.
    unsafe { std::env::set_var(LIMIT_VARIABLE, "1") };
    for name in ["hangs_rate", "hangs_mono"] {
        let begin = Instant::now();
        let mut player =
            made(&models().join(format!("hostile/effect_{name}.nm")), HostMode::RealTime, HOST, 512);
        let creation = begin.elapsed();
        let mut said = Vec::new();
        while said.is_empty() {
            assert!(begin.elapsed() < PATIENCE, "{name}: nothing is said");
            let inlets = vec![vec![0.5; 64]; player.object.inlets()];
            assert!(player.play(&inlets).concat().iter().all(|&sample| sample == 0.0), "{name}: sound");
            player.poll();
            said.extend(errors(&player.take_events()));
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        println!("{name}: {creation:?} {said:?}");
        assert!(said.len() == 1 && said[0].contains(LIMIT_VARIABLE), "{name}: {said:?}");
    }
    let mut player = ready(&models().join("any.nm"), HOST, 512);
    let late = latency(&mut player);
    assert!(player.play(&[vec![0.5; 4096]])[0][late..].iter().all(|&sample| sample == 0.5));
}
