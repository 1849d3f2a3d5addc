//! Boxes of ours beside another external that uses libtorch, and beside another copy of themselves: nobody changes
//! what the other plays, nor its settings, and the host leaves cleanly.

#![cfg(target_os = "linux")]

mod support;

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use support::{
    copy_externals, externals, model,
    patch::{Patch, escaped},
    pd,
    session::Player,
    stage::{Played, Stage},
};

const BOTH: [Player; 2] = [Player::PdBatch, Player::Host];

fn boxed(name: &str, rest: &str) -> String {
    format!("nn~ {} {rest}", escaped(&model(name).display().to_string()))
}

/// The folder with `[other~]`, compiled once against the libtorch that ours is built with.
fn other() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = support::target_dir().join("other");
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let source = support::root().join("tests/coexistence/other.cpp");
        let built = folder.join("other~.pd_linux");
        let time = |path: &Path| path.metadata().and_then(|m| m.modified()).ok();
        if time(&built) < time(&source) || time(&built).is_none() {
            let libtorch = nn_install::locate().expect("libtorch is there");
            let mut compiler = Command::new(std::env::var_os("CXX").unwrap_or("c++".into()));
            compiler.args(["-std=c++20", "-shared", "-fPIC", "-O0"]).arg(&source);
            for include in &libtorch.include_dirs {
                compiler.arg("-isystem").arg(include);
            }
            let partial = folder.join("partial.so");
            compiler.arg("-o").arg(&partial).arg("-L").arg(&libtorch.lib_dir);
            compiler.arg(format!("-Wl,-rpath,{}", libtorch.lib_dir.display()));
            compiler.args(libtorch.libraries.iter().map(|name| format!("-l{name}")));
            assert!(compiler.status().expect("a C++ compiler").success(), "{compiler:?}");
            std::fs::rename(partial, &built).expect("the library can be put in its place");
        }
        folder
    })
}

/// Who is in the patch, in order.
fn stage(ours: Option<&str>, manner: Option<&str>, other_first: bool) -> Stage {
    let mut stage = Stage::new();
    stage.search(other());
    let others = |stage: &mut Stage| {
        if let Some(manner) = manner {
            stage.part("other", &format!("other~ {manner}"), 1);
        }
    };
    if other_first {
        others(&mut stage);
    }
    if let Some(arguments) = ours {
        stage.part("ours", arguments, 1).send("ours wait 1");
    }
    if !other_first {
        others(&mut stage);
    }
    stage.pass(400);
    if ours.is_some() {
        stage.send("ours latency\nours stats\nours bang");
    }
    stage.pass(400);
    if manner.is_some() {
        stage.send("other bang");
    }
    stage.pass(20);
    stage
}

/// What `[other~]` said of its settings in the end; fails when one had changed.
fn settings(played: &Played, what: &str) -> String {
    let said = |word: &str| played.lines.iter().filter(|line| line.contains(word)).collect::<Vec<_>>();
    assert_eq!(said("OTHER changed"), Vec::<&String>::new(), "{what}");
    assert_eq!(said("OTHER failed"), Vec::<&String>::new(), "{what}");
    assert_eq!(said("OTHER has no gradient"), Vec::<&String>::new(), "{what}");
    let has = said("OTHER has ");
    assert_eq!(has.len(), 1, "{what}: {:#?}", played.lines);
    has[0].clone()
}

#[test]
fn another_external_with_libtorch_and_ours_play_what_they_play_alone() {
    for player in BOTH {
        let others = ["set", "trust"].map(|manner| {
            let alone = stage(None, Some(manner), true).play(player);
            let settings = settings(&alone, "alone");
            assert!(alone.sound("other").iter().any(|&s| s != 0.0), "the other sounds");
            assert_eq!(settings.contains("grad=0"), manner == "set", "{settings}");
            (manner, settings, alone)
        });
        for buffer in [2048, 0] {
            let ours = boxed("codec", &format!("forward {buffer}"));
            let ours_alone = stage(Some(&ours), None, false).play(player);
            assert!(ours_alone.sound("ours").iter().any(|&s| s != 0.0), "ours sounds");
            for (manner, other_settings, other_alone) in &others {
                for other_first in [true, false] {
                    let what = format!("{player:?}, buffer {buffer}, other~ {manner}, first: {other_first}");
                    let both = stage(Some(&ours), Some(manner), other_first).play(player);
                    assert_eq!(both.errors, Vec::<String>::new(), "{what}");
                    assert_eq!(settings(&both, &what), *other_settings, "{what}");
                    assert!(both.sound("other") == other_alone.sound("other"), "{what}: other~ differs");
                    assert!(both.sound("ours") == ours_alone.sound("ours"), "{what}: ours differs");
                    assert!(both.last("ours", "stats").is_some_and(|s| s.contains(" late 0 ")), "{what}");
                }
            }
        }
    }
}

/// What libtorch tells a thread that asks for the first time must not depend on whether ours was there before.
#[test]
fn an_external_that_comes_later_finds_the_settings_that_it_would_find_alone() {
    for player in BOTH {
        let found = |ours: Option<String>| {
            let mut stage = Stage::new();
            stage.search(other());
            let mut late = Patch::new();
            late.object("r proof");
            stage.subpatch("late", late);
            match &ours {
                Some(ours) => stage.part("ours", ours, 1).send("ours wait 1").pass(400).send("ours bang"),
                None => stage.pass(400),
            };
            stage.send("pd-late obj 10 50 other~ trust\npd-late connect 0 0 1 0").pass(20).send("proof bang");
            let played = stage.pass(20).play(player);
            if ours.is_some() {
                assert_eq!(played.last("ours", "loaded"), Some("loaded 1"));
            }
            settings(&played, &format!("{player:?}"))
        };
        let alone = found(None);
        for buffer in [2048, 0] {
            let beside = found(Some(boxed("codec", &format!("forward {buffer}"))));
            assert_eq!(beside, alone, "{player:?}, buffer {buffer}");
        }
    }
}

/// Handlers of another user of libtorch get what that one prints and warns of, whenever they were set, and nothing of
/// ours.
#[test]
fn another_external_has_its_own_prints_and_warnings_and_none_of_ours() {
    for player in BOTH {
        for buffer in [256, 0] {
            for other_first in [true, false] {
                let what = format!("{player:?}, buffer {buffer}, other first: {other_first}");
                let ours = boxed("hostile/prints", &format!("forward {buffer}"));
                let played = stage(Some(&ours), Some("handle"), other_first).play(player);
                assert_eq!(played.errors, Vec::<String>::new(), "{what}");
                assert!(played.last("ours", "stats").is_some_and(|s| !s.contains("blocks 0 ")), "{what}");
                let heard =
                    played.lines.iter().find_map(|line| line.split_once("OTHER heard ")).expect(&what).1;
                let figure = |key: &str| -> u32 {
                    let mut words = heard.split_whitespace();
                    words.find_map(|w| w.strip_prefix(key)?.strip_prefix('=')).unwrap().parse().unwrap()
                };
                let blocks = figure("blocks");
                assert!(blocks > 400, "{what}: {heard}");
                let expected = format!(
                    "first={} second=100 foreign=0 warned={blocks} foreign_warned=0 blocks={blocks}",
                    blocks - 100
                );
                assert_eq!(heard, expected, "{what}");
                let ours = played.lines.iter().filter(|line| line.contains("PRINTED"));
                assert!(ours.clone().count() >= 1, "{what}");
                for line in ours {
                    assert!(line.starts_with("nn~: prints.ts prints: "), "{what}: {line}");
                }
            }
        }
    }
}

/// What another user of libtorch prints without a handler of its own goes where it always goes; of two copies of ours
/// beside it nothing does.
#[test]
fn what_another_external_prints_goes_to_standard_output_and_nothing_of_two_copies_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let mut patch = Patch::new();
    let (source, mut loaded) = (patch.object("osc~ 440"), Vec::new());
    let prints = escaped(&model("hostile/prints").display().to_string());
    for copy in ["one", "two"] {
        copy_externals(&folder.path().join(copy));
        loaded.push(patch.object(&format!("./{copy}/nn~ {prints} forward 256")));
    }
    let other_one = patch.object("other~ print");
    let (begin, start) = (patch.object("loadbang"), patch.message(r"\; pd dsp 1"));
    let (wait, quit) = (patch.object("del 2500"), patch.message(r"\; pd quit"));
    for box_ in loaded.into_iter().chain([other_one]) {
        patch.connect(source, 0, box_, 0);
    }
    for (from, to) in [(begin, start), (begin, wait), (wait, quit)] {
        patch.connect(from, 0, to, 0);
    }
    let file = folder.path().join("prints.pd");
    patch.write(&file);
    let search = other().display().to_string();
    let output = pd::output_within(&mut pd::command(&file, &["-path", &search]), Duration::from_secs(60));
    let (said, printed) =
        (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout).into_owned());
    assert!(output.status.success(), "{said}");
    assert!(printed.lines().count() > 100, "{printed}");
    assert_eq!(printed.lines().find(|line| *line != "OTHER prints"), None);
    assert!(said.contains("OTHER warns"), "{said}");
    let ours: Vec<_> = said.lines().filter(|line| line.contains("PRINTED")).collect();
    assert!(ours.len() >= 2, "one for each at least: {said}");
    assert!(ours.iter().all(|line| line.starts_with("nn~: prints.ts prints: ")), "{ours:#?}");
}

/// Two copies of the external in one process: each has a loader, a backend and exit handlers of its own.
#[test]
fn two_copies_of_the_external_play_beside_each_other() {
    for player in BOTH {
        let render = |copies: &[&str]| {
            let mut stage = Stage::new();
            for copy in copies {
                let folder = stage.folder().join(copy);
                copy_externals(&folder);
                for name in ["identity", "codec"] {
                    let path = escaped(&model(name).display().to_string());
                    let part = format!("{name}-{copy}");
                    stage.part(&part, &format!("./{copy}/nn~ {path} forward 512"), 1);
                    stage.send(&format!("{part} wait 1"));
                }
            }
            let played = stage.pass(300).play(player);
            assert_eq!(played.errors, Vec::<String>::new(), "{player:?}: {:#?}", played.lines);
            for copy in copies {
                played.assert_exact(&format!("identity-{copy}"), 960, &format!("{player:?}"));
                assert_eq!(played.last(&format!("codec-{copy}"), "loaded"), Some("loaded 1"));
            }
            played
        };
        let alone = render(&["one"]);
        assert!(alone.sound("codec-one").iter().any(|&s| s != 0.0), "{player:?}");
        let both = render(&["one", "two"]);
        for copy in ["one", "two"] {
            // Which copy's kernels compute is a matter of who came last; sums in another order differ in their last
            // bits.
            let pairs = both.sound(&format!("codec-{copy}")).iter().zip(alone.sound("codec-one"));
            let worst = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(worst < 2e-4, "{player:?}: {copy} is off by {worst}");
        }
    }
}

/// Quits in the middle of computing, after different times.
fn leave(player: Player, other_first: bool, after_ms: usize) {
    let mut patch = Patch::new();
    let adc = patch.object("osc~ 440");
    let mut add = |text: &str| {
        let made = patch.object(text);
        patch.connect(adc, 0, made, 0);
    };
    let ours = boxed("slow", "forward 2048");
    let order = if other_first { ["other~ set", &ours] } else { [&ours, "other~ trust"] };
    order.into_iter().for_each(&mut add);
    let (begin, start) = (patch.object("loadbang"), patch.message(r"\; pd dsp 1"));
    let (wait, quit) = (patch.object(&format!("del {after_ms}")), patch.message(r"\; pd quit"));
    for (from, to) in [(begin, start), (begin, wait), (wait, quit)] {
        patch.connect(from, 0, to, 0);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("leave.pd");
    patch.write(&file);
    let limit = Duration::from_secs(30);
    let what = format!("{player:?}, other first: {other_first}, after {after_ms} ms");
    let (code, said) = if player == Player::Host {
        let mut host = support::host::Host::new(1, 1);
        host.line(format!("path \"{}\"", other().display()));
        host.line(format!("open \"{}\"", file.display())).line("realtime 100000");
        let transcript = host.run_within(limit);
        (transcript.code, transcript.lines.join("\n") + &transcript.stderr)
    } else {
        let other = other().display().to_string();
        let output = pd::output_within(&mut pd::command(&file, &["-path", &other]), limit);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(code, Some(0), "{what}: {said}");
    for word in ["terminate", "panicked", "error", "corrupt", "free()", "signal"] {
        assert!(!said.contains(word), "{what}: {said}");
    }
}

#[test]
fn the_host_leaves_cleanly_with_both_twenty_times_of_twenty() {
    for time in 0..20 {
        let player = if time % 2 == 0 { Player::PdRealTime } else { Player::Host };
        leave(player, time % 4 < 2, [5, 150, 400, 700, 1000][time % 5]);
    }
}

/// The names that a library shows to others, from the system's own tool.
fn exported(library: &Path) -> Vec<String> {
    let output = Command::new("nm").args(["-D", "--defined-only"]).arg(library).output().expect("nm");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    names.lines().filter_map(|line| line.split_whitespace().nth(2)).map(str::to_owned).collect()
}

#[test]
fn the_libraries_show_only_what_their_hosts_call() {
    assert_eq!(exported(&externals().join("libnn_torch.so")), ["nn_torch_api"]);
    assert_eq!(exported(&externals().join("libnn_pd.so")), ["nn_pd_setup_1"]);
    // One for each box, as Pd spells them.
    let mut names = exported(&externals().join("nn~.pd_linux"));
    names.sort();
    let boxes = ["nn_tilde_setup", "setup_mc0x2enn_tilde", "setup_mcs0x2enn_tilde", "setup_nn0x2einfo"];
    assert_eq!(names, boxes);
    // The control: a library that hides nothing.
    assert!(exported(&other().join("other~.pd_linux")).len() > 10);
}
