//! `nn doctor` where models run, and where libtorch is missing or is not what it should be.

mod support;

use std::{path::Path, process::Command};

use support::target_dir;

/// Exit code and output.
fn doctor(backend: &Path) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    // Whatever this machine has: the driver shows nothing.
    command.arg("doctor").env("CUDA_VISIBLE_DEVICES", "").env("NN_TORCH_BACKEND", backend);
    let output = command.output().expect("it starts");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into())
}

#[test]
fn a_machine_on_which_models_run_is_told_so_device_by_device() {
    let (begin, end) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let beside = target_dir().join("pd").join(format!("{begin}nn_torch{end}"));
    let backend = std::env::var_os("NN_TORCH_BACKEND").map_or(beside, Into::into);
    let (code, text) = doctor(&backend);
    assert_eq!(code, Some(0), "{text}");
    for part in ["nn ", "\nlibtorch 2.13.0: ", "\ncpu: works (", "\ngpu: "] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_missing_or_broken_library_is_a_line_and_a_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("broken.so");
    std::fs::write(&broken, b"no library").expect("written");
    for (backend, part) in [(folder.path().join("none.so"), "is not there"), (broken, "cannot be opened")] {
        let (code, text) = doctor(&backend);
        assert_eq!(code, Some(1), "{text}");
        assert!(text.lines().count() == 2 && text.contains(part), "{text}");
        // The cure is for the variable and not for the package.
        assert!(text.contains("which NN_TORCH_BACKEND names") && !text.contains("must stand"), "{text}");
    }
}
