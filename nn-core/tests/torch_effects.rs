//! Effects of Neutone in a box: native rates and buffers, parameters by signal and by message, examples, swaps.
#![cfg(feature = "torch")]

mod torch_stand;

use std::{path::PathBuf, sync::Arc, time::Duration};

use nn_core::{
    layout::BoxKind,
    message::{Atom, Event, typed},
    object::HostFormat,
    offline::{HostMode, Player, Signals, host_context},
};
use torch_stand::{Tensor, models};

const PATIENCE: Duration = Duration::from_secs(60);

fn player(kind: BoxKind, typed_arguments: &str, sample_rate_hz: f64, block_frames: usize) -> Player {
    let context = host_context(Arc::new(torch_stand::source()), HostMode::Offline);
    let host = HostFormat { sample_rate_hz, block_frames };
    let find = |name: &str| Some(models().join(name)).filter(|path| path.is_file());
    Player::new(kind, context, host, &typed(typed_arguments), find)
}

fn ready(kind: BoxKind, arguments: &str, sample_rate_hz: f64, block_frames: usize) -> Player {
    let mut player = player(kind, arguments, sample_rate_hz, block_frames);
    player.until_ready(PATIENCE).unwrap_or_else(|error| panic!("{error}"));
    player
}

fn latency(player: &mut Player) -> usize {
    let answer = player.ask("latency", &[]).expect("an answer");
    answer[0].number().expect("samples") as usize
}

fn noise(frames: usize) -> Vec<f32> {
    Tensor::noise(1, 1, frames).samples
}

fn errors(player: &mut Player) -> Vec<String> {
    let is_error = |event| match event {
        Event::Error(line) => Some(line),
        _ => None,
    };
    player.take_events().into_iter().filter_map(is_error).collect()
}

fn notes(player: &mut Player) -> Vec<String> {
    let is_note = |event| match event {
        Event::Note(line) => Some(line),
        _ => None,
    };
    player.take_events().into_iter().filter_map(is_note).collect()
}

/// An attribute's value as the box tells it.
fn value(player: &mut Player, name: &str) -> f64 {
    player.send("get", &typed(name));
    let mut told = None;
    let heard = player.until(PATIENCE, |player| {
        for event in player.take_events() {
            if let Event::Info { selector, atoms } = event
                && atoms.len() == 1
                && selector != "latency"
            {
                told = atoms[0].number();
            }
        }
        told.is_some()
    });
    heard.unwrap_or_else(|error| panic!("{error}"));
    told.expect("a value")
}

#[test]
fn an_effect_has_inlets_for_its_sound_and_each_parameter() {
    for (name, inlets, outlets) in [
        ("any.nm", 3, 1),
        ("identity44100.nm", 2, 2),
        ("narrow.nm", 1, 2),
        ("wide.nm", 2, 1),
        ("old.nm", 2, 1),
    ] {
        let player = player(BoxKind::Nn, name, 48_000.0, 64);
        assert_eq!((player.object.inlets(), player.object.outlets()), (inlets, outlets), "{name}");
    }
    assert_eq!(
        player(BoxKind::Nn, "any.nm", 48_000.0, 64).object.inlet_hint(1),
        "signal: model input 2, Level"
    );
}

#[test]
fn its_sound_is_that_of_its_code_sample_by_sample_whatever_the_block() {
    for (block, buffer) in [(64, "2048"), (512, "700"), (2000, "2048"), (4096, "512")] {
        let mut player = ready(BoxKind::Nn, &format!("wide.nm forward {buffer}"), 44_100.0, block);
        let latency = latency(&mut player);
        let (left, right) = (noise(block * 160), Tensor::noise(1, 2, block * 160).channel(0, 1).to_vec());
        let heard = player.play(&[left.clone(), right.clone()]).remove(0);
        let expected: Vec<f32> = left.iter().zip(&right).map(|(left, right)| left - 0.5 * right).collect();
        assert!(heard[..latency].iter().all(|&sample| sample == 0.0), "{block}");
        assert_eq!(heard[latency..], expected[..expected.len() - latency], "{block}");
        assert_eq!(errors(&mut player), [""; 0]);
    }
}

#[test]
fn a_mono_input_goes_to_both_outputs_of_an_effect_with_two() {
    let mut player = ready(BoxKind::Nn, "narrow.nm forward 512", 48_000.0, 64);
    player.send("input_gain", &typed("0"));
    let (latency, input) = (latency(&mut player), noise(64 * 200));
    let heard = player.play(std::slice::from_ref(&input));
    // The change of the gain has its ramp.
    let at = latency + 4096;
    let expected = &input[4096..input.len() - latency];
    assert_eq!(heard[0][at..], *expected);
    let inverse: Vec<f32> = expected.iter().map(|sample| -sample).collect();
    assert_eq!(heard[1][at..], inverse);
}

#[test]
fn a_parameter_is_set_by_name_or_key_and_a_signal_counts_more() {
    let mut player = ready(BoxKind::Nn, "any.nm forward 256", 48_000.0, 64);
    let blocks = |count: usize| vec![0.5; 64 * count];
    let settled = |heard: Vec<Vec<f32>>| *heard[0].last().expect("sound");
    assert_eq!(settled(player.play(&[blocks(40)])), 0.5, "level begins at 1, offset at 0");
    player.send("set", &typed("LEVEL 0.5"));
    player.send("set", &typed("p2 0.25"));
    assert_eq!(settled(player.play(&[blocks(40)])), 0.5);
    assert_eq!((value(&mut player, "level"), value(&mut player, "dc_offset")), (0.5, 0.25));
    let signal = vec![0.125; 64 * 40];
    assert_eq!(settled(player.play(&[blocks(40), signal])), 0.3125, "a signal for the level alone");
    assert_eq!(value(&mut player, "p1"), 0.125, "what it hears");
    assert_eq!(settled(player.play(&[blocks(40)])), 0.5, "and what was set, without the signal");
    player.take_events();
    player.send("set", &typed("level 1.5"));
    player.play(&[blocks(4)]);
    player.poll();
    let said = errors(&mut player);
    assert!(said.len() == 1 && said[0].contains("level") && said[0].contains("from 0 to 1"), "{said:?}");
}

#[test]
fn a_parameter_follows_its_signal_sample_by_sample_at_the_models_own_rate_too() {
    // Level by a ramp: the sound is a constant.
    let mut player = ready(BoxKind::Nn, "any.nm forward 256", 48_000.0, 64);
    let latency = latency(&mut player);
    let ramp: Vec<f32> = (0..64 * 60).map(|n| n as f32 / 8192.0).collect();
    let heard = player.play(&[vec![1.0; 64 * 60], ramp.clone()]).remove(0);
    assert_eq!(heard[latency..], ramp[..ramp.len() - latency]);
}

#[test]
fn a_box_takes_the_nearest_native_buffer_and_rate_and_says_so_once() {
    let mut player = ready(BoxKind::Nn, "lookback.nm forward 700", 44_100.0, 64);
    let said = notes(&mut player);
    assert!(said.iter().any(|line| line.contains("512")), "{said:?}");
    assert_eq!(player.object.stream_format().expect("a stream").timing.buffer_frames, 512);
    player.send("bufsize", &typed("5000"));
    player.until_ready(PATIENCE).expect("ready");
    assert_eq!(player.object.stream_format().expect("a stream").timing.buffer_frames, 2048);
    assert_eq!(errors(&mut player), [""; 0]);
    for (rate_hz, resampled_to) in
        [(44_100.0, None), (48_000.0, None), (96_000.0, Some(48_000)), (22_050.0, Some(44_100))]
    {
        let player = ready(BoxKind::Nn, "lookback.nm forward 512", rate_hz, 64);
        let plan = player.object.stream_format().expect("a stream").resampling;
        assert_eq!(plan.map(|plan| plan.rates.model_hz), resampled_to, "{rate_hz}");
    }
}

/// `Some` also where it comes late.
fn measured(player: &mut Player) -> (f64, f64) {
    player.send("latency", &typed("measure"));
    let mut told = None;
    player
        .until(PATIENCE, |player| {
            for event in player.take_events() {
                if let Event::Info { selector, atoms } = event
                    && selector == "latency"
                    && atoms.len() > 3
                {
                    told = atoms[3].number().zip(atoms[5].number());
                }
            }
            told.is_some()
        })
        .unwrap_or_else(|error| panic!("{error}"));
    told.expect("a delay and a latency")
}

#[test]
fn what_is_measured_of_an_effect_is_what_it_declares_whatever_its_knobs_are() {
    for (name, rate_hz, declared) in [
        ("old.nm", 48_000.0, 64.0),
        ("echo.nm", 44_100.0, 500.0),
        ("echo.nm", 48_000.0, 500.0 * 48.0 / 44.1),
        ("any.nm", 48_000.0, 0.0),
    ] {
        let mut player = ready(BoxKind::Nn, &format!("{name} forward 512"), rate_hz, 64);
        let latency = latency(&mut player) as f64;
        let (model, total) = measured(&mut player);
        assert!((model - declared).abs() <= 1.0, "{name} at {rate_hz}: {model}");
        assert!((total - latency).abs() <= 1.0, "{name} at {rate_hz}: {total} {latency}");
        // And what a box of another host tells ahead.
        let elsewhere = ready(BoxKind::Nn, &format!("{name} forward 2048"), 96_000.0, 256);
        let host = HostFormat { sample_rate_hz: rate_hz, block_frames: 64 };
        let told = elsewhere.object.latency_of("forward", 512, host);
        assert_eq!(told.map(|frames| frames as f64), Some(latency), "{name} at {rate_hz}");
    }
    // What was set counts: this one lets nothing through.
    let mut player = ready(BoxKind::Nn, "any.nm forward 512", 48_000.0, 64);
    player.send("set", &typed("level 0"));
    player.play(&[vec![0.5; 64 * 40]]);
    player.send("latency", &typed("measure"));
    let mut said = Vec::new();
    let waited = player.until(PATIENCE, |player| {
        said.extend(errors(player));
        !said.is_empty()
    });
    waited.unwrap_or_else(|error| panic!("{error}"));
    assert!(said[0].contains("its own delay is unknown"), "{said:?}");
}

#[test]
fn a_rate_that_is_another_than_the_hosts_is_said_once() {
    for (rate_hz, told) in [(44_100.0, 0), (48_000.0, 0), (96_000.0, 1), (22_050.0, 1)] {
        let mut player = ready(BoxKind::Nn, "lookback.nm forward 512", rate_hz, 64);
        player.send("bufsize", &typed("2048"));
        player.until_ready(PATIENCE).expect("ready");
        let said = notes(&mut player);
        let rates: Vec<_> = said.iter().filter(|line| line.contains("Hz")).collect();
        assert_eq!(rates.len(), told, "{rate_hz}: {said:?}");
        assert!(rates.iter().all(|line| line.contains("it is resampled")), "{said:?}");
        let buffers = said.iter().filter(|line| line.contains("ratios")).count();
        assert_eq!(buffers, 0, "the buffers are the file's: {said:?}");
    }
}

#[test]
fn in_mcs_each_signal_of_an_inlet_is_an_example_with_its_parameters() {
    let mut player = ready(BoxKind::Mcs, "any.nm forward 2 512", 48_000.0, 64);
    assert_eq!((player.object.inlets(), player.object.outlets()), (2, 2));
    let latency = latency(&mut player);
    let (mut input, mut heard) = (Signals::new(2, 3, 64), [Vec::new(), Vec::new()]);
    for example in 0..2 {
        input.channel_mut(example, 0).fill(0.5);
        // Level and offset of this example.
        input.channel_mut(example, 1).fill([0.5, 0.25][example]);
        input.channel_mut(example, 2).fill([0.0, 0.125][example]);
    }
    player.offer_channels(3);
    player.until_ready(PATIENCE).expect("ready");
    for _ in 0..latency / 64 + 64 {
        let mut output = Signals::new(2, 1, 64);
        player.block(&input, &mut output);
        heard.iter_mut().enumerate().for_each(|(example, heard)| heard.extend(output.channel(example, 0)));
    }
    assert_eq!([heard[0].last(), heard[1].last()], [Some(&0.25), Some(&0.25)]);
    assert_eq!(errors(&mut player), [""; 0]);
}

#[test]
fn each_example_has_a_state_of_its_own() {
    let mut player = ready(BoxKind::Mc, "lookback.nm forward 512", 48_000.0, 64);
    player.offer_channels(3);
    player.until_ready(PATIENCE).expect("ready");
    let frames = 64 * 120;
    let latency = latency(&mut player);
    let inputs: Vec<Vec<f32>> = (0..3).map(|n| Tensor::noise(1, 3, frames).channel(0, n).to_vec()).collect();
    let mut heard: Vec<Vec<f32>> = vec![Vec::new(); 3];
    for at in (0..frames).step_by(64) {
        let (mut block, mut output) = (Signals::new(1, 3, 64), Signals::new(1, 3, 64));
        for (channel, lane) in inputs.iter().enumerate() {
            block.channel_mut(0, channel).copy_from_slice(&lane[at..at + 64]);
        }
        player.block(&block, &mut output);
        heard.iter_mut().enumerate().for_each(|(channel, heard)| heard.extend(output.channel(0, channel)));
    }
    for (heard, input) in heard.iter().zip(&inputs) {
        for at in latency + 2048..frames {
            let expected = 0.5 * input[at - latency] + 0.5 * input[at - latency - 1024];
            assert!((heard[at] - expected).abs() < 1e-6, "{at}: {} {expected}", heard[at]);
        }
    }
}

#[test]
fn a_box_goes_from_one_kind_of_model_to_the_other_and_back() {
    let mut player = ready(BoxKind::Nn, "any.nm forward 512", 48_000.0, 64);
    let input = vec![0.5; 64 * 200];
    for (load, last) in [("identity.ts", 0.5), ("old.nm", 0.25), ("any.nm", 0.5), ("identity.ts", 0.5)] {
        player.send("load", &[Atom::symbol(models().join(load).display().to_string())]);
        player.until_ready(PATIENCE).expect("ready");
        let heard = player.play(std::slice::from_ref(&input)).remove(0);
        assert!(heard.iter().all(|sample| sample.is_finite()), "{load}");
        assert_eq!(heard.last(), Some(&last), "{load}");
        let jump = heard.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        assert!(jump < 0.02, "{load}: {jump}");
        assert_eq!(errors(&mut player), [""; 0], "{load}");
    }
}

#[test]
fn reset_goes_back_to_the_state_of_the_file_and_keeps_what_was_set() {
    let mut player = ready(BoxKind::Nn, "old.nm forward 512", 48_000.0, 64);
    player.send("set", &typed("level 1"));
    let play = |player: &mut Player| *player.play(&[vec![0.5; 64 * 100]])[0].last().expect("sound");
    assert_eq!(play(&mut player), 0.5);
    player.send("reset", &[]);
    player.until_ready(PATIENCE).expect("ready");
    assert_eq!(play(&mut player), 0.5);
    player.send("reload", &[]);
    player.until_ready(PATIENCE).expect("ready");
    assert_eq!(play(&mut player), 0.5);
    assert_eq!(errors(&mut player), [""; 0]);
    // What was on its way is not heard: `reload` begins with the delay line of the file.
    for message in ["reset", "reload"] {
        let mut player = ready(BoxKind::Nn, "echo.nm forward 2048", 44_100.0, 64);
        player.send("wet", &typed("1"));
        player.send("dry", &typed("0"));
        let latency = latency(&mut player);
        player.play(&vec![noise(64 * 400); 2]);
        player.send(message, &[]);
        player.until_ready(PATIENCE).expect("ready");
        // Sound up to here fades with the change; then 500 samples of the old line would come.
        let heard = player.play(&vec![vec![0.0; 64 * 400]; 2]).remove(0);
        let loudest = heard[latency + 2048..].iter().fold(0.0f32, |most, sample| most.max(sample.abs()));
        assert_eq!(loudest, 0.0, "{message}");
    }
}

/// Two files of one name: that of nn~ is found first.
#[test]
fn a_name_without_an_ending_means_a_file_of_either_kind() {
    let place = tempfile::tempdir().expect("a folder");
    let copy = |from: &str, to: &str| {
        std::fs::copy(models().join(from), place.path().join(to)).expect("a copy");
    };
    copy("any.nm", "a.nm");
    copy("any.nm", "b.nm");
    copy("identity.ts", "b.ts");
    let folder = place.path().to_owned();
    for (name, inlets) in [("a", 3), ("b", 1), ("b.nm", 3)] {
        let context = host_context(Arc::new(torch_stand::source()), HostMode::Offline);
        let host = HostFormat { sample_rate_hz: 48_000.0, block_frames: 64 };
        let folder = folder.clone();
        let find = move |name: &str| Some(folder.join(name)).filter(|path: &PathBuf| path.is_file());
        let player = Player::new(BoxKind::Nn, context, host, &typed(name), find);
        assert_eq!(player.object.inlets(), inlets, "{name}");
    }
}
