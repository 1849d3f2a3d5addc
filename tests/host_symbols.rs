//! What the libraries for hosts want from them: as little as every build of a host has.
#![cfg(target_os = "linux")]

mod support;

use std::{collections::BTreeSet, path::Path, process::Command};

use support::{externals, host, host::Host, model, patch::Patch, target_dir};

/// Functions of Pd without which there is no box: those of its header for externals. One a line; what is linked for macOS is
/// held to them too (`xtask/src/macos`).
const PD: &str = include_str!("host_functions/pd.txt");

/// Functions of Max's header for externals, all of them older than Max 8.
const MAX: &str = include_str!("host_functions/max.txt");

/// What a library wants that the system's own libraries do not have. Their symbols have versions.
fn wanted(library: &Path) -> BTreeSet<String> {
    let output = Command::new("nm")
        .args(["-D", "--undefined-only", "--with-symbol-versions"])
        .arg(library)
        .output()
        .expect("nm runs");
    assert!(output.status.success(), "{}", library.display());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let strong = text.lines().filter_map(|line| line.trim().strip_prefix("U "));
    let names: BTreeSet<String> = strong.filter(|name| !name.contains('@')).map(str::to_owned).collect();
    assert!(!names.is_empty(), "{}: {text}", library.display());
    names
}

#[test]
fn the_core_for_pd_wants_only_what_every_build_of_it_exports() {
    for (library, double) in [("libnn_pd.so", false), ("libnn_pd_64.so", true)] {
        let library = externals().join(library);
        let known =
            |name: &str| if double && name == "class_new" { "class_new64".into() } else { name.to_owned() };
        assert_eq!(wanted(&library), PD.lines().map(known).collect(), "{}", library.display());
    }
    // What Pd opens first has to load whatever else is missing.
    for entry in std::fs::read_dir(externals()).expect("the externals").flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "pd_linux") {
            assert_eq!(
                wanted(&entry.path()),
                ["clock_delay", "clock_new", "pd_error"].map(str::to_owned).into(),
                "{:?}",
                entry.path()
            );
        }
    }
}

/// The test host without these names among those that it exports.
fn host_without(names: &[&str], folder: &Path) -> std::path::PathBuf {
    let mut program = std::fs::read(host::executable()).expect("the host");
    for name in names {
        let wanted = [name.as_bytes(), b"\0"].concat();
        let places: Vec<usize> =
            (0..program.len() - wanted.len()).filter(|&at| program[at..].starts_with(&wanted)).collect();
        assert!(!places.is_empty(), "{name} is not there to begin with");
        for at in places {
            program[at] = b'Q';
        }
    }
    let path = folder.join("host");
    std::fs::write(&path, program).expect("a copy");
    let mut rights = path.metadata().expect("a file").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o755);
    std::fs::set_permissions(&path, rights).expect("it may run");
    path
}

#[test]
fn a_host_that_keeps_its_arrays_and_its_search_path_to_itself_plays_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(model("gain"), folder.path().join("gain.ts")).expect("a copy");
    let (mut patch, file) = (Patch::new(), folder.path().join("patch.pd"));
    patch.object("array define numbers 8");
    let (nn, control, told) =
        (patch.object("nn~ gain forward 64"), patch.object("r control"), patch.object("s told"));
    patch.connect(control, 0, nn, 0);
    patch.connect(nn, 1, told, 0);
    patch.write(&file);
    let play = |missing: &[&str]| {
        let mut host = Host::new(1, 1);
        host.program(&host_without(missing, folder.path()));
        host.line("listen told").line(format!("open \"{}\"", file.display())).line("message control wait 1");
        host.line("dsp 1").line("run 100").line("message control set curve numbers").line("run 100");
        host.line("message control get curve").line("run 100");
        host.line("message control load nowhere").line("run 100");
        host.line("message control dump").line("run 100");
        let heard = host.run();
        let errors: Vec<_> = heard.errors().into_iter().map(str::to_owned).collect();
        assert!(heard.lines.iter().any(|line| line.contains("loaded 1")), "{:#?}", heard.lines);
        errors
    };
    let errors = play(&[]);
    assert!(errors.iter().all(|error| error.contains("no model 'nowhere'")), "{errors:#?}");
    for missing in ["garray_class", "garray_getfloatwords", "pd_findbyclass"] {
        let errors = play(&[missing, "canvas_path_iterate"]);
        let said =
            format!("curve: arrays cannot be had here: this host does not let externals have '{missing}'");
        assert!(errors.iter().any(|error| error.contains(&said)), "{errors:#?}");
        assert!(errors.iter().any(|error| error.contains("no model 'nowhere'")), "{errors:#?}");
    }
}

#[test]
fn the_core_for_max_wants_only_functions_of_its_header() {
    let library = target_dir().join("max/support/libnn_max.so");
    let unknown: Vec<_> =
        wanted(&library).into_iter().filter(|name| !MAX.lines().any(|known| known == name)).collect();
    assert_eq!(unknown, Vec::<String>::new(), "what is newer is looked up (frontend-max/src/ffi/newer.rs)");
}
