//! The files that users have: the small ones under the names of the boxes, the core and libtorch behind them, with models
//! of the project.
#![cfg(target_os = "linux")]
#![allow(unsafe_code)] // Sets an environment variable.

use std::path::{Path, PathBuf};

use max_host::{Atom, Format, Max, Patched};

const FORMAT: Format = Format { rate_hz: 44_100.0, vector_frames: 64 };

/// The externals, as `cargo xtask build` leaves them.
fn built() -> PathBuf {
    let executable = std::env::current_exe().expect("a test has an executable");
    let folder = executable.ancestors().nth(3).expect("target/<profile>/deps").join("max");
    assert!(folder.is_dir(), "{} is missing: run `cargo xtask build`", folder.display());
    folder
}

fn external(package: &Path, name: &str) -> PathBuf {
    let ending = format!("mxl_{}", std::env::consts::ARCH);
    package.join("externals").join(format!("{name}.{ending}"))
}

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

fn max() -> Max {
    let max = Max::start();
    if !max.has_class("nn~") {
        // For the test's own calls: the library that the boxes use.
        let backend = built().join("support/libnn_torch.so");
        // SAFETY: one test at a time, and before any thread of the externals.
        unsafe { std::env::set_var("NN_TORCH_BACKEND", backend) };
        for name in ["mcs.nn~", "nn~", "mc.nn~", "nn.info"] {
            max.load(&external(&built(), name));
            assert!(max.has_class(name), "{name}: {:?}", max.console());
        }
    }
    max.search(&models());
    max
}

fn loaded(max: &Max, text: &str) -> Patched {
    let nn = max.create(text);
    max.send(nn, "wait 1");
    max.until("loaded 1", |max| max.told(nn).iter().any(|told| told == "loaded 1"));
    nn
}

fn noise(channels: usize, frames: usize) -> Vec<Vec<f64>> {
    let sample = |c: usize, n: usize| ((n * 7919 + c * 104_729) % 2003) as f64 / 2048.0 - 0.48828125;
    (0..channels).map(|c| (0..frames).map(|n| sample(c, n)).collect()).collect()
}

#[test]
fn real_models_play_exactly_through_all_audio_boxes() {
    let max = max();
    for (text, widths) in [
        ("nn~ multi swap 64", vec![1, 1]),
        ("mc.nn~ multi swap 64", vec![1, 1]),
        ("mc.nn~ multi swap 64", vec![3, 3]),
        ("mc.nn~ multi swap 64", vec![8, 8]),
        ("mcs.nn~ multi swap 1 64", vec![2]),
        ("mcs.nn~ multi swap 3 64", vec![2, 2, 2]),
        ("mcs.nn~ multi swap 8 64", vec![2; 8]),
    ] {
        let nn = loaded(&max, text);
        widths.iter().enumerate().for_each(|(inlet, &width)| max.wire(nn, inlet, width));
        max.audio_on(FORMAT);
        max.pass(50);
        max.audio_on(FORMAT);
        let lanes: usize = widths.iter().sum();
        let input = noise(lanes, 6400);
        let wet = max.play(nn, &input);
        assert_eq!(wet.len(), lanes, "{text}");
        // The model swaps its two channels: those of one example, wherever they are.
        let other = |lane: usize| if text.starts_with("mcs") { lane ^ 1 } else { (lane + lanes / 2) % lanes };
        for (lane, wet) in wet.iter().enumerate() {
            let differs = wet[64..].iter().zip(&input[other(lane)]).position(|(wet, dry)| wet != dry);
            assert_eq!(differs, None, "{text}, lane {lane}: first sample that differs");
        }
        max.delete(nn);
        max.forget();
    }
}

#[test]
fn a_codec_plays_as_when_it_is_called_directly() {
    let max = max();
    let nn = loaded(&max, "nn~ codec forward 2048");
    max.wire(nn, 0, 1);
    max.audio_on(FORMAT);
    let frames = 2048 * 20;
    let input = noise(1, frames);
    let wet = max.play(nn, &input).remove(0);
    let direct = direct(&input[0], 2048);
    let latency = 2048 - 64 + 2048;
    // What this project's own convolutions may round otherwise (`tests/equality.rs`).
    let near = 1e-4 * direct.iter().fold(0.0_f32, |loudest, s| loudest.max(s.abs()));
    let differs = wet[latency..].iter().zip(&direct).position(|(wet, dry)| (*wet as f32 - dry).abs() > near);
    assert_eq!(differs, None, "first sample that differs");
    assert!(direct.iter().any(|s| s.abs() > 1e-3));
}

/// The codec, called without any host and without this project's C++.
fn direct(input: &[f64], buffer: usize) -> Vec<f32> {
    let mut model = nn_oracle::load(&models().join("codec.ts"));
    let mut output = Vec::new();
    for block in input.chunks_exact(buffer) {
        let samples = block.iter().map(|&s| s as f32).collect();
        let answer = model.run("forward", &nn_oracle::Tensor { samples, shape: vec![1, 1, buffer] });
        let answer = answer.expect("a run");
        assert_eq!(answer.shape, [1, 1, buffer]);
        output.extend(answer.samples);
    }
    output
}

#[test]
fn attributes_of_a_real_model_are_set_and_read() {
    let max = max();
    let nn = loaded(&max, "nn~ gain forward 64");
    max.forget();
    for message in [
        "set gain 0.25",
        "get gain",
        "set range -1 0.5",
        "get range",
        "set mode square",
        "get mode",
        "set muted on",
        "get muted",
    ] {
        max.send(nn, message);
    }
    max.until("four answers", |max| max.told(nn).len() >= 4);
    assert_eq!(max.told(nn), ["gain 0.25", "range -1 0.5", "mode square", "muted 1"]);
    let words: Vec<String> = max.value_of(nn).iter().map(ToString::to_string).collect();
    assert_eq!(words.join(" "), "gain 1 0.25 range 2 -1 0.5 mode 1 square muted 1 1");
}

#[test]
fn nn_info_describes_a_real_model() {
    let max = max();
    let info = max.create("nn.info codec @dict codec");
    max.send(info, "dump");
    max.until("the dictionary", |max| max.shown("codec").is_some());
    let shown = max.shown("codec").expect("it is there");
    assert!(shown.contains("encode: {") && shown.contains("channels_in: 1"), "{shown}");
    max.pass(10);
}

#[test]
fn a_core_that_is_missing_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let max = Max::start();
    std::fs::create_dir(folder.path().join("externals")).expect("a folder");
    let stub = external(folder.path(), "nn~");
    std::fs::copy(external(&built(), "nn~"), &stub).expect("a copy");
    max.load(&stub);
    let errors = max.errors();
    assert!(errors.len() == 1 && errors[0].contains("libnn_max.so is missing"), "{errors:?}");
}

#[test]
fn buffers_are_values_of_attributes_and_are_followed() {
    let max = max();
    max.buffer("sound", 2, 44_100.0, vec![0.25, 9.0, 0.5, 9.0, 0.75, 9.0]);
    let nn = loaded(&max, "nn~ gain forward 64 @track_buffers 1");
    assert_eq!(max.attribute(nn, "track_buffers").map(|value| value[0].to_string()).as_deref(), Some("1"));
    max.forget();
    max.send(nn, "set curve sound");
    max.send(nn, "get curve");
    max.until("the first channel", |max| max.told(nn) == ["curve 0.25 0.5 0.75"]);
    max.forget();
    max.write_buffer("sound", vec![0.125, 9.0, 1.0, 9.0]);
    max.pass(200);
    max.send(nn, "get curve");
    max.until("what it holds now", |max| max.told(nn).contains(&"curve 0.125 1".to_owned()));
    max.forget();
    max.array("numbers", &[Atom::Int(1), Atom::Float(0.5)]);
    max.send(nn, "set curve numbers");
    max.send(nn, "get curve");
    max.until("the array", |max| max.told(nn) == ["curve 1 0.5"]);
    max.forget();
    max.send(nn, "set curve nowhere");
    max.until("an error", |max| !max.errors().is_empty());
    assert!(
        max.errors()[0].contains("there is no array 'nowhere': make one with [buffer~ NAME 1000]"),
        "{:?}",
        max.errors()
    );
}

#[test]
fn a_generator_renders_into_buffers_and_says_so() {
    let max = max();
    max.buffer("out", 1, 48_000.0, vec![0.0; 10]);
    max.buffer("in", 1, 44_100.0, vec![0.5, -0.25, 0.125, 1.0]);
    max.buffer("back", 2, 44_100.0, vec![0.0; 4]);
    let nn = max.create("nn~ chord.nm");
    max.until("loaded 1", |max| max.told(nn).iter().any(|told| told == "loaded 1"));
    ["set notes c e g", "set seconds 0", "render out"].iter().for_each(|message| max.send(nn, message));
    max.until("rendered", |max| max.told(nn).iter().any(|told| told == "rendered out 4800 48000"));
    assert_eq!((max.buffer_channels("out"), max.buffer_samples("out").len()), (2, 9600));
    assert!(max.buffer_samples("out").iter().any(|sample| sample.abs() > 0.1));
    assert!(max.told(nn).iter().any(|told| told == "render_progress 100"), "{:?}", max.told(nn));
    let mirror = max.create("nn~ mirror.nm");
    max.until("loaded 1", |max| max.told(mirror).iter().any(|told| told == "loaded 1"));
    max.send(mirror, "render in back out");
    max.until("rendered", |max| max.told(mirror).iter().any(|told| told == "rendered out 4 48000"));
    // At 48 kHz, four samples are four; a buffer~ of 44.1 kHz keeps them as they are.
    assert_eq!(
        (max.buffer_channels("back"), &max.buffer_samples("back")[..]),
        (1, &[1.0, 0.125, -0.25, 0.5][..])
    );
    max.forget();
    for (message, line) in [
        (
            "render nowhere back out",
            "nn~: render: there is no array 'nowhere': make one with [buffer~ NAME 1000]",
        ),
        (
            "render in back nowhere",
            "nn~: render: there is no array 'nowhere': make one with [buffer~ NAME 1000], or",
        ),
        ("render in", "nn~: render: mirror.nm takes 1 sound and makes 2 sounds: type render IN OUT1 OUT2"),
    ] {
        max.forget();
        max.send(mirror, message);
        max.until("an error", |max| !max.errors().is_empty());
        assert!(max.errors()[0].starts_with(line), "{:?}", max.errors());
    }
    max.forget();
    ["set seconds 1", "render out", "cancel render"].iter().for_each(|message| max.send(nn, message));
    max.until("cancelled", |max| max.told(nn).iter().any(|told| told == "cancelled render"));
    assert_eq!(max.errors(), Vec::<String>::new());
    max.delete(nn);
    max.delete(mirror);
    assert_eq!((max.references(nn), max.references(mirror)), (0, 0));
}
