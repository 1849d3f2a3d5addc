//! Models that make whole sounds.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use super::{Folder, noise};

/// More than a busy machine takes to begin.
const PATIENCE: Duration = Duration::from_secs(60);

/// The largest difference of two signals of one length.
fn apart(one: &[f32], two: &[f32]) -> f32 {
    assert_eq!(one.len(), two.len());
    one.iter().zip(two).map(|(one, two)| (one - two).abs()).fold(0.0, f32::max)
}

#[test]
fn words_and_numbers_become_a_file_and_the_same_words_the_same_file() {
    let folder = Folder::new();
    let words = ["render", "chord.nm", "a.wav", "--set", "notes=a c", "--set", "seconds=0", "--json"];
    let render = |output: &str| {
        let mut command = folder.command("");
        command.args(words.map(|word| if word == "a.wav" { output } else { word }));
        let output = command.output().expect("it runs");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON")["files"][0].clone()
    };
    let (one, two) = (render("a.wav"), render("b.wav"));
    assert_eq!((&one["frames"], &one["rate_hz"]), (&4_410.into(), &44_100.into()));
    assert_eq!(one["sha256"], two["sha256"]);
    let sound = folder.read("a.wav");
    // a is in the middle, c left and a quarter of it right: a twelfth of a second holds no more than rounding.
    let sine =
        |hz: f64, level: f64, at: usize| level * (std::f64::consts::TAU * hz * at as f64 / 44_100.0).sin();
    let c_hz = 440.0 * 2.0_f64.powf(-9.0 / 12.0);
    let expected = |c: f64| -> Vec<f32> {
        (0..4_410).map(|at| (sine(220.0, 0.25, at) + sine(c_hz, c, at)) as f32).collect()
    };
    assert!(apart(&sound[0], &expected(0.25)) < 1e-5 && apart(&sound[1], &expected(0.0625)) < 1e-5);
}

#[test]
fn files_that_go_in_are_followed_by_those_that_come_out() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 1_000), noise(2, 1_000)]);
    folder.rendered("mirror.nm in.wav back.wav both.wav --set level=0.5");
    // Two channels become one, as the model takes it.
    let [left, right] = [noise(1, 1_000), noise(2, 1_000)];
    let forwards: Vec<f32> =
        left.iter().zip(&right).map(|(left, right)| 0.5 * ((left + right) / 2.0)).collect();
    let backwards: Vec<f32> = forwards.iter().rev().copied().collect();
    assert!(folder.read("back.wav") == [backwards.clone()]);
    assert!(folder.read("both.wav") == [forwards, backwards]);
    // At the rate that is asked for, as long in time.
    folder.rendered("mirror.nm in.wav -o halves --rate 22050 --format flac");
    assert_eq!(folder.files()[2..4], ["halves/mirror-1.flac", "halves/mirror-2.flac"]);
}

#[test]
fn what_a_generator_does_not_take_is_one_line_and_no_file() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 100)]);
    for (words, code, line) in [
        ("chord.nm in.wav out.wav", 2, "chord.nm takes no sound and makes 1 sound: nn render chord.nm"),
        ("mirror.nm in.wav out.wav", 2, "nn render mirror.nm sound.wav backwards.wav both.wav"),
        ("mirror.nm no.wav a.wav b.wav", 4, "no.wav"),
        ("mirror.nm in.wav a.wav b.wav --seconds 1", 2, "--seconds is for models without input"),
        (
            "chord.nm out.wav --set loud=1",
            1,
            "no parameter 'loud': it has seconds, shape, effort, notes, keys",
        ),
        ("chord.nm out.wav --set shape=round", 1, "shape takes one of steady, fading, not the word round"),
        ("chord.nm out.wav --set seconds=2", 1, "seconds takes a number from 0 to 1, not 2"),
        ("chord.nm out.wav --set seconds", 2, "write NAME=VALUE"),
        ("chord.nm out.wav --tail 1", 2, "--tail: chord.nm makes whole sounds"),
        ("chord.nm gain.ts out.wav", 2, "a generator renders alone"),
        ("chord.nm out.npz", 2, "no format that can be written"),
    ] {
        let ended = folder.render(words);
        assert!(
            ended.code == Some(code) && ended.errors.contains(line),
            "{words}: {:?} {}",
            ended.code,
            ended.errors
        );
        assert_eq!((ended.errors.lines().count(), folder.files()), (1, vec!["in.wav".to_owned()]), "{words}");
    }
}

#[test]
fn a_check_says_of_a_generator_that_loads_what_it_is_and_of_a_broken_one_that_it_is_not_fit() {
    let folder = Folder::new();
    let bytes = std::fs::read(crate::support::model("chord.nm")).expect("a model");
    std::fs::write(folder.at("chord.nm"), &bytes).expect("written");
    let ended = folder.run("check chord.nm");
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""), "{}", ended.text);
    assert!(
        ended.text.starts_with("a generator, and it loads") && ended.text.lines().count() == 1,
        "{}",
        ended.text
    );
    std::fs::write(folder.at("cut.nm"), &bytes[..bytes.len() / 2]).expect("written");
    let ended = folder.run("check cut.nm");
    assert_eq!(
        (ended.code, ended.text.trim_end()),
        (Some(1), "not fit: it cannot be loaded"),
        "{}",
        ended.errors
    );
}

#[test]
#[cfg(unix)]
fn one_that_is_interrupted_leaves_no_file() {
    let folder = Folder::new();
    // Many minutes of work.
    let mut command = folder.command("render chord.nm out.wav --set effort=1 --set seconds=1");
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
    // It listens before it loads anything.
    std::thread::sleep(Duration::from_secs(2));
    let begin = Instant::now();
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    assert!(begin.elapsed() < PATIENCE);
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(folder.files(), [""; 0]);
}
