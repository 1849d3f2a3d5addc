//! What each kind of source answers, by fixtures of the shapes that the public services have.

use std::time::Duration;

use model_server::{Authority, File, ModelServer, Route};
use nn_core::catalog::{CatalogError, CatalogReport, CatalogRequest, digest};

use crate::{
    archive_files::{Module, torch_zip},
    stand::{Stand, bytes, ids, index, list},
    support,
};

fn fixture(name: &str) -> String {
    std::fs::read_to_string(support::root().join("tests/fixtures").join(name)).expect("a fixture")
}

fn forum(server: &ModelServer) -> String {
    server.put("/api/available_models", Route::json(fixture("forum.json")));
    let file = |name: &str| File::new(bytes(name));
    server.put("/api/download_model?model=Forum/RAVE/gain", file("gain"));
    server.put("/api/download_model?model=Forum/Drums%20and%20more/counter%20kit", file("counter"));
    format!("{{name: ircam, kind: forum, url: '{}'}}", server.url("/api/"))
}

fn hugging_face(server: &ModelServer, certificate: &str) -> String {
    let text = |name: &str| {
        let mut text = fixture(name);
        for (word, model) in [("GAIN", "gain"), ("CODEC", "codec")] {
            let bytes = bytes(model);
            text = text.replace(&format!("{word}_BYTES"), &bytes.len().to_string());
            text = text.replace(&format!("{word}_SHA256"), &digest(&bytes));
        }
        text
    };
    let tree = "/api/models/lab/rave-models/tree/main";
    let first = Route::Text {
        kind: "application/json",
        body: text("hugging_face_1.json"),
        next: Some(server.url(&format!("{tree}?recursive=true&cursor=2"))),
    };
    server.put(tree, first);
    server.put(&format!("{tree}?recursive=true&cursor=2"), Route::json(text("hugging_face_2.json")));
    // As the service does: the file itself is elsewhere.
    for (path, model) in [("gain_b2048_r48000_z16.ts", "gain"), ("more/codec.ts", "codec")] {
        server
            .put(&format!("/lab/rave-models/resolve/main/{path}"), Route::Redirect(format!("/far/{model}")));
        server.put(&format!("/far/{model}"), File::new(bytes(model)));
    }
    format!(
        "{{name: lab, kind: hugging-face, repository: lab/rave-models, url: '{}'{certificate}}}",
        server.url("/")
    )
}

#[test]
fn the_forum_s_models_are_listed_and_brought() {
    let server = ModelServer::http();
    let stand = Stand::new(&[forum(&server)]);
    assert_eq!(
        ids(&list(&stand)),
        [
            "ircam/Forum/Drums_and_more/counter_kit",
            "ircam/Forum/RAVE/codec",
            "ircam/Forum/RAVE/gain",
            "ircam/Guests/RAVE/gain"
        ]
    );
    // As nn~ 1.6 has it, without the source's name.
    let path = stand.download("Forum/RAVE/gain").expect("brought");
    assert_eq!(path, stand.models().join("gain.ts"));
    let path = stand.download("counter_kit").expect("brought");
    assert_eq!(std::fs::read(path).expect("a file"), bytes("counter"));
    assert!(matches!(stand.download("RAVE/gain"), Err(CatalogError::Ambiguous { .. })));
    assert!(matches!(stand.download("ircam/Forum/RAVE/none"), Err(CatalogError::NoModel { .. })));
}

#[test]
fn a_hugging_face_repository_is_listed_over_pages_with_lengths_and_checksums() {
    let authority = Authority::new();
    let server = ModelServer::https(&authority);
    let pem = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(pem.path(), authority.pem()).expect("written");
    let stand = Stand::new(&[hugging_face(&server, &format!(", certificate: '{}'", pem.path().display()))]);
    let listing = list(&stand);
    assert_eq!(ids(&listing), ["lab/gain_b2048_r48000_z16", "lab/more/codec"]);
    assert_eq!(listing.entries[1].bytes, Some(bytes("codec").len() as u64));
    assert_eq!(listing.entries[1].sha256, Some(digest(&bytes("codec"))));
    let path = stand.download("lab/more/codec").expect("brought");
    assert_eq!(std::fs::read(path).expect("a file"), bytes("codec"));
}

#[test]
fn models_of_neutone_are_listed_with_their_ending_and_what_is_told_of_them() {
    let server = ModelServer::http();
    let tree = r#"[{"type": "file", "path": "warm.nm", "size": 900}, {"type": "file", "path": "warm.ts", "size": 900}]"#;
    server.put("/api/models/lab/fx/tree/main", Route::json(tree));
    let card = r#"{"cardData": {"license": "mit", "tags": ["audio", 5, "fx\u202e"]}}"#;
    server.put("/api/models/lab/fx", Route::json(card));
    server.put(
        "/models/",
        Route::html(
            "<a href='warm.nm' title='a warm one' data-authors='Ada, Bob' data-licence=MIT>".to_owned(),
        ),
    );
    let shop = tempfile::tempdir().expect("a folder");
    std::fs::write(shop.path().join("warm.nm"), effect()).expect("written");
    std::fs::write(shop.path().join("no-model.nm"), b"something else").expect("written");
    let stand = Stand::new(&[
        format!("{{name: lab, kind: hugging-face, repository: lab/fx, url: '{}'}}", server.url("/")),
        index("page", &server),
        format!("{{name: shop, kind: folder, path: '{}'}}", shop.path().display()),
    ]);
    let listing = list(&stand);
    assert_eq!(
        ids(&listing),
        ["lab/warm", "lab/warm.nm", "page/warm.nm", "shop/no-model.nm", "shop/warm.nm"]
    );
    let told: Vec<_> = listing.entries.iter().map(|entry| entry.told.line().unwrap_or_default()).collect();
    assert_eq!(told, ["mit", "mit", "a warm one; by Ada, Bob; MIT", "", "grows warmer; by Ada; CC-BY"]);
    assert_eq!(listing.entries[1].told.tags, ["audio", "fx[U+202E]"]);
    let path = stand.download("shop/warm.nm").expect("brought");
    assert_eq!(path, stand.models().join("warm.nm"));
    assert_eq!(std::fs::read(path).expect("a file"), effect());
    // While a source is down, what it told is remembered with its models.
    drop(server);
    let kept = list(&stand).entries;
    let page = kept.iter().find(|entry| entry.id == "page/warm.nm").expect("kept");
    assert_eq!(page.told.line().as_deref(), Some("a warm one; by Ada, Bob; MIT"));
}

/// A file of Neutone that tells what it is.
fn effect() -> Vec<u8> {
    let methods = ["set_daw_sample_rate_and_buffer_size", "forward_bt", "forward"];
    let module = methods.iter().fold(Module::new(), |module, name| module.method(name, "return 1"));
    let told = r#"{"model_name": "warm", "model_authors": ["Ada"], "model_short_description": "grows warmer",
        "license": "CC-BY", "neutone_parameters": {}}"#;
    let mut entries = module.entries();
    entries.push(("model/extra/metadata.json".into(), told.as_bytes().to_vec()));
    torch_zip(&entries)
}

#[test]
fn a_server_whose_certificate_nobody_knows_is_not_trusted() {
    let server = ModelServer::https(&Authority::new());
    let stand = Stand::new(&[hugging_face(&server, "")]);
    let listing = list(&stand);
    let fault = listing.sources[0].fault.as_ref().expect("not trusted");
    assert!(matches!(fault, CatalogError::Certificate { .. }), "{fault:?}");
    assert!(fault.to_string().contains("certificate"), "{fault}");
}

#[test]
fn a_redirect_from_an_encrypted_connection_to_an_open_one_is_not_followed() {
    let (authority, open) = (Authority::new(), ModelServer::http());
    let server = ModelServer::https(&authority);
    let pem = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(pem.path(), authority.pem()).expect("written");
    let source = hugging_face(&server, &format!(", certificate: '{}'", pem.path().display()));
    open.put("/codec", File::new(bytes("codec")));
    server.put("/lab/rave-models/resolve/main/more/codec.ts", Route::Redirect(open.url("/codec")));
    let stand = Stand::new(&[source]);
    assert!(matches!(stand.download("lab/more/codec"), Err(CatalogError::Insecure { .. })));
    assert_eq!(open.seen().len(), 0);
}

#[test]
fn another_file_than_the_listing_says_is_refused() {
    let server = ModelServer::http();
    let stand = Stand::new(&[hugging_face(&server, "")]);
    let mut other = bytes("codec");
    let last = other.len() - 1_000;
    other[last] ^= 1;
    server.put("/far/codec", File::new(other));
    let error = stand.download("lab/more/codec").expect_err("another checksum");
    assert!(matches!(error, CatalogError::Checksum { .. }), "{error:?}");
    server.put("/far/codec", File::new(bytes("gain")));
    let error = stand.download("lab/more/codec").expect_err("another length");
    assert!(matches!(error, CatalogError::Length { .. }), "{error:?}");
    server.put("/far/codec", File::new(bytes("gain")).without_length());
    let error = stand.download("lab/more/codec").expect_err("another length");
    assert!(matches!(error, CatalogError::Length { .. }), "{error:?}");
    assert_eq!(stand.all_files(), [""; 0]);
}

#[test]
fn a_page_of_links_lists_what_is_below_it() {
    let server = ModelServer::http();
    server.put("/models/", Route::html(fixture("index.html")));
    server.put("/models/more/codec.ts", File::new(bytes("codec")));
    let stand = Stand::new(&[index("page", &server)]);
    assert_eq!(ids(&list(&stand)), ["page/gain", "page/more/codec"]);
    assert_eq!(stand.download("codec").expect("brought"), stand.models().join("codec.ts"));
}

#[test]
fn a_folder_lists_its_models_and_those_in_its_folders() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("more")).expect("a folder");
    for (name, model) in [("gain.ts", "gain"), ("more/codec.ts", "codec")] {
        std::fs::copy(support::model(model), folder.path().join(name)).expect("copied");
    }
    std::fs::write(folder.path().join("notes.txt"), b"no model").expect("written");
    std::fs::write(folder.path().join("broken.ts"), b"PK, but no model").expect("written");
    let stand = Stand::new(&[format!("{{name: disk, kind: folder, path: '{}'}}", folder.path().display())]);
    let listing = list(&stand);
    assert_eq!(ids(&listing), ["disk/broken", "disk/gain", "disk/more/codec"]);
    assert_eq!(listing.entries[1].bytes, Some(bytes("gain").len() as u64));
    let path = stand.download("disk/more/codec").expect("copied");
    assert_eq!(std::fs::read(path).expect("a file"), bytes("codec"));
    let error = stand.download("disk/broken").expect_err("no model").to_string();
    let said = format!("{} is no model: ", folder.path().join("broken.ts").display());
    assert!(error.starts_with(&said), "{error}");
}

#[test]
fn a_source_that_is_down_or_talks_nonsense_hides_nothing_of_the_others() {
    let (good, odd) = (ModelServer::http(), ModelServer::http());
    good.put("/models/", Route::html(fixture("index.html")));
    odd.put("/forum/available_models", Route::json("[1, 2"));
    odd.put("/lab/api/models/a/b/tree/main", Route::json("{\"error\": \"no\"}"));
    odd.put("/text/", Route::json("hello"));
    odd.put("/large/", Route::html("<".repeat(500_000)));
    odd.put("/odd/available_models", Route::json("{\"a\\n\\u001b[31m\": 3}"));
    odd.put("/wordy/api/models/a/b/tree/main", Route::json(format!("[\"{}\"]", "x".repeat(90_000))));
    let many: Vec<_> = (0..10_001).map(|number| format!("\"{number}\"")).collect();
    odd.put("/many/available_models", Route::json(format!("{{\"a\": {{\"b\": [{}]}}}}", many.join(","))));
    let drip = File::new("<".repeat(100_000)).paced(1, Duration::from_millis(100));
    odd.put("/drip/", drip);
    let mut sources = vec![
        format!("{{name: forum, kind: forum, url: '{}'}}", odd.url("/forum")),
        format!("{{name: lab, kind: hugging-face, repository: a/b, url: '{}'}}", odd.url("/lab")),
        format!("{{name: text, kind: index, url: '{}'}}", odd.url("/text")),
        format!("{{name: large, kind: index, url: '{}'}}", odd.url("/large")),
        format!("{{name: odd, kind: forum, url: '{}'}}", odd.url("/odd")),
        format!("{{name: wordy, kind: hugging-face, repository: a/b, url: '{}'}}", odd.url("/wordy")),
        format!("{{name: many, kind: forum, url: '{}'}}", odd.url("/many")),
        format!("{{name: drip, kind: index, url: '{}'}}", odd.url("/drip")),
        "{name: gone, kind: index, url: 'http://127.0.0.1:1/'}".into(),
        "{name: nowhere, kind: folder, path: /no/such/folder}".into(),
    ];
    sources.insert(3, index("good", &good));
    let listing = list(&Stand::new(&sources));
    assert_eq!(ids(&listing), ["good/gain", "good/more/codec"]);
    for answered in &listing.sources {
        let fault = answered.fault.as_ref().map(ToString::to_string);
        assert_eq!(fault.is_none(), answered.source == "good", "{answered:?}");
        let plain = |fault: String| fault.len() < 300 && !fault.contains(char::is_control);
        assert!(fault.is_none_or(plain), "{answered:?}");
    }
}

#[test]
fn the_last_good_listing_serves_while_a_source_is_down_and_says_its_age() {
    let server = ModelServer::http();
    server.put("/models/", Route::html(fixture("index.html")));
    let stand = Stand::new(&[index("page", &server)]);
    let before = list(&stand);
    assert_eq!(before.sources[0].age, None);
    drop(server);
    let after = list(&stand);
    assert_eq!(after.entries, before.entries);
    assert!(after.sources[0].age.is_some_and(|age| age.as_secs() < 60));
    assert!(matches!(after.sources[0].fault, Some(CatalogError::Unreachable { .. })));
    // For another host too.
    let other = crate::stand::answers(&stand.another(), CatalogRequest::List { source: Some("page".into()) });
    assert!(
        matches!(&other[..], [CatalogReport::Listing(listing)] if listing.entries == before.entries),
        "{other:?}"
    );
    let unknown = stand.ask(CatalogRequest::List { source: Some("none".into()) });
    assert!(matches!(&unknown[..], [CatalogReport::Failed(CatalogError::NoSource { .. })]), "{unknown:?}");
}

#[test]
fn a_listing_that_has_become_old_is_asked_for_anew() {
    let server = ModelServer::http();
    server.put("/models/", Route::html("<a href='gain.ts'>"));
    server.put("/models/codec.ts", File::new(bytes("codec")));
    let stand = Stand::new(&[index("page", &server)]);
    list(&stand);
    server.put("/models/", Route::html("<a href='codec.ts'>"));
    stand.download("codec").expect("it is new");
    assert!(matches!(stand.download("page/gain"), Err(CatalogError::NoModel { .. })), "it is gone");
}
