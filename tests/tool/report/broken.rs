//! Models and places that are not right.

use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use super::report;
use crate::{
    support::{hostile, model},
    user::said,
};

#[test]
fn a_model_that_fails_has_a_page_that_says_so_and_names_no_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let hers = folder.path().join("hidden-here");
    std::fs::create_dir(&hers).expect("a folder");
    for (file, is_full, found) in [
        (model("short"), true, "FAULTY     forward answered [1, 1, 4095] instead of [1, 1, 4096]"),
        (hostile("methodless"), true, "not fit: it cannot be loaded"),
        (hostile("methodless"), false, "not fit: it cannot be loaded"),
    ] {
        let name = file.file_name().expect("a name");
        std::fs::copy(&file, hers.join(name)).expect("a copy");
        let path = if is_full { hers.join(name) } else { Path::new("hidden-here").join(name) };
        let path = path.display().to_string();
        let (code, text, _) = said(&mut report(folder.path(), &[&path, "--force"]));
        assert_eq!(code, Some(1), "{path}: {text}");
        let page = file.with_extension("html");
        let page = folder.path().join(page.file_name().expect("a name"));
        let html =
            std::fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        assert!(html.contains(found) && html.contains("not stated in the file"), "{path}");
        assert!(text.contains("\nreport: ") && text.starts_with("not fit: "), "{text}");
        // That of a model which runs holds the same lines as its page.
        let json = if found.contains("loaded") {
            said(&mut report(folder.path(), &[&path, "--json"])).1
        } else {
            String::new()
        };
        let full = folder.path().display().to_string();
        for text in [&html, &json] {
            assert!(!text.contains(&full) && !text.contains("hidden-here"), "{path}: a folder in {text}");
        }
    }
}

#[test]
fn what_is_not_there_or_in_the_way_is_said_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("mine.html"), "mine").expect("written");
    let path = model("identity").display().to_string();
    for (words, expected) in [
        (vec!["nobody.ts"], 4),
        (vec![path.as_str(), "-o", "mine.html"], 5),
        (vec![path.as_str(), "-o"], 2),
        (vec![], 2),
    ] {
        let (code, text, errors) = said(&mut report(folder.path(), &words));
        assert!(code == Some(expected) && !errors.is_empty(), "{words:?}: {code:?} {text}{errors}");
    }
    assert_eq!(std::fs::read(folder.path().join("mine.html")).expect("it stays"), b"mine");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[cfg(unix)]
#[test]
fn interrupted_it_leaves_nothing() {
    let (folder, sounds) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let path = model("identity").display().to_string();
    let mut command = report(folder.path(), &[&path, "-o", "page.html"]);
    let child = command.env("TMPDIR", sounds.path()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let child = child.expect("it starts");
    let begin = Instant::now();
    let is_playing = || std::fs::read_dir(sounds.path()).is_ok_and(|mut entries| entries.next().is_some());
    while !is_playing() {
        assert!(begin.elapsed() < Duration::from_secs(120), "it plays nothing");
        std::thread::sleep(Duration::from_millis(20));
    }
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    for place in [&folder, &sounds] {
        let left: Vec<_> = std::fs::read_dir(place.path()).expect("a folder").flatten().collect();
        assert!(left.is_empty(), "{left:?}");
    }
}
