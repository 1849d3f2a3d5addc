//! The self-test patch, as it lies in the package: opened by a Pd without a user, it plays, compares, and writes its report;
//! a package that was spoilt fails with the line that says what is wrong.

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use nn_core::host_test::{CHECKS, Expected, FILE, INFO, levels};
use support::{copy_externals, direct, host::Host, model, pd, root};

/// What models the self-test plays.
const MODELS: [&str; 7] = ["identity", "gain", "codec", "features", "generator", "delay", "multi"];

/// A folder as the package has it, beside a home.
struct Stand {
    folder: tempfile::TempDir,
}

impl Stand {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let package = folder.path().join("nn~");
        copy_externals(&package);
        for place in ["models", "sounds"] {
            fs::create_dir_all(package.join(place)).expect("a folder");
        }
        fs::create_dir_all(folder.path().join("home")).expect("a folder");
        for name in MODELS {
            fs::copy(model(name), package.join("models").join(name).with_extension("ts")).expect("a copy");
        }
        for file in ["nn-selftest.pd", "nn-selftest-auto.pd", "sounds/speech.wav"] {
            fs::copy(root().join("help").join(file), package.join(file)).expect("a copy");
        }
        Self { folder }
    }

    fn package(&self) -> PathBuf {
        self.folder.path().join("nn~")
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn report(&self) -> String {
        let path = self.home().join(FILE);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Debian's Pd opens the patch that begins by itself, and quits; gives the report.
    fn opened_by_nobody(&self) -> String {
        let patch = self.package().join("nn-selftest-auto.pd");
        let mut command = pd::command(&patch, &["-batch"]);
        command.env("HOME", self.home()).env_remove("XDG_DATA_HOME");
        let output = pd::output_within(&mut command, Duration::from_secs(300));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.report()
    }
}

/// The line of a report about a check.
fn line<'a>(report: &'a str, name: &str) -> &'a str {
    let of_it =
        |line: &&str| line.split_whitespace().any(|word| word == name) && !line.contains("checks pass");
    report.lines().find(of_it).unwrap_or_else(|| panic!("no line about {name} in:\n{report}"))
}

#[test]
fn a_pd_without_a_user_writes_a_report_in_which_all_passes() {
    let stand = Stand::new();
    let report = stand.opened_by_nobody();
    // Debian's has no multichannel signals.
    assert!(report.contains("\nresult: 8 of 10 checks pass, left out: mc, mcs\n"), "{report}");
    assert!(line(&report, "mc").starts_with("left out") && report.contains("Pd 0.54"), "{report}");
    for check in CHECKS.iter().filter(|check| !check.name.starts_with("mc")) {
        let line = line(&report, check.name);
        assert!(
            line.starts_with("pass ") && line.contains("latency 4032 samples (91.4 ms at 44100 Hz)"),
            "{line}"
        );
    }
    assert!(line(&report, INFO).starts_with("pass "), "{report}");
    assert!(report.contains("\nDoctor\n") && report.contains("\nmodels play here"), "{report}");
    assert!(report.contains("host: Pd ") && report.contains("open an issue with this file"), "{report}");
}

#[test]
fn a_newer_pd_passes_in_multichannel_boxes_too() {
    let stand = Stand::new();
    let mut host = Host::new(0, 2);
    host.environment("HOME", &stand.home().display().to_string());
    host.line(format!("path \"{}\"", stand.package().display()));
    host.line(format!("open \"{}\"", stand.package().join("nn-selftest.pd").display()));
    // However busy the machine is.
    host.line("message nn-selftest-boxes wait 1").line("listen nn-selftest-done");
    host.line("message nn-selftest-go bang").line("until 200 gpu: not asked").line("run 5000");
    host.line("until 200 recv nn-selftest-done");
    let transcript = host.run();
    let report = stand.report();
    assert!(report.contains("\nresult: 10 of 10 checks pass\n"), "{report}");
    assert_eq!(transcript.after("recv nn-selftest-done float"), ["1"]);
    assert_eq!(transcript.errors(), Vec::<&str>::new());
    for check in CHECKS {
        let line = line(&report, check.name);
        assert!(
            !matches!(check.expected, Expected::Factors(..)) || line.contains("every sample right"),
            "{line}"
        );
    }
}

#[test]
fn a_spoilt_package_fails_with_the_line_that_says_what_is_wrong() {
    let stand = Stand::new();
    let models = stand.package().join("models");
    // Another model, one that is not what it was, and none.
    fs::copy(model("noise"), models.join("identity.ts")).expect("a copy");
    fs::copy(model("codec_untrained"), models.join("codec.ts")).expect("a copy");
    fs::remove_file(models.join("features.ts")).expect("it is there");
    let report = stand.opened_by_nobody();
    let result =
        "\nresult: 4 of 10 checks pass, left out: mc, mcs, FAILED: identity, codec, decode, features\n";
    assert!(report.contains(result), "{report}");
    for (name, why) in [
        ("identity", "samples wrong, the first is 0: "),
        ("codec", "dB from the stored loudness"),
        ("decode", "dB from the stored loudness"),
        ("features", "the box has no model that plays"),
    ] {
        let line = line(&report, name);
        assert!(line.starts_with("FAIL ") && line.contains(why), "{line}");
    }
    assert!(line(&report, "gain").starts_with("pass "), "{report}");
}

#[test]
fn a_package_without_its_sound_says_so() {
    let stand = Stand::new();
    fs::remove_file(stand.package().join("sounds/speech.wav")).expect("it is there");
    let report = stand.opened_by_nobody();
    for name in ["identity", "gain", "codec", "features"] {
        assert!(line(&report, name).contains("FAIL "), "{report}");
        assert!(
            line(&report, name).contains("nothing was played to it: the sound file was not found"),
            "{report}"
        );
    }
    assert!(line(&report, "generator").starts_with("pass "), "{report}");
}

/// What a model that is called directly makes of the package's sound.
fn codec_of_the_sound() -> Vec<f32> {
    let bytes = fs::read(root().join("help/sounds/speech.wav")).expect("the sound");
    let samples =
        bytes[44..].chunks_exact(2).map(|two| f32::from(i16::from_le_bytes([two[0], two[1]])) / 32_768.0);
    let sound: Vec<f32> = samples.chain(std::iter::repeat_n(0.0, 2_048)).collect();
    let frames = sound.len() / 512 * 512;
    let (mut heard, broken) = direct::load(&model("codec")).run(0, &[sound], frames, frames);
    assert!(broken.is_none(), "{broken:?}");
    heard.swap_remove(0)
}

#[test]
fn stored_levels_are_those_of_the_model_called_directly() {
    let file = root().join("nn-core/src/host_test/codec.txt");
    let now = levels(&codec_of_the_sound());
    if std::env::var_os("NN_WRITE_SELF_TEST").is_some() {
        let text: String =
            now.iter().map(|[loudness, brightness]| format!("{loudness:.1} {brightness:.1}\n")).collect();
        fs::write(&file, text).expect("written");
    }
    let stored = fs::read_to_string(&file).expect("it is there");
    let stored: Vec<f64> = stored.split_whitespace().map(|word| word.parse().expect("a number")).collect();
    assert!(now.len() > 100 && stored.len() == 2 * now.len(), "{} and {}", stored.len(), now.len());
    let furthest = now.iter().flatten().zip(&stored).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(furthest < 0.2, "{file:?} is of another model: NN_WRITE_SELF_TEST=1 stores it anew ({furthest})");
}

#[test]
fn every_check_is_in_the_patch() {
    let patch = fs::read_to_string(Path::new(&root()).join("help/nn-selftest.pd")).expect("the patch");
    for check in CHECKS {
        for text in [check.typed.to_owned(), format!("selftest check {} nn-selftest-", check.name)] {
            assert!(patch.contains(&text), "{text}");
        }
    }
}
