//! Boxes that nobody plays: `idle`.

#![cfg(feature = "fake")]

mod rig;

use nn_core::fake::{Behaviour, FakeModel, FakeSource};
use rig::{RATE_HZ, Rig};

/// What the model `delay` remembers, in samples.
const DELAY: usize = 1000;

/// A box without a worker, in a host that does not wait: what is heard does not depend on the clock.
fn inline(model: FakeModel, messages: &[&str]) -> Rig {
    let mut rig = Rig::with_source(FakeSource::new(model), "model forward 64", 64, false);
    rig.send("wait 0");
    rig.until_loaded();
    messages.iter().for_each(|message| rig.send(message));
    rig
}

fn delay() -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Delay(DELAY))
}

fn noise(frames: usize, mut state: u32) -> Vec<f32> {
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 16_777_216.0 - 0.5
    };
    (0..frames).map(|_| next()).collect()
}

/// So many blocks of silence, as fast as a host plays them.
fn in_time(rig: &mut Rig, blocks: usize) {
    for _ in 0..blocks {
        rig.play(&[vec![0.0; 64]]);
        std::thread::sleep(std::time::Duration::from_micros(1450));
    }
}

/// Sound, a silence, and sound that begins in the middle of a buffer.
fn tune(silence_s: f64) -> Vec<f32> {
    let silence = (silence_s * RATE_HZ) as usize / 64 * 64 + 37;
    [noise(64 * 20, 1), vec![0.0; silence], noise(64 * 41 - 37, 2)].concat()
}

#[test]
fn a_box_that_rests_plays_the_same_as_one_that_does_not() {
    let input = tune(3.0);
    let [awake, idle] = [&[][..], &["idle 1"]].map(|messages| {
        let mut rig = inline(delay(), messages);
        let heard = rig.play(std::slice::from_ref(&input));
        (heard, rig.object.status().counts())
    });
    assert!(awake.0 == idle.0);
    assert_eq!(awake.1.idle, 0);
    let (all, rested) = (idle.1.buffers + idle.1.idle, idle.1.idle);
    assert_eq!(all, awake.1.buffers);
    // 3 s but for the delay, a second, and two buffers.
    let expected = ((3.0 - 1.0) * RATE_HZ - DELAY as f64) / 64.0 - 2.0;
    assert!((rested as f64 - expected).abs() < 3.0, "{rested}, not {expected}");
}

#[test]
fn a_resampled_box_that_rests_plays_the_same_even_where_the_host_leaves_it_out() {
    let model = || delay().with_rate(22_050);
    for left_out in [false, true] {
        let [awake, idle] = [
            &["wait 0", "resample 1", "load model forward"][..],
            &["wait 0", "resample 1", "idle 1", "load model forward"],
        ]
        .map(|messages| {
            let mut rig = Rig::with_source(FakeSource::new(model()), "void 1 1 64", 64, false);
            messages.iter().for_each(|message| rig.send(message));
            rig.until_loaded();
            // The model has faded in.
            rig.play(&[vec![0.0; 64 * 200]]);
            let mut heard = rig.play(&[noise(64 * 20, 1)]).remove(0);
            heard.extend(rig.play(&[vec![0.0; 64 * 4000]]).remove(0));
            if left_out {
                rig.send("enable 0");
                rig.play(&[vec![0.0; 64 * 20]]);
                rig.send("enable 1");
            }
            heard.extend(rig.play(&[noise(64 * 40, 2)]).remove(0));
            (heard, rig.object.status().counts().idle)
        });
        let differs = (0..awake.0.len()).find(|&at| awake.0[at] != idle.0[at]);
        assert_eq!(differs, None, "left out: {left_out}");
        assert!(awake.0.iter().any(|sample| sample.abs() > 0.1), "there is sound");
        assert!(awake.1 == 0 && idle.1 > 500, "{}", idle.1);
    }
}

#[test]
fn a_box_with_a_worker_rests_in_time_and_plays_what_comes() {
    let mut rig = Rig::with_source(FakeSource::new(delay()), "model forward 256", 64, true);
    rig.until_loaded();
    rig.send("idle 1");
    let begin = std::time::Instant::now();
    while rig.object.status().counts().idle == 0 {
        in_time(&mut rig, 150);
        assert!(begin.elapsed().as_secs() < 60, "it never rests: {:?}", rig.object.status().counts());
    }
    let before = rig.object.status().counts();
    rig.play(&[noise(64 * 16, 1)]);
    in_time(&mut rig, 150);
    assert!(rig.object.status().counts().buffers > before.buffers);
}

#[test]
fn a_message_to_the_model_wakes_it() {
    let mut rig = inline(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), &["idle 1"]);
    let silence = vec![vec![0.0; 64 * 3000]];
    rig.play(&silence);
    let before = rig.object.status().counts();
    assert!(before.idle > 0);
    rig.send("get gain");
    rig.play(&[vec![0.0; 640]]);
    assert_eq!(rig.object.status().counts().buffers, before.buffers, "a question does not");
    rig.send("set gain 0.5");
    rig.play(&[vec![0.0; 640]]);
    assert_eq!(rig.object.status().counts().buffers, before.buffers + 10);
    rig.send("idle 0");
    rig.play(&silence);
    assert_eq!(rig.object.status().counts().idle, before.idle + 10);
}

#[test]
fn silence_is_counted_from_when_it_is_asked_for() {
    let mut rig = inline(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), &["idle 1"]);
    rig.play(&[vec![0.0; 64 * 3000]]);
    rig.send("idle 0");
    rig.play(&[noise(64 * 20, 1)]);
    let before = rig.object.status().counts();
    assert!(before.idle > 0);
    rig.send("idle 1");
    rig.play(&[vec![0.0; 64 * 100]]);
    assert_eq!(rig.object.status().counts().buffers, before.buffers + 100);
}

#[test]
fn a_rendering_that_repeats_leaves_nothing_out() {
    for messages in [["idle 1", "wait 1"], ["idle 0", "wait 0"]] {
        let mut rig = inline(delay(), &messages);
        rig.play(&[vec![0.0; 64 * 3000]]);
        assert_eq!(rig.object.status().counts().idle, 0, "{messages:?}");
    }
}

#[test]
fn what_sounds_by_itself_plays_on() {
    let mut rig = inline(FakeModel::new([1, 1, 1, 1], Behaviour::Counter), &["idle 1"]);
    rig.play(&[vec![0.0; 64 * 3000]]);
    assert_eq!(rig.object.status().counts().idle, 0);
}
