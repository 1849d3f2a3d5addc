//! Listing, downloading and deleting models.

use crate::user::{User, gain, said};
use model_server::{File, ModelServer, Route};
use std::{
    process::Command,
    time::{Duration, Instant},
};

#[test]
fn models_are_listed_for_people_and_for_programs() {
    let (server, shop) = (ModelServer::http(), tempfile::tempdir().expect("a folder"));
    std::fs::write(shop.path().join("bell.ts"), gain()).expect("written");
    server.put("/models/", Route::html("<a href='voice.ts'>"));
    let user = User::new(&[
        format!("{{name: page, kind: index, url: '{}'}}", server.url("/models/")),
        format!("{{name: shop, kind: folder, path: '{}'}}", shop.path().display()),
    ]);
    let listed = said(&mut user.nn("models list"));
    assert_eq!(listed, (Some(0), "page/voice          ?\nshop/bell     11.8 kB\n".into(), String::new()));
    drop(server);
    let (code, text, errors) = said(&mut user.nn("models list --json"));
    assert_eq!(code, Some(0));
    assert!(errors.contains("its 1 models are from") && errors.lines().count() == 1, "{errors}");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["models"][1]["card"], "shop/bell");
    assert_eq!(json["models"][1]["bytes"], 11_812);
    assert!(json["sources"][0]["age_s"].is_u64() && json["sources"][0]["error"].is_string());
    assert_eq!(said(&mut user.nn("models list --source shop")).1, "shop/bell    11.8 kB\n");
    assert_eq!(said(&mut user.nn("models list --source none")).0, Some(4));
}

#[test]
fn a_model_is_brought_and_deleted_and_exit_codes_tell_why_not() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(gain()));
    let path = format!("{}\n", user.voice().display());
    assert_eq!(said(&mut user.nn("models download voice")), (Some(0), path.clone(), String::new()));
    assert_eq!(said(&mut user.nn("models download page/voice")), (Some(0), path, String::new()));
    std::fs::write(user.models().join("mine.ts"), b"mine").expect("written");
    for (words, code, line) in [
        ("models download none", 4, "no model 'none' in the catalog: nn models list shows"),
        ("models download voice --name ../x", 1, "cannot be a model's name"),
        ("models download voice --name mine", 5, "mine.ts exists already"),
        ("models delete mine", 5, "was not brought by the catalog"),
        ("models delete none", 4, "no none.ts among the models"),
        ("models download", 2, "Usage"),
        ("fly", 2, "Usage"),
        ("info /no/such/file", 4, "no such file"),
        ("check /no/such/file", 4, "no such file"),
        ("info .", 4, ".: it is not a file"),
        ("check .", 4, ".: it is not a file"),
    ] {
        let (found, _, errors) = said(&mut user.nn(words));
        assert_eq!(found, Some(code), "{words}: {errors}");
        assert!(errors.contains(line), "{words}: {errors}");
    }
    assert_eq!(said(&mut user.nn("models remove voice")), (Some(0), "voice.ts\n".into(), String::new()));
    assert_eq!(user.files(), ["mine.ts"]);
    server.put("/models/voice.ts", Route::Status(500));
    assert_eq!(said(&mut user.nn("models download voice")).0, Some(3));
}

#[test]
fn a_model_that_a_source_may_have_that_is_down_may_be_there_later() {
    let server = ModelServer::http();
    let with = |other: &str| {
        let user = User::of(&server, File::new(gain()));
        let page = format!("{{name: page, kind: index, url: '{}'}}", server.url("/models/"));
        let other = format!("{{name: other, kind: index, url: '{other}'}}");
        let list = format!("built_in: false\nlimits: {{tries: 1}}\nsources:\n  - {page}\n  - {other}\n");
        std::fs::write(user.folder.path().join("sources.yaml"), list).expect("written");
        said(&mut user.nn("models download unknown")).0
    };
    assert_eq!(with("http://127.0.0.1:1/"), Some(3));
    assert_eq!(with(&server.url("/models/")), Some(4));
}

#[test]
fn help_shows_what_to_begin_with_and_what_exit_codes_mean() {
    let user = User::new(&[]);
    for (words, line) in [
        ("--help", "nn models download voice"),
        ("--help", "3  the network or a server failed"),
        ("models download --help", "NN_MODELS"),
        ("check --help", "A model is not fit if it raises"),
    ] {
        let (code, text, _) = said(&mut user.nn(words));
        assert!(code == Some(0) && text.contains(line), "{words}: {text}");
    }
}

/// Only Linux has folders whose names are no texts.
#[cfg(target_os = "linux")]
#[test]
fn the_path_that_is_printed_is_that_of_the_file_whatever_its_bytes() {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let server = ModelServer::http();
    let user = User::of(&server, File::new(gain()));
    let folder = user.models().into_os_string().into_vec();
    let folder = std::ffi::OsString::from_vec([&folder[..], b"\xff"].concat());
    let output = user.nn("models download voice").env("NN_MODELS", &folder).output().expect("it starts");
    let path = output.stdout.strip_suffix(b"\n").expect("a line");
    assert_eq!(std::fs::read(std::ffi::OsStr::from_bytes(path)).expect("a file"), gain());
}

#[test]
fn a_pipe_in_the_place_of_the_sources_holds_nobody_up() {
    let user = User::new(&[]);
    let sources = user.folder.path().join("sources.yaml");
    std::fs::remove_file(&sources).expect("there");
    assert!(Command::new("mkfifo").arg(&sources).status().expect("mkfifo").success());
    let begin = Instant::now();
    // No network: the built-in sources that remain cannot be reached.
    let mut command = user.nn("models list --source none");
    let (code, _, errors) = said(&mut command);
    assert!(errors.contains("sources.yaml: it is not a file"), "{errors}");
    assert_eq!(code, Some(4));
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
}
