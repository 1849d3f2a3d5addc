//! Pure Data for Windows plays the external: with models made of a few lines of Rust, to the last bit.

mod host;

use std::path::Path;

use super::{build::built, wine::Wine};
use crate::{
    build::BOXES,
    package::files::{failed, fresh_folder},
    run::Failure,
};

/// The buffer of every box here, in samples.
const BUFFER: usize = 256;
/// What Pd computes at a time.
const BLOCK: usize = 64;
/// How many samples are played.
const FRAMES: usize = 64 * 400;
/// From here on an attribute has been set.
const SETTLED: usize = 64 * 100;
/// How much later the model `delay` answers.
const DELAY: usize = 100;

/// What Pd and the boxes say where something is missing, as functions of Pd that are looked up by their names.
const COMPLAINTS: [&str; 3] = ["error", "couldn't", "no multichannel"];

/// A box and what it is to play.
struct Case {
    text: &'static str,
    /// Whether it has a thread of its own for its model.
    worker: bool,
    /// From what comes in to what goes out, in samples.
    latency: usize,
    gain: f32,
}

/// With and without a worker thread.
#[rustfmt::skip]
const CASES: [Case; 6] = [
    Case { text: "nn~ gain forward 256", worker: false, latency: BUFFER - BLOCK, gain: 0.5 },
    Case { text: "nn~ gain forward 256", worker: true, latency: BUFFER - BLOCK + BUFFER, gain: 0.5 },
    Case { text: "nn~ delay forward 256", worker: true, latency: BUFFER - BLOCK + BUFFER + DELAY, gain: 1.0 },
    Case { text: "nn~ gain forward 0", worker: true, latency: 0, gain: 0.5 },
    Case { text: "mc.nn~ gain forward 256", worker: true, latency: BUFFER - BLOCK + BUFFER, gain: 0.5 },
    Case { text: "mcs.nn~ gain forward 1 256", worker: false, latency: BUFFER - BLOCK, gain: 0.5 },
];

/// Builds the host, and plays.
///
/// # Errors
/// When something cannot be built, or a sample or a line is not as it should be.
pub fn test(folder: &Path, wine: &Wine) -> Result<(), Failure> {
    let place = folder.join("pure-data");
    let host = host::built(&place)?;
    externals(folder, &place.join(EXTERNALS))?;
    let share = wine.share(SHARED, &place)?;
    for (seen, cases) in [(Wine::path(&place), &CASES[..]), (share, &CASES[..ON_A_SHARE])] {
        let stand = Stand { host: &host, wine, folder: &place, seen: &seen };
        for case in cases {
            stand.play(case).map_err(|what| {
                let worker = if case.worker { "with" } else { "without" };
                let text = case.text;
                Failure::new(format!("[{text}] {worker} a worker in Pd on Windows, in {seen}: {what}"))
            })?;
        }
    }
    Ok(())
}

/// The folder with the externals. Pd 0.55 opens none below names with letters beyond those of English.
const EXTERNALS: &str = "nn~ for all";
/// The one with the patch and its models.
const PLAYED: &str = "Stücke, größer";

/// How a network calls the folder around both, and how many cases are played in it.
const SHARED: &str = "Shared things";
const ON_A_SHARE: usize = 2;

/// The folder that a user has, without libtorch.
fn externals(folder: &Path, place: &Path) -> Result<(), Failure> {
    fresh_folder(place)?;
    let built = built(folder);
    let stubs = BOXES.map(|name| ("nn_pd_stub.dll", format!("{name}.dll")));
    for (from, name) in stubs.into_iter().chain([("nn_pd.dll", "nn_pd.dll".to_owned())]) {
        std::fs::copy(built.join(from), place.join(name)).map_err(failed(&built.join(from)))?;
    }
    Ok(())
}

/// Where a patch is played.
struct Stand<'a> {
    host: &'a Path,
    wine: &'a Wine,
    folder: &'a Path,
    /// How Windows calls that folder.
    seen: &'a str,
}

impl Stand<'_> {
    fn play(&self, case: &Case) -> Result<(), String> {
        let text = |failure: Failure| failure.message;
        let played = self.folder.join(PLAYED);
        fresh_folder(&played).map_err(text)?;
        let input = noise();
        let bytes: Vec<u8> = input.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        for (name, content) in [
            ("gain.ts", &[][..]),
            ("delay.ts", &[]),
            ("patch.pd", patch(case.text).as_bytes()),
            ("in.raw", &bytes),
        ] {
            std::fs::write(played.join(name), content).map_err(|error| error.to_string())?;
        }
        // As Pd writes paths.
        let seen = self.seen.replace('\\', "/");
        let [externals, folder] = [EXTERNALS, PLAYED].map(|name| format!("{seen}/{name}"));
        let [input_file, output_file] = ["in.raw", "out.raw"].map(|name| Wine::path(&played.join(name)));
        let words = [&externals, &folder, "patch.pd", &input_file, &output_file];
        let worker = if case.worker { "1" } else { "0" };
        let output = self.wine.output(self.host, &words, &[("NN_WORKER", worker)]).map_err(text)?;
        let said = String::from_utf8_lossy(&output.stdout);
        let complaint = said.lines().find(|line| COMPLAINTS.iter().any(|word| line.contains(word)));
        if !output.status.success() || complaint.is_some() {
            return Err(format!("{}: {said}{}", output.status, String::from_utf8_lossy(&output.stderr)));
        }
        let heard = std::fs::read(played.join("out.raw")).map_err(|error| error.to_string())?;
        compare(case, &input, &heard)
    }
}

/// What has to be heard is known to the last bit: a gain of a half and a delay round nothing.
fn compare(case: &Case, input: &[f32], heard: &[u8]) -> Result<(), String> {
    let heard: Vec<f32> = heard
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
        .collect();
    if heard.len() != FRAMES {
        return Err(format!("{} samples of {FRAMES}", heard.len()));
    }
    let wrong = (SETTLED..FRAMES).find(|&at| {
        let expected = input[at - case.latency] * case.gain;
        heard[at].to_bits() != expected.to_bits()
    });
    match wrong {
        None => Ok(()),
        Some(at) => {
            Err(format!("sample {at} is {}, not {}", heard[at], input[at - case.latency] * case.gain))
        }
    }
}

/// The same numbers every time.
fn noise() -> Vec<f32> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 16_777_216.0 - 0.5
    };
    (0..FRAMES).map(|_| next()).collect()
}

/// A patch with a box between the input and the output, and messages for it when it is opened.
fn patch(text: &str) -> String {
    let set = if text.contains("gain") { " \\, set gain 0.5" } else { "" };
    let objects = format!(
        "#X obj 10 10 adc~ 1;\n#X obj 10 60 {text};\n#X obj 10 90 dac~ 1;\n#X obj 200 10 loadbang;\n\
         #X msg 200 30 wait 1{set};\n#X obj 200 60 nn.info {};\n",
        text.split(' ').nth(1).unwrap_or_default()
    );
    let wires = [(0, 1), (1, 2), (3, 4), (4, 1)];
    let wires = wires.map(|(from, to)| format!("#X connect {from} 0 {to} 0;\n")).concat();
    format!("#N canvas 0 0 400 300 12;\n{objects}{wires}")
}
