//! Everything that fails: one clear line each, nothing left behind, nothing under the final name.

use std::time::{Duration, Instant};

use model_server::{Failure, File, ModelServer, Route};
use nn_core::catalog::CatalogError;

use crate::{
    stand::{Stand, bytes, download},
    support,
};

/// Downloads `voice` from a server that answers like this; the error, after looking at what is left.
fn failure(route: impl Into<Route>) -> CatalogError {
    let server = ModelServer::http();
    let stand = Stand::with_one(&server, "voice", route);
    let error = stand.download("voice").expect_err("it fails");
    assert_eq!(stand.all_files(), [""; 0], "{error}");
    let line = error.to_string();
    assert!(line.lines().count() == 1 && line.len() < 300 && line.contains(": "), "{line}");
    error
}

fn gain() -> File {
    File::new(bytes("gain"))
}

#[test]
fn a_server_that_answers_with_a_status_is_named_with_it() {
    for status in [404, 410] {
        assert!(
            matches!(failure(Route::Status(status)), CatalogError::NotFound { status: s, .. } if s == status)
        );
    }
    for status in [500, 503, 429] {
        assert!(
            matches!(failure(Route::Status(status)), CatalogError::ServerFault { status: s, .. } if s == status)
        );
    }
    for status in [401, 403] {
        assert!(
            matches!(failure(Route::Status(status)), CatalogError::Refused { status: s, .. } if s == status)
        );
    }
}

#[test]
fn trouble_that_passes_is_sat_out() {
    let server = ModelServer::http();
    let route = Route::First(2, Route::Status(503).into(), Box::new(gain().into()));
    let stand = Stand::with_one(&server, "voice", route);
    let path = stand.download("voice").expect("the third time");
    assert_eq!(std::fs::read(path).expect("a file"), bytes("gain"));
    assert_eq!(server.count("/models/voice.ts"), 3);
}

#[test]
fn a_file_that_is_not_there_is_asked_for_once() {
    let server = ModelServer::http();
    let stand = Stand::with_one(&server, "voice", Route::Status(404));
    stand.download("voice").expect_err("it fails");
    assert_eq!(server.count("/models/voice.ts"), 1);
}

#[test]
fn a_web_page_is_no_model_whatever_it_calls_itself() {
    let page = "<!DOCTYPE html><html><body>Please log in</body></html>";
    assert!(matches!(failure(Route::html(page)), CatalogError::WebPage { .. }));
    assert!(matches!(failure(File::new(format!("\n  {page}"))), CatalogError::WebPage { .. }));
    assert!(matches!(failure(File::new("{\"error\": \"no\"}")), CatalogError::NotAModel { .. }));
}

#[test]
fn a_file_that_is_nested_too_deeply_gets_no_name() {
    for form in crate::nesting_forms::forms().iter().filter(|form| matches!(form.name, "lists" | "objects")) {
        let error = failure(File::new((form.make)(10_000)));
        assert!(matches!(error, CatalogError::NotAModel { .. }), "{error:?}");
        assert!(error.to_string().contains("nested"), "{error}");
    }
}

#[test]
fn something_else_than_a_model_is_refused() {
    assert!(matches!(failure(File::new("")), CatalogError::NotAModel { .. }));
    assert!(matches!(failure(File::new("PK\u{3}\u{4} and then nothing")), CatalogError::NotAModel { .. }));
    let mut damaged = bytes("gain");
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x40;
    assert!(matches!(failure(File::new(damaged)), CatalogError::NotAModel { .. }));
    let methodless = std::fs::read(crate::support::hostile("methodless")).expect("a model");
    let error = failure(File::new(methodless));
    assert!(error.to_string().contains("method"), "{error}");
}

#[test]
fn redirects_are_followed_but_not_for_ever() {
    let server = ModelServer::http();
    let stand = Stand::with_one(&server, "voice", Route::Redirect("/a".into()));
    server.put("/a", Route::Redirect("/b".into()));
    server.put("/b", gain());
    stand.download("voice").expect("two redirects");
    assert!(matches!(failure(Route::Redirect("/models/voice.ts".into())), CatalogError::Redirects { .. }));
}

#[test]
fn a_connection_that_is_cut_is_gone_on_with_and_given_up_in_the_end() {
    let error = failure(gain().failing(Failure::CutAfter(0)));
    assert!(matches!(error, CatalogError::Cut { bytes: 0, .. }), "{error:?}");
    // A server that cannot go on begins anew each time, and never gets far enough.
    let error = failure(gain().without_ranges().failing(Failure::CutAfter(5_000)));
    assert!(matches!(error, CatalogError::Cut { bytes: 5_000, .. }), "{error:?}");
}

#[test]
fn a_wrong_length_is_no_model() {
    let error = failure(gain().failing(Failure::Announces(500)));
    assert!(matches!(error, CatalogError::Cut { .. } | CatalogError::Length { .. }), "{error:?}");
    // What is cut off at the announced length is no archive.
    let error = failure(gain().failing(Failure::Announces(-500)));
    assert!(matches!(error, CatalogError::NotAModel { .. }), "{error:?}");
}

#[test]
fn a_body_without_end_has_an_end_here() {
    let error = failure(gain().failing(Failure::Endless));
    assert!(matches!(error, CatalogError::TooLarge { most: 4_000_000, .. }), "{error:?}");
    // The announced length is too much already: nothing is read of it.
    let error = failure(File::new(vec![b'P'; 4_000_001]));
    assert!(matches!(error, CatalogError::TooLarge { .. }), "{error:?}");
}

#[test]
fn bytes_that_drip_are_not_waited_for() {
    let begin = Instant::now();
    let error = failure(gain().paced(10, Duration::from_millis(30)));
    assert!(matches!(error, CatalogError::TooSlow { .. }), "{error:?}");
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

#[test]
fn a_server_that_falls_silent_is_not_waited_for_long() {
    let begin = Instant::now();
    assert!(matches!(failure(Route::Silence), CatalogError::Silent { .. }));
    let error = failure(gain().without_ranges().failing(Failure::SilentAfter(4_000)));
    assert!(matches!(error, CatalogError::Silent { .. }), "{error:?}");
    assert!(begin.elapsed() < Duration::from_secs(12), "{:?}", begin.elapsed());
}

#[test]
fn a_server_that_is_not_there_is_unreachable() {
    let server = ModelServer::http();
    let stand = Stand::with_one(&server, "voice", gain());
    stand.ask(nn_core::catalog::CatalogRequest::List { source: None });
    drop(server);
    let error = stand.download("voice").expect_err("it is gone");
    assert!(matches!(error, CatalogError::Unreachable { .. }), "{error:?}");
    assert_eq!(stand.all_files(), [""; 0]);
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let server = ModelServer::http();
    let stand = Stand::with_one(&server, "voice", gain());
    // A file is where the folder should be.
    std::fs::write(stand.models(), b"in the way").expect("written");
    let error = stand.download("voice").expect_err("no folder");
    assert!(matches!(error, CatalogError::Disk { .. }), "{error:?}");
    assert_eq!(std::fs::read(stand.models()).expect("still there"), b"in the way");
    assert_eq!(server.count("/models/voice.ts"), 0, "nothing is fetched that cannot be kept");
}

#[test]
fn a_download_that_is_called_off_ends_at_once_and_leaves_nothing() {
    let server = ModelServer::http();
    let stand =
        Stand::with_one(&server, "voice", File::new(bytes("codec")).paced(20_000, Duration::from_millis(50)));
    let (sender, answers) = crossbeam_channel::unbounded();
    let requester = nn_core::catalog::Requester::new(sender);
    stand.catalog.request(download("voice"), &requester);
    while server.count("/models/voice.ts") == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let begin = Instant::now();
    stand.catalog.request(nn_core::catalog::CatalogRequest::Cancel(Some("voice".into())), &requester);
    let last = answers.iter().find(nn_core::catalog::CatalogReport::is_last);
    assert_eq!(last, Some(nn_core::catalog::CatalogReport::Cancelled { model: "page/voice".into() }));
    assert!(begin.elapsed() < Duration::from_millis(500), "{:?}", begin.elapsed());
    while !stand.all_files().is_empty() {
        assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", stand.all_files());
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn downloads_that_are_called_off_while_a_listing_drips_make_room_for_others() {
    let server = ModelServer::http();
    let stand = Stand::with_one(&server, "voice", gain());
    let drip = File::new("<".repeat(100_000)).paced(1, Duration::from_millis(100));
    server.put("/drip/", drip);
    let slow = |name: &str| format!("{{name: {name}, kind: index, url: '{}'}}", server.url("/drip/"));
    stand.set_sources(&[slow("slow"), crate::stand::index("page", &server)]);
    let (sender, _answers) = crossbeam_channel::unbounded();
    let requester = nn_core::catalog::Requester::new(sender);
    for card in ["slow/a", "slow/b"] {
        stand.catalog.request(download(card), &requester);
    }
    // Both wait for one listing.
    while server.count("/drip/") < 1 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let begin = Instant::now();
    stand.catalog.request(nn_core::catalog::CatalogRequest::Cancel(None), &requester);
    stand.download("page/voice").expect("it has its turn");
    assert!(begin.elapsed() < Duration::from_millis(1_500), "{:?}", begin.elapsed());
}

#[test]
fn a_model_that_calls_what_models_may_not_gets_no_name() {
    let server = ModelServer::http();
    let bytes = std::fs::read(support::hostile("files")).expect("a model");
    let stand = Stand::with_one(&server, "voice", File::new(bytes));
    let error = stand.download("voice").expect_err("refused").to_string();
    assert!(error.contains("Files.forward calls aten::save, which reads or writes files"), "{error}");
    assert_eq!(stand.all_files(), [""; 0]);
}

#[test]
fn what_is_no_web_server_is_called_that_and_not_an_unreachable_one() {
    for answer in [
        "SSH-2.0-OpenSSH_9.6\r\n",
        "220 mail.example ESMTP\r\n",
        "\0\u{1}\u{2}\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nPK",
        "HTTP/1.1 500 \u{1b}[31m\r\nContent-Length: 0\r\n\r\n",
    ] {
        let error = failure(Route::Raw(answer));
        assert!(matches!(&error, CatalogError::NotUnderstood { .. }), "{answer:?}: {error:?}");
    }
    // A connection that is cut may go well the next time.
    let error = failure(Route::Raw(""));
    assert!(matches!(&error, CatalogError::Unreachable { .. }), "{error:?}");
}

#[test]
fn https_of_a_server_that_has_none_is_said() {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    // Ends with the test.
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _asked = stream.read(&mut [0; 64]);
            let _answered = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let stand = Stand::new(&[format!("{{name: page, kind: index, url: 'https://{address}/'}}")]);
    let error = stand.download("page/voice").expect_err("it has none");
    // On Apple's systems it is the system that says it.
    let what = error.to_string();
    assert!(what.contains("speaks no https") || cfg!(target_vendor = "apple"), "{what}");
}

#[test]
fn a_listing_that_is_too_long_is_not_called_a_model() {
    let server = ModelServer::http();
    server.put("/models/", Route::html("<".repeat(400_001)));
    let error = Stand::new(&[crate::stand::index("page", &server)]).download("page/voice").expect_err("long");
    assert!(matches!(&error, CatalogError::LongListing { .. }), "{error:?}");
    assert!(!error.to_string().contains("model"), "{error}");
}

/// Things of other kinds under the names that the catalog uses for itself.
#[cfg(unix)]
#[test]
fn a_pipe_among_the_catalog_s_own_things_holds_nobody_up() {
    let server = ModelServer::http();
    let stand = Stand::with_one(&server, "voice", gain());
    let own = stand.models().join(".nn-catalog");
    std::fs::create_dir_all(&own).expect("a folder");
    let made = std::process::Command::new("mkfifo").arg(own.join("record.new")).status().expect("mkfifo");
    assert!(made.success());
    stand.download("voice").expect("brought");
    assert_eq!(stand.all_files(), ["voice.ts"]);
}
