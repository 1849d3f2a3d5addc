//! The package for Pure Data, as a user unpacks it: it plays from where Pd looks, with nothing else installed and no
//! environment variable set; what is missing in it is one line that names the file and the cure.
#![cfg(target_os = "linux")]

mod support;

use std::{
    os::unix::{fs::symlink, process::CommandExt},
    path::{Path, PathBuf},
    time::Duration,
};

use support::{host::Host, patch::Patch, pd, target_dir};

/// What `cargo xtask package pd` makes.
fn package() -> PathBuf {
    let folder = target_dir().join("package/pd/nn~");
    assert!(folder.is_dir(), "{} is missing: run `cargo xtask package pd --folder`", folder.display());
    folder
}

/// Where a user keeps things, called as users call their folders.
fn home() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("Zoë's Klänge & 音 (2) ").tempdir().unwrap()
}

/// A patch with a box that says what its model is, and ends Pd.
fn patch(text: &str) -> String {
    let mut patch = Patch::new();
    let (made, told) = (patch.object(text), patch.object("print told"));
    patch.connect(made, 1, told, 0);
    // The box waits for its model, and time with it, as long as audio is on.
    let steps = ["wait 1 \\; pd dsp 1", "dump", "\\; pd quit"].map(|text| patch.message(text));
    let (begin, ask, quit) = (patch.object("loadbang"), patch.object("del 200"), patch.object("del 400"));
    for (from, to) in [
        (begin, steps[0]),
        (steps[0], made),
        (begin, ask),
        (ask, steps[1]),
        (steps[1], made),
        (begin, quit),
        (quit, steps[2]),
    ] {
        patch.connect(from, 0, to, 0);
    }
    patch.text()
}

/// What the distribution's Pd says about a patch in `folder`, with that folder as home and nothing else set.
fn said_by_pd(folder: &Path, patch: &str, more: &[&str]) -> Vec<String> {
    std::fs::write(folder.join("patch.pd"), patch).unwrap();
    said_by(std::process::Command::new("pd"), folder, more)
}

/// The same of the patch that is there.
fn said_by(mut command: std::process::Command, folder: &Path, more: &[&str]) -> Vec<String> {
    command
        .env_clear()
        .envs(std::env::vars_os().filter(|(name, _)| name == "PATH"))
        .env("HOME", folder)
        .current_dir(folder)
        .args(["-nogui", "-noprefs", "-noaudio", "-nomidi", "-nrt", "-stderr"])
        .args(more)
        .arg(folder.join("patch.pd"));
    let output = pd::output_within(&mut command, Duration::from_secs(60));
    assert!(output.status.success(), "{}", output.status);
    String::from_utf8_lossy(&output.stderr).replace('\\', "").lines().map(str::to_owned).collect()
}

/// The same from Pd 0.55, which finds the externals in the patch's folder.
fn said_by_host(folder: &Path, patch: &str) -> Vec<String> {
    let file = folder.join("patch.pd");
    std::fs::write(&file, patch).unwrap();
    let mut host = Host::new(1, 1);
    // cargo names libtorch's folder to its tests.
    host.environment("LD_LIBRARY_PATH", "");
    host.line(format!("open \"{}\"", file.display())).line("run 100000");
    let transcript = host.run();
    transcript.after("print ").into_iter().map(|line| line.replace('\\', "")).collect()
}

#[test]
fn an_unpacked_package_plays_from_where_pd_looks_with_nothing_set() {
    for (place, more) in [
        (".local/lib/pd/extra", None),
        // Pd's window adds this folder once it has asked the user.
        ("Documents/Pd/externals", Some("-path")),
    ] {
        let home = home();
        let extra = home.path().join(place);
        std::fs::create_dir_all(&extra).unwrap();
        symlink(package(), extra.join("nn~")).unwrap();
        let extra = extra.display().to_string();
        let more: Vec<&str> = more.iter().flat_map(|word| [*word, extra.as_str()]).collect();
        for class in ["nn~", "mc.nn~", "mcs.nn~"] {
            // As a user does who wants all boxes.
            let patch = patch(&format!("{class} codec")).replacen('\n', "\n#X declare -lib nn~;\n", 1);
            let lines = said_by_pd(home.path(), &patch, &more);
            let model = format!("told: model {extra}/nn~/models/codec.ts");
            assert!(lines.contains(&model), "{class}: {lines:#?}");
            assert!(lines.contains(&"told: loaded 1".to_owned()), "{class}: {lines:#?}");
            let error = lines.iter().find(|line| line.contains("error") || line.contains("couldn't"));
            assert_eq!(error, None, "{class}: {lines:#?}");
        }
    }
}

/// Takes from everybody, or gives its owner back, the right to write in it.
fn protect(folder: &Path, rights: &str) {
    let status = std::process::Command::new("chmod").args(["-R", rights]).arg(folder).status().unwrap();
    assert!(status.success());
}

/// A program of somebody who may not write there: an administrator, who may, becomes nobody.
fn reader(program: &Path, folder: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(program);
    if std::fs::write(folder.join("trial"), b"").is_ok() {
        std::fs::remove_file(folder.join("trial")).unwrap();
        command.uid(65_534).gid(65_534);
    }
    command
}

#[test]
fn a_package_that_may_only_be_read_plays_and_its_tool_works() {
    let home = home();
    let extra = home.path().join(".local/lib/pd/extra");
    std::fs::create_dir_all(&extra).unwrap();
    let status = std::process::Command::new("cp").arg("-r").args([&package(), &extra]).status().unwrap();
    assert!(status.success());
    std::fs::write(home.path().join("patch.pd"), patch("nn~ codec")).unwrap();
    // Nothing may be written in the user's folder either.
    protect(home.path(), "a-w,a+rX");

    let lines = said_by(reader(Path::new("pd"), home.path()), home.path(), &[]);
    let model = format!("told: model {}/nn~/models/codec.ts", extra.display());
    let mut check = reader(&extra.join("nn~/nn"), home.path());
    check.env_clear().env("HOME", home.path()).current_dir(home.path());
    let checked =
        pd::output_within(check.arg("check").arg(extra.join("nn~/models/gain.ts")), Duration::from_secs(120));
    protect(home.path(), "u+w");

    assert!(lines.contains(&model) && lines.contains(&"told: loaded 1".to_owned()), "{lines:#?}");
    let error = lines.iter().find(|line| line.contains("error") || line.contains("couldn't"));
    assert_eq!(error, None, "{lines:#?}");
    let text = String::from_utf8_lossy(&checked.stdout);
    let errors = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success() && text.contains("fit for the stage"), "{text}{errors}");
    assert_eq!(errors, "");
}

#[test]
fn a_folder_that_is_named_from_where_pd_was_started_is_as_good() {
    let home = home();
    symlink(package(), home.path().join("nn~")).unwrap();
    for class in ["nn~", "mc.nn~", "mcs.nn~"] {
        let lines = said_by_pd(home.path(), &patch(&format!("{class} codec")), &["-path", "nn~"]);
        assert!(lines.contains(&"told: loaded 1".to_owned()), "{class}: {lines:#?}");
        let error = lines.iter().find(|line| line.contains("error") || line.contains("couldn't"));
        assert_eq!(error, None, "{class}: {lines:#?}");
    }
}

#[test]
fn the_tool_in_the_package_runs_with_nothing_set() {
    let home = home();
    for (word, said) in [("info", "runnable: true"), ("check", "fit for the stage")] {
        let mut command = std::process::Command::new(package().join("nn"));
        command.env_clear().env("HOME", home.path()).current_dir(home.path());
        command.arg(word).arg(package().join("models/gain.ts"));
        let output = pd::output_within(&mut command, Duration::from_secs(120));
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && text.contains(said), "{word}: {text}{errors}");
    }
}

#[test]
fn the_self_test_of_the_package_passes_with_nothing_set() {
    let home = home();
    let mut command = std::process::Command::new("pd");
    command.env_clear().envs(std::env::vars_os().filter(|(name, _)| name == "PATH"));
    command.env("HOME", home.path()).current_dir(home.path());
    command.args(["-nogui", "-noprefs", "-nomidi", "-nrt", "-stderr", "-batch"]);
    let output =
        pd::output_within(command.arg(package().join("nn-selftest-auto.pd")), Duration::from_secs(300));
    let said = String::from_utf8_lossy(&output.stderr);
    let report = std::fs::read_to_string(home.path().join(nn_core::host_test::FILE));
    let report = report.unwrap_or_else(|error| panic!("{error}: {said}"));
    assert!(report.contains("checks pass") && !report.contains("FAIL"), "{report}");
}

/// The package, with links to the files in `kept`, beside a patch.
fn part_of_it(kept: &[&str]) -> tempfile::TempDir {
    let folder = home();
    // Copies: the system follows links before it looks for what stands beside a library.
    for name in kept {
        let from = package().join(name);
        if from.is_dir() {
            symlink(&from, folder.path().join(name)).unwrap();
        } else {
            std::fs::copy(&from, folder.path().join(name)).unwrap();
        }
    }
    folder
}

#[test]
fn a_core_that_is_missing_or_broken_is_one_line_that_names_it_and_the_cure() {
    for class in ["nn~", "mc.nn~", "mcs.nn~", "nn.info"] {
        let stub = format!("{class}.pd_linux");
        type Spoil = fn(&Path);
        let broken: [(Spoil, &str); 3] = [
            (|_| (), "is missing: install all files of the package again"),
            (|core| std::fs::write(core, "no library").unwrap(), "cannot be opened ("),
            (
                |core| assert!(std::fs::copy(package().join("nn~.pd_linux"), core).is_ok()),
                "is of another version: install all files of one package together",
            ),
        ];
        for (spoil, what) in broken {
            let folder = part_of_it(&[&stub]);
            let core = folder.path().join("libnn_pd.so");
            spoil(&core);
            let patch = patch(&format!("{class} codec"));
            for lines in [said_by_pd(folder.path(), &patch, &[]), said_by_host(folder.path(), &patch)] {
                let wanted = format!("nn~: {} {what}", core.display());
                let count = lines.iter().filter(|line| line.contains(&wanted)).count();
                assert_eq!(count, 1, "{class}: {wanted}: {lines:#?}");
            }
        }
    }
}

#[test]
fn a_libtorch_that_is_missing_or_broken_is_one_line_and_the_box_is_made() {
    let ours = ["nn~.pd_linux", "libnn_pd.so", "libnn_torch.so", "models", "libtorch"];
    type Spoil = fn(&Path);
    let broken: [(Spoil, &str, &str); 4] = [
        (
            |f| std::fs::remove_file(f.join("libnn_torch.so")).unwrap(),
            "libnn_torch.so is missing",
            "copy it there",
        ),
        (
            |f| std::fs::remove_file(f.join("libtorch")).unwrap(),
            "libtorch_cpu.so",
            "the folder libtorch must stand beside it",
        ),
        (
            |f| std::fs::write(f.join("libnn_torch.so"), "no library").unwrap(),
            "libnn_torch.so cannot be opened",
            "the folder libtorch must stand beside it",
        ),
        (
            |f| assert!(std::fs::copy(f.join("libnn_pd.so"), f.join("libnn_torch.so")).is_ok()),
            "libnn_torch.so cannot be opened",
            "as in the package",
        ),
    ];
    for (spoil, what, cure) in broken {
        let folder = part_of_it(&ours);
        spoil(folder.path());
        let patch = patch("nn~ codec");
        for lines in [said_by_pd(folder.path(), &patch, &[]), said_by_host(folder.path(), &patch)] {
            let errors: Vec<_> =
                lines.iter().filter(|line| line.contains("libtorch") && line.contains("nn~: ")).collect();
            assert_eq!(errors.len(), 1, "{what}: {lines:#?}");
            assert!(errors[0].contains(what) && errors[0].contains(cure), "{what}: {lines:#?}");
            assert!(lines.contains(&"told: loaded 0".to_owned()), "{what}: {lines:#?}");
            assert!(lines.iter().all(|line| !line.contains("couldn't create")), "{what}: {lines:#?}");
        }
    }
}
