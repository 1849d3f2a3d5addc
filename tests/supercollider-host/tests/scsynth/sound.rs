//! What UGens play, sample by sample.

use supercollider_host::{Input, Setup};

use crate::common::{Nn, assert_late, boot, latency, ramp, scsynth};

#[test]
fn every_sample_comes_exactly_where_the_arithmetic_says() {
    for block_frames in [1, 64, 512] {
        let s = boot(Setup { block_frames, ..Setup::default() });
        for (name, ratio) in [("gain", 1), ("coarse", 512)] {
            let model = s.load(name);
            for buffer in [0, 1, 100, 2048] {
                let what = format!("{name}, block {block_frames}, buffer {buffer}");
                let node = s.ready(&Nn::new(model, buffer).ugen());
                s.tell(node, "wait", &[1.into()]);
                let frames = 16_384;
                s.play(frames / block_frames);
                let heard = &s.heard(node)[0];
                let late = latency(buffer as usize, ratio, block_frames);
                // Of each group of samples the last is heard. Groups begin where the UGen did.
                let dry = ramp(0);
                let differ = |begin: usize| {
                    let group = |at: usize| (at - late - begin) / ratio * ratio + begin + ratio - 1;
                    (heard.len() - 4096..heard.len())
                        .filter(|&at| heard[at] != dry[group(at) % dry.len()])
                        .count()
                };
                let fewest = (0..ratio).map(differ).min();
                assert_eq!(fewest, Some(0), "{what}: samples that differ");
                s.freed(&[node]);
            }
        }
    }
}

#[test]
fn outputs_may_lie_in_the_memory_of_inputs() {
    let s = scsynth();
    let nn = Nn {
        signals: vec![Input::Audio(ramp(0)), Input::Audio(ramp(1))],
        outputs: 2,
        ..Nn::new(s.load("two"), 64)
    };
    let node = s.ready(&nn.ugen().sharing_memory());
    s.tell(node, "wait", &[1.into()]);
    s.play(100);
    for (channel, heard) in s.heard(node).iter().enumerate() {
        assert_late(heard, &ramp(channel), latency(64, 1, 64), 3200, "a channel");
    }
}

#[test]
fn inputs_that_are_missing_and_outputs_too_many_are_silent() {
    let s = scsynth();
    let nn = Nn { outputs: 3, ..Nn::new(s.load("two"), 64) };
    let node = s.ready(&nn.ugen());
    s.tell(node, "wait", &[1.into()]);
    s.play(100);
    let heard = s.heard(node);
    assert_late(&heard[0], &ramp(0), latency(64, 1, 64), 3200, "the channel that has an input");
    assert!(heard[1..].iter().flatten().all(|&sample| sample == 0.0));
}

#[test]
fn a_synth_that_was_paused_plays_on() {
    let s = scsynth();
    let node = s.ready(&Nn::new(s.load("gain"), 256).ugen());
    s.pass(50);
    s.pause(node, true);
    s.heard(node);
    s.pass(300);
    assert!(s.heard(node)[0].is_empty());
    s.pause(node, false);
    s.tell(node, "wait", &[1.into()]);
    s.pass(200);
    let heard = &s.heard(node)[0];
    assert!(heard.iter().all(|sample| sample.is_finite()));
    assert!(heard[heard.len() - 64..].iter().all(|&sample| sample != 0.0));
}
