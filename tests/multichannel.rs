//! Signals of several channels: `[nn~ -m]` with all channels of a model in one, `[mc.nn~]` with one example in each,
//! `[mcs.nn~]` with one example at each inlet.

mod support;

use std::path::Path;

use nn_core::engine::noise::noise;
use support::{
    deinterleave, direct, host::Host, model, patch::Patch, read_raw, session::Player, stage::Stage,
};

/// Latency of a box with a buffer of 64 in blocks of 64.
const LATENCY: usize = 64;

/// A box with several inlets and outlets, each with a signal of as many channels, at the sound card one after the other.
fn wide_patch(folder: &Path, text: &str, inlets: &[usize], outlets: &[usize]) -> std::path::PathBuf {
    let mut patch = Patch::new();
    let channels = |n: usize| (1..=n).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
    let adc = patch.object(&format!("adc~ {}", channels(inlets.iter().sum())));
    let dac = patch.object(&format!("dac~ {}", channels(outlets.iter().sum())));
    let nn = patch.object(text);
    let mut from = 0;
    for (inlet, &count) in inlets.iter().enumerate() {
        let join = patch.object(&format!("snake~ in {count}"));
        for channel in 0..count {
            patch.connect(adc, from + channel, join, channel);
        }
        from += count;
        patch.connect(join, 0, nn, inlet);
    }
    let mut to = 0;
    for (outlet, &count) in outlets.iter().enumerate() {
        let part = patch.object(&format!("snake~ out {count}"));
        patch.connect(nn, outlet, part, 0);
        for channel in 0..count {
            patch.connect(part, channel, dac, to + channel);
        }
        to += count;
    }
    let (control, told) = (patch.object("r control"), patch.object("s told"));
    patch.connect(control, 0, nn, 0);
    patch.connect(nn, outlets.len(), told, 0);
    let file = folder.join("wide.pd");
    patch.write(&file);
    file
}

/// Plays noise through a box with these channels at its inlets and outlets, after these lines to the host: what went in,
/// and what came out with the latency taken off.
fn play(text: &str, inlets: &[usize], outlets: &[usize], lines: &[&str]) -> (Vec<Vec<f32>>, Vec<Vec<f32>>) {
    let (errors, dry, wet) = play_with_errors(text, inlets, outlets, lines);
    assert_eq!(errors, Vec::<String>::new(), "{text}");
    (dry, wet)
}

/// The same, and what the console says is wrong.
fn play_with_errors(
    text: &str,
    inlets: &[usize],
    outlets: &[usize],
    lines: &[&str],
) -> (Vec<String>, Vec<Vec<f32>>, Vec<Vec<f32>>) {
    let (errors, dry, recorded) = record(text, inlets, outlets, lines, "1");
    (errors, dry, recorded.into_iter().map(|lane| lane[LATENCY..].to_vec()).collect())
}

/// Ticks of silence before the noise, beside those of the lines.
const LEAD_TICKS: usize = 1 + 300;

/// The same as it was recorded, from the first sample of noise on; with this project's own convolutions (`"1"`) or
/// libtorch's.
fn record(
    text: &str,
    inlets: &[usize],
    outlets: &[usize],
    lines: &[&str],
    optimise: &str,
) -> (Vec<String>, Vec<Vec<f32>>, Vec<Vec<f32>>) {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["multi", "gain", "delay", "codec"] {
        std::fs::copy(model(name), folder.path().join(name).with_extension("ts")).expect("a copy");
    }
    let (inputs, outputs) = (inlets.iter().sum(), outlets.iter().sum());
    let file = wide_patch(folder.path(), text, inlets, outlets);
    let (sound, recording) = (folder.path().join("in.raw"), folder.path().join("out.raw"));
    let dry: Vec<Vec<f32>> = (0..inputs).map(|seed| noise(seed as u64 + 1, 64 * 200)).collect();
    let interleaved: Vec<u8> =
        (0..64 * 200).flat_map(|n| dry.iter().flat_map(move |lane| lane[n].to_le_bytes())).collect();
    std::fs::write(&sound, interleaved).expect("a file");
    let mut host = Host::new(inputs, outputs);
    host.environment("NN_OPTIMISE", optimise).line("listen told");
    host.line(format!("open \"{}\"", file.display()))
        .line("message control wait 1")
        .line("dsp 1")
        .line("run 1");
    for line in lines {
        host.line(line);
    }
    host.line(format!("run {}", LEAD_TICKS - 1)).line(format!("input \"{}\"", sound.display()));
    host.line(format!("output \"{}\"", recording.display())).line("run 200");
    let heard = host.run();
    let errors: Vec<_> = heard.errors().into_iter().map(str::to_owned).collect();
    (errors, dry, deinterleave(&read_raw(&recording), outputs))
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
    let (dry, wet) = play("nn~ -m multi swap 64", &[2], &[2], &[]);
    for (one, other) in [(0, 1), (1, 0)] {
        assert_delayed(&wet[one], &dry[other], &format!("channel {one}"));
    }
}

#[test]
fn fewer_channels_than_the_model_s_are_repeated_in_turn_and_more_are_not_heard() {
    let (dry, wet) = play("nn~ -m multi swap 64", &[1], &[2], &[]);
    assert_delayed(&wet[0], &dry[0], "repeated");
    assert_delayed(&wet[1], &dry[0], "repeated");
    let (dry, wet) = play("nn~ -m multi swap 64", &[3], &[2], &[]);
    assert_delayed(&wet[0], &dry[1], "of three");
    assert_delayed(&wet[1], &dry[0], "of three");
}

#[test]
fn the_outlet_has_as_many_channels_as_the_model_after_a_load_too() {
    let (dry, wet) = play("nn~ -m gain forward 64", &[2], &[2], &["message control load multi swap"]);
    assert_delayed(&wet[0], &dry[1], "two after one");
    assert_delayed(&wet[1], &dry[0], "two after one");
    let (dry, wet) = play("nn~ -m multi swap 64", &[2], &[2], &["message control load gain forward"]);
    assert_delayed(&wet[0], &dry[0], "one after two");
    assert!(wet[1].iter().all(|&s| s == 0.0), "the second channel is gone");
}

#[test]
fn mc_boxes_carry_one_example_in_each_channel() {
    for examples in [1, 2, 3, 8] {
        let widths = [examples, examples];
        let (dry, wet) = play("mc.nn~ multi swap 64", &widths, &widths, &[]);
        for example in 0..examples {
            // Lanes: first all examples of the first channel, then those of the second, which are swapped.
            assert_delayed(&wet[example], &dry[examples + example], "first outlet");
            assert_delayed(&wet[examples + example], &dry[example], "second outlet");
        }
    }
}

#[test]
fn missing_channels_of_mc_boxes_are_silence() {
    let (dry, wet) = play("mc.nn~ multi swap 64", &[3, 1], &[3, 3], &[]);
    assert_delayed(&wet[0], &dry[3], "the one channel of the second inlet");
    assert!(wet[1].iter().chain(&wet[2]).all(|&s| s == 0.0));
    for example in 0..3 {
        assert_delayed(&wet[3 + example], &dry[example], "the first inlet");
    }
}

#[test]
fn mcs_boxes_have_one_example_at_each_inlet() {
    for examples in [1, 2, 3, 8] {
        let widths = vec![2; examples];
        let (dry, wet) = play(&format!("mcs.nn~ multi swap {examples} 64"), &widths, &widths, &[]);
        for example in 0..examples {
            assert_delayed(&wet[2 * example], &dry[2 * example + 1], "swapped");
            assert_delayed(&wet[2 * example + 1], &dry[2 * example], "swapped");
        }
    }
}

/// Streams in which what is heard depends on what was heard before: model, method, buffer, channels out of each example.
const STREAMS: [(&str, &str, usize, usize); 3] =
    [("delay", "forward", 64, 1), ("codec", "forward", 512, 1), ("codec", "encode", 2048, 24)];

/// Plays a box of this class, with another sound in each example, and holds every sample against the model called
/// directly with as many examples. Silence is all that both hear first. Libtorch's own convolutions are the same to the
/// last bit; this project's may differ as `tests/equality.rs` allows.
fn assert_like_direct_calls(
    class: &str,
    examples: usize,
    (name, method, buffer, channels): (&str, &str, usize, usize),
    tolerance: f32,
) {
    let multichannel = class == "mc.nn~";
    let what = format!("{class} {name} {method}, {examples} examples, tolerance {tolerance}");
    let optimise = if tolerance == 0.0 { "0" } else { "1" };
    let (text, outputs) = if multichannel {
        (format!("{class} {name} {method} {buffer}"), vec![examples; channels])
    } else {
        (format!("{class} {name} {method} {examples} {buffer}"), vec![channels; examples])
    };
    let inputs = if multichannel { vec![examples] } else { vec![1; examples] };
    let (errors, dry, recorded) = record(&text, &inputs, &outputs, &[], optimise);
    assert_eq!(errors, Vec::<String>::new(), "{what}");

    let lead = LEAD_TICKS * 64;
    let sounds: Vec<_> =
        dry.iter().map(|lane| [vec![[0.0; 64]; LEAD_TICKS].concat(), lane.clone()].concat()).collect();
    let sounds: Vec<_> = sounds.iter().map(std::slice::from_ref).collect();
    let mut bare = direct::load(&model(name));
    let at = bare.spec().methods.iter().position(|known| known.name == method).expect("the method");
    let (wanted, broken) = bare.run_batch(at, &sounds, buffer, lead + dry[0].len());
    assert!(broken.is_none(), "{what}: {broken:?}");

    let latency = buffer - 64 + buffer;
    for (example, wanted) in wanted.iter().enumerate() {
        for (channel, wanted) in wanted.iter().enumerate() {
            let lane = if multichannel { channel * examples + example } else { example * channels + channel };
            let near = tolerance * wanted.iter().fold(0.0_f32, |loudest, s| loudest.max(s.abs()));
            let mut pairs = recorded[lane].iter().zip(&wanted[lead - latency..]);
            let differs = pairs.position(|(a, b)| a != b && (a - b).abs() > near);
            assert_eq!(
                differs, None,
                "{what}: first sample that differs, example {example}, channel {channel}"
            );
            assert!(wanted[lead..].iter().any(|&s| s != 0.0), "{what}: silence proves nothing");
        }
        if name == "delay" {
            // What it is known to do, whoever calls it.
            assert_eq!(wanted[0][lead + 500..], dry[example][..wanted[0].len() - lead - 500], "{what}");
        }
    }
}

#[test]
fn every_example_has_a_stream_of_its_own_in_mc_boxes() {
    for examples in [1, 2, 3, 8] {
        for stream in STREAMS {
            assert_like_direct_calls("mc.nn~", examples, stream, 0.0);
        }
    }
    for stream in STREAMS {
        assert_like_direct_calls("mc.nn~", 3, stream, 1e-4);
    }
}

#[test]
fn every_example_has_a_stream_of_its_own_in_mcs_boxes() {
    for examples in [1, 2, 3, 8] {
        for stream in STREAMS {
            assert_like_direct_calls("mcs.nn~", examples, stream, 0.0);
        }
    }
    for stream in STREAMS {
        assert_like_direct_calls("mcs.nn~", 3, stream, 1e-4);
    }
}

#[test]
fn channel_counts_change_while_audio_runs() {
    // The box is the patch's object 2, what feeds its inlets are 3 and 4.
    let (off, on) = ("message pd-wide.pd disconnect 3 0 2 0", "message pd-wide.pd connect 3 0 2 0");
    let changes = [off, "run 40", on, "run 7", off, "run 1", on, off, on, "run 3"];
    for text in ["mc.nn~ multi swap 64", "mcs.nn~ multi swap 2 64"] {
        let widths = if text.starts_with("mcs") { [2, 2] } else { [3, 3] };
        let (dry, wet) = play(text, &widths, &widths, &changes);
        // Swapped: the channels of an example in mcs.nn~, the inlets in mc.nn~.
        let swapped: &[usize] = if text.starts_with("mcs") { &[1, 0, 3, 2] } else { &[3, 4, 5, 0, 1, 2] };
        for (channel, &from) in swapped.iter().enumerate() {
            assert_delayed(&wet[channel], &dry[from], text);
        }
    }
    // Off for good: one channel of silence is left at the first inlet.
    let (dry, wet) = play("mc.nn~ multi swap 64", &[3, 2], &[3, 3], &["run 9", off]);
    for example in 0..2 {
        assert_delayed(&wet[example], &dry[3 + example], "the second inlet");
    }
    assert!(wet[2..].iter().flatten().all(|&s| s == 0.0));
}

#[test]
fn more_examples_than_a_model_has_room_for_are_one_error_and_the_box_recovers() {
    // The model keeps state for eight lanes.
    let (errors, _, wet) = play_with_errors("mc.nn~ delay forward 64", &[9], &[9], &[]);
    assert!(wet.iter().flatten().all(|&s| s == 0.0));
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].contains("mc.nn~: ") && errors[0].contains('9'), "{errors:#?}");

    let (off, one) = ("message pd-wide.pd disconnect 3 0 2 0", "message pd-wide.pd connect 0 0 2 0");
    let (errors, dry, wet) = play_with_errors("mc.nn~ delay forward 64", &[9], &[9], &["run 300", off, one]);
    assert_eq!(errors.len(), 1, "{errors:#?}");
    // 500 samples of its own delay.
    let (early, late) = wet[0].split_at(500);
    assert!(early.iter().all(|s| s.is_finite()));
    assert!(late.iter().zip(&dry[0]).all(|(wet, dry)| wet == dry), "it plays on with one channel");
}

#[test]
fn in_an_older_pd_the_boxes_say_what_is_missing_and_work_with_one_channel() {
    let mut stage = Stage::new();
    std::fs::copy(model("identity"), stage.folder().join("identity.ts")).expect("a copy");
    stage.part("mc", "mc.nn~ identity forward 64", 1).send("mc wait 1");
    stage.part("mcs", "mcs.nn~ identity forward 1 64", 1).send("mcs wait 1");
    stage.part("m", "nn~ -m identity forward 64", 1).send("m wait 1");
    let played = stage.pass(200).play(Player::PdBatch);
    assert_eq!(played.errors, Vec::<String>::new(), "{:#?}", played.lines);
    for (name, class) in [("mc", "mc.nn~"), ("mcs", "mcs.nn~"), ("m", "nn~")] {
        played.assert_exact(name, LATENCY, class);
        let said = played
            .lines
            .iter()
            .filter(|line| line.starts_with(&format!("{class}: ")) && line.contains("0.54"));
        assert_eq!(said.count(), 1, "{class}: {:#?}", played.lines);
    }
}

#[test]
fn missing_channels_of_mcs_boxes_are_silence_and_surplus_ones_are_not_heard() {
    let (dry, wet) = play("mcs.nn~ multi swap 2 64", &[3, 1], &[2, 2], &[]);
    // Three channels at the first inlet, of which the model has two.
    assert_delayed(&wet[0], &dry[1], "first example");
    assert_delayed(&wet[1], &dry[0], "first example");
    // One channel at the second.
    assert!(wet[2].iter().all(|&s| s == 0.0), "what would be its second channel");
    assert_delayed(&wet[3], &dry[3], "second example");
}
