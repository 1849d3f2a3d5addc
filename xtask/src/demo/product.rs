//! What the demo of every host plays, and what it ends with: a picture and a report.

use std::time::Duration;

use super::{
    error::Error,
    folder::{self, Folder},
    picture::{self, Panel},
    report::{Report, Setting},
    sound::{Passage, SAMPLE_RATE_HZ},
    verdict::Measured,
    words::Words,
};

/// The method of the model.
pub const METHOD: &str = "forward";
/// The buffer of the box.
pub const BUFFER_FRAMES: usize = 2_048;
/// The host's block when nothing else is asked for.
pub const HOST_BLOCK_FRAMES: usize = 64;
/// Loading libtorch and a model takes seconds; after this, something hangs.
pub const LIMIT: Duration = Duration::from_secs(180);

/// Draws, writes and prints what was measured.
///
/// # Errors
/// When a file cannot be written, or when the result is not as it must be.
pub fn finish(
    folder: &Folder,
    words: &Words,
    measured: &Measured,
    passages: &[Passage],
    input: &[f32],
    files: &[(String, &'static str)],
) -> Result<(), Error> {
    draw(folder, words, measured, passages)?;
    let failures = measured.failures(input, words);
    let setting = Setting {
        words,
        model: folder::MODEL,
        untrained_model: folder::UNTRAINED_MODEL,
        method: METHOD,
        buffer_frames: BUFFER_FRAMES,
        host_block_frames: HOST_BLOCK_FRAMES,
        input_frames: input.len(),
        files,
    };
    let report = Report::new(&setting, measured, &failures);
    folder.write("report.txt", &report.text())?;
    folder.write("report.md", &report.markdown())?;
    print!("\n{}", report.text());
    if failures.is_empty() { Ok(()) } else { Err(Error::Failed(failures)) }
}

fn draw(folder: &Folder, words: &Words, measured: &Measured, passages: &[Passage]) -> Result<(), Error> {
    let latency = &measured.second.answers;
    let panels = [
        Panel { title: "input".into(), samples: &measured.second.dry },
        Panel {
            title: format!(
                "output of the trained codec: log-mel correlation {:.3}, latency of {} {} samples = {:.1} ms",
                measured.correlations[1], words.object, latency.latency_samples, latency.latency_ms
            ),
            samples: &measured.second.wet,
        },
        Panel {
            title: format!(
                "output of the same network without training: log-mel correlation {:.3}",
                measured.correlations[2]
            ),
            samples: &measured.untrained.wet,
        },
    ];
    let heading = format!("{} in {}", words.played, words.host);
    picture::spectrograms(&folder.path("spectrograms.png"), &heading, &panels, passages, SAMPLE_RATE_HZ)
}
