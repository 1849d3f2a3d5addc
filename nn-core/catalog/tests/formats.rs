//! Models of a second format: listed, checked by it and stored with its ending.

use crossbeam_channel::unbounded;
use nn_catalog::{Catalog, CatalogContext, CatalogReport, CatalogRequest, Requester, store::Store};
use nn_model::{
    Entry, Formats,
    fake::{FakeFormat, FakeRuntime},
};

const FORMATS: Formats = Formats::new(&[
    Entry { name: "TorchScript", format: &nn_archive::TorchScript, runtime: &FakeRuntime },
    Entry { name: "fake", format: &FakeFormat, runtime: &FakeRuntime },
]);

/// Asks and gives the last answer.
fn ask(catalog: &Catalog, ask: CatalogRequest) -> CatalogReport {
    let (sender, answers) = unbounded();
    catalog.request(ask, &Requester::new(sender));
    answers.iter().find(CatalogReport::is_last).expect("an answer")
}

fn download(model: &str, name: Option<&str>) -> CatalogRequest {
    CatalogRequest::Download { model: model.into(), name: name.map(str::to_owned), force: false }
}

#[test]
fn files_of_every_format_are_listed_checked_by_it_and_keep_its_ending() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("shop")).expect("a folder");
    for (name, text) in
        [("good.fake", "FAKE 1 2"), ("bad.fake", "FAKE 1"), ("page.fake", "<html>"), ("a.txt", "")]
    {
        std::fs::write(at("shop").join(name), text).expect("a file");
    }
    let gain = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/gain.ts");
    std::fs::copy(gain, at("shop/good.ts")).expect("a copy");
    // An ending that says something else than the bytes.
    std::fs::copy(at("shop/good.ts"), at("shop/wrong.fake")).expect("a copy");
    let sources = format!(
        "built_in: false\nsources:\n  - {{name: shop, kind: folder, path: '{}'}}\n",
        at("shop").display()
    );
    std::fs::write(at("sources.yaml"), sources).expect("a file");
    let catalog = Catalog::new(CatalogContext {
        sources_file: Some(at("sources.yaml")),
        cache: Some(at("cache")),
        store: Some(Store::new(at("models"))),
        formats: FORMATS,
    });

    let CatalogReport::Listing(listing) = ask(&catalog, CatalogRequest::List { source: None }) else {
        panic!("no listing")
    };
    let ids: Vec<_> = listing.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["shop/bad.fake", "shop/good", "shop/good.fake", "shop/page.fake", "shop/wrong.fake"]);

    for (model, name, file) in [
        ("good.fake", None, "good.fake"),
        ("good", None, "good.ts"),
        ("good.fake", Some("mine"), "mine.fake"),
    ] {
        match ask(&catalog, download(model, name)) {
            CatalogReport::Downloaded { path, .. } => assert_eq!(path, at("models").join(file)),
            other => panic!("{model}: {other:?}"),
        }
    }
    for (model, what) in [
        ("bad.fake", "is no model: this is no fake model: write FAKE CHANNELS GAIN"),
        ("page.fake", "is no model: it is a web page"),
        ("wrong.fake", "is no model: it is no fake file"),
    ] {
        match ask(&catalog, download(model, None)) {
            CatalogReport::Failed(error) => assert!(error.to_string().ends_with(what), "{error}"),
            other => panic!("{model}: {other:?}"),
        }
        assert!(!at("models").join(model).exists());
    }
    match ask(&catalog, CatalogRequest::Delete("mine.fake".into())) {
        CatalogReport::Deleted { name } => assert_eq!(name, "mine.fake"),
        other => panic!("{other:?}"),
    }
}
