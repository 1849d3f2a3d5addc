//! A model file is a program by a stranger: what it may not do it does not do, wherever it is opened.

mod support;

use std::{path::Path, process::Command};

use support::{
    hostile, model,
    patch::escaped,
    probe::{BOTH, Probe},
    session::Player,
    stage::Stage,
    target_dir,
};

const PLAYERS: [Player; 2] = [Player::PdBatch, Player::Host];

/// What is said of `files.ts`; the method that is named first stands first in its source.
const REFUSED: [&str; 2] =
    ["Files.forward calls aten::save, which reads or writes files", "NN_ALLOW_ALL_OPERATORS=1"];

fn nn(arguments: &[&str], folder: &Path, all: bool) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    command.args(arguments).arg(folder.join("files.ts")).current_dir(folder);
    let (begin, end) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let backend = target_dir().join("pd").join(format!("{begin}nn_torch{end}"));
    command.env("NN_TORCH_BACKEND", backend).env("NN_ALLOW_ALL_OPERATORS", if all { "1" } else { "0" });
    let output = command.output().expect("it starts");
    let text =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.code(), text)
}

/// A folder with the model and a file that it would overwrite.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(hostile("files"), folder.path().join("files.ts")).expect("copied");
    std::fs::write(folder.path().join("nn-mapped"), [7; 64]).expect("written");
    folder
}

fn assert_untouched(folder: &Path) {
    assert_eq!(std::fs::read(folder.join("nn-mapped")).expect("it is there"), [7; 64]);
    assert!(!folder.join("nn-written").exists());
}

#[test]
fn a_box_refuses_a_model_that_writes_files_in_one_line_and_others_play_on() {
    for player in PLAYERS {
        let deadly = ["Deadly.forward calls aten::_stack", "may only compute"];
        for (name, methods, words) in
            [("files", &["forward", "maps"][..], REFUSED), ("deadly", &["forward"], deadly)]
        {
            let mut stage = Stage::new();
            for method in methods {
                let bad = format!("nn~ {} {method} 256", escaped(&hostile(name).display().to_string()));
                stage.part(method, &bad, 1).send(&format!("{method} wait 1"));
            }
            let good = format!("nn~ {} forward 256", escaped(&model("identity").display().to_string()));
            stage.part("good", &good, 1).send("good wait 1").pass(200);
            let played = stage.play(player);
            let what = format!("{player:?} {:#?}", played.lines);
            played.assert_exact("good", 448, &what);
            let lines: Vec<_> =
                played.errors.iter().filter(|line| words.iter().all(|w| line.contains(w))).collect();
            assert!(!lines.is_empty() && lines.len() == played.errors.len(), "{what}");
            assert!(played.sound("forward").iter().all(|&sample| sample == 0.0), "{what}");
            assert_untouched_here();
        }
    }
}

/// Hosts of the tests may run in the folder of the tests.
fn assert_untouched_here() {
    assert!(!Path::new("nn-written").exists() && !support::root().join("nn-written").exists());
}

#[test]
fn everything_allowed_is_said_and_done() {
    let mut stage = Stage::new();
    let bad = format!("nn~ {} reads 256", escaped(&hostile("files").display().to_string()));
    stage.environment("NN_ALLOW_ALL_OPERATORS", "1").part("bad", &bad, 1).send("bad wait 1").pass(200);
    let played = stage.play(Player::PdBatch);
    let said = |words: &str| played.lines.iter().any(|line| line.contains(words));
    assert!(said("it calls aten::save (Files.forward)"), "{:#?}", played.lines);
    assert!(said("allowed because NN_ALLOW_ALL_OPERATORS is 1"), "{:#?}", played.lines);
    // It is not there: so it was looked for.
    assert!(said("nn-mapped"), "{:#?}", played.lines);
}

#[test]
fn nn_info_says_why_it_does_not_run() {
    for player in BOTH {
        let folder = folder();
        let text = format!("nn.info {}", escaped(&folder.path().join("files.ts").display().to_string()));
        let outlets = ["path", "methods", "attributes", "parameters", "dictionary", "catalog"];
        let said = Probe { text: &text, outlets: &outlets, messages: &["bang"], ..Probe::default() }
            .ask(player, folder.path())
            .concat();
        assert!(said.iter().any(|line| line == "dictionary: runnable 0"), "{player:?}: {said:#?}");
        let problem = |line: &&String| REFUSED.iter().all(|words| line.contains(words));
        assert_eq!(
            said.iter().filter(problem).filter(|line| line.contains("dictionary: problems")).count(),
            1,
            "{said:#?}"
        );
        assert_untouched(folder.path());
    }
}

#[test]
fn the_tool_refuses_it_and_says_what_is_allowed_where_all_is() {
    let folder = folder();
    let (code, text) = nn(&["check"], folder.path(), false);
    assert_eq!(code, Some(1), "{text}");
    assert!(REFUSED.iter().all(|words| text.contains(words)) && text.contains("not fit"), "{text}");
    let (_, text) = nn(&["info"], folder.path(), false);
    assert!(REFUSED.iter().all(|words| text.contains(words)), "{text}");
    assert_untouched(folder.path());

    let (_, text) = nn(&["check"], folder.path(), true);
    assert!(text.contains("it calls aten::save (Files.forward)"), "{text}");
    assert!(folder.path().join("nn-written").exists(), "what is allowed is done: {text}");
}
