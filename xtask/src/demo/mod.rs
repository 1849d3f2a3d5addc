//! `cargo xtask demo`: a real sound through a real model in a real Pd, measured and drawn.
//!
//! Speech, drums and tones are played by the distribution's Pd through the freshly built `[nn~]` in a folder
//! laid out as a user's would be: once by the wall clock, once as fast as the machine can, and once with an
//! untrained network of the same shape as a control. The recordings, a picture of their spectrograms and a
//! report lie in `out/demo` afterwards.

mod answers;
mod delay;
mod error;
mod folder;
mod host;
mod mode;
mod patch;
mod picture;
mod report;
mod sound;
mod verdict;
mod wav;

use answers::Answers;
use error::Error;
use folder::Folder;
use host::Run;
use mode::Mode;
use patch::DemoPatch;
use picture::Panel;
use report::{Report, Setting};
use sound::SAMPLE_RATE_HZ;
use std::path::Path;
use std::time::Duration;
use verdict::{Measured, Take};

use crate::run::{Failure, target_dir, workspace};
use crate::{build, setup};

const METHOD: &str = "forward";
const BUFFER_FRAMES: usize = 2_048;
/// Pd's block when nothing else is asked for.
const HOST_BLOCK_FRAMES: usize = 64;
/// Loading libtorch and a model takes seconds; after this, something hangs.
const LIMIT: Duration = Duration::from_secs(180);

/// Installs what is needed, builds the external and runs the demo with it.
///
/// # Errors
/// When something is missing, when building fails, or when the result is not as it must be; the report, the
/// picture and the recordings are there in the last case too.
pub fn run() -> Result<(), Failure> {
    setup::run_for_tests()?;
    build::run()?;
    let pd = setup::find_pure_data().ok_or_else(|| Failure::new("Pure Data was not found"))?;
    perform(workspace(), &target_dir().join("pd"), &pd).map_err(|error| Failure::new(error.to_string()))
}

/// The demo in the project at `root`, with the program `pd` and the external that lies in the folder `external`.
fn perform(root: &Path, external: &Path, pd: &Path) -> Result<(), Error> {
    let folder = Folder::prepare(root, external)?;
    let speech = wav::read(&root.join("help/sounds/speech.wav"))?;
    let composition = sound::compose(&speech.channels[0]);
    wav::write_mono_16_bit(&folder.path("input.wav"), &composition.samples, SAMPLE_RATE_HZ)?;
    let input = wav::read(&folder.path("input.wav"))?.channels.remove(0);

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
    draw(&folder, &measured, &composition.passages)?;
    let failures = measured.failures(&input);
    let setting = Setting {
        model: folder::MODEL,
        untrained_model: folder::UNTRAINED_MODEL,
        method: METHOD,
        buffer_frames: BUFFER_FRAMES,
        host_block_frames: HOST_BLOCK_FRAMES,
        input_frames: input.len(),
        files: &folder::products(),
    };
    let report = Report::new(&setting, &measured, &failures);
    folder.write("report.txt", &report.text())?;
    folder.write("report.md", &report.markdown())?;
    print!("\n{}", report.text());
    if failures.is_empty() { Ok(()) } else { Err(Error::Failed(failures)) }
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

fn draw(folder: &Folder, measured: &Measured, passages: &[sound::Passage]) -> Result<(), Error> {
    let latency = &measured.batch.answers;
    let panels = [
        Panel { title: "input".into(), samples: &measured.batch.dry },
        Panel {
            title: format!(
                "output of the trained codec: log-mel correlation {:.3}, latency of nn~ {} samples = {:.1} ms",
                measured.correlations[1], latency.latency_samples, latency.latency_ms
            ),
            samples: &measured.batch.wet,
        },
        Panel {
            title: format!(
                "output of the same network without training: log-mel correlation {:.3}",
                measured.correlations[2]
            ),
            samples: &measured.untrained.wet,
        },
    ];
    let heading = format!("[nn~ codec {METHOD} {BUFFER_FRAMES}] in Pure Data");
    picture::spectrograms(&folder.path("spectrograms.png"), &heading, &panels, passages, SAMPLE_RATE_HZ)
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
