//! Wires of a box whose model is missing: a patch that is loaded and saved again has them all.

mod support;

use std::{path::Path, time::Duration};

use support::{
    host::Host,
    model,
    patch::Patch,
    pd,
    session::Player::{self, Host as Pd055, PdBatch},
};

const LIMIT: Duration = Duration::from_secs(60);

/// Five wires into `text` and out of it: two inlets, three signal outlets, and the one for information.
fn wired(text: &str) -> Patch {
    let mut patch = Patch::new();
    let (osc, nn) = (patch.object("osc~ 100"), patch.object(text));
    let (mix, print) = (patch.object("*~"), patch.object("print told"));
    patch.connect(osc, 0, nn, 0);
    patch.connect(osc, 0, nn, 1);
    patch.connect(nn, 0, mix, 0);
    patch.connect(nn, 2, mix, 1);
    patch.connect(nn, 3, print, 0);
    patch
}

/// The wires of a file, sorted.
fn wires(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut wires: Vec<_> =
        text.lines().filter(|line| line.starts_with("#X connect")).map(str::to_owned).collect();
    wires.sort();
    wires
}

/// Opens `main.pd` of a folder in a Pd, which saves the patches of these names under others, `saved-NAME`, and gives the
/// lines of the console.
fn save(player: Player, folder: &Path, names: &[&str]) -> String {
    let mut driver = Patch::new();
    let begin = driver.object("loadbang");
    let later = driver.object("del 100");
    driver.connect(begin, 0, later, 0);
    let folder_text = folder.display();
    let saves: String =
        names.iter().map(|name| format!("\\; pd-{name} savetofile saved-{name} {folder_text} 0 ")).collect();
    let (message, end) = (driver.message(&saves), driver.message("\\; pd quit"));
    let last = driver.object("del 100");
    for (from, to) in [(later, message), (later, last), (last, end)] {
        driver.connect(from, 0, to, 0);
    }
    driver.object("main");
    let file = folder.join("driver.pd");
    driver.write(&file);
    let said = if player == PdBatch {
        let output = pd::output_within(&mut pd::command(&file, &["-batch"]), LIMIT);
        String::from_utf8_lossy(&output.stderr).into_owned()
    } else {
        let mut host = Host::new(1, 1);
        host.line(format!("open \"{}\"", file.display())).line("run 100000");
        host.run_within(LIMIT).lines.join("\n")
    };
    assert!(!said.contains("connection failed"), "{player:?}: {said}");
    // Pd keeps the wires of a box that it could not make; these are to be ours.
    assert!(said.contains("nn~: ") && !said.contains("couldn't create"), "{player:?}: {said}");
    said
}

#[test]
fn a_box_without_its_model_keeps_the_wires_of_its_patch() {
    for player in [PdBatch, Pd055] {
        for text in [
            "nn~ nowhere",
            "nn~ nowhere forward 512",
            "mc.nn~ nowhere decode",
            "nn~ broken",
            "nn~ gain no_such_method",
            "nn~ nowhere forward wrong",
            "mcs.nn~ nowhere forward 3",
            // What is typed counts; the rest is kept.
            "nn~ nowhere forward 512 2",
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            std::fs::copy(model("gain"), folder.path().join("gain.ts")).expect("a copy");
            std::fs::write(folder.path().join("broken.ts"), "no model").expect("written");
            let main = folder.path().join("main.pd");
            wired(text).write(&main);
            let said = save(player, folder.path(), &["main.pd"]);
            assert_eq!(
                wires(&folder.path().join("saved-main.pd")),
                wires(&main),
                "{player:?} {text}: {said}"
            );
        }
    }
}

#[test]
fn subpatches_and_abstractions_and_clones_keep_their_wires() {
    for player in [PdBatch, Pd055] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        wired("nn~ \\$1 forward \\$2").write(&path("voice.pd"));
        let mut main = wired("nn~ nowhere");
        let mut inner = wired("nn~ nowhere");
        inner.subpatch("deeper", &wired("mc.nn~ nowhere encode"));
        main.subpatch("inner", &inner);
        main.subpatch("alike", &wired("nn~ nowhere"));
        for text in ["voice elsewhere 512", "clone voice 2 nowhere 64", "voice nowhere"] {
            main.object(text);
        }
        main.write(&path("main.pd"));
        let said = save(player, folder.path(), &["main.pd", "voice.pd"]);
        for name in ["main.pd", "voice.pd"] {
            assert_eq!(
                wires(&path(&format!("saved-{name}"))),
                wires(&path(name)),
                "{player:?} {name}: {said}"
            );
        }
    }
}

#[test]
fn a_patch_that_is_no_file_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let main = folder.path().join("main.pd");
    wired("nn~ nowhere").write(&main);
    std::fs::create_dir(folder.path().join("pd-x.pd")).expect("a folder");
    #[cfg(unix)]
    std::os::unix::fs::symlink("loop.pd", folder.path().join("loop.pd")).expect("a link");
    let said = save(PdBatch, folder.path(), &["main.pd"]);
    assert_eq!(wires(&folder.path().join("saved-main.pd")), wires(&main), "{said}");
}
