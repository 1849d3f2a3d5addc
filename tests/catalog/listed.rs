//! What is listed: what can be downloaded, once, under names that can be seen.
#![cfg(unix)] // Pipes, links, and openssl.

use std::{
    os::unix::fs::symlink,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use model_server::{File, ModelServer, Route};
use nn_core::catalog::CatalogError;

use crate::stand::{Stand, bytes, ids, index, list};

fn folder(path: &Path) -> String {
    format!("{{name: disk, kind: folder, path: '{}'}}", path.display())
}

#[test]
fn links_that_lead_round_in_a_folder_list_nothing_twice() {
    let shop = tempfile::tempdir().expect("a folder");
    let at = |name: &str| shop.path().join(name);
    std::fs::create_dir_all(at("a/deep")).expect("folders");
    std::fs::create_dir_all(at("b")).expect("folders");
    for name in ["one.ts", "a/two.ts", "a/deep/three.ts"] {
        std::fs::write(at(name), bytes("gain")).expect("written");
    }
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::fs::write(elsewhere.path().join("four.ts"), bytes("gain")).expect("written");
    // To itself, to a folder above, to one that is listed anyway, to each other, out and back in, and to nothing.
    for (target, link) in [
        (shop.path().to_owned(), "itself"),
        (shop.path().to_owned(), "a/above"),
        (at("a/deep"), "0"),
        (at("b"), "a/b"),
        (at("a"), "b/a"),
        (elsewhere.path().to_owned(), "out"),
        (at("nowhere"), "none"),
    ] {
        symlink(target, at(link)).expect("a link");
    }
    symlink(shop.path(), elsewhere.path().join("back")).expect("a link");
    let stand = Stand::new(&[folder(shop.path())]);
    assert_eq!(ids(&list(&stand)), ["disk/a/deep/three", "disk/a/two", "disk/one", "disk/out/four"]);
    stand.download("disk/out/four").expect("a link may lead out");
}

#[test]
fn what_cannot_be_downloaded_is_not_listed_and_what_is_listed_can() {
    let shop = tempfile::tempdir().expect("a folder");
    let long = format!("{}.ts", "x".repeat(230));
    let names = [
        "good.ts",
        "con.ts",
        "nul.tar.ts",
        "a:b.ts",
        "what?.ts",
        "end .ts",
        "twice.ts.ts",
        "two words.ts",
        ".ts",
        "ends..ts",
        "UP.TS",
        "evil\u{202e}st.ts",
        &long,
    ];
    for name in names {
        std::fs::write(shop.path().join(name), bytes("gain")).expect(name);
    }
    std::fs::write(shop.path().join("empty.ts"), "").expect("written");
    let huge = std::fs::File::create(shop.path().join("huge.ts")).expect("a file");
    huge.set_len(4_000_001).expect("a hole");
    assert!(Command::new("mkfifo").arg(shop.path().join("pipe.ts")).status().expect("mkfifo").success());
    let server = ModelServer::http();
    let links =
        ["good.ts", "a//b.ts", "%2e%2e/x.ts", "a%2Fb.ts", "%ff.ts", "con.ts", "x%0a.ts", "%E2%80%AEst.ts"];
    server.put("/models/", Route::html(links.map(|name| format!("<a href='{name}'>")).concat()));
    for path in ["/models/good.ts", "/models/%E2%80%AEst.ts"] {
        server.put(path, File::new(bytes("gain")));
    }
    let stand = Stand::new(&[folder(shop.path()), index("page", &server)]);
    let listing = list(&stand);
    let listed = ids(&listing);
    for name in
        ["con", "nul.tar", "a:b", "what?", "empty", "huge", "pipe", "x_", long.trim_end_matches(".ts"), ".."]
    {
        assert!(!listed.iter().any(|id| id.ends_with(&format!("/{name}"))), "{name}: {listed:?}");
    }
    for id in [
        "disk/good",
        "disk/twice.ts",
        "disk/two_words",
        "disk/evil[U+202E]st",
        "page/good",
        "page/[U+202E]st",
    ] {
        assert!(listed.contains(&id), "{id}: {listed:?}");
    }
    for (number, id) in listed.iter().enumerate() {
        stand
            .download_as(id, &format!("model{number}"), false)
            .unwrap_or_else(|error| panic!("{id}: {error}"));
    }
}

#[test]
fn no_text_of_a_server_hides_anything() {
    let server = ModelServer::http();
    server.put("/odd/available_models", Route::json("{\"a\u{202e}b\": 3}"));
    server.put(
        "/odd2/available_models",
        Route::json("{\"F\": {\"a\u{200b}\": [\"evil\u{202e}st\", \"x\u{2066}\"]}}"),
    );
    let stand = Stand::new(&[
        format!("{{name: odd, kind: forum, url: '{}'}}", server.url("/odd")),
        format!("{{name: even, kind: forum, url: '{}'}}", server.url("/odd2")),
    ]);
    let listing = list(&stand);
    assert_eq!(ids(&listing), ["even/F/a[U+200B]/evil[U+202E]st", "even/F/a[U+200B]/x[U+2066]"]);
    let fault = listing.sources[0].fault.as_ref().expect("no listing").to_string();
    assert!(fault.contains("a[U+202E]b is not an object"), "{fault}");
}

#[test]
fn an_entry_that_makes_no_sense_hides_no_other() {
    let server = ModelServer::http();
    let good = |name: &str| format!("{{\"type\": \"file\", \"path\": \"{name}.ts\", \"size\": 11812}}");
    let odd = [
        "null",
        "3",
        "{}",
        "{\"path\": \"a.ts\"}",
        "{\"type\": \"file\", \"path\": 3}",
        "{\"type\": \"file\", \"path\": \"b.ts\", \"size\": -1}",
        "{\"type\": \"file\", \"path\": \"c.ts\", \"size\": 1.5}",
        "{\"type\": \"file\", \"path\": \"d.ts\", \"size\": \"9\"}",
        "{\"type\": \"file\", \"path\": \"e.ts\", \"size\": 1e30}",
        "{\"type\": \"file\", \"path\": \"f.ts\", \"size\": 5, \"lfs\": {\"oid\": \"x\", \"size\": -2}}",
        "{\"type\": \"file\", \"path\": \"../../g.ts\", \"size\": 5}",
    ];
    let lenient = "{\"type\": \"file\", \"path\": \"last.ts\", \"lfs\": \"x\"}";
    let all = format!("[{}, {}, {lenient}]", good("first"), odd.join(", "));
    server.put("/good/api/models/a/b/tree/main", Route::json(all));
    server.put("/bad/api/models/a/b/tree/main", Route::json(format!("[{}]", odd[..5].join(", "))));
    server.put(
        "/forum/available_models",
        Route::json("{\"F\": {\"a\": [\"one\", 3, null], \"b\": 3}, \"G\": null}"),
    );
    let at = |name: &str| {
        format!(
            "{{name: {name}, kind: hugging-face, repository: a/b, url: '{}'}}",
            server.url(&format!("/{name}"))
        )
    };
    let forum = format!("{{name: forum, kind: forum, url: '{}'}}", server.url("/forum"));
    let listing = list(&Stand::new(&[at("good"), at("bad"), forum]));
    assert_eq!(ids(&listing), ["good/first", "good/last", "forum/F/a/one"]);
    let faults: Vec<_> = listing.sources.iter().map(|answered| answered.fault.is_some()).collect();
    assert_eq!(faults, [false, true, false], "where nothing makes sense it is no listing");
}

#[test]
fn a_kept_listing_has_nothing_that_cannot_be_downloaded_now() {
    let server = ModelServer::http();
    let stand = Stand::new(&[]);
    let source = format!("{{name: lab, kind: hugging-face, repository: a/b, url: '{}'}}", server.url("/lab"));
    let entry = |name: &str, bytes: u32| {
        format!("{{\"type\": \"file\", \"path\": \"{name}.ts\", \"size\": {bytes}}}")
    };
    let all = Route::json(format!("[{}, {}]", entry("small", 10), entry("large", 1_000)));
    server.put("/lab/api/models/a/b/tree/main", all);
    stand.set_sources_and_limits(std::slice::from_ref(&source), "limits: {tries: 1}\n");
    assert_eq!(ids(&list(&stand)), ["lab/large", "lab/small"]);
    server.put("/lab/api/models/a/b/tree/main", Route::Status(500));
    stand.set_sources_and_limits(&[source], "limits: {tries: 1, most_bytes: 100}\n");
    assert_eq!(ids(&list(&stand)), ["lab/small"]);
}

#[test]
fn a_pipe_in_the_place_of_the_sources_is_said_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("sources.yaml");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let begin = Instant::now();
    let (sources, fault) = nn_core::catalog::Sources::read(Some(&pipe));
    assert!(begin.elapsed() < Duration::from_secs(1));
    assert_eq!(sources.list.len(), 2, "the built-in ones");
    assert!(
        matches!(&fault, Some(CatalogError::Sources { what, .. }) if what == "it is not a file"),
        "{fault:?}"
    );
}
