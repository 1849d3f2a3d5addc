//! Patches that quit in the moment in which they are there: what is wrong with their boxes is said all the same.

mod support;

use std::{path::Path, time::Duration};

use support::{
    model,
    patch::{Patch, escaped},
    pd,
};

fn box_of(kind: &str, file: &Path, rest: &str) -> String {
    format!("{kind} {} {rest}", escaped(&file.display().to_string())).trim().to_owned()
}

/// Every kind of box, with what is known when it is made.
fn wrong_boxes(folder: &Path) -> Vec<(String, &'static str)> {
    let cut = folder.join("cut.ts");
    let whole = std::fs::read(model("gain")).expect("a model");
    std::fs::write(&cut, &whole[..whole.len() / 2]).expect("a broken file");
    vec![
        ("nn~ nowhere".into(), "nn~: no model 'nowhere'"),
        ("mc.nn~ elsewhere".into(), "mc.nn~: no model 'elsewhere'"),
        ("mcs.nn~ -unheard gain".into(), "mcs.nn~: argument '-unheard' is no flag"),
        (box_of("nn~", &cut, ""), "cut.ts: the file is incomplete"),
        (box_of("nn~", &model("gain"), "sideways"), "nn~: no method 'sideways' in"),
    ]
}

/// What Pd prints of a patch that quits when it is there; the boxes may be in a subpatch.
fn printed(arguments: &[&str], begins_first: bool, inside: bool, folder: &Path) -> Vec<String> {
    let mut patch = Patch::new();
    let mut begin = begins_first.then(|| patch.object("loadbang"));
    let mut inner = Patch::new();
    for (text, _) in wrong_boxes(folder) {
        if inside {
            inner.object(&text)
        } else {
            patch.object(&text)
        };
    }
    if inside {
        patch.subpatch("inner", &inner);
    }
    let begin = *begin.get_or_insert_with(|| patch.object("loadbang"));
    let quit = patch.message(r"\; pd quit");
    patch.connect(begin, 0, quit, 0);
    let file = folder.join("brief.pd");
    patch.write(&file);
    let output = pd::output_within(&mut pd::command(&file, arguments), Duration::from_secs(120));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    said.lines().map(str::to_owned).collect()
}

#[test]
fn a_patch_that_quits_at_once_says_what_was_known_when_its_boxes_were_made() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (arguments, begins_first, inside) in [
        (&["-batch"][..], true, false),
        (&["-batch"], false, false),
        (&["-batch"], true, true),
        (&[], true, false),
    ] {
        let said = printed(arguments, begins_first, inside, folder.path());
        for (text, wanted) in wrong_boxes(folder.path()) {
            let times =
                said.iter().filter(|line| line.starts_with("error: ") && line.contains(wanted)).count();
            assert_eq!(times, 1, "'{text}', {arguments:?} {begins_first} {inside}: {said:#?}");
        }
    }
}
