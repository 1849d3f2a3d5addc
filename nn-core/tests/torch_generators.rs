//! Generators of Neutone: whole sounds from an order, how far they are, and how they stop.
#![cfg(feature = "torch")]

mod torch_stand;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use nn_core::{
    generator::{GenerateError, Generator, Settings},
    model::{ModelLocation, ModelSource},
    value::{SoundBuffer, Value},
};
use torch_stand::{Tensor, models};

const RATE_HZ: u32 = 44_100;
const PATIENCE: Duration = Duration::from_secs(60);

fn generator(name: &str) -> Box<dyn Generator> {
    let model = torch_stand::source().load(&ModelLocation::from(models().join(name)));
    let model = model.unwrap_or_else(|error| panic!("{name}: {error}"));
    model.generator().expect("a generator").unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn word(text: &str) -> Vec<Value> {
    vec![Value::String(text.into())]
}

/// How much of a frequency a channel holds, 1 for a sine of 1.
fn level(samples: &[f32], hz: f64) -> f64 {
    let turn = std::f64::consts::TAU * hz / f64::from(RATE_HZ);
    let (mut real, mut imaginary) = (0.0, 0.0);
    for (at, &sample) in samples.iter().enumerate() {
        real += f64::from(sample) * (turn * at as f64).cos();
        imaginary += f64::from(sample) * (turn * at as f64).sin();
    }
    2.0 * f64::hypot(real, imaginary) / samples.len() as f64
}

#[test]
fn words_tokens_choices_and_numbers_reach_the_code_of_a_generator() {
    let mut chord = generator("chord.nm");
    let mut settings = Settings::new(chord.spec());
    let made = chord.generate(&settings.order(RATE_HZ, Vec::new(), 0)).expect("a chord");
    let [sound] = &made[..] else { panic!("{} sounds", made.len()) };
    assert_eq!((sound.channels, sound.samples.len(), sound.sample_rate_hz), (2, 2 * 44_100, RATE_HZ));
    // As its file begins: a c e, each a third of a half.
    let left = &sound.samples[..44_100];
    for (hz, wanted) in [(220.0, 0.5 / 3.0), (261.626, 0.5 / 3.0), (329.628, 0.125 / 3.0), (293.665, 0.0)] {
        assert!((level(left, hz) - wanted).abs() < 0.005, "{hz} Hz: {}", level(left, hz));
    }
    settings.set("notes", &[]).expect("no words");
    settings.set("keys", &[Value::Float(69.0)]).expect("a key");
    settings.set("seconds", &[Value::Float(0.0)]).expect("a length");
    settings.set("shape", &word("fading")).expect("a shape");
    let mut chord = generator("chord.nm");
    let made = chord.generate(&settings.order(RATE_HZ, Vec::new(), 0)).expect("a note");
    let left = &made[0].samples[..4_410];
    assert_eq!(made[0].samples.len(), 2 * 4_410);
    let loudest = |part: &[f32]| part.iter().fold(0.0, |most: f32, sample| most.max(sample.abs()));
    assert!(loudest(&left[..200]) > 0.45 && loudest(&left[4_310..]) < 0.02, "it fades");
}

#[test]
fn sounds_go_in_and_come_out_as_many_as_the_file_says() {
    let mut mirror = generator("mirror.nm");
    let spec = mirror.spec();
    assert_eq!(
        spec.sounds.outputs.iter().map(|sound| sound.label.as_str()).collect::<Vec<_>>(),
        ["backwards", "both"]
    );
    let mut settings = Settings::new(spec);
    settings.set("level", &[Value::Float(0.5)]).expect("a level");
    let samples = Tensor::noise(1, 1, 1_000).samples;
    let sound = SoundBuffer { channels: 1, samples: samples.clone(), sample_rate_hz: RATE_HZ };
    let made = mirror.generate(&settings.order(RATE_HZ, vec![sound], 0)).expect("two sounds");
    let forwards: Vec<f32> = samples.iter().map(|sample| 0.5 * sample).collect();
    let backwards: Vec<f32> = forwards.iter().rev().copied().collect();
    assert_eq!(made[0].samples, backwards);
    assert_eq!((made[1].channels, &made[1].samples), (2, &[forwards, backwards].concat()));
    // Without its sound its code raises, and plays on.
    let error = mirror.generate(&settings.order(RATE_HZ, Vec::new(), 0)).expect_err("no sound");
    assert!(matches!(&error, GenerateError::Threw { what } if what.contains("takes 1 sounds")), "{error}");
}

/// A chord that takes minutes.
fn long_order(chord: &dyn Generator) -> nn_core::generator::Order {
    let mut settings = Settings::new(chord.spec());
    settings.set("effort", &[Value::Float(1.0)]).expect("an effort");
    settings.set("seconds", &[Value::Float(1.0)]).expect("a length");
    settings.order(RATE_HZ, Vec::new(), 0)
}

#[test]
fn it_says_how_far_it_is_and_stops_when_it_is_told_from_another_thread() {
    let mut chord = generator("chord.nm");
    let (watch, order) = (chord.progress().expect("a watch"), long_order(&*chord));
    assert_eq!(watch.percent(), Some(0.0));
    let ended = Arc::new(AtomicBool::new(false));
    let said = ended.clone();
    let work = thread::spawn(move || {
        let made = chord.generate(&order).map(|made| made.len());
        said.store(true, Relaxed);
        made
    });
    let begin = Instant::now();
    let mut before = 0.0;
    while before <= 0.0 {
        let percent = watch.percent().expect("it tells");
        assert!(percent >= before && begin.elapsed() < PATIENCE, "{percent}");
        before = percent;
        thread::sleep(Duration::from_millis(5));
    }
    while !ended.load(Relaxed) {
        watch.stop();
        assert!(begin.elapsed() < PATIENCE, "it stops");
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(work.join().expect("no panic"), Err(GenerateError::Stopped));
}

#[test]
fn a_generator_that_was_stopped_leaves_others_of_its_file_alone() {
    let model =
        torch_stand::source().load(&ModelLocation::from(models().join("chord.nm"))).expect("it loads");
    let first = model.generator().expect("a generator").expect("a copy");
    first.progress().expect("a watch").stop();
    let mut second = model.generator().expect("a generator").expect("a copy");
    let settings = Settings::new(second.spec());
    assert!(second.generate(&settings.order(RATE_HZ, Vec::new(), 0)).is_ok());
}
