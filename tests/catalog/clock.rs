//! Limits hold by the clock, not when the next byte comes.

use std::time::{Duration, Instant};

use model_server::{Failure, File, ModelServer, Route};
use nn_core::catalog::{CatalogError, CatalogReport, CatalogRequest};

use crate::stand::{Stand, bytes, index};

/// Long between two bytes, but not longer than a server may be silent.
const PAUSE: Duration = Duration::from_secs(5);

/// Far from the limits, which are a second, and from the next byte.
const SOON: Duration = Duration::from_secs(4);

const LIMITS: &str = "limits: {silence_ms: 6000, listing_ms: 1000, slow_ms: 1000, slowest_bytes_per_s: 100, tries: 3, back_off_ms: 10}\n";

fn stand(server: &ModelServer) -> Stand {
    let stand = Stand::new(&[]);
    stand.set_sources_and_limits(&[index("page", server)], LIMITS);
    stand
}

/// What is wrong with the listing, and how long that took.
fn listing_fault(stand: &Stand) -> (Option<CatalogError>, Duration) {
    let begin = Instant::now();
    let answers = stand.ask(CatalogRequest::List { source: None });
    let Some(CatalogReport::Listing(listing)) = answers.last() else { panic!("{answers:?}") };
    (listing.sources[0].fault.clone(), begin.elapsed())
}

#[test]
fn a_listing_that_drips_or_is_silent_ends_with_its_time() {
    let server = ModelServer::http();
    for route in [File::new("<".repeat(1_000)).paced(1, PAUSE).into(), Route::Silence] {
        server.put("/models/", route);
        let (fault, time) = listing_fault(&stand(&server));
        assert!(matches!(fault, Some(CatalogError::Unfinished { seconds: 1, .. })), "{fault:?}");
        assert!(time < SOON, "{time:?}");
    }
}

#[test]
fn a_download_that_drips_ends_with_the_time_in_which_bytes_are_counted() {
    let server = ModelServer::http();
    server.put("/models/", Route::html("<a href='voice.ts'>"));
    server.put("/models/voice.ts", File::new(bytes("gain")).paced(3, PAUSE));
    let begin = Instant::now();
    let error = stand(&server).download("voice").expect_err("too slow");
    assert!(matches!(error, CatalogError::TooSlow { .. }), "{error:?}");
    assert!(begin.elapsed() < SOON, "{:?}", begin.elapsed());
}

#[test]
fn a_connection_that_brings_a_byte_and_is_cut_is_given_up_like_any_other() {
    let server = ModelServer::http();
    // Each try brings nine bytes more, for ever.
    let stand = Stand::with_one(&server, "voice", File::new(bytes("gain")).failing(Failure::CutAfter(9)));
    let begin = Instant::now();
    let error = stand.download("voice").expect_err("it gets nowhere");
    assert!(matches!(error, CatalogError::Cut { .. }), "{error:?}");
    assert!(
        begin.elapsed() < Duration::from_secs(3) && server.count("/models/voice.ts") <= 3,
        "{:?}",
        begin.elapsed()
    );
}

#[test]
fn a_server_that_begins_anew_each_time_and_gets_no_further_is_given_up() {
    let server = ModelServer::http();
    let cut = |bytes_come| {
        let file = File::new(bytes("codec")).without_ranges().failing(Failure::CutAfter(bytes_come));
        Box::new(Route::from(file))
    };
    let twenty = (0..10).fold(cut(0), |then, _| {
        Box::new(Route::First(1, cut(200_000), Box::new(Route::First(1, cut(100_000), then))))
    });
    let stand = Stand::with_one(&server, "voice", *twenty);
    let error = stand.download("voice").expect_err("it gets nowhere");
    assert!(matches!(error, CatalogError::Cut { .. }), "{error:?}");
    assert!(server.count("/models/voice.ts") <= 4, "{}", server.count("/models/voice.ts"));
}
