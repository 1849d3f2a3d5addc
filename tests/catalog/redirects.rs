//! Where a source may lead, and where not.

use model_server::{File, ModelServer, Route};
use nn_core::catalog::CatalogError;

use crate::stand::{Stand, bytes};

/// Downloads `voice` from a server that redirects there.
fn redirected(target: &str) -> CatalogError {
    let server = ModelServer::http();
    let stand = Stand::with_one(&server, "voice", Route::Redirect(target.into()));
    let error = stand.download("voice").expect_err(target);
    assert_eq!(stand.all_files(), [""; 0]);
    assert_eq!(server.count("/models/voice.ts"), 1, "{target}: it is not tried again");
    error
}

#[test]
fn what_is_no_web_address_is_called_what_it_is() {
    for target in [
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "gopher://gopher.example/9model",
        "ftp://ftp.example/voice.ts",
        "data:application/octet-stream,PK",
        "mailto:somebody@example.org",
        "http://",
        "https:///",
        "http://[::1",
    ] {
        let error = redirected(target);
        assert!(matches!(&error, CatalogError::NoWebAddress { .. }), "{target}: {error:?}");
        let line = error.to_string();
        assert!(line.contains(&format!("redirects to {target}, which is no web address")), "{line}");
    }
    let error = redirected("");
    assert!(error.to_string().contains("redirects to nowhere"), "{error}");
}

#[test]
fn a_redirect_into_a_network_where_the_source_is_not_is_not_followed() {
    // The source is on this machine.
    for target in [
        "http://10.0.0.1/voice.ts",
        "http://192.168.1.1/",
        "http://172.20.1.1:8080/voice.ts",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/voice.ts",
        "http://[fd00::1]/voice.ts",
        "http://[::ffff:192.168.0.1]/",
        "//10.0.0.1/voice.ts",
        "http://0xa.0.0.1/voice.ts",
    ] {
        let error = redirected(target);
        assert!(matches!(&error, CatalogError::OutOfReach { .. }), "{target}: {error:?}");
        assert!(error.to_string().contains("on a private network"), "{error}");
    }
}

#[test]
fn a_source_on_a_network_may_lead_to_others_there() {
    let (server, other) = (ModelServer::http(), ModelServer::http());
    other.put("/far/voice.ts", File::new(bytes("gain")));
    let stand = Stand::with_one(&server, "voice", Route::Redirect(other.url("/far/voice.ts")));
    stand.download("voice").expect("both are on this machine");
    // By name too: the name is looked up, and leads to where the source is.
    let by_name = other.url("/far/voice.ts").replace("127.0.0.1", "localhost");
    server.put("/models/voice.ts", Route::Redirect(by_name));
    stand.download_as("voice", "voice", true).expect("it is the same machine");
}

#[test]
fn a_listing_is_led_astray_as_little() {
    let server = ModelServer::http();
    server.put("/models/", Route::Redirect("http://169.254.169.254/".into()));
    let stand = Stand::new(&[crate::stand::index("page", &server)]);
    let error = stand.download("page/voice").expect_err("it is not followed");
    assert!(matches!(error, CatalogError::OutOfReach { .. }), "{error:?}");
}

#[test]
fn addresses_that_no_server_takes_are_not_followed_and_said_in_a_short_line() {
    for target in [format!("/{}", "x".repeat(100_000)), format!("http://{}/", "a".repeat(20_000))] {
        let error = redirected(&target);
        assert!(matches!(&error, CatalogError::NoWebAddress { .. }), "{error:?}");
        assert!(error.to_string().len() < 300, "{error}");
    }
    let server = ModelServer::http();
    let stand =
        Stand::with_one(&server, "voice", Route::Redirect(format!("http://{}.invalid/", "a".repeat(2_000))));
    let line = stand.download("voice").expect_err("no such server").to_string();
    assert!(line.len() < 300, "{line}");
}
