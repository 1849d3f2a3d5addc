//! Examples of `[mc.nn~]` that come and go while it plays: what stays goes on as if nothing had happened, what comes and
//! what goes fades.

mod support;

use std::path::Path;

use support::{RATE_HZ, deinterleave, host::Host, model, patch::Patch, read_raw};

/// How many examples a patch can be switched to, by the number of its object.
const COUNTS: [usize; 5] = [1, 5, 64, 2, 65];
const LANES: usize = 65;
/// The objects of the patch: sound card in, box, then what joins so many channels.
const NN: usize = 2;
const FIRST_JOIN: usize = 3;

fn write_patch(folder: &Path, text: &str) -> std::path::PathBuf {
    let mut patch = Patch::new();
    let channels = (1..=LANES).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
    let adc = patch.object(&format!("adc~ {channels}"));
    let dac = patch.object(&format!("dac~ {channels}"));
    assert_eq!(patch.object(text), NN);
    for count in COUNTS {
        let join = patch.object(&format!("snake~ in {count}"));
        for channel in 0..count {
            patch.connect(adc, channel, join, channel);
        }
    }
    let part = patch.object(&format!("snake~ out {LANES}"));
    patch.connect(NN, 0, part, 0);
    for channel in 0..LANES {
        patch.connect(part, channel, dac, channel);
    }
    let (control, told) = (patch.object("r control"), patch.object("s told"));
    patch.connect(control, 0, NN, 0);
    patch.connect(NN, 1, told, 0);
    let file = folder.join("changes.pd");
    patch.write(&file);
    file
}

const LEVEL: f32 = 0.5;

/// A sine in each channel, none like another.
fn dry(frames: usize) -> Vec<Vec<f32>> {
    let sine = |lane: usize| {
        let turns = |n: usize| (100.0 + 2.0 * lane as f64) * n as f64 / f64::from(RATE_HZ);
        (0..frames).map(|n| LEVEL * (std::f64::consts::TAU * turns(n)).sin() as f32).collect()
    };
    (0..LANES).map(sine).collect()
}

/// No sine and no fade of 5 ms on top of it moves faster from sample to sample, nor do those that may meet: what comes in
/// rises, what comes out rises, and what was before it falls.
fn steepest() -> f32 {
    let sine = std::f32::consts::TAU * (100.0 + 2.0 * LANES as f32) / RATE_HZ as f32;
    LEVEL * (sine + 3.0 / (0.005 * RATE_HZ as f32)) + 1e-4
}

/// When the box has another number of examples, in ticks from the beginning of the recording, and which.
type Changes<'a> = &'a [(usize, usize)];

struct Recorded {
    errors: Vec<String>,
    dry: Vec<Vec<f32>>,
    wet: Vec<Vec<f32>>,
}

/// Plays while the number of examples changes.
fn record(text: &str, changes: Changes, lines: &[&str], real_time: bool) -> Recorded {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["identity", "gain", "delay", "latent", "slow"] {
        std::fs::copy(model(name), folder.path().join(name).with_extension("ts")).expect("a copy");
    }
    let file = write_patch(folder.path(), text);
    let (sound, recording) = (folder.path().join("in.raw"), folder.path().join("out.raw"));
    let ticks = changes.last().map_or(0, |change| change.0) + 400;
    let dry = dry(ticks * 64);
    let interleaved: Vec<u8> =
        (0..ticks * 64).flat_map(|n| dry.iter().flat_map(move |lane| lane[n].to_le_bytes())).collect();
    std::fs::write(&sound, interleaved).expect("a file");
    let mut host = Host::new(LANES, LANES);
    let join = |count: usize| FIRST_JOIN + COUNTS.iter().position(|&known| known == count).expect("a count");
    let wire = |host: &mut Host, what: &str, count: usize| {
        host.line(format!("message pd-changes.pd {what} {} 0 {NN} 0", join(count)));
    };
    host.line("listen told").line(format!("open \"{}\"", file.display()));
    let mut present = COUNTS[0];
    wire(&mut host, "connect", present);
    host.line(format!("message control wait {}", u8::from(!real_time)));
    for line in lines {
        host.line(line);
    }
    host.line("message control bang").line("until 60 told loaded 1").line("dsp 1").line("run 100");
    if real_time {
        host.line("realtime 400").line("watch on");
    }
    host.line(format!("input \"{}\"", sound.display())).line(format!("output \"{}\"", recording.display()));
    let run = if real_time { "realtime" } else { "run" };
    let mut now = 0;
    for &(tick, count) in changes {
        host.line(format!("{run} {}", tick - now));
        now = tick;
        wire(&mut host, "disconnect", present);
        wire(&mut host, "connect", count);
        present = count;
    }
    host.line(format!("{run} {}", ticks - now));
    host.line("report").line("watch off");
    let heard = host.run();
    if real_time {
        for call in ["malloc", "free", "lock", "wait", "thread", "futex_wait"] {
            assert_eq!(
                heard.number("report", call),
                0.0,
                "{call} in the callback: {:?}",
                heard.after("report")
            );
        }
    }
    let errors = heard.errors().into_iter().map(str::to_owned).collect();
    Recorded { errors, dry, wet: deinterleave(&read_raw(&recording), LANES) }
}

impl Recorded {
    fn assert_smooth(&self, what: &str) {
        self.assert_smooth_until(self.wet[0].len(), what);
    }

    fn assert_smooth_until(&self, end: usize, what: &str) {
        for (lane, sound) in self.wet.iter().map(|sound| &sound[..end]).enumerate() {
            let step = |pair: &[f32]| (pair[1] - pair[0]).abs();
            let worst =
                (1..sound.len()).max_by(|&a, &b| step(&sound[a - 1..=a]).total_cmp(&step(&sound[b - 1..=b])));
            let at = worst.expect("samples");
            let (step, tick) = (step(&sound[at - 1..=at]), at / 64);
            assert!(step <= steepest(), "{what}: example {lane} jumps by {step} at sample {at}, tick {tick}");
        }
    }

    /// Every sample of an example that is there all the time, bit for bit, from `begin` on.
    fn assert_unbroken(&self, lane: usize, begin: usize, delay: usize, what: &str) {
        let (wet, dry) = (&self.wet[lane], &self.dry[lane]);
        let differs = (begin..wet.len()).find(|&n| wet[n] != dry[n - delay]);
        let seen = differs.map(|n| (n, n / 64, wet[n], dry[n - delay]));
        assert_eq!(seen, None, "{what}: example {lane}: sample, tick, heard, wanted");
    }
}

/// All that the issue names, up and down, and changes that overtake each other.
const CHANGES: Changes<'static> = &[
    (200, 5),
    (400, 64),
    (600, 2),
    (800, 65),
    (1000, 1),
    (1003, 5),
    (1004, 64),
    (1005, 2),
    (1030, 5),
    (1060, 65),
    (1061, 1),
    (1062, 65),
    (1200, 2),
];

#[test]
fn examples_that_stay_go_on_bit_for_bit_and_others_fade() {
    for (buffer, latency) in [(64, 64), (256, 448), (2048, 4032), (0, 0)] {
        let text = format!("mc.nn~ identity forward {buffer}");
        let recorded = record(&text, CHANGES, &[], false);
        assert_eq!(recorded.errors, Vec::<String>::new(), "{text}");
        recorded.assert_smooth(&text);
        recorded.assert_unbroken(0, latency, latency, &text);
    }
}

#[test]
fn the_state_of_examples_that_stay_is_kept() {
    // 500 samples are in the model, and as many as the latency on their way. It has room for eight examples.
    let changes = [(100, 5), (300, 2), (310, 5), (311, 1), (320, 2), (500, 1), (501, 5), (502, 1)];
    for (buffer, latency) in [(64, 64), (512, 960)] {
        let text = format!("mc.nn~ delay forward {buffer}");
        let recorded = record(&text, &changes, &[], false);
        assert_eq!(recorded.errors, Vec::<String>::new(), "{text}");
        recorded.assert_smooth(&text);
        recorded.assert_unbroken(0, latency + 500, latency + 500, &text);
    }
}

#[test]
fn more_examples_than_a_model_has_room_for_fall_silent_and_the_others_come_back_without_a_click() {
    let recorded = record("mc.nn~ delay forward 256", &[(100, 64), (300, 5), (500, 2)], &[], false);
    assert_eq!(recorded.errors.len(), 1, "{:?}", recorded.errors);
    // What the model was not given while it raised is missing in it, 500 samples later.
    recorded.assert_smooth_until(312 * 64, "too many");
    let end = recorded.wet[0].len();
    let (late, dry) = (&recorded.wet[0][end - 6400..], &recorded.dry[0][end - 6400 - 948..end - 948]);
    assert!(late == dry, "it plays on with those that it has room for");
}

#[test]
fn another_model_and_another_number_of_examples_at_once_make_no_click() {
    let changes = [(100, 5), (300, 64), (301, 2), (500, 1)];
    let mut both = Recorded { errors: Vec::new(), dry: Vec::new(), wet: Vec::new() };
    for message in ["message control load gain inverse", "message control method forward"] {
        both = record("mc.nn~ gain forward 256", &changes, &["message control set gain 0.9", message], false);
        both.assert_smooth(message);
    }
    assert_eq!(both.errors, Vec::<String>::new());
}

#[test]
fn at_the_model_s_own_rate_examples_go_on_too() {
    let text = "mc.nn~ latent forward 512";
    let changes = [(100, 5), (300, 64), (301, 2), (302, 5), (500, 1)];
    let lines = ["message control resample 1"];
    let (changed, still) = (record(text, &changes, &lines, false), record(text, &[(500, 1)], &lines, false));
    assert_eq!(changed.errors, Vec::<String>::new());
    assert!(still.wet[0].iter().any(|&s| s != 0.0));
    let differs = changed.wet[0].iter().zip(&still.wet[0]).position(|(a, b)| a != b);
    assert_eq!(differs, None, "the first example, beside a box in which nothing changed");
    // Another one is there from the buffer on that begins after it has come, and silent after it has gone.
    let sounds = |ticks: std::ops::Range<usize>| {
        changed.wet[1][ticks.start * 64..ticks.end * 64].iter().any(|&s| s != 0.0)
    };
    assert!(!sounds(0..100) && sounds(130..300) && sounds(350..500) && !sounds(504..600));
}

#[test]
fn in_real_time_examples_go_on_while_the_loader_is_at_it() {
    let changes = [(100, 5), (300, 64), (500, 2), (503, 65), (504, 1), (700, 5)];
    let text = "mc.nn~ identity forward 512";
    let recorded = record(text, &changes, &[], true);
    assert_eq!(recorded.errors, Vec::<String>::new(), "{text}");
    recorded.assert_smooth(text);
    // On a machine that is busy a buffer may be late; then it is a fade, not a step.
    let latency = 960;
    let heard: Vec<_> = (latency..recorded.wet[0].len())
        .filter(|&n| recorded.wet[0][n] == recorded.dry[0][n - latency])
        .collect();
    assert!(
        heard.len() * 10 > recorded.wet[0].len() * 8,
        "{} of {} samples",
        heard.len(),
        recorded.wet[0].len()
    );
}

#[test]
fn numbers_of_examples_that_come_back_while_their_buffers_are_on_their_way_free_nothing_in_the_callback() {
    // Five and back again within a buffer and its deadline: buffers of a shape return to another stream of that shape.
    let there_and_back = [(0, 5), (11, 1), (20, 5), (29, 2)];
    let changes: Vec<_> =
        (0..8).flat_map(|turn| there_and_back.map(|(tick, count)| (50 + turn * 90 + tick, count))).collect();
    for text in ["mc.nn~ identity forward 2048", "mc.nn~ identity forward 512"] {
        let recorded = record(text, &changes, &[], true);
        assert_eq!(recorded.errors, Vec::<String>::new(), "{text}");
        recorded.assert_smooth(text);
    }
}
