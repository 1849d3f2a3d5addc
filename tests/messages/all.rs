//! One patch with every box of the table, in both Pds.

use crate::cases::CASES;
use crate::cases::Case;
use crate::support::{
    host::Host,
    model,
    patch::{Patch, escaped},
    pd,
};
use std::{path::Path, time::Duration};

fn arguments(case: &Case) -> String {
    let folder = model("identity").parent().unwrap().display().to_string();
    case.arguments.replace("MODELS", &escaped(&folder))
}

/// How many boxes will say that their model is there.
fn loading() -> usize {
    CASES
        .iter()
        .filter(|case| {
            case.answers.first().is_none_or(|a| *a != "loaded 0") && !case.arguments.starts_with("void")
        })
        .count()
}

/// All boxes; when every model is there, every box gets its messages, and half a second later Pd quits.
#[expect(clippy::too_many_lines, reason = "one patch, cord by cord")]
fn write_patch(file: &Path) {
    let mut patch = Patch::new();
    let loaded = patch.object("r loaded");
    let one = patch.object("sel 1");
    let count = patch.object("f");
    let plus = patch.object("+ 1");
    let all = patch.object(&format!("sel {}", loading()));
    let go = patch.object("s go");
    let end = patch.object("del 500");
    let quit = patch.message(r"\; pd quit");
    for (from, to, inlet) in [
        (loaded, one, 0),
        (one, count, 0),
        (count, plus, 0),
        (plus, count, 1),
        (plus, all, 0),
        (all, end, 0),
        (all, go, 0),
        (end, quit, 0),
    ] {
        patch.connect(from, 0, to, inlet);
    }
    for (number, case) in CASES.iter().enumerate() {
        let nn = patch.object(&format!("nn~ {}", arguments(case)));
        let print = patch.object(&format!("print c{number}"));
        let route = patch.object("route loaded");
        let once = patch.object("once");
        let tell = patch.object("s loaded");
        let begin = patch.object("r go");
        let messages = patch.message(&case.messages.join(r" \, "));
        let information = outlets(case);
        for (from, outlet, to) in [
            (nn, information, print),
            (nn, information, route),
            (route, 0, once),
            (once, 0, tell),
            (begin, 0, messages),
            (messages, 0, nn),
        ] {
            patch.connect(from, outlet, to, 0);
        }
    }
    patch.write(file);
    // Lets the first 1 through, and no other.
    let mut once = Patch::new();
    let inlet = once.object("inlet");
    let one = once.object("sel 1");
    let gate = once.object("spigot 1");
    let order = once.object("t f b");
    let close = once.message("0");
    let value = once.message("1");
    let out = once.object("outlet");
    for (from, outlet, to, inlet) in [
        (inlet, 0, one, 0),
        (one, 0, value, 0),
        (value, 0, gate, 0),
        (gate, 0, order, 0),
        (order, 1, close, 0),
        (close, 0, gate, 1),
        (order, 0, out, 0),
    ] {
        once.connect(from, outlet, to, inlet);
    }
    once.write(&file.with_file_name("once.pd"));
}

/// Which outlet is the information outlet.
fn outlets(case: &Case) -> usize {
    match case.arguments {
        a if a.contains("bands8") => 8,
        a if a.starts_with("void 2 3") => 3,
        r"beside\ me" | "übung swap" => 2,
        _ => 1,
    }
}

fn prepare(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("messages.pd");
    write_patch(&file);
    std::fs::copy(model("multi"), folder.join("beside me.ts")).unwrap();
    std::fs::copy(model("multi"), folder.join("übung.ts")).unwrap();
    file
}

/// Holds what Pd said against the table.
fn check(said: &[String], host: &str) {
    let mut errors: Vec<&str> = said
        .iter()
        .filter_map(|line| {
            line.split_once("error").filter(|(before, _)| !before.contains(": "))?.1.split_once("nn~: ")
        })
        .map(|(_, e)| e)
        .collect();
    for (number, case) in CASES.iter().enumerate() {
        let what = format!("{host}: case {number}, [nn~ {}]", case.arguments);
        let prefix = format!("c{number}: ");
        let mut answers = said.iter().filter_map(|line| line.strip_prefix(&prefix));
        for wanted in case.answers {
            assert!(
                answers.any(|answer| answer.starts_with(wanted)),
                "{what}: no '{wanted}' in its place:\n{}",
                said.iter().filter(|line| line.starts_with(&prefix)).cloned().collect::<Vec<_>>().join("\n")
            );
        }
        if !case.error.is_empty() {
            let at = errors.iter().position(|error| error.contains(case.error));
            let at = at.unwrap_or_else(|| panic!("{what}: no error '{}' in {errors:#?}", case.error));
            errors.remove(at);
        }
    }
    assert!(errors.is_empty(), "{host}: errors nobody expected: {errors:#?}");
}

#[test]
fn the_distribution_s_pd_understands_every_message() {
    let folder = tempfile::tempdir().unwrap();
    let output = pd::output_within(&mut pd::command(&prepare(folder.path()), &[]), Duration::from_secs(120));
    let said = String::from_utf8_lossy(&output.stderr).lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(output.status.success(), "{}", said.join("\n"));
    check(&said, "Pd of the distribution");
}

#[test]
fn pd_0_55_understands_every_message() {
    let folder = tempfile::tempdir().unwrap();
    let file = prepare(folder.path());
    let mut host = Host::new(0, 0);
    host.line(format!("open \"{}\"", file.display())).line("realtime 200000");
    let transcript = host.run_to_any_end();
    assert_eq!(transcript.code, Some(0), "{:#?}", transcript.lines);
    let said: Vec<_> =
        transcript.lines.iter().filter_map(|line| line.strip_prefix("print ")).map(str::to_owned).collect();
    check(&said, "Pd 0.55");
}
