//! Boxes whose model runs at its own rate, from `resample 1` to `resample 0`.
#![cfg(feature = "fake")]

mod rig;

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use nn_core::{
    engine::loader::Loader,
    fake::{Behaviour, FakeModel, FakeSource},
    layout::BoxKind,
    message::{Atom, Event},
};
use rig::{Rig, ramp};

const MODEL_HZ: u32 = 48_000;

fn gain() -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_rate(MODEL_HZ)
}

/// `m` passes on what comes in, made for 48 kHz; the others are made for it too, but for `anywhere`.
fn source() -> FakeSource {
    let now = Duration::ZERO;
    FakeSource::new(gain().with_method("inverse"))
        .and("half", gain().with_gain(0.5), now)
        .and("late", FakeModel::new([1, 1, 1, 1], Behaviour::Delay(500)).with_rate(MODEL_HZ), now)
        .and("coarse", FakeModel::new([1, 512, 1, 512], Behaviour::Gain).with_rate(MODEL_HZ), now)
        .and("anywhere", FakeModel::new([1, 1, 1, 1], Behaviour::Gain), now)
        .and("encode", FakeModel::new([1, 1, 1, 512], Behaviour::Gain).with_rate(MODEL_HZ), now)
        .and("decode", FakeModel::new([1, 512, 1, 1], Behaviour::Gain).with_rate(MODEL_HZ), now)
        .and("spoilt", FakeModel::new([1, 1, 1, 1], Behaviour::NotANumber(2)).with_rate(MODEL_HZ), now)
        .and("fails", FakeModel::new([1, 1, 1, 1], Behaviour::Failing(0)).with_rate(MODEL_HZ), now)
        .and("panics", FakeModel::new([1, 1, 1, 1], Behaviour::Panicking).with_rate(MODEL_HZ), now)
}

/// A box that waits for its worker and for pending loads, so that every sample is certain.
fn exact(arguments: &str) -> Rig {
    let mut rig = Rig::with_source(source(), arguments, 64, true);
    rig.send("wait 1");
    rig.poll_until(|events| format!("{events:?}").contains("loaded"));
    rig
}

fn resampled(arguments: &str) -> Rig {
    let mut rig = exact(arguments);
    rig.send("resample 1");
    settle(&mut rig);
    rig
}

/// Plays silence until whatever was asked for is there.
fn settle(rig: &mut Rig) {
    for _ in 0..3 {
        let silence = vec![vec![0.0; 64 * 20]; rig.object.inlets()];
        rig.play(&silence);
        rig.poll();
    }
}

fn latency(rig: &mut Rig) -> usize {
    rig.send("latency");
    rig.poll();
    match rig.info("latency").expect("an answer")[0] {
        Atom::Int(frames) => frames as usize,
        ref other => panic!("{other:?}"),
    }
}

/// How much later than `latency` the loudest sample of an impulse comes out, and how loud it is.
fn found(rig: &mut Rig, latency: usize) -> (isize, f32) {
    let begin = 321;
    let mut input = vec![0.0; (begin + latency + 600).next_multiple_of(64)];
    input[begin] = 1.0;
    let heard = rig.play(&[input]).remove(0);
    let loudest = (0..heard.len()).max_by(|&a, &b| heard[a].abs().total_cmp(&heard[b].abs()));
    let loudest = loudest.expect("sound");
    (loudest as isize - (begin + latency) as isize, heard[loudest])
}

/// What is heard of a constant once it has come through.
fn steady(rig: &mut Rig, level: f32, latency: usize) -> Vec<f32> {
    let inputs = vec![vec![level; (latency + 1600).next_multiple_of(64)]; rig.object.inlets()];
    rig.play(&inputs).remove(0).split_off(latency + 1000)
}

fn largest_step(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

fn notes(rig: &Rig) -> Vec<&str> {
    rig.events
        .iter()
        .filter_map(|event| match event {
            Event::Note(line) if line.contains("Hz") => Some(line.as_str()),
            _ => None,
        })
        .collect()
}

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
fn it_goes_over_without_a_click_both_ways() {
    for arguments in ["m forward 512", "m forward 0", "coarse forward 2048"] {
        let mut rig = exact(arguments);
        let before = latency(&mut rig);
        steady(&mut rig, 1.0, before);
        for message in
            ["resample 1", "method forward", "reset", "load half", "load m", "reload", "resample 0"]
        {
            rig.play(&[vec![1.0; 64 * 8]]);
            rig.send(message);
            let heard = rig.play(&[vec![1.0; 64 * 160]]).remove(0);
            let wanted = if message == "load half" { 0.5 } else { 1.0 };
            assert!(largest_step(&heard) < 0.03, "{arguments}: {message}: {}", largest_step(&heard));
            let last = heard.last().expect("sound");
            assert!((last - wanted).abs() < 1e-5, "{arguments}: {message}: {last}");
        }
        assert_eq!(rig.object.status().counts().late, 0, "{arguments}");
        assert!(rig.errors().is_empty(), "{:?}", rig.errors());
    }
}

#[test]
fn nothing_changes_where_the_rates_are_the_same_or_any_will_do() {
    for (name, rate_hz) in [("anywhere", 44_100.0), ("m", 48_000.0)] {
        let mut rig = Rig::with_source(source(), &format!("{name} forward 512"), 64, true);
        rig.send("wait 1");
        rig.rate_hz = rate_hz;
        rig.prepare(64);
        rig.poll_until(|events| format!("{events:?}").contains("loaded"));
        rig.play(&[vec![0.0; 64 * 40]]);
        let swaps = rig.object.status().counts().swaps;
        let ramp = ramp(64 * 300);
        let mut heard = rig.play(&[ramp[..64 * 100].to_vec()]).remove(0);
        rig.send("resample 1");
        heard.extend(rig.play(&[ramp[64 * 100..64 * 200].to_vec()]).remove(0));
        rig.send("resample 0");
        heard.extend(rig.play(&[ramp[64 * 200..].to_vec()]).remove(0));
        assert_eq!(heard[960..], ramp[..ramp.len() - 960], "{name}: bit for bit, without a gap");
        assert_eq!(rig.object.status().counts().swaps, swaps, "{name}");
        rig.send("resample 1");
        assert_eq!(latency(&mut rig), 960, "{name}");
    }
}

#[test]
fn it_holds_for_every_other_model_method_and_buffer() {
    let mut rig = resampled("m forward 512");
    for (message, level) in [
        ("method inverse", -1.0),
        ("bufsize 1024", -1.0),
        ("bufsize 0", -1.0),
        ("deadline 256", -1.0),
        ("bufsize 300", -1.0),
        ("deadline auto", -1.0),
        ("load half forward", 0.5),
        ("reload", 0.5),
        ("reset", 0.5),
    ] {
        rig.send(message);
        settle(&mut rig);
        let latency = latency(&mut rig);
        let (late, peak) = found(&mut rig, latency);
        assert_eq!(late, 0, "{message}: {latency}");
        assert!((peak / level - 0.87).abs() < 0.1, "{message}: {peak}");
    }
    rig.send("load anywhere");
    settle(&mut rig);
    rig.send("bufsize 512");
    rig.send("deadline buffer");
    settle(&mut rig);
    let ramp = ramp(64 * 100);
    let heard = rig.play(std::slice::from_ref(&ramp)).remove(0);
    assert_eq!(heard[960..], ramp[..ramp.len() - 960], "a model for any rate is left as it is");
    assert!(rig.errors().is_empty(), "{:?}", rig.errors());
}

#[test]
fn a_choice_made_before_the_model_is_there_is_kept_for_it() {
    let mut rig = Rig::with_source(source(), "void 1 1 512", 64, true);
    rig.send("wait 1");
    rig.send("resample 1");
    assert!(rig.object.wants_resampling());
    rig.send("load m");
    settle(&mut rig);
    let latency = latency(&mut rig);
    assert!(latency > 960 && found(&mut rig, latency).0 == 0, "{latency}");
    assert_eq!(notes(&rig).len(), 1, "{:?}", notes(&rig));
}

#[test]
fn the_host_s_rate_may_change_while_it_is_on() {
    for buffer in [512, 0] {
        let mut rig = resampled(&format!("m forward {buffer}"));
        let at_44 = latency(&mut rig);
        for (rate_hz, settled) in [(96_000.0, None), (48_000.0, Some(())), (44_100.0, None)] {
            rig.rate_hz = rate_hz;
            rig.off_and_on();
            settle(&mut rig);
            let latency = latency(&mut rig);
            assert_eq!(found(&mut rig, latency).0, 0, "{buffer}, {rate_hz} Hz");
            if settled.is_some() {
                let ramp = ramp(64 * 100);
                let heard = rig.play(std::slice::from_ref(&ramp)).remove(0);
                assert_eq!(heard[latency..], ramp[..ramp.len() - latency], "{buffer}: the model's own rate");
            }
        }
        assert_eq!(latency(&mut rig), at_44, "{buffer}");
        assert!(rig.errors().is_empty(), "{:?}", rig.errors());
    }
}

#[test]
fn audio_that_was_off_begins_again_without_what_was_on_its_way() {
    for buffer in [512, 0] {
        let mut rig = resampled(&format!("m forward {buffer}"));
        let latency = latency(&mut rig);
        rig.play(&[vec![1.0; 64 * 30]]);
        rig.off_and_on();
        let mut input = vec![0.0; 64 * 40];
        input[0] = 1.0;
        let heard = rig.play(&[input]).remove(0);
        assert!(heard[..latency - 100].iter().all(|&s| s == 0.0), "{buffer}: nothing stale");
        assert!(heard[latency] > 0.8, "{buffer}: the very first sample counts: {}", heard[latency]);
    }
}

#[test]
fn a_pause_leaves_nothing_stale_and_ends_with_a_fade() {
    for buffer in [512, 0] {
        let mut rig = resampled(&format!("m forward {buffer}"));
        let latency = latency(&mut rig);
        rig.play(&[vec![1.0; 64 * 80]]);
        rig.send("enable 0");
        let heard = rig.play(&[vec![-1.0; 64 * 80]]).remove(0);
        assert!(heard[latency + 1000..].iter().all(|&s| s == 0.0), "{buffer}");
        rig.send("enable 1");
        let heard = rig.play(&[vec![-1.0; 64 * 80]]).remove(0);
        assert!(
            heard.iter().all(|&s| s < 1e-3),
            "{buffer}: what came before the pause is not heard after it"
        );
        assert!(largest_step(&heard) < 0.03, "{buffer}: {}", largest_step(&heard));
        assert!((heard[heard.len() - 1] + 1.0).abs() < 1e-5, "{buffer}");
        steady(&mut rig, 0.0, latency);
        assert_eq!(found(&mut rig, latency).0, 0, "{buffer}");
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
fn the_model_runs_only_when_a_block_of_it_is_full() {
    let model = FakeModel::new([1, 512, 1, 512], Behaviour::Gain).with_rate(MODEL_HZ);
    let runs = model.total_runs.clone();
    let mut rig = Rig::new(model, "m forward 0", 64);
    rig.until_loaded();
    rig.send("resample 1");
    settle(&mut rig);
    let before = (runs.load(Relaxed), rig.object.status().counts().blocks);
    rig.play(&[vec![0.5; 64 * 2136]]);
    assert_eq!(rig.object.status().counts().blocks - before.1, 2136);
    let expected = 64.0 * 2136.0 * 48_000.0 / 44_100.0 / 512.0;
    assert!((runs.load(Relaxed) - before.0) as f64 >= expected - 2.0, "{expected}");
    assert!((runs.load(Relaxed) - before.0) as f64 <= expected + 1.0, "{expected}");
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

#[test]
fn faults_of_the_model_are_told_and_time_goes_on() {
    for (name, line) in
        [("fails", "made to fail"), ("panics", "made to panic"), ("spoilt", "NaN or infinity")]
    {
        for buffer in [512, 0] {
            let mut rig = resampled(&format!("{name} forward {buffer}"));
            rig.play(&[vec![1.0; 64 * 40]]);
            let heard = rig.play(&[vec![1.0; 64 * 40]]).remove(0);
            assert!(heard.iter().all(|&s| s == 0.0), "{name}, {buffer}: silence, and no more");
            rig.poll();
            assert!(rig.errors().iter().any(|error| error.contains(line)), "{name}: {:?}", rig.errors());
            rig.send("load m");
            settle(&mut rig);
            let latency = latency(&mut rig);
            assert_eq!(found(&mut rig, latency).0, 0, "{name}, {buffer}");
        }
    }
}

#[test]
fn examples_keep_to_themselves() {
    let mut rig = Rig::of_kind(BoxKind::Mcs, Loader::global(), source(), "m forward 3 256", 64, true);
    rig.send("wait 1");
    rig.poll_until(|events| format!("{events:?}").contains("loaded"));
    rig.send("resample 1");
    settle(&mut rig);
    let latency = latency(&mut rig);
    let constant = |level: f32| vec![level; 64 * 60];
    let heard = rig.play(&[constant(0.25), constant(-0.5), constant(1.0)]);
    for (heard, level) in heard.iter().zip([0.25, -0.5, 1.0]) {
        assert!(heard[latency + 100..].iter().all(|s| (s - level).abs() < 1e-5), "{level}");
    }
}

#[test]
fn a_model_too_far_away_from_the_host_says_so_and_is_left_as_it_is() {
    let far = FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_rate(200);
    let mut rig = Rig::new(far, "m forward 512", 64);
    rig.until_loaded();
    rig.send("resample 1");
    rig.poll();
    assert!(
        notes(&rig).iter().all(|note| note.ends_with("too far apart to be resampled")),
        "{:?}",
        notes(&rig)
    );
    assert_eq!(latency(&mut rig), 960);
}
