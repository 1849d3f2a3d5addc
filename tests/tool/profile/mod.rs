//! `nn profile`: what it says, and what it writes.

use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{
    support::{backend, root},
    user::said,
};

fn command(words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    command.current_dir(root().join("models")).arg("profile").stdin(Stdio::null());
    command.env("NN_TORCH_BACKEND", backend()).args(words.split_whitespace());
    command
}

/// What `--json` says.
fn told(words: &str) -> Value {
    let (code, text, errors) = said(command(words).arg("--json"));
    assert_eq!((code, errors.as_str()), (Some(0), ""), "{words}: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key}: {value}"))
}

fn sum(rows: &Value, key: &str) -> f64 {
    rows.as_array().expect("rows").iter().map(|row| number(row, key)).sum()
}

#[test]
fn parts_modules_and_operators_each_add_up_to_the_recorded_call() {
    let told = told("codec.ts --buffer 2048 --calls 20");
    let recorded_ms = number(&told, "recorded_call_ms");
    for ms in [number(&told, "parts_ms"), sum(&told["modules"], "ms"), sum(&told["operators"], "ms")] {
        assert!((ms / recorded_ms - 1.0).abs() < 0.03, "{ms} of {recorded_ms}");
    }
    assert_eq!((told["calls"].as_u64(), told["buffer"].as_u64()), (Some(20), Some(2048)));
    for side in ["plain", "recorded"] {
        assert_eq!(told["calls_ms"][side].as_array().map(Vec::len), Some(20), "{side}");
    }
    let call = &told["call_ms"];
    assert!(number(call, "p50") <= number(call, "p95") && number(call, "p99") <= number(call, "worst"));
    assert!(number(&told["computed"], "bound_by_memory") <= 1.0, "{}", told["computed"]);
}

#[test]
fn a_profile_says_of_which_file_and_machine_it_is() {
    let told = told("gain.ts --calls 2");
    let file = root().join("models").join("gain.ts");
    let wanted = Command::new("sha256sum").arg(file).output().map(|output| output.stdout).unwrap_or_default();
    let wanted = String::from_utf8_lossy(&wanted);
    // Where there is such a program.
    if let Some(wanted) = wanted.split_whitespace().next() {
        assert_eq!(told["sha256"], wanted);
    }
    assert!(
        told["libtorch"].as_str().is_some_and(|version| version.starts_with('2')),
        "{}",
        told["libtorch"]
    );
    assert!(["load_before", "load_after"].iter().all(|key| told["machine"][key].is_string()));
    let libtorch = format!(", libtorch {}", told["libtorch"].as_str().expect("a version"));
    let (_, text, _) = said(&mut command("gain.ts --calls 2"));
    let place = text.lines().position(|line| line.ends_with(&libtorch)).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(text.lines().nth(place + 1), Some("nn profile gain.ts --calls 2"), "{text}");
}

#[test]
fn an_effect_is_profiled_with_its_parameters_and_a_generator_is_refused() {
    let told = told("drive.nm --buffer 2048 --calls 6 --set drive=1");
    let recorded_ms = number(&told, "recorded_call_ms");
    assert!((number(&told, "parts_ms") / recorded_ms - 1.0).abs() < 0.05, "{recorded_ms}");
    let operators = told["operators"].as_array().expect("operators");
    for name in ["conv1d", "tanh"] {
        assert!(operators.iter().any(|row| row["name"] == name), "no {name} in {operators:?}");
    }
    let (code, text, errors) = said(&mut command("chord.nm"));
    assert!(code == Some(1) && text.is_empty() && errors.contains("nn render has them"), "{code:?} {errors}");
}

#[test]
fn convolutions_are_said_to_be_ours_and_with_the_kernels_off_libtorchs() {
    let convolutions = |words: &str| {
        let told = told(words);
        let parts = told["parts"].as_array().expect("parts").clone();
        parts.into_iter().map(|part| part["convolution"].clone()).filter(|c| !c.is_null()).collect::<Vec<_>>()
    };
    let ours = convolutions("codec.ts --calls 4");
    assert_eq!(ours.len(), 16);
    assert!(ours.iter().all(|convolution| convolution["ours"] == true));
    let left = convolutions("codec.ts --calls 4 --optimise 0");
    assert_eq!(left.len(), 16);
    assert!(left.iter().all(|c| c["ours"] == false && c["reason"] == "the kernels are off"));
    let (code, text, errors) = said(&mut command("codec.ts:encode --calls 4"));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert!(text.lines().any(|line| line == "5 convolutions: 5 ours, 0 libtorch's"), "{text}");
    assert!(text.lines().any(|line| line.starts_with("encoder.enter ") && line.ends_with("ours")), "{text}");
}

#[test]
fn what_is_set_is_set_and_what_cannot_be_is_told() {
    assert_eq!(told("gain.ts --calls 2 --set gain=0.25")["set"][0], "gain=0.25");
    for (words, code, line) in [
        ("gain.ts --set nothing=1", 2, "no attribute 'nothing': there are gain"),
        ("gain.ts --set gain=loud", 1, "gain"),
        ("gain.ts:none", 1, "no method 'none'"),
        ("nothere.ts", 4, "no such model"),
        ("gain.ts --optimise 2", 2, "0..=1"),
    ] {
        let (found, text, errors) = said(&mut command(words));
        assert!(
            found == Some(code) && errors.contains(line) && text.is_empty(),
            "{words}: {found:?} {errors}"
        );
    }
}

#[test]
fn a_model_that_fails_hangs_or_dies_is_one_line() {
    for (words, line) in [
        ("throws.ts", "always fails"),
        ("listy.ts", "answered a list"),
        ("hostile/hangs.ts --patience 2", "it hangs: --patience gives it more time"),
        ("hostile/files.ts", "hostile/files.ts"),
    ] {
        let (code, text, errors) = said(&mut command(words));
        assert!(code == Some(1) && text.is_empty(), "{words}: {code:?} {text}");
        assert!(errors.lines().count() == 1 && errors.contains(line), "{words}: {errors}");
    }
}

#[test]
fn pictures_and_stacks_are_written_once_and_say_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join("made").join(name);
    let words =
        format!("codec.ts:decode --buffer 2048 --calls 8 --out {}", folder.path().join("made").display());
    let told = told(&words);
    assert_eq!(told["files"].as_array().map(Vec::len), Some(8));
    let read = |name: &str| std::fs::read(at(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    for name in ["roofline.png", "memory.png", "calls.png"] {
        assert!(read(name).starts_with(b"\x89PNG"), "{name}");
    }
    for (name, word) in [
        ("flame.svg", "over_time"),
        ("roofline.svg", "multiplications per byte"),
        ("memory.svg", "time (ms)"),
        ("calls.svg", "budget 2048"),
    ] {
        assert!(
            String::from_utf8(read(name)).is_ok_and(|svg| svg.contains("<svg") && svg.contains(word)),
            "{name}"
        );
    }
    let stacks = String::from_utf8(read("stacks.txt")).expect("text");
    let ns: f64 = stacks
        .lines()
        .map(|line| line.rsplit_once(' ').and_then(|(_, ns)| ns.parse::<f64>().ok()).expect("a number"))
        .sum();
    let parts_ms = number(&told, "parts_ms");
    assert!((ns * 1e-6 / parts_ms - 1.0).abs() < 1e-3, "{ns} {parts_ms}");
    assert!(
        stacks.lines().any(|line| line.starts_with("decode;decoder;first;over_time;conv1d ")),
        "{stacks}"
    );
    let (code, _, errors) = said(&mut command(&words));
    assert!(code == Some(5) && errors.contains("--force replaces it"), "{code:?} {errors}");
    assert_eq!(said(command(&words).arg("--force")).0, Some(0));
}
