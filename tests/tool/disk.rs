//! Full disks, and folders that may not be written or read.

use crate::user::{User, codec, gain, said};
use model_server::{File, ModelServer};
use std::{path::Path, process::Command};

/// Runs the tool with files that may not grow beyond 100 kB: a limit that every user may set, and that looks like a
/// full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_is_one_line_and_leaves_nothing() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(codec()));
    let mut command = Command::new("sh");
    user.equip(&mut command);
    let script = "trap '' XFSZ; ulimit -f 200; exec \"$0\" models download voice";
    let (code, _, errors) = said(command.args(["-c", script, env!("CARGO_BIN_EXE_nn")]));
    assert_eq!(code, Some(1), "{errors}");
    assert!(errors.contains("no room on the disk") && errors.lines().count() == 1, "{errors}");
    assert_eq!(user.files(), [""; 0]);
}

/// A file system of one megabyte, where users may make one.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_really_full_is_one_line_and_leaves_nothing() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(codec()));
    std::fs::create_dir(user.models()).expect("a folder");
    let mut command = Command::new("unshare");
    user.equip(&mut command);
    let script = "mount -t tmpfs -o size=1m none \"$NN_MODELS\" || exit 77; \"$0\" models download voice; code=$?; \
                  find \"$NN_MODELS\" -type f; exit $code";
    let words = ["--user", "--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_nn")];
    let (code, left, errors) = said(command.args(words));
    if code == Some(77) || errors.contains("unshare") {
        // This system lets nobody but its administrator do that; the test above does without.
        return;
    }
    assert_eq!((code, left.as_str()), (Some(1), ""), "{errors}");
    assert!(errors.contains("no room on the disk") && errors.lines().count() == 1, "{errors}");
}

/// Who may do everything becomes somebody who may not.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_one_line() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let server = ModelServer::http();
    let user = User::of(&server, File::new(gain()));
    std::fs::create_dir(user.models()).expect("a folder");
    let allow = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("allowed");
    };
    allow(user.folder.path(), 0o755);
    allow(&user.models(), 0o555);
    let mut command = user.nn("models download voice");
    // An administrator may write there too.
    if std::fs::write(user.models().join("trial"), b"").is_ok() {
        std::fs::remove_file(user.models().join("trial")).expect("removed");
        command.uid(65_534).gid(65_534);
    }
    let Ok(output) = command.output() else { return };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("may not be written") && errors.lines().count() == 1, "{errors}");
    allow(&user.models(), 0o755);
    assert_eq!(user.files(), [""; 0]);
}

/// What is only read is not said to be unwritable.
#[cfg(unix)]
#[test]
fn a_folder_of_models_that_may_not_be_read_is_one_line_that_says_so() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let shop = tempfile::tempdir().expect("a folder");
    let at = |name: &str| shop.path().join(name);
    std::fs::create_dir(at("closed")).expect("a folder");
    std::fs::write(at("file.ts"), gain()).expect("written");
    let source =
        |name: &str, path: &Path| format!("{{name: {name}, kind: folder, path: '{}'}}", path.display());
    let user = User::new(&[source("closed", &at("closed")), source("shop", shop.path())]);
    let allow = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("allowed");
    };
    std::fs::create_dir(user.models()).expect("a folder");
    for (path, mode) in [
        (user.folder.path().to_owned(), 0o755),
        (user.models(), 0o777),
        (shop.path().to_owned(), 0o755),
        (at("closed"), 0),
        (at("file.ts"), 0),
    ] {
        allow(&path, mode);
    }
    for words in ["models list", "models download shop/file"] {
        let mut command = user.nn(words);
        if std::fs::read(at("file.ts")).is_ok() {
            command.uid(65_534).gid(65_534);
        }
        let Ok(output) = command.output() else { return };
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(errors.contains("may not be read") && errors.lines().count() == 1, "{words}: {errors}");
    }
    allow(&at("closed"), 0o755);
    allow(&user.models(), 0o755);
}
