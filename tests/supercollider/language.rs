//! The classes of the language, in a language and with servers as users have them: the package lies in the Extensions.

use std::{os::unix::fs::symlink, path::Path, process::Command, time::Duration};

use crate::{
    real_time::{Jack, port},
    support::{pd::output_within, root, target_dir},
};

/// Longer than the script's own limit.
const LIMIT: Duration = Duration::from_secs(420);

/// Runs the UnitTest classes that `which` names; what the language printed, where all have passed.
fn run(which: &str, jack: Option<&Jack>) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let extensions = home.path().join("data/SuperCollider/Extensions");
    std::fs::create_dir_all(&extensions).expect("a folder");
    let package = target_dir().join("package/supercollider/nn");
    assert!(package.is_dir(), "{} is missing: run `cargo xtask test`", package.display());
    let tests = root().join("frontend-supercollider/tests");
    let installed = extensions.join("nn");
    // The language's help follows no links.
    for folder in ["Classes", "HelpSource"] {
        copy(&package.join(folder), &installed.join(folder));
    }
    for folder in ["models", "plugins", "support"] {
        symlink(package.join(folder), installed.join(folder)).expect("a link");
    }
    symlink(&tests, extensions.join("nn-tests")).expect("a link");
    let mut command = Command::new("sclang");
    command.arg(tests.join("run.scd"));
    command.env("HOME", home.path()).env("XDG_DATA_HOME", home.path().join("data"));
    command.env("XDG_CONFIG_HOME", home.path().join("config"));
    command.env("QT_QPA_PLATFORM", "offscreen").env("QTWEBENGINE_DISABLE_SANDBOX", "1");
    command.env("NN_TESTS", which).env("NN_TESTS_PORT", port().to_string()).env("NN_TESTS_LIMIT", "400");
    if let Some(jack) = jack {
        command.env("JACK_DEFAULT_SERVER", jack.name());
    }
    let output = output_within(&mut command, LIMIT);
    let log = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {log}", output.status);
    log
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in
        std::fs::read_dir(from).expect("a folder of the package").map(|entry| entry.expect("an entry"))
    {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("a copy");
        }
    }
}

/// How many assertions passed.
fn passed(log: &str) -> usize {
    let line = log.lines().find_map(|line| line.strip_prefix("tests: ")?.split_once(" passed, 0 failed"));
    line.and_then(|(count, _)| count.parse().ok()).unwrap_or_else(|| panic!("no summary: {log}"))
}

#[test]
fn classes_hold_without_a_server() {
    assert!(passed(&run("language", None)) > 100);
}

#[test]
fn classes_hold_with_a_server() {
    let jack = Jack::start();
    assert!(passed(&run("server", Some(&jack))) > 50);
}
