//! `nn check` and `nn info` on models that are sound and on models that are not.

mod support;

#[path = "../nn-core/tests/archive_files/mod.rs"]
mod archive_files;
#[path = "../nn-core/tests/nesting_forms/mod.rs"]
mod nesting_forms;

use std::{path::Path, process::Command};

use support::{backend, hostile, model};

/// Exit code and output of `nn check`, for which a method that takes a second hangs.
fn check(file: &Path) -> (Option<i32>, String) {
    check_within(file, "1")
}

fn check_within(file: &Path, patience_s: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    command.arg("check").arg(file).args(["--patience", patience_s]).env("NN_LOAD_LIMIT_S", "3");
    let output = command.env("NN_TORCH_BACKEND", backend()).output().expect("it starts");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into())
}

#[test]
fn a_sound_model_is_fit_at_both_rates() {
    // Longer than a busy machine holds one up.
    let (code, text) = check_within(&model("codec"), "30");
    assert_eq!(code, Some(0), "{text}");
    for method in ["forward", "encode", "decode"] {
        for rate in ["44100 Hz", "48000 Hz"] {
            let tried =
                |line: &&str| line.starts_with(method) && line.contains(rate) && line.contains(" ms of ");
            assert_eq!(text.lines().filter(tried).count(), 1, "{text}");
        }
    }
    // What other programs take is told as theirs.
    let fit = text.ends_with("fit for the stage\n")
        || text.contains("\nfit for the stage by what it takes of a processor;");
    assert!(text.contains("made for 44100 Hz") && fit, "{text}");
}

#[test]
fn what_is_wrong_with_each_method_is_said_and_the_model_is_not_fit() {
    for (file, found) in [
        (model("throws"), "FAULTY     forward raised: this model always fails"),
        (model("throws"), "FAULTY     later raised: this model fails at its fourth call"),
        (model("nan"), "NOT FINITE in 1 of 64 blocks"),
        (model("short"), "FAULTY     forward answered [1, 1, 4095] instead of [1, 1, 4096]"),
        (hostile("traps"), "FAULTY     divides raised: integer division or modulo by zero"),
    ] {
        let (code, text) = check(&file);
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains(found) && text.contains("\nnot fit: "), "{}: {text}", file.display());
    }
}

/// `nn check` of a model that not every buffer suits, with a buffer of its own.
fn check_sized(name: &str, buffer: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    command.arg("check").arg(model(&format!("sized/{name}"))).args(["--patience", "30", "--buffer", buffer]);
    let output = command.env("NN_TORCH_BACKEND", backend()).output().expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.lines().any(|line| line.starts_with("fit for the stage")), "{text}");
    text
}

#[test]
fn a_model_that_some_buffers_suit_is_fit_and_the_buffer_is_named() {
    for (name, wanted, methods) in [
        ("chunked", "1024", &[("forward", 4096), ("answers", 2048)][..]),
        ("windowed", "256", &[("encode", 1536), ("silent", 1024)]),
        ("windowed", "2048", &[("short", 512)]),
        ("overlapping", "512", &[("forward", 1024)]),
    ] {
        let text = check_sized(name, wanted);
        assert_eq!(text.matches(": a buffer of ").count(), methods.len(), "{text}");
        for (method, buffer) in methods {
            let line =
                format!("\n{method}: a buffer of {buffer} samples, as it does not work with {wanted}; ");
            assert_eq!(text.matches(&line).count(), 1, "{name}: {text}");
        }
    }
    assert!(!check_sized("announced", "1024").contains("a buffer of "), "its ratio is known");
}

#[test]
fn what_a_method_needs_first_is_named_and_inputs_are_what_their_labels_say() {
    let text = check_sized("needing", "4096");
    let line = "\nforward: send set buf ARRAY first, until then: forward raised: there is nothing to play\n";
    assert_eq!(text.matches(line).count(), 1, "{text}");
    assert_eq!(text.matches("\nforward: a buffer of 2048 samples, ").count(), 1, "{text}");
    assert!(
        !text.contains("classes:") && text.contains("\ntokens: takes whole numbers, given sound: "),
        "{text}"
    );
}

#[test]
fn what_was_exported_without_streaming_is_told_to_click() {
    let line = "exported without --streaming: expect clicks at the borders of buffers (second difference 0.0";
    let text = check_sized("unstreamed", "1024");
    assert_eq!(text.matches(line).count(), 1, "{text}");
    assert!(text.contains(&format!("\nforward: {line}")), "{text}");
    // What noise hides, the file tells.
    let text = check_sized("masked", "1024");
    assert_eq!(
        text.matches("\nexported without --streaming: expect clicks at the borders of buffers\n").count(),
        1,
        "{text}"
    );
    // Noise, a delay, and convolutions that keep what came before.
    for name in ["noise", "delay", "codec"] {
        let (code, text) = check_within(&model(name), "30");
        assert!(code == Some(0) && !text.contains("clicks"), "{text}");
    }
}

#[test]
fn a_model_that_ends_its_process_is_deadly() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    command.arg("check").arg(hostile("deadly")).args(["--patience", "1"]).env("NN_TORCH_BACKEND", backend());
    let output = command.env("NN_ALLOW_ALL_OPERATORS", "1").output().expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.code() == Some(1) && text.contains("DEADLY"), "{text}");
}

#[test]
fn a_method_that_hangs_and_a_load_that_hangs_are_ended() {
    for (file, lines) in [(hostile("hangs"), 5), (hostile("hangs_listing"), 2)] {
        let (code, text) = check(&file);
        assert!(code == Some(1) && text.contains("HANGS") && text.lines().count() == lines, "{text}");
    }
}

#[test]
fn what_a_method_prints_is_one_line_of_the_table_and_no_more() {
    let (code, text) = check(&hostile("prints"));
    assert_eq!(code, Some(1), "a method that prints for ever hangs: {text}");
    for method in ["forward", "warns", "loops", "quiet"] {
        let line = format!("{method} prints: \"PRINTED while loading\" (and ");
        assert_eq!(text.lines().filter(|found| found.starts_with(&line)).count(), 1, "{method}: {text}");
    }
    assert_eq!(text.matches("PRINTED").count(), 4, "{text}");
    assert!(text.lines().any(|line| line.starts_with("loops") && line.ends_with("HANGS")), "{text}");
}

#[test]
fn the_patience_that_is_typed_is_for_loading_too() {
    let begin = std::time::Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    command.arg("check").arg(hostile("hangs_listing")).args(["--patience", "2"]);
    command.env_remove("NN_LOAD_LIMIT_S").env("NN_TORCH_BACKEND", backend());
    let output = command.output().expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.code() == Some(1) && text.contains("HANGS"), "{text}");
    // The limit of loads is 60 s.
    assert!(begin.elapsed().as_secs() < 50, "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_check_that_is_killed_leaves_no_process_that_hangs() {
    let file = hostile("hangs");
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    command.arg("check").arg(&file).args(["--patience", "600"]).env("NN_TORCH_BACKEND", backend());
    let mut checking = command.stdout(std::process::Stdio::null()).spawn().expect("it starts");
    let parent = checking.id();
    let child = wait_for(|| {
        let children = format!("/proc/{parent}/task/{parent}/children");
        std::fs::read_to_string(children).ok()?.split_whitespace().next()?.parse::<u32>().ok()
    });
    // By now it has loaded the model and hangs.
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert!(std::path::Path::new(&format!("/proc/{child}/task")).exists(), "it does not hang");
    checking.kill().expect("killed");
    checking.wait().expect("ended");
    wait_for(|| {
        let words = std::fs::read_to_string(format!("/proc/{child}/cmdline")).unwrap_or_default();
        (!words.contains("hangs")).then_some(())
    });
}

#[cfg(target_os = "linux")]
fn wait_for<T>(mut what: impl FnMut() -> Option<T>) -> T {
    let begin = std::time::Instant::now();
    loop {
        if let Some(there) = what() {
            return there;
        }
        assert!(begin.elapsed().as_secs() < 20, "it does not come");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn a_file_that_is_no_model_is_not_even_tried() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bytes = std::fs::read(model("gain")).expect("a model");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let file = folder.path().join("damaged.ts");
    std::fs::write(&file, bytes).expect("written");
    assert_eq!(check(&file), (Some(1), "not fit: it cannot be loaded\n".into()));
}

#[test]
fn a_file_that_is_nested_too_deeply_is_not_even_tried() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("deep.ts");
    for form in nesting_forms::forms().iter().filter(|form| matches!(form.name, "lists" | "objects" | "sums"))
    {
        std::fs::write(&file, (form.make)(10_000)).expect("written");
        assert_eq!(check(&file), (Some(1), "not fit: it cannot be loaded\n".into()), "{}", form.name);
    }
}

#[test]
fn a_model_is_described_as_yaml_and_as_json() {
    let info = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
        command.arg("info").arg(model("codec")).args(words).env("NN_TORCH_BACKEND", backend());
        let output = command.output().expect("it starts");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let json: serde_json::Value = serde_json::from_str(&info(&["--json"])).expect("JSON");
    assert_eq!(json["methods"]["encode"]["channels_out"], 24);
    assert_eq!(json["methods"]["encode"]["ratio_out"], 512);
    let yaml = info(&[]);
    assert!(yaml.contains("  encode:\n    channels_in: 1\n    channels_out: 24\n"), "{yaml}");
    assert_eq!(info(&["--yaml"]), yaml);
}
