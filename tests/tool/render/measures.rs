//! What is said of a rendering.

use super::{Folder, noise};

#[test]
fn two_runs_have_one_checksum_and_another_seed_has_another() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 20_000)]);
    let sum = |name: &str, more: &str| {
        let told = folder.told(&format!("noise.ts in.wav {name} {more}"));
        let sum = told["sha256"].as_str().expect("a checksum").to_owned();
        assert_eq!(sum.len(), 64);
        sum
    };
    let (one, two, other) =
        (sum("one.wav", ""), sum("two.wav", "--buffer 4096"), sum("three.wav", "--seed 1"));
    assert_eq!(one, two);
    assert_ne!(one, other);
    assert!(
        std::fs::read(folder.at("one.wav")).expect("read")
            == std::fs::read(folder.at("two.wav")).expect("read")
    );
}

#[test]
fn programs_are_told_the_machine_its_load_the_versions_and_the_command() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 1_000)]);
    for words in ["render gain.ts in.wav out.wav --json", "render chord.nm out.flac --set seconds=0 --json"] {
        let ended = folder.run(words);
        let told: serde_json::Value = serde_json::from_str(&ended.text).expect("JSON");
        assert_eq!((ended.code, told["command"].as_str()), (Some(0), Some(format!("nn {words}").as_str())));
        let texts =
            [&told["machine"]["processor"], &told["machine"]["load_before"], &told["machine"]["load_after"]];
        assert!(texts.iter().all(|text| text.as_str().is_some_and(|text| !text.is_empty())), "{told}");
        assert!(!cfg!(target_os = "linux") || told["machine"]["others_cores"].is_number(), "{told}");
        assert_eq!(told["version"], env!("CARGO_PKG_VERSION"));
        let libtorch = told["libtorch"].as_str().unwrap_or_default();
        assert!(libtorch.starts_with(|first: char| first.is_ascii_digit()), "{told}");
    }
}

#[test]
fn a_comparison_tells_equal_from_nearly_so() {
    let folder = Folder::new();
    let input = noise(1, 20_000);
    folder.write("in.wav", std::slice::from_ref(&input));
    // A hundredth less: 40 dB.
    folder.write("near.wav", &[input.iter().map(|sample| sample * 0.99).collect()]);
    let told = |other: &str| {
        folder.told(&format!("delay.ts in.wav out.wav --force --tail 0 --against {other}"))["against"].clone()
    };
    assert_eq!((told("in.wav")["equal"].as_bool(), told("in.wav")["snr_db"].is_null()), (Some(true), true));
    let near = told("near.wav");
    let snr_db = near["snr_db"].as_f64().expect("a ratio");
    assert!((snr_db - 39.9).abs() < 0.1 && near["equal"] == false, "{near}");
    folder.write_at("other.wav", &[noise(1, 100)], 48_000);
    let ended = folder.render("delay.ts in.wav out.wav --force --against other.wav");
    assert!(ended.code == Some(1) && ended.errors.contains("only what is alike"), "{}", ended.errors);
    assert!(folder.at("out.wav").is_file(), "the rendering itself went well");
}

#[test]
fn a_model_that_fails_is_told_and_its_file_is_written() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 50_000)]);
    for (model, counted) in [("nan.ts", "non_finite_buffers"), ("throws.ts", "failed_buffers")] {
        let told = folder.told(&format!("{model} in.wav {model}.wav"));
        assert!(told[counted].as_u64().is_some_and(|count| count > 0), "{told}");
        assert_eq!(told["errors"].as_array().map(Vec::len), Some(1), "{told}");
        let ended = folder.render(&format!("{model} in.wav {model}.wav --force"));
        assert!(ended.code == Some(1) && ended.errors.lines().count() == 1, "{}", ended.errors);
        assert!(ended.text.ends_with("not all of it well: see above\n"), "{}", ended.text);
    }
}

#[test]
fn loudness_peak_and_what_clips_are_told() {
    let folder = Folder::new();
    let tone = |level: f32| (0..88_200).map(|n| level * (n as f32 * 0.142_474_3).sin()).collect::<Vec<f32>>();
    folder.write("in.wav", &[tone(0.5)]);
    folder.write("loud.wav", &[tone(1.5)]);
    let told = folder.told("identity.ts in.wav out.wav");
    let number = |key: &str| told[key].as_f64().unwrap_or_else(|| panic!("{key}: {told}"));
    // A sine of about 1 kHz in one channel is 3 dB below its peak; its weight at that frequency is nearly none.
    assert!(
        (number("peak_dbfs") + 6.02).abs() < 0.01 && (number("loudness_lufs") + 9.03).abs() < 0.3,
        "{told}"
    );
    assert_eq!(told["clipped_samples"], 0);
    let loud = folder.told("identity.ts loud.wav loud.flac");
    assert!(loud["clipped_samples"].as_u64().is_some_and(|count| count > 10_000), "{loud}");
}

/// A delay of the file's own that the box does not remove is what its tail is for.
#[test]
fn what_a_model_plays_after_its_input_is_kept_until_it_is_silent() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 4_000)]);
    let told = folder.told("keeper.ts in.wav out.wav --buffer 1024");
    // The buffer before is played: by so much it is later than its input.
    let frames =
        told["frames"].as_u64().expect("a length") + told["model_delay_frames"].as_u64().unwrap_or(0);
    assert!((5_020..=5_024).contains(&frames), "{told}");
    assert_eq!(folder.told("keeper.ts in.wav two.wav --tail 0.5")["tail_frames"], 22_050);
    let noisy = folder.rendered("noise.ts in.wav noisy.wav");
    assert!(noisy.contains("it sounds on without input"), "{noisy}");
    assert_eq!(folder.read("noisy.wav")[0].len(), 4_000);
}
