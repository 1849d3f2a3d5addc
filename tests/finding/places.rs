//! Where models are looked for, and the externals.

use crate::stand::BOTH;
use crate::stand::errors;
use crate::support::{
    copy_externals, externals,
    host::{self},
    model,
    patch::{Patch, escaped},
    pd,
    probe::{BOTH as BOTH_ASKED, Probe},
    session::Session,
};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

#[test]
fn a_model_is_found_wherever_models_are_kept() {
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = |to: PathBuf| {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(model("gain"), &to).unwrap();
        to
    };
    let (spaced, searched) =
        (elsewhere.path().join("mit Leerzeichen, Übung $1"), elsewhere.path().join("pfad"));
    for player in BOTH {
        for (typed, place) in [
            ("beside", "PATCH/beside.ts"),
            ("beside.ts", "PATCH/beside.ts"),
            ("no_extension", "PATCH/no_extension"),
            ("version.2", "PATCH/version.2.ts"),
            ("sub/folder/model", "PATCH/sub/folder/model.ts"),
            ("on_the_path", "SEARCHED/on_the_path.ts"),
            ("in/subfolder", "SEARCHED/in/subfolder.ts"),
            ("SPACED/größe model", "SPACED/größe model.ts"),
            ("ein Modell, größer; $2", "PATCH/ein Modell, größer; $2.ts"),
            ("~/at_home", "HOME/at_home.ts"),
            ("of_the_package", "PATCH/models/of_the_package.ts"),
        ] {
            let fill = |text: &str| text.replace("SPACED", &spaced.display().to_string());
            let session = Session::new(&format!("{} forward 256", escaped(&fill(typed))), 1, 1)
                .search(&searched)
                .environment("HOME", &elsewhere.path().join("home").display().to_string())
                .steps(["set gain 0.5", "dump"]);
            if place.contains("/models/") {
                // Pd prefers an external that lies beside the patch: then that folder is the package.
                copy_externals(session.folder());
            }
            let path = copy(PathBuf::from(
                fill(place)
                    .replace("PATCH", &session.folder().display().to_string())
                    .replace("SEARCHED", &searched.display().to_string())
                    .replace("HOME", &elsewhere.path().join("home").display().to_string()),
            ));
            let heard = session.play(player);
            let what = format!("{player:?}: {typed}: {:?}", heard[2].told);
            assert_eq!(errors(&heard), Vec::<&String>::new(), "{what}");
            assert!(heard[2].told.contains(&format!("model {}", path.display())), "{what}");
            assert_eq!(heard[2].level(0), 0.25, "{what}");
            std::fs::remove_file(&path).unwrap();
        }
    }
}

#[test]
fn of_several_places_the_nearest_is_taken() {
    for asked in BOTH_ASKED {
        let folder = tempfile::tempdir().unwrap();
        let (patches, package) = (folder.path().join("patches"), folder.path().join("package"));
        let (declared, searched) =
            (folder.path().join("patches/weitere Modelle"), folder.path().join("searched"));
        std::fs::create_dir(&patches).unwrap();
        copy_externals(&package);
        let places = [&patches, &package.join("models"), &declared, &package, &searched];
        let files = places.map(|place| {
            std::fs::create_dir_all(place).unwrap();
            std::fs::copy(model("gain"), place.join("größe.ts")).unwrap();
            place.join("größe.ts")
        });
        for (number, file) in files.iter().enumerate() {
            let said = Probe {
                text: "nn.info",
                outlets: &["path"],
                messages: &["set größe", "path"],
                awaited: &[(1, "path", "symbol")],
                declared: Some(r"-path weitere\ Modelle -path ../package"),
                search: std::slice::from_ref(&searched),
                ..Probe::default()
            }
            .ask(asked, &patches);
            let answer = said.last().unwrap().last().and_then(|line| line.strip_prefix("path: symbol "));
            let answer = answer.and_then(|path| Path::new(path).canonicalize().ok());
            let what = format!("{asked:?}: place {number}: {said:?}");
            assert_eq!(answer, file.canonicalize().ok(), "{what}");
            std::fs::remove_file(file).unwrap();
        }
    }
}

/// Kills its process in the end.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The file behind `[nn~]` in a running process.
fn mapped_external(child: &Running) -> PathBuf {
    let begin = Instant::now();
    loop {
        let maps = std::fs::read_to_string(format!("/proc/{}/maps", child.0.id())).unwrap();
        if let Some(line) = maps.lines().find(|line| line.ends_with("/nn~.pd_linux")) {
            return Path::new(&line[line.find('/').unwrap()..]).to_owned();
        }
        assert!(begin.elapsed() < Duration::from_secs(60), "not loaded");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn one_file_serves_both_pure_datas() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("empty.pd");
    let mut patch = Patch::new();
    patch.object("nn~");
    patch.write(&file);
    let old = Running(pd::command(&file, &[]).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap());
    let script = folder.path().join("script.txt");
    let lines = format!("path \"{}\"\nopen \"{}\"\nsleep 60000\n", externals().display(), file.display());
    std::fs::write(&script, lines).unwrap();
    let new = Running(
        Command::new(host::executable())
            .arg(&script)
            .stdout(Stdio::null())
            .stdin(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let wanted = externals().join("nn~.pd_linux").canonicalize().unwrap();
    assert_eq!(mapped_external(&old), wanted);
    assert_eq!(mapped_external(&new), wanted);
}
