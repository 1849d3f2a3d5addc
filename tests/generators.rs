//! Generators in both Pds: into arrays that the patch plays from, the same sound as without a host.

mod support;

use std::{
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use nn_core::{
    formats::FORMATS,
    generation::{Commission, Generation, GivenSound, SoundPart},
    generator::Settings,
    model::{ModelLocation, ModelSource},
    value::{SoundBuffer, Value},
};
use support::{
    model,
    patch::escaped,
    probe::{Asked, BOTH, Probe},
};

const SEED: u64 = 7;

fn boxed(name: &str) -> String {
    format!("nn~ {}", escaped(&model(name).display().to_string()))
}

/// Sends messages to a box beside arrays that are played, with the sound on.
fn play(
    asked: Asked,
    folder: &Path,
    text: &str,
    messages: &[&str],
    awaited: &[(usize, &str, &str)],
) -> Vec<Vec<String>> {
    let objects = [
        "array define out 10",
        "array define left 10",
        "array define right 200000",
        "array define in 10",
        // Their size changes what Pd plays.
        "tabplay~ out",
        "tabread4~ left",
    ];
    Probe { text, objects: &objects, outlets: &["told"], messages, awaited, ..Probe::default() }
        .ask(asked, folder)
}

/// What Pd writes of an array.
fn samples(file: &Path) -> Vec<f32> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.split_whitespace().map(|number| number.parse().expect("a number")).collect()
}

/// The sounds of a generator without a host.
fn made(name: &str, set: &[(&str, Value)], sounds: Vec<GivenSound>) -> Vec<SoundBuffer> {
    let location = ModelLocation::from(model(name));
    let mut settings = Settings::new(&FORMATS.describe(&location).expect("a model"));
    for (name, value) in set {
        settings.set(name, std::slice::from_ref(value)).expect("a parameter");
    }
    let (source, rates_hz, seed) = (Arc::new(FORMATS), vec![44_100; 2], Some(SEED));
    let generation =
        Generation::begin(Commission { source, location, settings, sounds, seconds: None, rates_hz, seed });
    loop {
        if let Some(generated) = generation.take() {
            return generated.sounds.expect("sounds");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// Pd writes six digits.
fn close(written: &[f32], sound: &[f32]) -> bool {
    written.len() == sound.len() && written.iter().zip(sound).all(|(a, b)| (a - b).abs() < 2e-6)
}

fn told<'a>(said: &'a [String], word: &str) -> Vec<&'a str> {
    let prefix = format!("told: {word} ");
    said.iter().filter_map(|line| line.strip_prefix(&prefix)).collect()
}

#[test]
fn a_chord_is_rendered_into_arrays_that_are_played() {
    for asked in BOTH {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name);
        let write = |name: &str| format!(r"\; {name} write {}", escaped(&file(name).display().to_string()));
        let (left, right, out) = (write("left"), write("right"), write("out"));
        let seed = format!("seed {SEED}");
        let messages = [
            r"\; pd dsp 1",
            &seed,
            "set notes c e g",
            "get notes",
            "render left right",
            &left,
            &right,
            "render out",
            &out,
            "render nowhere",
            "bang",
        ];
        let awaited = [(4, "told", "rendered"), (7, "told", "rendered"), (9, "told", "error")];
        let said = play(asked, folder.path(), &boxed("chord.nm"), &messages, &awaited);
        let what = format!("{asked:?}: {said:#?}");
        let chord = made("chord.nm", &[("notes", Value::String("c e g".into()))], Vec::new());
        let frames = chord[0].frames();
        assert_eq!(told(&said[4], "notes"), ["c e g"], "{what}");
        for (step, arrays) in [(5, &["left", "right"][..]), (8, &["out"])] {
            let wanted: Vec<_> = arrays.iter().map(|name| format!("{name} {frames} 44100")).collect();
            assert_eq!(
                [told(&said[step], "rendered"), told(&said[step + 1], "rendered")].concat(),
                wanted,
                "{what}"
            );
        }
        let mean = chord[0].clone().with_channels(1).expect("one").samples;
        for (name, sound) in [("left", chord[0].channel(0)), ("right", chord[0].channel(1)), ("out", &mean)] {
            assert!(close(&samples(&file(name)), sound), "{asked:?} {name}");
        }
        let all: Vec<_> = said[5..].concat();
        assert!(told(&all, "render_progress").contains(&"100"), "{what}");
        assert_eq!(told(&all, "kind"), ["gen"], "{what}");
        let errors: Vec<_> = all.iter().filter(|line| line.contains("told: error")).collect();
        assert!(errors.len() == 1 && errors[0].contains("there is no array 'nowhere'"), "{what}");
    }
}

#[test]
fn a_sound_of_the_patch_comes_back_in_several_arrays() {
    for asked in BOTH {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name);
        let write = |name: &str| format!(r"\; {name} write {}", escaped(&file(name).display().to_string()));
        let (left, right, out) = (write("left"), write("right"), write("out"));
        let messages = [
            r"\; in 0 0.5 -0.25 0.125 1",
            "render in left right out",
            &left,
            &right,
            &out,
            "render in",
            "latency",
        ];
        let awaited = [(1, "told", "rendered"), (6, "told", "error")];
        let said = play(asked, folder.path(), &boxed("mirror.nm"), &messages, &awaited);
        let what = format!("{asked:?}: {said:#?}");
        let mut samples_in = vec![0.0; 10];
        samples_in[..4].copy_from_slice(&[0.5, -0.25, 0.125, 1.0]);
        let part = SoundPart { channels: vec![samples_in], sample_rate_hz: 44_100 };
        let sound = GivenSound { name: "in".into(), parts: vec![part], channels: 1 };
        let made = made("mirror.nm", &[], vec![sound]);
        for (name, sound) in
            [("left", made[0].channel(0)), ("right", made[1].channel(0)), ("out", made[1].channel(1))]
        {
            assert!(close(&samples(&file(name)), sound), "{name}: {what}");
        }
        for line in [
            "mirror.nm takes 1 sound and makes 2 sounds: type render IN OUT1 OUT2",
            "latency: mirror.nm makes whole",
        ] {
            assert!(said.iter().flatten().any(|said| said.contains(line)), "{line}: {what}");
        }
    }
}

#[test]
fn a_rendering_is_cancelled_and_a_patch_that_quits_does_not_wait_for_it() {
    for asked in BOTH {
        let folder = tempfile::tempdir().expect("a folder");
        // A minute of sound, each part of it made 201 times.
        let messages =
            ["set seconds 1", "set effort 1", "render out", "cancel render", "render left", "bang"];
        let awaited = [(2, "told", "render_progress"), (4, "told", "render_progress")];
        let begin = Instant::now();
        let said = play(asked, folder.path(), &boxed("chord.nm"), &messages, &awaited);
        assert!(begin.elapsed() < Duration::from_secs(60), "{asked:?}: {:?}", begin.elapsed());
        assert!(said[4].contains(&"told: cancelled render".to_owned()), "{asked:?}: {said:#?}");
        assert!(said.iter().flatten().all(|line| !line.contains("error")), "{asked:?}: {said:#?}");
        assert!(said.iter().flatten().all(|line| !line.contains("rendered")), "{asked:?}: {said:#?}");
    }
}
