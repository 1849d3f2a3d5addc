//! What files are called, and which of them may be replaced or deleted.

use model_server::{File, ModelServer, Route};
use nn_core::catalog::CatalogError;

use crate::stand::{Stand, bytes, index};

fn stand(server: &ModelServer) -> Stand {
    Stand::with_one(server, "voice", File::new(bytes("gain")))
}

#[test]
fn a_name_that_leads_elsewhere_is_refused_before_anything_is_asked_for() {
    let server = ModelServer::http();
    let stand = stand(&server);
    for card in ["", "..", "page/", "page/con", "page/.x"] {
        assert!(matches!(stand.download(card), Err(CatalogError::Name(_))), "{card}");
    }
    for name in ["../voice", "/tmp/voice", "a\\b", "..", "con", "", "a\nb", &"x".repeat(300)] {
        assert!(matches!(stand.download_as("voice", name, true), Err(CatalogError::Name(_))), "{name}");
        assert!(matches!(stand.delete(name), Err(CatalogError::Name(_))), "{name}");
    }
    assert!(server.seen().is_empty() && stand.all_files().is_empty());
}

#[test]
fn what_a_server_calls_its_models_cannot_lead_elsewhere() {
    let server = ModelServer::http();
    let names = ["../../evil", "..%2F..%2Fevil", "%2e%2e/evil", "con", ".hidden", "a%00b", "C%3A%5Cevil"];
    let links: String = names.iter().map(|name| format!("<a href='{name}.ts'>")).collect();
    server.put("/models/", Route::html(links));
    let stand = Stand::new(&[index("page", &server)]);
    let answers = stand.ask(nn_core::catalog::CatalogRequest::List { source: None });
    let Some(nn_core::catalog::CatalogReport::Listing(listing)) = answers.last() else {
        panic!("{answers:?}")
    };
    for entry in &listing.entries {
        let name =
            entry.file_name(nn_core::formats::FORMATS).expect("only those that can be brought are listed");
        assert!(!name.as_str().contains(['/', '\\', ':']) && !name.as_str().starts_with('.'), "{name}");
    }
    for name in names {
        let _whatever = stand.download(name);
    }
    assert_eq!(stand.all_files(), [""; 0]);
}

#[test]
fn a_file_that_is_there_is_replaced_only_with_force() {
    let server = ModelServer::http();
    let stand = stand(&server);
    std::fs::create_dir(stand.models()).expect("a folder");
    let file = stand.models().join("voice.ts");
    std::fs::write(&file, b"mine").expect("written");
    let error = stand.download("voice").expect_err("it is there");
    assert!(matches!(error, CatalogError::Exists { .. }), "{error:?}");
    assert_eq!(std::fs::read(&file).expect("still there"), b"mine");
    stand.download_as("voice", "voice", true).expect("replaced");
    assert_eq!(std::fs::read(&file).expect("replaced"), bytes("gain"));
}

#[test]
fn another_name_gives_another_file_and_the_same_again_downloads_nothing() {
    let server = ModelServer::http();
    let stand = stand(&server);
    let first = stand.download("voice").expect("brought");
    let second = stand.download_as("voice", "other", false).expect("brought");
    assert_eq!((first, second), (stand.models().join("voice.ts"), stand.models().join("other.ts")));
    stand.download("page/voice.ts").expect("there already");
    assert_eq!(server.count("/models/voice.ts"), 2);
    assert_eq!(stand.all_files(), ["other.ts", "voice.ts"]);
}

#[test]
fn a_file_of_the_user_s_that_has_the_length_of_what_was_brought_is_not_taken_for_it() {
    let server = ModelServer::http();
    let stand = stand(&server);
    let file = stand.download("voice").expect("brought");
    let own = vec![7; bytes("gain").len()];
    std::fs::write(&file, &own).expect("written");
    assert!(matches!(stand.download("voice"), Err(CatalogError::Exists { .. })));
    assert!(matches!(stand.delete("voice"), Err(CatalogError::Changed { .. })));
    assert_eq!(std::fs::read(&file).expect("still there"), own);
}

#[test]
fn what_was_brought_is_deleted_without_the_network_and_what_was_not_stays() {
    let server = ModelServer::http();
    let stand = stand(&server);
    stand.download("voice").expect("brought");
    std::fs::write(stand.models().join("mine.ts"), b"mine").expect("written");
    drop(server);
    assert_eq!(stand.delete("voice"), Ok("voice.ts".into()));
    assert!(matches!(stand.delete("voice"), Err(CatalogError::NoSuchFile { .. })));
    let error = stand.delete("mine").expect_err("it is the user's");
    let path = stand.models().join("mine.ts").display().to_string();
    assert_eq!(error, CatalogError::NotOurs { path });
    assert_eq!(stand.all_files(), ["mine.ts"]);
}

#[test]
fn a_damaged_record_is_said_and_nothing_is_deleted_by_it() {
    let server = ModelServer::http();
    let stand = stand(&server);
    stand.download("voice").expect("brought");
    std::fs::write(stand.models().join(".nn-catalog/record.json"), "{nonsense").expect("written");
    for error in [stand.delete("voice").expect_err("delete"), stand.download("voice").expect_err("download")]
    {
        assert!(error.to_string().contains("record.json: damaged"), "{error}");
    }
    assert_eq!(stand.all_files(), ["voice.ts"]);
}

#[test]
fn a_file_that_appears_while_its_download_runs_stays() {
    let server = ModelServer::http();
    let slow = File::new(bytes("gain")).paced(1_000, std::time::Duration::from_millis(15));
    let stand = Stand::with_one(&server, "voice", slow);
    let file = stand.models().join("voice.ts");
    std::thread::scope(|scope| {
        let download = scope.spawn(|| stand.download("voice"));
        while server.count("/models/voice.ts") == 0 {
            std::thread::yield_now();
        }
        std::fs::write(&file, b"mine").expect("written");
        let error = download.join().expect("no panic").expect_err("it is taken");
        assert!(matches!(error, CatalogError::Exists { .. }), "{error:?}");
    });
    assert_eq!(std::fs::read(&file).expect("still there"), b"mine");
    assert!(matches!(stand.delete("voice"), Err(CatalogError::NotOurs { .. })), "it is not the catalog's");
    assert_eq!(stand.all_files(), ["voice.ts"]);
}
