//! `nn doctor` where models play, and where something is not as it should be.

use std::{path::Path, process::Command};

use serde_json::Value;

use crate::{
    support::backend,
    user::{User, said},
};

/// For somebody with a models folder of his own.
fn doctor(user: &User, library: &Path, words: &[&str]) -> Command {
    std::fs::create_dir_all(user.models()).expect("a folder");
    let mut command = user.nn("doctor");
    command.args(words);
    // Whatever this machine has: the driver shows nothing.
    command.env("CUDA_VISIBLE_DEVICES", "").env("NN_TORCH_BACKEND", library);
    command
}

/// What it says as JSON.
fn json(command: &mut Command) -> (Option<i32>, Value) {
    let (code, text, errors) = said(command);
    let value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}{errors}"));
    (code, value)
}

#[test]
fn a_machine_on_which_models_play_is_told_so_on_one_screen() {
    let user = User::new(&[]);
    let (code, text, errors) = said(&mut doctor(&user, &backend(), &[]));
    assert_eq!((code, errors.as_str()), (Some(0), ""), "{text}");
    for part in ["nn~ ", "2.13.0:", "buffers late, ", "models play here", " gpu "] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // Warnings of this machine have their cures.
    assert!(text.lines().count() <= 30, "{text}");
    assert!(!text.contains('\u{1b}'), "no colours where there is no terminal: {text}");
    let wide = |line: &&str| line.chars().count() > 100 && line.split_whitespace().count() > 2;
    let split = text.lines().filter(wide).find(|line| line.split(' ').all(|word| word.chars().count() < 78));
    assert_eq!(split, None);
}

#[test]
fn programs_get_every_thing_by_its_key() {
    let user = User::new(&[]);
    std::fs::create_dir_all(user.models()).expect("a folder");
    for name in ["a.ts", "b.nm", "c.txt"] {
        std::fs::write(user.models().join(name), "").expect("written");
    }
    let (code, found) = json(&mut doctor(&user, &backend(), &["--json"]));
    assert_eq!((code, &found["plays"], &found["faults"]), (Some(0), &true.into(), &0.into()), "{found:#}");
    assert_eq!(found["version"], env!("CARGO_PKG_VERSION"));
    let checks = found["checks"].as_object().expect("a map");
    let states = ["fine", "warning", "fault"];
    for (name, check) in checks {
        assert!(states.iter().any(|state| check["state"] == *state), "{name}: {check}");
        assert!(check["text"].is_string(), "{name}: {check}");
        assert_eq!(check["state"] == "fine", check["cure"].is_null(), "{name}: {check}");
    }
    for name in [
        "version",
        "hosts",
        "system",
        "processor",
        "memory",
        "environment",
        "libtorch",
        "models",
        "downloads",
        "real_time",
        "gain",
        "codec",
        "gpu",
    ] {
        assert!(checks.contains_key(name), "{name}: {found:#}");
    }
    assert_eq!(checks["libtorch"]["version"], "2.13.0");
    let variables = &checks["environment"]["variables"];
    assert_eq!(variables["NN_MODELS"], user.models().to_str().expect("a text"));
    let folder = &checks["models"]["folders"][0];
    assert_eq!((&folder["readable"], &folder["models"]), (&true.into(), &2.into()), "{folder}");
    assert_eq!(checks["downloads"]["writable"], true);
    for name in ["gain", "codec"] {
        let check = &checks[name];
        assert_eq!(check["plays"], true, "{check}");
        assert_eq!(check["buffer_samples"], 2048, "{check}");
        assert!(check["buffers"].as_u64().is_some_and(|buffers| buffers > 0), "{check}");
        assert!(check["median_ms"].as_f64().is_some_and(|ms| ms > 0.0), "{check}");
    }
}

#[test]
fn a_missing_or_broken_library_is_a_fault_that_is_said_once() {
    let user = User::new(&[]);
    let broken = user.folder.path().join("broken.so");
    std::fs::write(&broken, b"no library").expect("written");
    let missing = user.folder.path().join("none.so");
    for (library, part) in [(missing, "is not there"), (broken, "cannot be opened")] {
        let (code, found) = json(&mut doctor(&user, &library, &["--json"]));
        assert_eq!((code, &found["plays"]), (Some(1), &false.into()), "{found:#}");
        let libtorch = &found["checks"]["libtorch"];
        assert_eq!(libtorch["state"], "fault");
        assert!(libtorch["text"].as_str().is_some_and(|text| text.contains(part)), "{libtorch}");
        // The cure is for the variable and not for the package.
        let cure = libtorch["cure"].as_str().unwrap_or_default();
        assert!(cure.contains("remove it from the environment") && !cure.contains("must stand"), "{cure}");
        assert_eq!(found["checks"]["codec"]["cure"], "see libtorch");
        let (code, text, _) = said(&mut doctor(&user, &library, &[]));
        assert_eq!(code, Some(1), "{text}");
        assert!(text.lines().any(|line| line.starts_with("FAULT    libtorch ")), "{text}");
        assert!(text.contains("models do not play here: libtorch, gain, codec"), "{text}");
    }
}

#[test]
fn a_models_folder_that_cannot_be_read_or_is_not_there_is_a_warning() {
    let user = User::new(&[]);
    let file = user.folder.path().join("file");
    std::fs::write(&file, "").expect("written");
    // Whoever runs this may read everything that is a folder.
    for (place, word) in [(file, "cannot be read"), (user.folder.path().join("gone"), "is not there")] {
        let (_, found) =
            json(doctor(&user, &user.folder.path().join("none.so"), &["--json"]).env("NN_MODELS", &place));
        let models = &found["checks"]["models"];
        assert_eq!(models["state"], "warning", "{models}");
        assert!(models["text"].as_str().is_some_and(|text| text.contains(word)), "{models}");
        assert!(models["cure"].is_string(), "{models}");
        assert_eq!(models["folders"][0]["readable"], false, "{models}");
    }
}

/// The right to real-time priority is taken from the tool, whoever runs this.
#[cfg(target_os = "linux")]
#[test]
fn without_real_time_priority_models_play_and_the_next_step_is_told() {
    use std::os::unix::process::CommandExt;

    /// `CAP_SYS_NICE` of `linux/capability.h`.
    const RIGHT_TO_PRIORITY: libc::c_ulong = 23;

    let user = User::new(&[]);
    let mut command = doctor(&user, &backend(), &["--json"]);
    #[allow(unsafe_code)]
    // SAFETY: plain calls of the system between fork and exec.
    unsafe {
        command.pre_exec(|| {
            let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
            libc::setrlimit(libc::RLIMIT_RTPRIO, &raw const none);
            // Only who has all rights has this one, and may give it up.
            libc::prctl(libc::PR_CAPBSET_DROP, RIGHT_TO_PRIORITY, 0, 0, 0);
            Ok(())
        });
    }
    let (code, found) = json(&mut command);
    assert_eq!((code, &found["plays"]), (Some(0), &true.into()), "{found:#}");
    let real_time = &found["checks"]["real_time"];
    assert_eq!(
        (&real_time["state"], &real_time["granted"]),
        (&"warning".into(), &false.into()),
        "{real_time}"
    );
    assert_eq!(real_time["limit"], 0);
    assert!(
        real_time["cure"].as_str().is_some_and(|cure| cure.contains("log out and in again")),
        "{real_time}"
    );
    assert_eq!(found["checks"]["gain"]["real_time"], false);
}
