//! `latency measure`: the model's own delay, found while the box plays on.
#![cfg(feature = "fake")]

mod rig;

use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    message::text,
    object::HostFormat,
};
use rig::Rig;

const DELAY: usize = 500;
const LATENCY: usize = 512 - 64 + 512;

/// Plays a tenth of a second, with strikes where there is a bell, while the delay is measured or not; the sound, and
/// the answer.
fn played(behaviour: Behaviour, measured: bool) -> (Vec<f32>, String) {
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], behaviour), "m forward 512", 64);
    rig.until_loaded();
    let input: Vec<_> = (0..64 * 75).map(|n| if n % 1000 == 0 { 1.0 } else { 0.1 }).collect();
    let mut heard = rig.play(std::slice::from_ref(&input)).remove(0);
    rig.send(if measured { "latency measure" } else { "latency" });
    heard.extend(rig.play(std::slice::from_ref(&input)).remove(0));
    rig.poll_until(|events| format!("{events:?}").contains("latency"));
    heard.extend(rig.play(&[input]).remove(0));
    assert_eq!(rig.errors(), Vec::<&str>::new());
    (heard, text(rig.info("latency").expect("an answer")))
}

#[test]
fn what_is_told_ahead_is_the_latency_that_a_box_will_have() {
    let model =
        || FakeModel::new([1, 512, 1, 512], Behaviour::Gain).with_rate(44_100).with_declared_delay(1024);
    let mut holder = Rig::new(model(), "m forward 2048", 64);
    holder.until_loaded();
    for (buffer, block_frames, sample_rate_hz) in [
        (512, 64, 44_100.0),
        (2048, 64, 44_100.0),
        (0, 128, 44_100.0),
        (100, 1024, 44_100.0),
        (3000, 64, 48_000.0),
    ] {
        let mut rig = Rig::new(model(), &format!("m forward {buffer}"), block_frames);
        rig.prepare_at(sample_rate_hz);
        rig.until_loaded();
        rig.poll_until(|_| true);
        let has = rig.object.stream_format().expect("a stream").latency_frames();
        let host = HostFormat { sample_rate_hz, block_frames };
        let told = holder.object.latency_of("forward", buffer, host);
        assert_eq!(told, Some(has), "{buffer} {block_frames} {sample_rate_hz}");
    }
    // Without workers there is no deadline.
    let mut alone = Rig::with_source(FakeSource::new(model()), "m forward 2048", 64, false);
    alone.until_loaded();
    let has = alone.object.stream_format().expect("a stream").latency_frames();
    assert_eq!(
        (has, alone.object.latency_of("forward", 2048, alone.format())),
        (2048 - 64 + 1024, Some(has))
    );
    let host = holder.format();
    assert_eq!(holder.object.latency_of("backward", 512, host), None);
    assert_eq!(holder.object.latency_of("forward", usize::MAX, host), None);
    // It plays on as it was.
    assert_eq!(holder.object.stream_format().expect("a stream").timing.buffer_frames, 2048);
}

#[test]
fn noise_or_an_impulse_tells_it_and_the_sound_is_not_touched() {
    for behaviour in [Behaviour::Delay(DELAY), Behaviour::Bell(DELAY)] {
        let (heard, told) = played(behaviour.clone(), true);
        assert!(told.starts_with(&format!("{LATENCY} ")), "{behaviour:?}: {told}");
        assert!(
            told.contains(&format!(" model {DELAY} total {} ", LATENCY + DELAY)),
            "{behaviour:?}: {told}"
        );
        let (undisturbed, _) = played(behaviour.clone(), false);
        assert!(heard.iter().any(|&s| s.abs() > 0.9), "{behaviour:?}: there is sound");
        assert!(heard == undisturbed, "{behaviour:?}: the model that plays is not the one that is measured");
    }
}
