//! Where every sample of the dry sound is found, and that nothing is touched at rest.

use std::time::Duration;

use crate::{
    rig::{Rig, ramp},
    stand::{exact, heard_of, latency, source, thrice, waiting},
};
use nn_core::{
    engine::status::LoadState,
    fake::{Behaviour, FakeModel, FakeSource},
};

#[test]
fn the_dry_sound_comes_exactly_the_latency_after_its_input_in_any_host() {
    for (block_frames, rate_hz) in [(64, 44_100.0), (512, 48_000.0), (2000, 96_000.0)] {
        for arguments in ["m forward 512", "m forward 0", "m forward 3000"] {
            let mut rig = waiting(source(), arguments, block_frames);
            rig.prepare_at(rate_hz);
            rig.send("wet 0");
            rig.send("dry 1");
            let input = ramp(block_frames * (14_000 / block_frames + 20));
            let heard = rig.play(std::slice::from_ref(&input)).remove(0);
            rig.poll();
            let latency = latency(&mut rig);
            let what = format!("{arguments} in blocks of {block_frames} at {rate_hz} Hz, {latency}");
            assert!(heard[..latency].iter().all(|&s| s == 0.0), "{what}: silence before it");
            assert_eq!(heard[latency..], input[..input.len() - latency], "{what}");
            assert!(rig.errors().is_empty(), "{what}: {:?}", rig.errors());
        }
    }
}

#[test]
fn both_sounds_come_together_whatever_is_in_between() {
    for arguments in ["m forward 512", "m forward 0"] {
        let mut rig = exact(arguments);
        rig.send("dry 1");
        let latency = latency(&mut rig);
        heard_of(&mut rig, 0.0, 64 * 40);
        let input = ramp(64 * 60);
        let heard = rig.play(std::slice::from_ref(&input)).remove(0);
        let both: Vec<f32> = input.iter().map(|sample| sample * 4.0).collect();
        assert_eq!(heard[latency..], both[..both.len() - latency], "{arguments}");
    }
}

#[test]
fn a_delay_that_the_model_declares_counts_for_the_dry_sound_and_for_latency() {
    let model = || FakeModel::new([1, 1, 1, 1], Behaviour::Delay(500)).with_declared_delay(500);
    for (arguments, of_buffer) in [("m forward 512", 960), ("m forward 0", 0)] {
        let mut rig = waiting(FakeSource::new(model()), arguments, 64);
        rig.send("dry 1");
        let input = ramp(64 * 60);
        let heard = rig.play(std::slice::from_ref(&input)).remove(0);
        rig.poll();
        let latency = latency(&mut rig);
        assert_eq!(latency, of_buffer + 500);
        let both: Vec<f32> = input.iter().map(|sample| sample * 2.0).collect();
        assert_eq!(heard[latency..], both[..both.len() - latency], "{arguments}");
        rig.send("latency measure");
        rig.poll_until(|events| format!("{events:?}").contains("total"));
        let told = nn_core::message::text(rig.info("latency").expect("an answer"));
        assert!(told.starts_with(&format!("{latency} ")), "{told}");
        assert!(told.contains(&format!(" model 500 total {latency} ")), "counted once: {told}");
    }
}

#[test]
fn what_resampling_delays_counts_too_and_a_declared_delay_at_the_model_s_rate() {
    for declared in [0, 480] {
        let model = thrice().with_rate(48_000).with_declared_delay(declared);
        let mut rig = waiting(FakeSource::new(model), "m forward 512", 64);
        rig.send("resample 1");
        rig.send("wet 0");
        rig.send("dry 1");
        let input = ramp(64 * 80);
        let heard = rig.play(std::slice::from_ref(&input)).remove(0);
        rig.poll();
        let latency = latency(&mut rig);
        // 480 samples at 48 kHz are 441 of the host's.
        assert_eq!(latency, 1616 + declared * 441 / 480);
        // Where the first load is done before `resample` comes, a stream begins anew, and what goes in rises in 5 ms.
        let risen = 256;
        assert!(heard[latency + risen..] == input[risen..input.len() - latency], "{declared}");
    }
}

/// Samples of every kind, zeros below zero among them.
fn all_kinds(frames: usize) -> Vec<f32> {
    let kind = |n: usize| match n % 7 {
        0 => -0.0,
        1 => f32::from_bits(3),
        2 => -f32::MIN_POSITIVE,
        3 => 1e30,
        _ => ((n * 7919) % 1000) as f32 / 999.0 - 0.5,
    };
    (0..frames).map(kind).collect()
}

#[test]
fn at_rest_no_bit_of_the_model_s_sound_is_another_one() {
    let bits = |sound: &[f32]| sound.iter().map(|sample| sample.to_bits()).collect::<Vec<_>>();
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), "m forward 512", 64);
    rig.until_loaded();
    for messages in [&[][..], &["wet 0.3", "wet 1"], &["dry 1", "input_gain 6", "dry 0", "input_gain 0"]] {
        for message in messages {
            rig.send(message);
            heard_of(&mut rig, 0.25, 64 * 20);
        }
        heard_of(&mut rig, 0.0, 64 * 40);
        let input = all_kinds(64 * 60);
        let heard = rig.play(std::slice::from_ref(&input)).remove(0);
        assert_eq!(bits(&heard[960..]), bits(&input[..input.len() - 960]), "{messages:?}");
    }
}

#[test]
fn the_dry_sound_goes_on_where_the_model_is_late_or_fails() {
    let slow = FakeModel::new([1, 1, 1, 1], Behaviour::Slow(Duration::from_millis(60))).with_gain(0.0);
    let failing = FakeModel::new([1, 1, 1, 1], Behaviour::Failing(3)).with_gain(0.0);
    for (model, message) in [(slow, "wait 0"), (failing, "wait 1")] {
        let mut rig = Rig::new(model, "m forward 512", 64);
        rig.until_loaded();
        rig.send(message);
        rig.send("dry 1");
        heard_of(&mut rig, 0.0, 64 * 40);
        let input = ramp(64 * 200);
        let heard = rig.play(std::slice::from_ref(&input)).remove(0);
        assert_eq!(heard[960..], input[..input.len() - 960], "{message}");
        let counts = rig.object.status().counts();
        assert!(counts.late + counts.faults > 0, "{message}: it was so");
        assert_eq!(rig.object.status().load_state(), LoadState::Ready);
    }
}
