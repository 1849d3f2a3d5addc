//! The package for SuperCollider, as a user puts it into Extensions: both servers load it without a word that is not ours, and
//! play, with nothing else installed and no environment variable set; what is missing in it is one line that says what to do.
#![cfg(target_os = "linux")]

#[path = "supercollider/definition.rs"]
#[allow(dead_code, reason = "a part is used")]
mod definition;
#[path = "supercollider/osc.rs"]
#[allow(dead_code, reason = "a part is used")]
mod osc;
mod support;

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use definition::{Definition, outputs};
use osc::{args, bundle, message};
use support::{RATE_HZ, pd::output_within, target_dir};

const SERVERS: [&str; 2] = ["scsynth", "supernova"];

/// What `cargo xtask package supercollider` makes.
fn package() -> PathBuf {
    let folder = target_dir().join("package/supercollider/nn");
    let make = "cargo xtask package supercollider --folder";
    assert!(folder.is_dir(), "{} is missing: run `{make}`", folder.display());
    folder
}

/// Where a user keeps things, called as users call their folders.
fn home() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("Zoë's Klänge & 音 (2) ").tempdir().unwrap()
}

/// A user who has only these folders in Extensions.
struct User {
    home: tempfile::TempDir,
}

impl User {
    fn new(extensions: &[(&str, &Path)]) -> Self {
        let home = home();
        let data = home.path().join("SuperCollider");
        // scsynth says that it is missing.
        fs::create_dir_all(data.join("synthdefs")).unwrap();
        fs::create_dir_all(data.join("Extensions")).unwrap();
        for (name, folder) in extensions {
            symlink(folder, data.join("Extensions").join(name)).unwrap();
        }
        Self { home }
    }

    /// Renders a tenth of a second of a model of the package, found by its name. What the server said, and what it played.
    fn rendered(&self, server: &str, more: &[&str]) -> (String, Vec<f32>) {
        let path = |name: &str| self.home.path().join(name);
        let mut tone = Definition::new("tone");
        let model = tone.nn((0, 0, 0), Vec::new(), Vec::new(), 1);
        tone.out(0, outputs(model, 1));
        let begin = [
            message("/cmd", args!["/nn_load", 0, "generator", ""]),
            message("/d_recv", args![tone.bytes()]),
            message("/s_new", args!["tone", 1000, 0, 0]),
        ];
        let begin = begin.each_ref().map(|one| bundle(0.0, std::slice::from_ref(one))).concat();
        let end = bundle(0.1, &[message("/n_free", args![1000])]);
        fs::write(path("commands.osc"), [begin, end].concat()).unwrap();
        let mut command = Command::new(server);
        command.env_clear().envs(std::env::vars_os().filter(|(name, _)| name == "PATH"));
        command.env("HOME", self.home.path()).env("XDG_DATA_HOME", self.home.path());
        command.current_dir(self.home.path()).arg("-N").arg(path("commands.osc")).arg("_");
        command.arg(path("out.wav")).args([&RATE_HZ.to_string(), "WAV", "float", "-o", "1"]).args(more);
        let output = output_within(&mut command, Duration::from_secs(120));
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {said}", output.status);
        let mut sound = hound::WavReader::open(path("out.wav")).expect("what was rendered");
        let samples = sound.samples::<f32>().map(|sample| sample.expect("a sample")).collect();
        (said, samples)
    }
}

/// Lines that are more than what servers say of themselves.
fn complaints(said: &str) -> Vec<&str> {
    let words = ["error", "may not be a supercollider plugin", "failure", "cannot", "could not", "warning"];
    said.lines().filter(|line| words.iter().any(|word| line.to_lowercase().contains(word))).collect()
}

#[test]
fn both_servers_load_the_package_without_a_complaint_and_play() {
    let standard = "/usr/lib/SuperCollider/plugins";
    let folder = package().display().to_string();
    // In Extensions; then by its plug-ins, and by all of it, as a server's options name folders.
    let named =
        [Vec::new(), vec![format!("{folder}/plugins:{standard}")], vec![format!("{folder}:{standard}")]];
    for server in SERVERS {
        for named in &named {
            let package = package();
            let installed: &[(&str, &Path)] = if named.is_empty() { &[("nn", &package)] } else { &[] };
            let more: Vec<&str> = named.iter().flat_map(|folders| ["-U", folders]).collect();
            let (said, sound) = User::new(installed).rendered(server, &more);
            assert_eq!(complaints(&said), [""; 0], "{server} {more:?}: {said}");
            let loudest = sound.iter().fold(0.0_f32, |loudest, sample| loudest.max(sample.abs()));
            assert!(loudest > 0.1, "{server} {more:?}: {loudest} {said}");
        }
    }
}

/// That the test above would notice.
#[test]
fn supernova_complains_about_a_library_with_the_ending_of_plug_ins() {
    let other = home();
    let library = package().join("support/libtorch/lib/libc10.nn");
    fs::copy(library, other.path().join("libc10.so")).unwrap();
    let package = package();
    let user = User::new(&[("nn", &package), ("other", other.path())]);
    let (said, _) = user.rendered("supernova", &[]);
    assert!(complaints(&said).iter().any(|line| line.contains("libc10.so")), "{said}");
}

#[test]
fn nothing_but_the_plug_ins_ends_as_plug_ins_do() {
    fn ending_so(folder: &Path) -> Vec<PathBuf> {
        let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let found = paths.flat_map(|path| if path.is_dir() { ending_so(&path) } else { vec![path] });
        found.filter(|path| path.extension().is_some_and(|ending| ending == "so")).collect()
    }
    let mut found = ending_so(&package());
    found.sort();
    let plugins = ["nn_scsynth.so", "nn_supernova.so"].map(|name| package().join("plugins").join(name));
    assert_eq!(found, plugins);
}

#[test]
fn the_tool_in_the_package_runs_with_nothing_set() {
    let home = home();
    for (words, said) in
        [(["info", "--supercollider"], "problem: \"\""), (["check", "--"], "fit for the stage")]
    {
        let mut command = Command::new(package().join("support/nn"));
        command.env_clear().env("HOME", home.path()).current_dir(home.path());
        command.args(words).arg(package().join("models/gain.ts"));
        let output = output_within(&mut command, Duration::from_secs(120));
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && text.contains(said), "{words:?}: {text}{errors}");
    }
    // By its name alone, though the tool lies below the package.
    let mut command = Command::new(package().join("support/nn"));
    command.env_clear().env("HOME", home.path()).current_dir(home.path());
    command.args(["render", "generator", "--seconds", "0.1", "-o", "out.wav"]);
    let output = output_within(&mut command, Duration::from_secs(120));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The package without some of its files.
fn spoilt(without: &[&str]) -> tempfile::TempDir {
    fn linked(from: &Path, to: &Path, inner: &Path, without: &[&str]) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let inner = inner.join(path.file_name().unwrap());
            let copy = to.join(path.file_name().unwrap());
            if without.iter().any(|left_out| inner == Path::new(left_out)) {
                continue;
            }
            // The system follows links before it looks for what stands beside a library.
            if without.iter().any(|left_out| Path::new(left_out).starts_with(&inner))
                || inner.ends_with("plugins")
            {
                linked(&path, &copy, &inner, without);
            } else if path.is_file() && path.metadata().unwrap().len() < 100_000_000 {
                fs::copy(&path, &copy).unwrap();
            } else {
                symlink(&path, &copy).unwrap();
            }
        }
    }
    let folder = home();
    linked(&package(), folder.path(), Path::new(""), without);
    folder
}

#[test]
fn what_is_missing_is_one_line_that_names_it_and_the_cure() {
    type Spoil = fn(&Path);
    let cases: [(&str, &str, Spoil); 5] = [
        ("support/libnn_supercollider.nn", "is missing: install all files of the package again", |_| ()),
        ("support/libnn_supercollider.nn", "cannot be opened (", |file| {
            fs::write(file, "no library").unwrap()
        }),
        ("support/libnn_torch.nn", "is missing: copy it there from the package", |_| ()),
        ("support/libnn_torch.nn", "cannot be opened (", |file| fs::write(file, "no library").unwrap()),
        (
            "support/libtorch/lib/libc10.nn",
            "the folder libtorch must stand beside it, as in the package",
            |_| (),
        ),
    ];
    for server in SERVERS {
        for (file, what, spoil) in &cases {
            let folder = spoilt(&[file]);
            spoil(&folder.path().join(file));
            let (said, sound) = User::new(&[("nn", folder.path())]).rendered(server, &[]);
            let name = Path::new(file).file_name().unwrap().to_str().unwrap();
            let mut lines: Vec<_> =
                said.lines().filter(|line| line.contains(name) && line.contains("NN: ")).collect();
            // The load says it, and the synth that has no model then.
            lines.dedup();
            assert!(lines.len() == 1 && lines[0].contains(what), "{server} {file}: {said}");
            assert!(sound.iter().all(|sample| *sample == 0.0), "{server} {file}");
        }
    }
}
