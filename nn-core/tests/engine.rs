//! Boxes with fake models, driven as a host drives them.
#![cfg(feature = "fake")]

mod rig;

use std::{
    sync::atomic::Ordering::Relaxed,
    time::{Duration, Instant},
};

use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    message::{Atom, Event},
    timing::{Mode, Timing},
};
use rig::{Rig, ramp};

#[test]
fn every_sample_arrives_once_and_exactly_where_timing_says() {
    for block in [1, 16, 64, 1024, 4096] {
        for wanted in [0, 1, 64, 100, 256, 2048, 3000, 8192] {
            for (params, ratio) in [([1, 1, 1, 1], 1), ([2, 1, 3, 1], 1), ([1, 512, 1, 512], 512)] {
                let model = FakeModel::new(params, Behaviour::Gain);
                let mut rig = Rig::new(model, &format!("m forward {wanted}"), block);
                rig.until_loaded();
                let mode = if wanted == 0 { Mode::Inline } else { Mode::Worker { deadline_frames: None } };
                let timing = Timing::new(wanted, ratio, block, mode).unwrap();
                let latency = timing.latency_frames;
                let frames = (latency + 3 * timing.buffer_frames + 100).next_multiple_of(block);
                let input = vec![ramp(frames); rig.object.inlets()];
                let output = rig.play(&input);
                let what = format!("block {block}, buffer {wanted}, {params:?}: {timing:?}");
                for lane in &output {
                    assert!(lane[..latency].iter().all(|&s| s == 0.0), "{what}: sound before the latency");
                    for (n, &sample) in lane[latency..].iter().enumerate() {
                        // The last sample of its group, repeated over the group.
                        let wanted = (n / ratio * ratio + ratio) as f32;
                        assert_eq!(sample, wanted, "{what}: sample {n}");
                    }
                }
                assert_eq!(rig.object.status().counts().late, 0, "{what}");
            }
        }
    }
}

#[test]
fn a_counter_shows_no_sample_lost_doubled_or_reordered() {
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], Behaviour::Counter), "m forward 256", 64);
    rig.until_loaded();
    let frames = 64 * 20_000;
    let output = rig.play(&[vec![0.0; frames]]);
    let latency = 256 - 64 + 256;
    for (n, &sample) in output[0][latency..].iter().enumerate() {
        assert_eq!(sample, n as f32);
    }
}

#[test]
fn an_unchanged_format_keeps_the_stream_and_a_gap_discards_it_every_time() {
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), "m forward 128", 64);
    rig.until_loaded();
    let latency = 128 - 64 + 128;
    rig.play(&[vec![1.0; 6400]]);
    // Stretches of all lengths: what was played before a gap must not be counted after it.
    for frames in [640, 6400, 64, 1280] {
        rig.prepare(64);
        let output = rig.play(&[vec![1.0; 640]]);
        assert!(output[0].iter().all(|&s| s == 1.0), "an edit broke the stream");
        rig.off_and_on();
        let output = rig.play(&[vec![1.0; 640]]);
        assert_eq!(output[0].iter().take_while(|&&s| s == 0.0).count(), latency, "old audio after a gap");
        rig.play(&[vec![1.0; frames]]);
    }
}

#[test]
fn a_change_of_the_host_block_gives_the_new_latency() {
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), "m forward 100", 64);
    rig.until_loaded();
    rig.play(&[vec![1.0; 6400]]);
    rig.prepare(1024);
    let timing = Timing::new(100, 1, 1024, Mode::Worker { deadline_frames: None }).unwrap();
    let output = rig.play(&[ramp(8192)]);
    assert_eq!(output[0][timing.latency_frames..timing.latency_frames + 3], [1.0, 2.0, 3.0]);
}

#[test]
fn a_stream_that_ends_while_the_model_loads_leaves_nothing_to_the_next() {
    for (first_block, second_block) in [(64, 64), (64, 4096), (4096, 64)] {
        let mut source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Counter));
        source.load_time = Duration::from_millis(200);
        let mut rig = Rig::with_source(source, "m forward 1000", first_block, true);
        rig.send("wait 0");
        // A full buffer that nobody can run.
        rig.play(&[vec![1.0; 1024usize.next_multiple_of(first_block)]]);
        rig.prepare(second_block);
        rig.off_and_on();
        rig.send("wait 1");
        let frames = 64 * 4096;
        let output = rig.play(&[vec![1.0; frames]]).remove(0);
        let timing = Timing::new(1000, 1, second_block, Mode::Worker { deadline_frames: None }).unwrap();
        for (n, &sample) in output[timing.latency_frames..].iter().enumerate() {
            assert_eq!(sample, n as f32, "blocks {first_block} and {second_block}");
        }
    }
}

#[test]
fn a_buffer_beyond_the_machine_is_an_error_and_not_an_abort() {
    let mut rig = Rig::new(FakeModel::new([1, 1, 64, 1], Behaviour::Gain), "m forward 16000000", 64);
    rig.poll();
    assert!(rig.errors()[0].contains("choose a smaller buffer"), "{:?}", rig.errors());
    assert!(rig.play(&[vec![1.0; 640]])[0].iter().all(|&s| s == 0.0));
}

#[test]
fn a_missing_model_makes_a_silent_box_that_says_what_to_do() {
    let mut rig = Rig::new(FakeModel::new([3, 1, 2, 1], Behaviour::Gain), "missing forward 64", 64);
    rig.poll();
    assert_eq!((rig.object.inlets(), rig.object.outlets()), (1, 1));
    assert!(rig.errors()[0].contains("no such file"), "{:?}", rig.errors());
    assert!(rig.play(&[vec![1.0; 640]])[0].iter().all(|&s| s == 0.0));
}

#[test]
fn inlets_and_outlets_are_right_while_the_model_still_loads() {
    let mut source = FakeSource::new(FakeModel::new([3, 1, 2, 1], Behaviour::Gain));
    source.load_time = Duration::from_millis(1000);
    let begin = Instant::now();
    let mut rig = Rig::with_source(source, "m forward 64", 64, true);
    assert_eq!((rig.object.inlets(), rig.object.outlets()), (3, 2));
    rig.send("wait 0");
    let mut output = vec![Vec::new(); 2];
    for _ in 0..20 {
        for (output, block) in output.iter_mut().zip(rig.play(&vec![vec![1.0; 64]; 3])) {
            output.extend(block);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(begin.elapsed() < Duration::from_millis(700), "the patch waited for the load");
    assert!(output[0].iter().all(|&s| s == 0.0));
    rig.until_loaded();
    rig.send("wait 1");
    let output = rig.play(&vec![vec![1.0; 6400]; 3]);
    assert_eq!(output[0][6399], 1.0);
    let step = output[0].windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
    assert!(step < 0.01, "sound that begins in mid-stream fades in; step {step}");
    assert_eq!(rig.object.status().counts().late, 0);
}

#[test]
fn wait_1_also_waits_for_the_load_so_that_no_sample_is_missed() {
    for buffer in [64, 0] {
        let mut source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
        source.load_time = Duration::from_millis(200);
        let mut rig = Rig::with_source(source, &format!("m forward {buffer}"), 64, true);
        rig.send("wait 1");
        let output = rig.play(&[ramp(6400)]);
        let latency = if buffer == 0 { 0 } else { 64 };
        assert_eq!(output[0][latency..], ramp(6400)[..6400 - latency]);
    }
}

#[test]
fn messages_sent_while_the_model_loads_reach_it() {
    let mut source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
    source.load_time = Duration::from_millis(100);
    for workers in [true, false] {
        let mut rig = Rig::with_source(source.clone(), "m forward 64", 64, workers);
        rig.send("set gain 0.25");
        rig.send("get gain");
        rig.poll_until(|events| {
            events.iter().any(|e| matches!(e, Event::Info { selector, .. } if selector == "gain"))
        });
        assert_eq!(rig.info("gain"), Some(&[Atom::Float(0.25)][..]), "workers: {workers}");
    }
}

#[test]
fn a_set_applies_from_the_frame_that_is_being_filled() {
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), "m forward 256", 64);
    rig.until_loaded();
    let mut output = Vec::new();
    for gain in 1..=5 {
        rig.send(&format!("set gain {gain}"));
        output.extend(rig.play(&[vec![1.0; 256]]).remove(0));
    }
    output.extend(rig.play(&[vec![1.0; 512]]).remove(0));
    let latency = 256 - 64 + 256;
    for gain in 1..=5usize {
        let from = latency + (gain - 1) * 256;
        assert!(output[from..from + 256].iter().all(|&s| s == gain as f32), "gain {gain}");
    }
}

#[test]
fn disabling_fades_out_pauses_the_model_and_resuming_plays_nothing_old() {
    let model = FakeModel::new([1, 1, 1, 1], Behaviour::Gain);
    let runs = model.total_runs.clone();
    let mut rig = Rig::new(model, "m forward 256", 64);
    rig.until_loaded();
    let mut output = rig.play(&[vec![1.0; 4096]]).remove(0);
    rig.send("enable 0");
    output.extend(rig.play(&[vec![1.0; 4096]]).remove(0));
    let paused_at = runs.load(Relaxed);
    // What enters during the pause must never be heard.
    output.extend(rig.play(&[vec![-7.0; 8192 + 64]]).remove(0));
    assert_eq!(runs.load(Relaxed), paused_at, "the model runs on in the pause");
    rig.send("enable 1");
    output.extend(rig.play(&[vec![1.0; 4096]]).remove(0));
    assert_eq!(output[4095], 1.0);
    assert!(output[4096 + 300..4096 + 4096].iter().all(|&s| s == 0.0));
    let resumed = &output[4 * 4096 + 64..];
    assert!(resumed.iter().all(|&s| (0.0..=1.0).contains(&s)), "old sound after the resume");
    assert_eq!(resumed.last(), Some(&1.0));
    let begun = &output[256 - 64 + 256..];
    let step = begun.windows(2).map(|p| (p[1] - p[0]).abs()).fold(0.0, f32::max);
    assert!(step < 0.01, "step {step}");
    assert_eq!(rig.object.status().counts().late, 0);
}

#[test]
fn a_model_that_raises_is_silent_and_said_once() {
    for behaviour in [Behaviour::Failing(3), Behaviour::NotANumber(3), Behaviour::Panicking] {
        let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], behaviour.clone()), "m forward 64", 64);
        rig.until_loaded();
        let output = rig.play(&[vec![1.0; 64 * 100]]).remove(0);
        rig.poll();
        assert_eq!(rig.errors().len(), 1, "{behaviour:?}: {:?}", rig.errors());
        assert!(output.iter().all(|s| s.is_finite()));
        assert!(output[64 * 50..].iter().all(|&s| s == 0.0), "{behaviour:?}");
        let status = rig.object.status();
        let counted = status.counts().faults + status.counts().non_finite;
        assert!(counted >= 95, "{behaviour:?}: {counted}");
    }
}

#[test]
fn a_sentence_of_a_model_goes_on_in_that_of_the_box() {
    let never = Behaviour::Sized { least: usize::MAX, most: usize::MAX, step: 1, said: "It is not valid." };
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], never), "m forward 64", 64);
    rig.until_loaded();
    rig.play(&[vec![1.0; 64 * 10]]);
    rig.poll();
    assert!(rig.errors()[0].contains("It is not valid: the box is silent"), "{:?}", rig.errors());
}

#[test]
fn late_frames_are_counted_never_played_late_and_alignment_holds() {
    let slow = Behaviour::Slow(Duration::from_millis(5));
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], slow), "m forward 64", 64);
    rig.until_loaded();
    rig.send("wait 0");
    // Far faster than real time: nearly everything is late.
    let frames = 64 * 400;
    let output = rig.play(&[ramp(frames)]).remove(0);
    assert!(rig.object.status().counts().late > 100);
    rig.send("wait 1");
    let mut input = ramp(frames + 64 * 40);
    input.drain(..frames);
    let tail = rig.play(&[input]).remove(0);
    let latency = 64;
    for (n, &sample) in output.iter().chain(&tail).enumerate().skip(frames + 64 * 20) {
        assert_eq!(sample, (n - latency + 1) as f32, "alignment after an overload");
    }
}

#[test]
fn a_box_without_a_worker_runs_the_model_in_the_callback() {
    let model = FakeModel::new([1, 1, 1, 1], Behaviour::Gain);
    let mut rig = Rig::with_source(FakeSource::new(model), "m forward 256", 64, false);
    rig.until_loaded();
    let output = rig.play(&[ramp(2560)]).remove(0);
    assert_eq!(output[192..], ramp(2560)[..2560 - 192]);
}

#[test]
fn dropping_a_box_never_waits_for_the_model() {
    let slow = Behaviour::Slow(Duration::from_secs(2));
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], slow), "m forward 64", 64);
    rig.send("wait 0");
    std::thread::sleep(Duration::from_millis(50));
    rig.play(&[ramp(6400)]);
    let begin = Instant::now();
    drop(rig);
    assert!(begin.elapsed() < Duration::from_millis(100));
}

#[test]
fn bang_answers_in_the_order_of_existing_patches() {
    let mut rig = Rig::new(FakeModel::new([2, 1, 1, 1], Behaviour::Gain), "m forward 2048", 64);
    rig.until_loaded();
    rig.poll();
    rig.events.clear();
    rig.send("bang");
    rig.poll();
    let selectors: Vec<_> = rig
        .events
        .iter()
        .map(|event| match event {
            Event::Info { selector, .. } => selector.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        selectors[..10],
        ["loaded", "enabled", "gpu", "model", "methods", "method", "attributes", "bufsize", "dim", "ratio"]
    );
    assert_eq!(rig.info("dim"), Some(&[Atom::Int(2), Atom::Int(1)][..]));
    assert_eq!(rig.info("bufsize"), Some(&[Atom::Int(2048)][..]));
}

#[test]
fn stats_and_latency_say_what_happened() {
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), "m forward 2048", 64);
    rig.until_loaded();
    rig.play(&[vec![0.0; 2048 * 10]]);
    rig.send("latency");
    rig.send("stats");
    rig.poll();
    assert_eq!(rig.info("latency").map(|atoms| &atoms[0]), Some(&Atom::Int(4032)));
    let stats = rig.info("stats").unwrap();
    let value = |name: &str| {
        let at = stats.iter().position(|atom| atom == &Atom::symbol(name)).unwrap();
        stats[at + 1].number().unwrap()
    };
    assert_eq!(value("late"), 0.0);
    assert!(value("blocks") >= 9.0);
}

#[test]
fn the_same_error_is_printed_once() {
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), "m", 64);
    for _ in 0..100 {
        rig.send("set nothing 1");
    }
    rig.poll();
    assert_eq!(rig.errors(), ["nn~: no attribute 'nothing': the model has gain"]);
}
