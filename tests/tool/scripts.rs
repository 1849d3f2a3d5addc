//! Scripts in Python on the command line: described without running them, checked, rendered and measured by running them.
#![cfg(unix)]

use std::process::Command;

use crate::user::said;

const SCRIPT: &str = "open(__file__ + '.ran', 'w').close()
gain = 0.5
def process(midi, audio):
    return midi, [[gain * sample for sample in channel] for channel in audio]
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(script: &str) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        std::fs::write(folder.0.path().join("effect.py"), script).expect("written");
        folder
    }

    fn nn(&self, words: &str) -> (Option<i32>, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
        said(command.current_dir(self.0.path()).env_remove("NN_PYTHON").args(words.split(' ')))
    }

    fn has_run(&self) -> bool {
        self.0.path().join("effect.py.ran").exists()
    }

    fn sound(&self, name: &str) -> Vec<f32> {
        let mut reader = hound::WavReader::open(self.0.path().join(name)).expect("a sound");
        reader.samples::<f32>().map(|sample| sample.expect("a sample")).collect()
    }
}

#[test]
fn a_script_is_described_without_running_it_and_its_python_is_told() {
    let folder = Folder::new(SCRIPT);
    let (code, text, errors) = folder.nn("info effect.py --json");
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    let told: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&told["methods"]["process"]["channels_in"], &told["runnable"]), (&1.into(), &true.into()));
    assert_eq!(told["attributes"]["gain"]["attribute_type"][0], "float");
    assert!(told["python"]["version"].as_str().is_some_and(|version| version.starts_with("3.")), "{told}");
    assert!(!folder.has_run());
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    command.current_dir(folder.0.path()).env("NN_PYTHON", "/nowhere/python3").args(["info", "effect.py"]);
    let (code, _, errors) = said(&mut command);
    assert_eq!(code, Some(1));
    assert!(errors.contains("/nowhere/python3 cannot be started"), "{errors}");
}

#[test]
fn a_script_is_checked_and_rendered_as_any_model() {
    let folder = Folder::new(SCRIPT);
    let (code, text, errors) = folder.nn("check effect.py");
    assert!(code == Some(0) && text.contains("fit for the stage"), "{text}{errors}");
    assert!(folder.has_run());
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 44_100,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut writer = hound::WavWriter::create(folder.0.path().join("in.wav"), spec).expect("a file");
    for at in 0..20_000 {
        writer.write_sample((at as f32 * 0.01).sin()).expect("written");
    }
    writer.finalize().expect("written");
    let (code, text, errors) = folder.nn("render effect.py in.wav -o out.wav --tail 0");
    assert_eq!(code, Some(0), "{text}{errors}");
    let halved: Vec<_> = folder.sound("in.wav").into_iter().map(|sample| 0.5 * sample).collect();
    assert!(folder.sound("out.wav") == halved);
    let (code, text, errors) = folder.nn("bench effect.py --seconds 1 --boxes 0 --buffers 512 --json");
    let told: serde_json::Value =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}{errors}"));
    for figure in ["load_ms", "first_call_ms", "later_call_ms"] {
        assert!(told["begin"][figure].as_f64().is_some_and(|ms| ms > 0.0), "{figure}: {}", told["begin"]);
    }
    assert!(code.is_some());
}

#[test]
fn a_script_that_fails_is_told_with_its_line_and_no_command_hangs() {
    let folder = Folder::new("def process(midi, audio):\n    return audio[7]\n");
    let (code, text, errors) = folder.nn("check effect.py");
    assert_eq!(code, Some(1));
    assert!([text, errors].concat().contains("effect.py line 2: IndexError: list index out of range"));
    let folder = Folder::new("def process(midi, audio):\n    return audio +\n");
    let (code, text, errors) = folder.nn("check effect.py");
    assert_eq!(code, Some(1));
    assert!([text, errors].concat().contains("effect.py line 2: SyntaxError"));
}
