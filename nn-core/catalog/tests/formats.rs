//! Models of a second format: listed, checked by it and stored with its ending.

use crossbeam_channel::unbounded;
use nn_catalog::{Catalog, CatalogContext, CatalogReport, CatalogRequest, Requester, store::Store};
use nn_model::{
    Entry, Format, Formats, LoadError, ModelLocation, Unsound,
    fake::{FakeFormat, FakeRuntime},
    spec::ModelSpec,
};

/// Files that are programs. As models nothing would be wrong with them.
struct Programs;

impl Format for Programs {
    fn extensions(&self) -> &'static [&'static str] {
        &["program"]
    }

    fn is_program(&self) -> bool {
        true
    }

    fn describe(&self, _location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        Ok(ModelSpec::default())
    }

    fn verify(&self, _file: &std::path::Path) -> Result<(), Unsound> {
        Ok(())
    }
}

const FORMATS: Formats = Formats::new(&[
    Entry { name: "TorchScript", format: &nn_archive::TorchScript, runtime: &FakeRuntime },
    Entry { name: "fake", format: &FakeFormat, runtime: &FakeRuntime },
    Entry { name: "programs", format: &Programs, runtime: &FakeRuntime },
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

/// They are not listed, and not to be had by name either.
fn programs_are_not_to_be_had(catalog: &Catalog, models: &std::path::Path) {
    for (model, name) in
        [("tool.program", None), ("shop/tool.program", None), ("good.fake", Some("good.program"))]
    {
        match ask(catalog, download(model, name)) {
            CatalogReport::Failed(_) => {}
            CatalogReport::Downloaded { path, .. } => {
                assert_eq!(path, models.join("good.program.fake"), "an ending of its own is added");
            }
            other => panic!("{model}: {other:?}"),
        }
        assert!(!models.join("tool.program").exists() && !models.join("good.program").exists());
    }
}

#[test]
fn files_of_every_format_are_listed_checked_by_it_and_keep_its_ending() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("shop")).expect("a folder");
    for (name, text) in [
        ("good.fake", "FAKE 1 2"),
        ("bad.fake", "FAKE 1"),
        ("page.fake", "<html>"),
        ("a.txt", ""),
        ("tool.program", "run"),
    ] {
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
    programs_are_not_to_be_had(&catalog, &at("models"));
    match ask(&catalog, CatalogRequest::Delete("mine.fake".into())) {
        CatalogReport::Deleted { name } => assert_eq!(name, "mine.fake"),
        other => panic!("{other:?}"),
    }
}
