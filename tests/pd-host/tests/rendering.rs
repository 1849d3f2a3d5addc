//! Audio in, audio out, patches edited while they play.
#![cfg(target_os = "linux")]
#![allow(missing_docs)]

#[allow(dead_code)]
mod common;
use common::Bench;

const SINE: [&str; 4] =
    ["#X obj 10 10 osc~ 441", "#X obj 10 60 dac~", "#X connect 0 0 1 0", "#X connect 0 0 1 1"];

#[test]
fn a_sine_patch_renders_a_sine_the_same_every_time() {
    let bench = Bench::new();
    bench.patch("sine.pd", &SINE);
    for name in ["a", "b"] {
        bench.run(&format!("open sine.pd\noutput {name}\ndsp 1\nrun 100\n")).ok();
    }
    let samples = bench.samples("a");
    assert_eq!(samples.len(), 2 * 6400);
    assert_eq!(samples, bench.samples("b"));
    for (frame, stereo) in samples.chunks(2).enumerate() {
        let expected = (frame as f64 * 441.0 / 44100.0 * std::f64::consts::TAU).cos();
        assert!((f64::from(stereo[0]) - expected).abs() < 1e-4, "frame {frame}: {stereo:?}, not {expected}");
        assert_eq!(stereo[0], stereo[1]);
    }
}

#[test]
fn input_reaches_the_output_in_the_same_tick_bit_for_bit() {
    let bench = Bench::new();
    let wires = ["#X obj 10 10 adc~ 1 2 3", "#X obj 10 60 dac~ 1 2 3"];
    let wires = wires.into_iter().chain(["#X connect 0 0 1 0", "#X connect 0 1 1 1", "#X connect 0 2 1 2"]);
    bench.patch("wire.pd", &wires.collect::<Vec<_>>());
    bench
        .run("channels 3 3\nopen wire.pd\ndsp 1\nramp\noutput ramp\nrun 3\noutput\nimpulse 70\noutput impulse\nrun 3\n")
        .ok();
    let ramp: Vec<f32> =
        (0..192).flat_map(|frame| [0.0, 1.0, 2.0].map(|c| c + frame as f32 / 65536.0)).collect();
    assert_eq!(bench.samples("ramp"), ramp);
    let impulse: Vec<f32> = (0..192).flat_map(|frame| [f32::from(u8::from(frame == 70)); 3]).collect();
    assert_eq!(bench.samples("impulse"), impulse);

    // What was recorded can be played.
    bench.run("channels 3 3\nopen wire.pd\ndsp 1\ninput ramp\noutput again\nrun 4\n").ok();
    let again = bench.samples("again");
    assert_eq!(again[..576], ramp);
    assert_eq!(again[576..], [0.0; 192]);
}

#[test]
fn noise_depends_on_its_seed_alone() {
    let bench = Bench::new();
    bench.patch("wire.pd", &["#X obj 10 10 adc~ 1", "#X obj 10 60 dac~ 1", "#X connect 0 0 1 0"]);
    let script = |seed, name| format!("noise {seed}\noutput {name}\nrun 100\noutput\n");
    bench.run(&format!("open wire.pd\ndsp 1\n{}{}{}", script(1, "a"), script(2, "b"), script(1, "c"))).ok();
    let left = |name| bench.samples(name).into_iter().step_by(2).collect::<Vec<_>>();
    assert_eq!(left("a"), left("c"));
    assert_ne!(left("a"), left("b"));
    let power = left("a").iter().map(|s| s * s).sum::<f32>() / 6400.0;
    assert!((power - 1.0 / 3.0).abs() < 0.02, "{power}");
}

#[test]
fn a_patch_is_edited_while_it_plays() {
    let bench = Bench::new();
    bench.patch("edit.pd", &["#X obj 10 10 sig~ 0.25", "#X obj 10 60 dac~ 1", "#X connect 0 0 1 0"]);
    bench
        .run(
            "channels 0 1\nopen edit.pd\ndsp 1\noutput out\nrun 1\n\
             message pd-edit.pd obj 10 10 sig~ 0.5\nmessage pd-edit.pd connect 2 0 1 0\nrun 1\n\
             message pd-edit.pd disconnect 0 0 1 0\nrun 1\nmessage pd-edit.pd clear\nrun 1\n",
        )
        .ok();
    let expected = [0.25, 0.75, 0.5, 0.0].map(|level| [level; 64]).concat();
    assert_eq!(bench.samples("out"), expected);
}

#[test]
fn several_patches_sound_together_until_closed() {
    let bench = Bench::new();
    let level = |level| {
        ["#X obj 10 10 sig~ ".to_owned() + level, "#X obj 10 60 dac~ 1".into(), "#X connect 0 0 1 0".into()]
    };
    for (name, value) in [("a.pd", "1"), ("b.pd", "2")] {
        bench.patch(name, &level(value).each_ref().map(String::as_str));
    }
    let answer = bench
        .run("channels 0 1\nopen a.pd\nopen b.pd\ndsp 1\noutput out\nrun 1\nclose 1\nrun 1\ndsp 0\nrun 1\n")
        .ok();
    assert_eq!(answer.all("opened").len(), 2);
    assert_eq!(bench.samples("out"), [3.0, 2.0, 0.0].map(|level| [level; 64]).concat());
}

#[test]
fn many_channels_travel_in_one_cord() {
    let bench = Bench::new();
    let lines = [
        "#X obj 10 10 adc~ 1 2",
        "#X obj 10 30 snake~ in 2",
        "#X obj 10 50 *~ 0.5",
        "#X obj 10 70 snake~ out 2",
        "#X obj 10 90 dac~ 1 2",
        "#X connect 0 0 1 0",
        "#X connect 0 1 1 1",
        "#X connect 1 0 2 0",
        "#X connect 2 0 3 0",
        "#X connect 3 0 4 0",
        "#X connect 3 1 4 1",
    ];
    bench.patch("snake.pd", &lines);
    bench.run("open snake.pd\ndsp 1\nramp\noutput out\nrun 1\n").ok();
    let expected: Vec<f32> =
        (0..64).flat_map(|frame| [0.0, 1.0].map(|c| (c + frame as f32 / 65536.0) * 0.5)).collect();
    assert_eq!(bench.samples("out"), expected);
}

#[test]
fn real_time_takes_its_time() {
    let bench = Bench::new();
    let start = std::time::Instant::now();
    let answer = bench.run("samplerate 48000\ndsp 1\nrealtime 150 4\n").ok();
    // 150 ticks are 200 ms; the last burst begins at 197.
    assert!(start.elapsed().as_millis() >= 190, "{:?}", start.elapsed());
    assert_eq!(answer.number("realtime", "ticks"), 150);
    assert_eq!(answer.number("realtime", "bursts"), 38);
}
