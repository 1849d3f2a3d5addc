//! `cargo xtask demo`: a real sound through a real model in a real host, measured and drawn.
//!
//! Speech, drums and tones are played by the distribution's Pd through the freshly built `[nn~]` in a folder
//! laid out as a user's would be: once by the wall clock, once as fast as the machine can, and once with an
//! untrained network of the same shape as a control. The recordings, a picture of their spectrograms and a
//! report lie in `out/demo` afterwards. With `--host supercollider` scsynth and supernova play the same offline
//! (`supercollider`), into `out/demo-supercollider`.

mod answers;
mod delay;
mod error;
mod folder;
mod host;
mod mode;
mod patch;
mod picture;
mod product;
mod report;
mod sound;
mod supercollider;
mod verdict;
mod wav;
mod words;

use answers::Answers;
use error::Error;
use folder::Folder;
use host::Run;
use mode::Mode;
use patch::DemoPatch;
use product::{BUFFER_FRAMES, LIMIT, METHOD};
use sound::SAMPLE_RATE_HZ;
use std::path::Path;
use verdict::{Measured, Take};

use crate::run::{Failure, target_dir, workspace};
use crate::{build, setup};

/// Installs what is needed, builds the externals and runs the demo with those of one host: Pure Data, or the one that
/// `--host` names.
///
/// # Errors
/// When something is missing, when building fails, or when the result is not as it must be; the report, the
/// picture and the recordings are there in the last case too. When the words are others.
pub fn run(words: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let in_pd = match words[..] {
        [] | ["--host", "pd"] => true,
        ["--host", "supercollider"] => false,
        _ => return Err(Failure::new("demo takes no words but --host pd or --host supercollider")),
    };
    setup::run_for_tests()?;
    build::run(build::Build::release()?)?;
    if !in_pd {
        return supercollider::perform(workspace(), &target_dir().join("supercollider/plugins"))
            .map_err(|error| Failure::new(error.to_string()));
    }
    let pd = setup::find_pure_data().ok_or_else(|| Failure::new("Pure Data was not found"))?;
    perform(workspace(), &target_dir().join("pd"), &pd).map_err(|error| Failure::new(error.to_string()))
}

/// The demo in the project at `root`, with the program `pd` and the external that lies in the folder `external`.
fn perform(root: &Path, external: &Path, pd: &Path) -> Result<(), Error> {
    let folder = Folder::prepare(root, external)?;
    let (composition, input) = folder.compose(root)?;

    folder.write("demo.pd", &patch("codec", "real_time.wav"))?;
    folder.write("control.pd", &patch("codec_untrained", "untrained.wav"))?;
    let play = |patch: &str, mode, recording: &str| play(&folder, pd, patch, mode, recording);
    let seconds = (input.len() + patch::TAIL_FRAMES) / SAMPLE_RATE_HZ as usize;
    println!("demo: playing {seconds} s through nn~ in Pd, in real time");
    let real_time = play("demo.pd", Mode::RealTime, "real_time.wav")?;
    println!("demo: the same as fast as possible, then the untrained control");
    let batch = play("demo.pd", Mode::Batch, "batch.wav")?;
    let untrained = play("control.pd", Mode::Batch, "untrained.wav")?;

    let measured = Measured::new(&input, real_time, batch, untrained);
    product::finish(
        &folder,
        &words::PURE_DATA,
        &measured,
        &composition.passages,
        &input,
        &folder::products(folder::PLACE, &folder::PURE_DATA),
    )
}

/// The patch for one of the models in the demo's folder.
fn patch(model: &str, output_file: &str) -> String {
    DemoPatch {
        title: "Speech, drums and tones through a neural network",
        nn_box: &format!("nn~ {model} {METHOD} {BUFFER_FRAMES}"),
        externals: folder::EXTERNALS,
        input_file: "input.wav",
        output_file,
    }
    .text()
}

fn play(folder: &Folder, pd: &Path, patch: &str, mode: Mode, recording: &str) -> Result<Take, Error> {
    let log = folder.path(recording).with_extension("log");
    let finished =
        Run { program: pd, patch: &folder.path(patch), mode, recording, log: &log, limit: LIMIT }.play()?;
    let answers = Answers::parse(&finished.console, &log)?;
    let complaints = answers::complaints(&finished.console).into_iter().map(str::to_owned).collect();
    let recording = wav::read(&folder.path(recording))?;
    Ok(Take::new(recording, answers, finished.wall_s, complaints))
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
