//! Sound through the boxes, sample by sample.
#![cfg(target_os = "linux")]

mod common;

use common::{FORMAT, assert_late, loaded, max, ramp, timing};
use max_host::{Format, Overdrive};

#[test]
fn every_sample_comes_exactly_where_the_arithmetic_says() {
    let max = max();
    for block in [1, 16, 64, 512] {
        for (model, ratio) in [("gain", 1), ("coarse", 512)] {
            for buffer in [0, 1, 64, 100, 2048] {
                let format = Format { vector_frames: block, ..FORMAT };
                max.audio_on(format);
                let nn = loaded(&max, &format!("nn~ {model} forward {buffer}"));
                max.wire(nn, 0, 1);
                max.audio_on(format);
                let timing = timing(buffer, ratio, block);
                max.forget();
                max.send(nn, "latency");
                let told = max.told(nn).pop().unwrap_or_default();
                let what = format!("{model}, block {block}, buffer {buffer}");
                assert!(told.starts_with(&format!("latency {} ", timing.latency_frames)), "{what}: {told}");
                let frames = (timing.latency_frames + 2 * timing.buffer_frames).next_multiple_of(512);
                let input = ramp(1, frames);
                let dry: Vec<f64> =
                    (0..frames).map(|n| input[0][(n / ratio * ratio + ratio - 1).min(frames - 1)]).collect();
                let wet = max.play(nn, &input);
                assert_late(&wet[0], &dry, timing.latency_frames, &what);
                max.delete(nn);
                max.forget();
            }
        }
    }
}

#[test]
fn vectors_shorter_than_announced_lose_nothing() {
    let max = max();
    max.audio_on(FORMAT);
    let nn = loaded(&max, "nn~ gain forward 256");
    max.wire(nn, 0, 1);
    max.rebuild();
    let input = ramp(1, 6400);
    let wet = max.play_in(nn, &input, 6400, &[64, 1, 63, 17, 32, 64, 5]);
    assert_late(&wet[0], &input[0], timing(256, 1, 64).latency_frames, "odd vectors");
}

#[test]
fn several_inlets_and_outlets_are_in_their_places() {
    let max = max();
    let nn = loaded(&max, "nn~ two forward 64");
    assert_eq!((max.signal_inlets(nn), max.outlets(nn).len()), (2, 3));
    assert_eq!(max.outlets(nn), ["signal", "signal", ""]);
    (0..2).for_each(|inlet| max.wire(nn, inlet, 1));
    max.audio_on(FORMAT);
    let input = ramp(2, 640);
    let wet = max.play(nn, &input);
    (0..2).for_each(|c| assert_late(&wet[c], &input[c], 64, "channel"));
}

/// Inlets of parameters need no signal: a number sets them, and so does `set`; a signal counts more than both.
#[test]
fn a_parameter_takes_numbers_messages_and_signals() {
    let max = max();
    let nn = loaded(&max, "nn~ level forward 64");
    assert_eq!(max.signal_inlets(nn), 2);
    max.wire(nn, 0, 1);
    max.audio_on(FORMAT);
    let last = |max: &max_host::Max, level: f64| {
        let input = vec![vec![0.5; 6400], vec![level; 6400]];
        *max.play(nn, &input)[0].last().expect("sound")
    };
    // What stands in the vector of an inlet without a signal is not heard.
    assert_eq!(last(&max, 0.0), 0.5);
    max.send_to(nn, 1, "0.25");
    assert_eq!(last(&max, 0.0), 0.125);
    max.send(nn, "set gain 0.75");
    assert_eq!(last(&max, 0.0), 0.375);
    max.send_to(nn, 1, "1");
    assert_eq!(last(&max, 0.0), 0.5);
    max.wire(nn, 1, 1);
    max.rebuild();
    assert_eq!(last(&max, 0.125), 0.0625);
    max.forget();
    // The left inlet takes none.
    max.send(nn, "0.5");
    assert!(max.errors().iter().any(|line| line.contains("float")), "{:?}", max.errors());
}

#[test]
fn inlets_and_outlets_that_were_fixed_are_there_whatever_the_model() {
    let max = max();
    let nn = loaded(&max, "nn~ two forward 64 3 4");
    assert_eq!((max.signal_inlets(nn), max.outlets(nn).len()), (3, 5));
    (0..3).for_each(|inlet| max.wire(nn, inlet, 1));
    max.audio_on(FORMAT);
    let input = ramp(3, 640);
    let wet = max.play(nn, &input);
    (0..2).for_each(|c| assert_late(&wet[c], &input[c], 64, "a channel of the model's"));
    (2..4).for_each(|c| assert!(wet[c].iter().all(|&s| s == 0.0), "outlets too many are silent"));
}

#[test]
fn mc_boxes_carry_one_example_in_each_channel() {
    let max = max();
    for examples in [1, 2, 3, 8] {
        let nn = loaded(&max, "mc.nn~ two forward 64");
        assert_eq!(max.outlets(nn), ["multichannelsignal", "multichannelsignal", ""]);
        (0..2).for_each(|inlet| max.wire(nn, inlet, examples));
        max.audio_on(FORMAT);
        // The loader prepares the model for so many examples.
        max.pass(50);
        max.audio_on(FORMAT);
        let input = ramp(2 * examples, 1280);
        let wet = max.play(nn, &input);
        assert_eq!(wet.len(), 2 * examples);
        for lane in 0..2 * examples {
            assert_late(&wet[lane], &input[lane], 64, &format!("{examples} examples, lane {lane}"));
        }
        max.delete(nn);
        max.forget();
    }
}

#[test]
fn missing_channels_and_unconnected_inlets_of_mc_boxes_are_silence() {
    let max = max();
    for (first, second) in [(3, 1), (3, 0), (0, 2)] {
        let nn = loaded(&max, "mc.nn~ two forward 64");
        max.wire(nn, 0, first);
        max.wire(nn, 1, second);
        max.audio_on(FORMAT);
        max.pass(50);
        max.audio_on(FORMAT);
        // An inlet without a cord has one silent channel.
        let (lanes_one, lanes_two) = (first.max(1), second.max(1));
        let mut input = ramp(lanes_one + lanes_two, 1280);
        if first == 0 {
            input[0].fill(0.0);
        }
        if second == 0 {
            input[lanes_one].fill(0.0);
        }
        let wet = max.play(nn, &input);
        let examples = first.max(second);
        assert_eq!(wet.len(), 2 * examples);
        for example in 0..examples {
            for (wanted, from, has) in
                [(example, example, first), (examples + example, lanes_one + example, second)]
            {
                if example < has {
                    assert_late(&wet[wanted], &input[from], 64, "a channel");
                } else {
                    assert!(wet[wanted].iter().all(|&s| s == 0.0), "a missing one");
                }
            }
        }
        max.delete(nn);
        max.forget();
    }
}

#[test]
fn mcs_boxes_have_one_example_at_each_inlet() {
    let max = max();
    for examples in [1, 2, 3, 8] {
        let nn = loaded(&max, &format!("mcs.nn~ two forward {examples} 64"));
        assert_eq!((max.signal_inlets(nn), max.outlets(nn).len()), (examples, examples + 1));
        (0..examples).for_each(|inlet| max.wire(nn, inlet, 2));
        max.audio_on(FORMAT);
        let input = ramp(2 * examples, 640);
        let wet = max.play(nn, &input);
        assert_eq!(wet.len(), 2 * examples);
        for lane in 0..2 * examples {
            assert_late(&wet[lane], &input[lane], 64, &format!("{examples} examples, lane {lane}"));
        }
        max.delete(nn);
        max.forget();
    }
}

#[test]
fn outlets_have_as_many_channels_as_was_asked_for() {
    let max = max();
    for (text, own) in [("mc.nn~ gain forward 64 @chans 4", 2), ("mcs.nn~ two forward 1 64 @chans 4", 2)] {
        let nn = loaded(&max, text);
        max.wire(nn, 0, 2);
        max.audio_on(FORMAT);
        max.pass(50);
        max.audio_on(FORMAT);
        let input = ramp(2, 1280);
        let wet = max.play(nn, &input);
        assert_eq!(wet.len(), 4, "{text}");
        (0..own).for_each(|c| assert_late(&wet[c], &input[c], 64, text));
        (own..4).for_each(|c| assert!(wet[c].iter().all(|&s| s == 0.0), "{text}"));
        max.send(nn, "chans 0");
        max.pass(50);
        // Channels that are gone stay until a block has shown that they are silent.
        assert_eq!(max.play(nn, &input).len(), 4, "{text}: falling");
        max.pass(50);
        assert_eq!(max.play(nn, &input).len(), 2, "{text}: as many as the model and signals again");
        max.delete(nn);
        max.forget();
    }
}

#[test]
fn channels_that_fall_silent_while_max_builds_its_chain_are_there_in_each_outlet_until_it_is_told() {
    let max = max();
    let nn = loaded(&max, "mcs.nn~ gain forward 2 64 @chans 3");
    (0..2).for_each(|inlet| max.wire(nn, inlet, 1));
    max.audio_on(FORMAT);
    assert_eq!(max.play(nn, &ramp(2, 640)).len(), 6);
    max.send(nn, "chans 1");
    let channels = |outlet| max.outlet_channels(nn, outlet);
    assert_eq!(channels(0), 3, "they may sound");
    max.play(nn, &ramp(2, 640));
    assert_eq!(channels(1), 3, "as many as the other outlet");
    assert!(max.change_input(nn, 0, 1), "it says so when it is asked whether there are others");
    assert_eq!((channels(0), channels(1)), (1, 1));
    assert!(!max.change_input(nn, 1, 1), "it has said so");
}

#[test]
fn outlets_follow_a_model_with_other_channels() {
    let max = max();
    let nn = loaded(&max, "mcs.nn~ gain forward 1 64");
    max.wire(nn, 0, 1);
    max.audio_on(FORMAT);
    assert_eq!(max.play(nn, &ramp(1, 64)).len(), 1);
    max.forget();
    max.send(nn, "load widen");
    common::settled(&max, nn);
    max.until("a chain that is built anew", |max| max.play(nn, &ramp(1, 64)).len() == 3);
}

#[test]
fn editing_the_patch_keeps_the_stream_and_switching_off_empties_it() {
    let max = max();
    for overdrive in [Overdrive::Off, Overdrive::On, Overdrive::InAudioInterrupt] {
        max.overdrive(overdrive);
        let nn = loaded(&max, "nn~ gain forward 512");
        max.wire(nn, 0, 1);
        max.audio_on(FORMAT);
        let (input, latency) = (ramp(1, 6400), timing(512, 1, 64).latency_frames);
        let mut wet = Vec::new();
        for part in input[0].chunks(640) {
            wet.extend(max.play(nn, &[part.to_vec()]).remove(0));
            max.rebuild();
        }
        assert_late(&wet, &input[0], latency, &format!("{overdrive:?}: edits"));
        max.audio_off();
        max.pass(200);
        max.audio_on(FORMAT);
        let wet = max.play(nn, &input);
        assert_late(&wet[0], &input[0], latency, &format!("{overdrive:?}: nothing from before"));
        max.delete(nn);
        max.forget();
    }
}

#[test]
fn another_rate_and_vector_size_are_taken() {
    let max = max();
    let nn = loaded(&max, "nn~ gain forward 100");
    max.wire(nn, 0, 1);
    for (rate_hz, vector_frames) in [(44_100.0, 64), (48_000.0, 64), (96_000.0, 256), (44_100.0, 1)] {
        max.audio_on(Format { rate_hz, vector_frames });
        max.pass(50);
        max.audio_on(Format { rate_hz, vector_frames });
        let input = ramp(1, 2560);
        let wet = max.play(nn, &input);
        let latency = timing(100, 1, vector_frames).latency_frames;
        assert_late(&wet[0], &input[0], latency, &format!("{rate_hz} Hz, {vector_frames}"));
    }
}

#[test]
#[cfg(feature = "count")]
fn the_callback_makes_no_call_besides_computing() {
    let mut max = max();
    for text in ["nn~ gain forward 64", "nn~ coarse", "mc.nn~ two forward 256", "mcs.nn~ two forward 2 256"] {
        max.overdrive(Overdrive::On);
        let nn = loaded(&max, text);
        max.send(nn, "wait 0");
        (0..max.signal_inlets(nn)).for_each(|inlet| max.wire(nn, inlet, 2));
        max.audio_on(FORMAT);
        max.pass(100);
        max.audio_on(FORMAT);
        let lanes = ramp(8, 4410);
        max.play_on(nn, lanes);
        max.pass(100);
        max.calls_inside();
        for message in
            ["set gain 0.5", "get gain", "enable 0", "enable 1", "method inverse", "method forward"]
        {
            max.send(nn, message);
            max.pass(30);
            max.send_from_scheduler_while_playing(nn, "stats");
            max.pass(10);
        }
        max.stop();
        let calls = max.calls_inside();
        // The one that is allowed: waking the worker.
        let other: Vec<_> =
            calls.iter().filter(|(kind, _)| !matches!(*kind, "futex_wake" | "wake")).collect();
        assert!(other.is_empty(), "{text}: {calls:?}");
        max.delete(nn);
        max.forget();
    }
}
