//! Going on with what has come: only where it is certain to be the same file.

use model_server::{Failure, File, ModelServer, Route};

use crate::stand::{Stand, bytes};

/// The ranges that were asked for, and none where all was.
fn ranges(server: &ModelServer) -> Vec<Option<String>> {
    let seen = server.seen();
    let models = seen.iter().filter(|seen| seen.target == "/models/voice.ts");
    models.map(|seen| seen.header("range").map(str::to_owned)).collect()
}

/// Downloads from a server whose first answer ends after 5000 bytes.
fn after_a_cut(first: File, then: File) -> (ModelServer, Vec<Option<String>>) {
    let server = ModelServer::http();
    let first = first.failing(Failure::CutAfter(5_000));
    let route = Route::First(1, Box::new(first.into()), Box::new(then.into()));
    let stand = Stand::with_one(&server, "voice", route);
    let path = stand.download("voice").expect("brought in the end");
    assert_eq!(std::fs::read(path).expect("a file"), bytes("gain"));
    assert_eq!(stand.all_files(), ["voice.ts"]);
    let ranges = ranges(&server);
    (server, ranges)
}

fn gain() -> File {
    File::new(bytes("gain"))
}

#[test]
fn a_cut_download_is_gone_on_with_from_where_it_was() {
    let (server, ranges) = after_a_cut(gain(), gain());
    assert_eq!(ranges, [None, Some("bytes=5000-".into())]);
    assert!(server.seen().last().is_some_and(|seen| seen.header("if-range").is_some()));
}

#[test]
fn many_cuts_are_gone_on_with_as_long_as_something_comes() {
    let server = ModelServer::http();
    let stand = Stand::with_one(&server, "voice", gain().failing(Failure::CutAfter(1_500)));
    let path = stand.download("voice").expect("piece by piece");
    assert_eq!(std::fs::read(path).expect("a file"), bytes("gain"));
    assert_eq!(ranges(&server).len(), bytes("gain").len().div_ceil(1_500));
}

#[test]
fn a_server_that_cannot_go_on_sends_all_of_it_again() {
    let (_, ranges) = after_a_cut(gain(), gain().without_ranges());
    assert_eq!(ranges, [None, Some("bytes=5000-".into())]);
}

#[test]
fn without_anything_that_tells_the_version_all_of_it_is_asked_for_again() {
    let (_, ranges) = after_a_cut(gain().without_etag(), gain().without_etag());
    assert_eq!(ranges, [None, None]);
}

#[test]
fn another_version_is_not_joined_to_the_first() {
    // What comes first is of another file of another length.
    let (_, ranges) = after_a_cut(File::new(bytes("delay")).etag("old"), gain().etag("new"));
    assert_eq!(ranges, [None, Some("bytes=5000-".into())]);
}

#[test]
fn pieces_of_two_files_are_noticed_even_when_the_server_mixes_them() {
    // Same tag, same length, other bytes: only the checks of the archive can tell.
    let mut other = bytes("gain");
    other[2_000] ^= 0xff;
    let (_, ranges) = after_a_cut(File::new(other).etag("same"), gain().etag("same"));
    assert_eq!(ranges, [None, Some("bytes=5000-".into()), None]);
}
