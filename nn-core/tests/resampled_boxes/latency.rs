//! Where every sample is found.

use crate::rig::{Rig, ramp};
use crate::stand::{MODEL_HZ, exact, found, gain, latency, notes, resampled, settle, steady};
use nn_core::fake::{Behaviour, FakeModel};
use std::sync::atomic::Ordering::Relaxed;

#[test]
fn a_model_of_another_rate_plays_at_the_host_s_until_asked_otherwise() {
    let model = gain();
    let told = model.told_rate_hz.clone();
    let mut rig = Rig::new(model, "m forward 512", 64);
    rig.until_loaded();
    let ramp = ramp(64 * 100);
    let heard = rig.play(std::slice::from_ref(&ramp)).remove(0);
    assert_eq!(heard[960..], ramp[..ramp.len() - 960], "every sample as it is");
    rig.poll();
    assert_eq!(
        notes(&rig),
        [
            "nn~: the model was made for 48000 Hz and the host runs at 44100 Hz: pitch and speed will differ: send \
          resample 1"
        ]
    );
    assert_eq!(told.load(Relaxed), 44_100);
    rig.events.clear();
    rig.send("resample 1");
    settle(&mut rig);
    assert_eq!(
        notes(&rig),
        [
            "nn~: the model was made for 48000 Hz and the host runs at 44100 Hz: it is resampled and runs at its own rate"
        ]
    );
    assert_eq!(told.load(Relaxed), 48_000, "the model hears of the rate at which it runs");
    rig.send("resample 0");
    settle(&mut rig);
    assert_eq!(told.load(Relaxed), 44_100);
    assert_eq!(latency(&mut rig), 960);
}

#[test]
fn an_impulse_is_found_where_latency_says_with_every_buffer() {
    for arguments in [
        "m forward 512",
        "m forward 0",
        "m forward 100",
        "m forward 3000",
        "coarse forward 64",
        "coarse forward 0",
        "coarse forward 1500",
    ] {
        let mut rig = resampled(arguments);
        let latency = latency(&mut rig);
        if arguments.starts_with('m') {
            let (late, level) = found(&mut rig, latency);
            assert_eq!(late, 0, "{arguments}: {latency}");
            assert!(level > 0.8, "{arguments}: {level}");
        }
        let settled = steady(&mut rig, 0.25, latency);
        assert!(settled.iter().all(|s| (s - 0.25).abs() < 1e-5), "{arguments}: a constant stays what it is");
        assert_eq!(rig.object.status().counts().late, 0, "{arguments}");
        assert!(rig.errors().is_empty(), "{arguments}: {:?}", rig.errors());
    }
}

#[test]
fn the_delay_of_the_way_there_and_back_is_the_difference_between_off_and_on() {
    for (arguments, delay) in
        [("m forward 512", 40 + (44 + 557) * 147 / 160), ("m forward 0", 40 + (44 + 69) * 147 / 160)]
    {
        let mut rig = exact(arguments);
        let off = latency(&mut rig);
        rig.send("resample 1");
        settle(&mut rig);
        let deadline = if arguments.ends_with('0') { 0 } else { 64 };
        // 558 model samples last as long as 513 of the host's, and the deadline is whole blocks.
        assert_eq!(latency(&mut rig), off + delay + deadline, "{arguments}");
        assert!(rig.info("latency").is_some());
        rig.send("resample 0");
        settle(&mut rig);
        assert_eq!(latency(&mut rig), off, "{arguments}");
        let ramp = ramp(64 * 100);
        let heard = rig.play(std::slice::from_ref(&ramp)).remove(0);
        assert_eq!(heard[off..], ramp[..ramp.len() - off], "{arguments}: as before, bit for bit");
    }
}

#[test]
fn what_one_box_encodes_another_decodes_value_by_value() {
    // Each group of 512 model samples, 470.4 of the host's, is one value.
    let group = 512.0 * 44_100.0 / f64::from(MODEL_HZ);
    for (buffer, blocks_before) in [(512, 0), (2048, 0), (0, 0), (100, 1), (4096, 2)] {
        let mut encoder = resampled(&format!("encode forward {buffer}"));
        let mut decoder = resampled(&format!("decode forward {buffer}"));
        // Boxes begin at any block.
        encoder.play(&[vec![0.0; 64 * blocks_before]]);
        let input: Vec<f32> = (0..64 * 700).map(|n| n as f32 / 1000.0).collect();
        let values = encoder.play(std::slice::from_ref(&input)).remove(0);
        let mut lengths = Vec::new();
        let mut begin = None;
        for n in 1..values.len() {
            if values[n] != values[n - 1] {
                lengths.extend(begin.replace(n).map(|begin| n - begin));
            }
        }
        // The first change is that from silence, the second one ends a fade-in, if there was one.
        assert!(
            lengths[2..].iter().all(|&n| n == 470 || n == 471),
            "buffer {buffer}: values are held: {lengths:?}"
        );
        let mean = lengths[2..].iter().sum::<usize>() as f64 / (lengths.len() - 2) as f64;
        assert!((mean - group).abs() < 0.1, "buffer {buffer}: {mean}");
        let decoded = decoder.play(std::slice::from_ref(&values)).remove(0);
        // Far from the first and last value the decoded steps are those of the ramp.
        let (late, delay) = (decoded.len() - 10, latency(&mut encoder) + latency(&mut decoder));
        let steady = &decoded[delay + 4000..late];
        let rise = steady[steady.len() - 1] - steady[0];
        let wanted = (steady.len() - 1) as f32 / 1000.0;
        assert!((rise - wanted).abs() < 1.0, "buffer {buffer}: {rise} instead of {wanted}");
        // No value is left out and none comes twice: every step is one group high, as far as a filter shows steps.
        let middles: Vec<f32> = (0..(steady.len() as f64 / group) as usize - 1)
            .map(|n| steady[(n as f64 * group) as usize])
            .collect();
        for pair in middles.windows(2) {
            assert!((pair[1] - pair[0] - 0.4704).abs() < 0.2, "buffer {buffer}: {pair:?}");
        }
    }
}

#[test]
fn the_model_s_own_delay_is_measured_at_its_rate_and_told_at_the_host_s() {
    let mut rig = resampled("late forward 512");
    let latency = latency(&mut rig);
    rig.send("latency measure");
    rig.poll_until(|events| format!("{events:?}").contains("total"));
    // 500 samples at 48000 Hz are 459.375 at 44100 Hz.
    let told = nn_core::message::text(rig.info("latency").expect("an answer"));
    assert!(told.contains(" model 459 ") && told.contains(&format!("total {} ", latency + 459)), "{told}");
    assert_eq!(found(&mut rig, latency + 459).0, 0);
}

#[test]
fn a_deadline_is_at_least_one_run_of_the_model_unless_it_was_chosen() {
    let coarse = FakeModel::new([1, 2048, 1, 2048], Behaviour::Gain).with_rate(MODEL_HZ);
    let mut rig = Rig::new(coarse, "m forward 64", 64);
    rig.until_loaded();
    rig.send("resample 1");
    settle(&mut rig);
    // 2048 model samples are 1881.6 of the host's: 30 blocks.
    let whole = latency(&mut rig);
    rig.send("deadline 64");
    settle(&mut rig);
    assert_eq!(whole - latency(&mut rig), 30 * 64 - 64);
}
