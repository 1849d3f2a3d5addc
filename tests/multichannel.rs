//! `[nn~ -m]`: all channels of a model in one signal.

mod support;

use std::path::Path;

use support::{deinterleave, host::Host, model, noise, patch::Patch, read_raw};

/// Latency of a box with a buffer of 64 in blocks of 64.
const LATENCY: usize = 64;

/// A box between as many inputs and outputs of the sound card.
fn patch(folder: &Path, arguments: &str, inputs: usize, outputs: usize) -> std::path::PathBuf {
    let mut patch = Patch::new();
    let channels = |n: usize| (1..=n).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
    let adc = patch.object(&format!("adc~ {}", channels(inputs)));
    let dac = patch.object(&format!("dac~ {}", channels(outputs)));
    let (join, part) =
        (patch.object(&format!("snake~ in {inputs}")), patch.object(&format!("snake~ out {outputs}")));
    let nn = patch.object(&format!("nn~ {arguments}"));
    for inlet in 0..inputs {
        patch.connect(adc, inlet, join, inlet);
    }
    patch.connect(join, 0, nn, 0);
    patch.connect(nn, 0, part, 0);
    for outlet in 0..outputs {
        patch.connect(part, outlet, dac, outlet);
    }
    let (control, told) = (patch.object("r control"), patch.object("s told"));
    patch.connect(control, 0, nn, 0);
    patch.connect(nn, 1, told, 0);
    let file = folder.join("multichannel.pd");
    patch.write(&file);
    file
}

/// What comes out, the latency taken off, after these lines to the host.
fn play(arguments: &str, inputs: usize, outputs: usize, lines: &[&str]) -> (Vec<Vec<f32>>, Vec<Vec<f32>>) {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["multi", "gain", "features"] {
        std::fs::copy(model(name), folder.path().join(name).with_extension("ts")).expect("a copy");
    }
    let file = patch(folder.path(), arguments, inputs, outputs);
    let (sound, recording) = (folder.path().join("in.raw"), folder.path().join("out.raw"));
    let dry: Vec<Vec<f32>> = (0..inputs).map(|seed| noise(seed as u64 + 1, 64 * 200)).collect();
    let interleaved: Vec<u8> =
        (0..64 * 200).flat_map(|n| dry.iter().flat_map(move |lane| lane[n].to_le_bytes())).collect();
    std::fs::write(&sound, interleaved).expect("a file");
    let mut host = Host::new(inputs, outputs);
    host.line("listen told")
        .line(format!("open \"{}\"", file.display()))
        .line("message control wait 1")
        .line("dsp 1");
    host.line("run 1");
    for line in lines {
        host.line(line);
    }
    host.line("run 300").line(format!("input \"{}\"", sound.display()));
    host.line(format!("output \"{}\"", recording.display())).line("run 200");
    assert_eq!(host.run().errors(), Vec::<&str>::new(), "{arguments}");
    let wet = deinterleave(&read_raw(&recording), outputs);
    (dry, wet.into_iter().map(|lane| lane[LATENCY..].to_vec()).collect())
}

/// Fails without printing thousands of samples.
fn assert_delayed(wet: &[f32], dry: &[f32], what: &str) {
    let differs = wet.iter().zip(dry).position(|(wet, dry)| wet != dry);
    assert_eq!(differs, None, "{what}: first sample that differs");
    assert!(wet.len() + LATENCY == dry.len() && dry.iter().any(|&s| s != 0.0), "{what}");
}

#[test]
fn every_channel_arrives_in_its_place() {
    // The model swaps its two channels.
    let (dry, wet) = play("-m multi swap 64", 2, 2, &[]);
    for (one, other) in [(0, 1), (1, 0)] {
        assert_delayed(&wet[one], &dry[other], &format!("channel {one}"));
    }
}

#[test]
fn fewer_channels_than_the_model_s_are_repeated_in_turn_and_more_are_not_heard() {
    let (dry, wet) = play("-m multi swap 64", 1, 2, &[]);
    assert_delayed(&wet[0], &dry[0], "repeated");
    assert_delayed(&wet[1], &dry[0], "repeated");
    let (dry, wet) = play("-m multi swap 64", 3, 2, &[]);
    assert_delayed(&wet[0], &dry[1], "of three");
    assert_delayed(&wet[1], &dry[0], "of three");
}

#[test]
fn the_outlet_has_as_many_channels_as_the_model_after_a_load_too() {
    let (dry, wet) = play("-m gain forward 64", 2, 2, &["message control load multi swap"]);
    assert_delayed(&wet[0], &dry[1], "two after one");
    assert_delayed(&wet[1], &dry[0], "two after one");
    let (dry, wet) = play("-m multi swap 64", 2, 2, &["message control load gain forward"]);
    assert_delayed(&wet[0], &dry[0], "one after two");
    assert!(wet[1].iter().all(|&s| s == 0.0), "the second channel is gone");
}
