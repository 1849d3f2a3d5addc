//! A rendering in which a model hangs is the same every time too. In a process of its own: the time after which waits are
//! given up is one for all.
#![cfg(feature = "fake")]

mod rig;

use std::time::Duration;

use nn_core::{
    engine::loader::LIMIT_VARIABLE,
    fake::{Behaviour, FakeModel, FakeSource},
    message::Event,
};
use rig::Rig;

const BLOCKS: usize = 60;

/// Every block's samples, and what was said after it.
fn rendering() -> Vec<(Vec<u32>, Vec<String>)> {
    let model = |behaviour| FakeModel::new([1, 1, 1, 1], behaviour);
    let source = FakeSource::new(model(Behaviour::Hanging(6)))
        .and("fine", model(Behaviour::Gain), Duration::ZERO)
        .and("never", model(Behaviour::Gain), Duration::from_secs(100_000));
    let mut rig = Rig::of_one_thread(source, "m forward 128", 64, true);
    let mut rendered = Vec::new();
    for block in 0..BLOCKS {
        match block {
            30 => rig.send("load fine"),
            45 => rig.send("load never"),
            _ => {}
        }
        let heard = rig.play(&[vec![0.5; 64]]).remove(0);
        rig.poll();
        let said = rig.events.drain(..).filter_map(|event| match event {
            Event::Error(line) => Some(line),
            Event::Info { selector, atoms } => Some(format!("{selector} {atoms:?}")),
            _ => None,
        });
        rendered.push((heard.iter().map(|sample| sample.to_bits()).collect(), said.collect()));
    }
    rendered
}

#[test]
fn what_hangs_is_given_up_in_the_same_block_every_time() {
    #[allow(unsafe_code)]
    // SAFETY: the only test of this process, before it starts a thread; the harness reads no variables meanwhile.
    unsafe {
        std::env::set_var(LIMIT_VARIABLE, "3");
    }
    let first = rendering();
    let errors = |text: &str| first.iter().position(|(_, said)| said.iter().any(|line| line.contains(text)));
    assert_eq!(errors("in vain"), Some(15), "{:?}", first.iter().map(|(_, said)| said).collect::<Vec<_>>());
    assert_eq!(errors("not loaded after 3 s"), Some(45));
    assert!(first[BLOCKS - 1].0.iter().all(|&bits| f32::from_bits(bits) == 0.5), "the second model plays");
    assert!(first == rendering(), "another rendering");
}
