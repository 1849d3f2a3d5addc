//! Which input is heard at which output.

use crate::{
    rig::Rig,
    stand::{FADE_FRAMES, largest_step, latency, waiting},
};
use nn_core::{
    engine::loader::Loader,
    fake::{Behaviour, FakeModel, FakeSource},
    layout::BoxKind,
    offline::Signals,
};

/// What each outlet plays of a level at each inlet, in the end.
fn levels(rig: &mut Rig, levels: &[f32]) -> Vec<f32> {
    let inputs: Vec<_> = levels.iter().map(|&level| vec![level; 64 * 100]).collect();
    rig.play(&inputs).iter().map(|sound| sound[sound.len() - 1]).collect()
}

fn made(model: FakeModel, messages: &[&str]) -> Rig {
    let mut rig = waiting(FakeSource::new(model), "m forward 256", 64);
    messages.iter().for_each(|message| rig.send(message));
    rig
}

#[test]
fn each_output_has_the_input_of_its_number_and_one_output_the_mean() {
    for (channels, inputs, dry) in [
        ((1, 1), &[0.5][..], &[0.5][..]),
        ((1, 2), &[0.5], &[0.5, 0.5]),
        ((2, 2), &[0.5, -0.25], &[0.5, -0.25]),
        ((2, 1), &[0.5, -0.25], &[0.125]),
        ((3, 4), &[0.5, -0.25, 1.0], &[0.5, -0.25, 1.0, 1.0]),
        ((3, 2), &[0.5, -0.25, 1.0], &[0.5, -0.25]),
    ] {
        let model = FakeModel::new([channels.0, 1, channels.1, 1], Behaviour::Gain);
        let mut rig = made(model, &["wet 0", "dry 1"]);
        assert_eq!(levels(&mut rig, inputs), dry, "{channels:?}");
    }
}

#[test]
fn parameters_are_neither_raised_nor_heard() {
    let model = || FakeModel::new([3, 1, 3, 1], Behaviour::Gain).with_parameters(1);
    // 20 dB are a factor of 10.
    let mut rig = made(model(), &["input_gain 20"]);
    assert_eq!(levels(&mut rig, &[0.5, 0.25, 0.75]), [5.0, 2.5, 0.75]);
    let mut rig = made(model(), &["wet 0", "dry 1"]);
    assert_eq!(levels(&mut rig, &[0.5, 0.25, 0.75]), [0.5, 0.25, 0.25]);
    // One that is not given is no number, which this model answers with: what is heard then is dry.
    let mut rig = made(model(), &["input_gain 20", "dry 1"]);
    assert_eq!(levels(&mut rig, &[0.5, 0.25, f32::NAN]), [5.0, 2.5, 2.5]);
}

#[test]
fn inputs_that_take_classes_are_neither_raised_nor_heard() {
    let model = FakeModel::new([2, 1, 2, 1], Behaviour::Gain).with_input_labels(&["class (0-9)", "audio"]);
    let mut rig = made(model, &["input_gain 20", "dry 1"]);
    assert_eq!(levels(&mut rig, &[3.0, 0.5]), [8.0, 10.0]);
}

#[test]
fn gains_are_in_decibels() {
    let model = || FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_gain(0.5);
    for (messages, heard) in [
        (&["input_gain 20"][..], 5.0),
        (&["output_gain -20"], 0.05),
        (&["input_gain 20", "output_gain -20", "dry 1"], 1.5),
        (&["output_gain -60"], 0.0005),
        (&["output_gain 6.0206"], 1.0),
    ] {
        let is = levels(&mut made(model(), messages), &[1.0])[0];
        assert!((is - heard).abs() < 1e-5 * heard, "{messages:?}: {is}");
    }
}

#[test]
fn examples_keep_to_themselves() {
    let source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
    let mut rig = Rig::of_kind(BoxKind::Mcs, Loader::global(), source, "m forward 3 256", 64, true);
    for message in ["wait 1", "wet 0", "dry 0.5"] {
        rig.send(message);
    }
    let input: Vec<Vec<f32>> =
        (0..3).map(|example| (0..6400).map(|n| (n + example * 10_000) as f32).collect()).collect();
    let heard = rig.play(&input);
    rig.poll();
    let latency = latency(&mut rig);
    for (heard, input) in heard.iter().zip(&input) {
        let half: Vec<f32> = input.iter().map(|sample| sample / 2.0).collect();
        assert_eq!(heard[latency..], half[..half.len() - latency]);
    }
}

/// One sample of the examples of an mc.nn~ after the other, while their number changes.
fn examples_that_change(counts: &[usize]) -> Vec<Vec<f32>> {
    const MOST: usize = 3;
    let source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
    let mut rig = Rig::of_kind(BoxKind::Mc, Loader::global(), source, "m forward 256", 64, true);
    for message in ["wait 1", "wet 0", "dry 1"] {
        rig.send(message);
    }
    let mut heard = vec![Vec::new(); MOST];
    for &count in counts {
        rig.offer_channels(count);
        for _ in 0..100 {
            let mut input = Signals::new(1, count, 64);
            (0..count).for_each(|channel| input.channel_mut(0, channel).fill(1.0));
            let mut output = Signals::new(1, rig.outlet_channels(), 64);
            rig.block(&input, &mut output);
            for (channel, sound) in heard.iter_mut().enumerate() {
                let heard = output.channel(0, channel);
                sound.extend_from_slice(if heard.is_empty() { &[0.0; 64] } else { heard });
            }
            rig.poll();
        }
    }
    assert_eq!(rig.errors(), Vec::<&str>::new());
    heard
}

#[test]
fn examples_that_stay_play_on_and_others_fade() {
    let heard = examples_that_change(&[1, 3, 2, 3]);
    let at = |example: usize, change: usize| heard[example][(change + 1) * 6400 - 1];
    assert!(heard[0][1000..].iter().all(|&s| s == 1.0), "the first one has no gap");
    assert_eq!([at(1, 0), at(1, 1), at(1, 2), at(1, 3)], [0.0, 1.0, 1.0, 1.0]);
    assert_eq!([at(2, 0), at(2, 1), at(2, 2), at(2, 3)], [0.0, 1.0, 0.0, 1.0]);
    for (example, sound) in heard.iter().enumerate().skip(1) {
        let step = largest_step(&sound[1000..]);
        assert!(step < 1.1 / FADE_FRAMES as f32, "example {example}: a click of {step}");
    }
}
