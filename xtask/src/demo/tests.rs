//! The demo from end to end in the distribution's Pd, with a delay line in the place of `[nn~]`: what the patch
//! plays, records, asks and writes is the same, and every number is known beforehand.

use super::*;
use std::{fs, time::Duration};

/// A project with everything the demo needs; its external is a patch.
fn project() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for folder in ["models", "built", "help/sounds"] {
        fs::create_dir_all(root.path().join(folder)).unwrap();
    }
    fs::write(root.path().join("built/nn~.pd"), include_str!("fixtures/delay_line.pd")).unwrap();
    for model in [folder::MODEL, folder::UNTRAINED_MODEL] {
        fs::write(root.path().join(model), "the delay line reads no model").unwrap();
    }
    let speech: Vec<f32> = (0..22_050).map(|frame| (frame as f32 * 0.03).sin() * 0.4).collect();
    wav::write_mono_16_bit(&root.path().join("help/sounds/speech.wav"), &speech, SAMPLE_RATE_HZ).unwrap();
    root
}

#[test]
fn a_delay_line_in_pd_is_measured_to_the_sample_in_real_time_and_in_batch() {
    let root = project();
    let out = root.path().join("out/demo");
    // Both models are the delay line here, so the control does as well as the model: that alone is wrong.
    match perform(root.path(), &root.path().join("built"), Path::new("pd")) {
        Err(Error::Failed(failures)) if failures.len() == 1 => {
            assert!(failures[0].contains("the measure tells nothing"), "{failures:?}");
        }
        other => panic!("{other:?}\n{}", fs::read_to_string(out.join("real_time.log")).unwrap()),
    }

    let dry_and_wet = wav::read(&out.join("batch.wav")).unwrap();
    let input = wav::read(&out.join("input.wav")).unwrap();
    assert_eq!(dry_and_wet.channels[0].len(), input.channels[0].len() + patch::TAIL_FRAMES);
    let found = delay::measure(&dry_and_wet.channels[0], &dry_and_wet.channels[1], 40_000, SAMPLE_RATE_HZ);
    // Pd runs the reading end of a line before or after its writing end, one block apart.
    assert!([4_032, 4_032 - 64, 4_032 + 64].contains(&found.frames), "{found:?}");

    let report = fs::read_to_string(out.join("report.txt")).unwrap();
    assert!(report.contains("0 of"), "{report}");
    let seconds = (input.channels[0].len() + patch::TAIL_FRAMES) as f64 / f64::from(SAMPLE_RATE_HZ);
    let log = fs::read_to_string(out.join("real_time.log")).unwrap();
    let elapsed = Answers::parse(&log, Path::new("log")).unwrap().elapsed_ms / 1_000.0;
    assert!((elapsed - seconds).abs() < 0.3, "{seconds} s of sound took {elapsed} s");
    assert!(fs::metadata(out.join("spectrograms.png")).unwrap().len() > 100_000);
}

#[test]
fn a_box_that_cannot_be_created_ends_the_demo_with_the_log_named() {
    let root = project();
    fs::remove_file(root.path().join("built/nn~.pd")).unwrap();
    let folder = Folder::prepare(root.path(), &root.path().join("built")).unwrap();
    let silence = vec![0.0; 4_410];
    wav::write_mono_16_bit(&folder.path("input.wav"), &silence, SAMPLE_RATE_HZ).unwrap();
    folder.write("demo.pd", &patch("codec", "output.wav")).unwrap();
    let log = folder.path("output.log");
    let outcome = Run {
        program: Path::new("pd"),
        patch: &folder.path("demo.pd"),
        mode: Mode::Batch,
        recording: "output.wav",
        log: &log,
        limit: Duration::from_secs(30),
    }
    .play();
    let error = outcome.unwrap_err();
    assert!(matches!(error, Error::NotCreated { .. }), "{error}");
    assert!(error.to_string().contains("output.log"), "{error}");
    assert!(fs::read_to_string(&log).unwrap().contains("nn~"));
}
