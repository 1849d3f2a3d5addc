//! Models of a second format: listed, checked by it and stored with its ending.

use crossbeam_channel::unbounded;
use nn_catalog::{Answer, Ask, Asker, Catalogue, Surroundings, store::Store};
use nn_model::{
    Entry, Formats,
    fake::{FakeFormat, FakeRuntime},
};

const FORMATS: Formats = Formats::new(&[
    Entry { name: "TorchScript", format: &nn_archive::TorchScript, runtime: &FakeRuntime },
    Entry { name: "fake", format: &FakeFormat, runtime: &FakeRuntime },
]);

/// Asks and gives the last answer.
fn ask(catalogue: &Catalogue, ask: Ask) -> Answer {
    let (sender, answers) = unbounded();
    catalogue.request(ask, &Asker::new(sender));
    answers.iter().find(Answer::is_last).expect("an answer")
}

fn download(card: &str, name: Option<&str>) -> Ask {
    Ask::Download { card: card.into(), name: name.map(str::to_owned), force: false }
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
    let catalogue = Catalogue::new(Surroundings {
        sources_file: Some(at("sources.yaml")),
        cache: Some(at("cache")),
        store: Some(Store::new(at("models"))),
        formats: FORMATS,
    });

    let Answer::Listing(listing) = ask(&catalogue, Ask::List { source: None }) else { panic!("no listing") };
    let ids: Vec<_> = listing.cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["shop/bad.fake", "shop/good", "shop/good.fake", "shop/page.fake", "shop/wrong.fake"]);

    for (card, name, file) in [
        ("good.fake", None, "good.fake"),
        ("good", None, "good.ts"),
        ("good.fake", Some("mine"), "mine.fake"),
    ] {
        match ask(&catalogue, download(card, name)) {
            Answer::Downloaded { path, .. } => assert_eq!(path, at("models").join(file)),
            other => panic!("{card}: {other:?}"),
        }
    }
    for (card, what) in [
        ("bad.fake", "is no model: this is no fake model: write FAKE CHANNELS GAIN"),
        ("page.fake", "is no model: it is a web page"),
        ("wrong.fake", "is no model: it is no fake file"),
    ] {
        match ask(&catalogue, download(card, None)) {
            Answer::Failed(error) => assert!(error.to_string().ends_with(what), "{error}"),
            other => panic!("{card}: {other:?}"),
        }
        assert!(!at("models").join(card).exists());
    }
    match ask(&catalogue, Ask::Delete("mine.fake".into())) {
        Answer::Deleted { name } => assert_eq!(name, "mine.fake"),
        other => panic!("{other:?}"),
    }
}
