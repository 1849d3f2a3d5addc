//! Servers of a user's own: certificates that work, and what is said of those that do not.
#![cfg(unix)] // Pipes, links, and openssl.

use std::process::Command;

use model_server::{Authority, File, ModelServer, Own, Route};
use nn_core::catalog::CatalogError;

use crate::{
    stand::{Stand, bytes},
    support,
};

/// Downloads `voice` from a server with that certificate, which is trusted.
fn trusted(own: &Own) -> Result<(), CatalogError> {
    let server = ModelServer::https_with(own);
    let pem = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(pem.path(), &own.certificate).expect("written");
    brought(&server, &format!(", certificate: '{}'", pem.path().display()))
}

fn brought(server: &ModelServer, certificate: &str) -> Result<(), CatalogError> {
    server.put("/models/", Route::html("<a href='voice.ts'>"));
    server.put("/models/voice.ts", File::new(bytes("gain")));
    let source = format!("{{name: page, kind: index, url: '{}'{certificate}}}", server.url("/models/"));
    Stand::new(&[source]).download("voice").map(drop)
}

#[test]
fn a_certificate_of_a_server_s_own_works_when_it_is_one_for_servers() {
    trusted(&Own::new(&["127.0.0.1"], false, 2090)).expect("trusted");
}

#[test]
fn the_mark_that_editors_on_windows_begin_files_with_is_no_hindrance() {
    let own = Own::new(&["127.0.0.1"], false, 2090);
    let marked = format!("\u{feff}{}", own.certificate.replace('\n', "\r\n"));
    let server = ModelServer::https_with(&own);
    let pem = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(pem.path(), marked).expect("written");
    brought(&server, &format!(", certificate: '{}'", pem.path().display())).expect("trusted");
}

/// Made by openssl, as people make them.
#[test]
fn one_of_a_kind_that_is_not_taken_is_refused_in_plain_words() {
    let folder = tempfile::tempdir().expect("a folder");
    for (options, reason) in [
        ("-sha1", "of a kind that is not taken, such as SHA-1"),
        ("-addext extendedKeyUsage=clientAuth", "not one for servers (extendedKeyUsage)"),
    ] {
        let command = format!(
            "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout key -out pem -subj /CN=x {options} \
             -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE"
        );
        let made = Command::new("sh").args(["-c", &command]).current_dir(folder.path()).output();
        let made = made.expect("a shell");
        assert!(made.status.success(), "{command}: {}", String::from_utf8_lossy(&made.stderr));
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect(name);
        let line =
            trusted(&Own { certificate: read("pem"), key: read("key") }).expect_err(reason).to_string();
        assert!(line.contains(reason), "{options}: {line}");
    }
}

#[test]
fn one_that_cannot_work_is_refused_with_the_reason_and_the_place_that_says_how() {
    for (own, reason) in [
        (Own::new(&["127.0.0.1"], true, 2090), "it is that of an authority (CA:TRUE), not of a server"),
        (Own::new(&["studio.example"], false, 2090), "it is not for this name or address (subjectAltName)"),
        (Own::new(&[], false, 2090), "it is not for this name or address (subjectAltName)"),
        (Own::new(&["127.0.0.1"], false, 2001), "it has expired"),
    ] {
        let error = trusted(&own).expect_err(reason);
        assert!(matches!(&error, CatalogError::Certificate { .. }), "{error:?}");
        let line = error.to_string();
        assert!(line.contains(reason) && line.contains("CATALOG.md"), "{reason}: {line}");
    }
}

#[test]
fn one_that_nobody_has_signed_is_refused_at_once() {
    let server = ModelServer::https(&Authority::new());
    let error = brought(&server, "").expect_err("nobody knows it");
    assert!(
        matches!(&error, CatalogError::Certificate { what, .. } if what.contains("nobody who is trusted")),
        "{error:?}"
    );
}

#[test]
fn a_file_of_certificates_that_is_none_is_named() {
    let server = ModelServer::https(&Authority::new());
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe.pem");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    std::fs::write(folder.path().join("empty.pem"), "").expect("written");
    let damaged = "-----BEGIN CERTIFICATE-----\nAAAAAAAA\n-----END CERTIFICATE-----\n";
    std::fs::write(folder.path().join("damaged.pem"), damaged).expect("written");
    for (file, reason) in [
        ("empty.pem", "it has no certificate"),
        ("damaged.pem", ""),
        ("none.pem", ""),
        ("pipe.pem", "it is not a file"),
    ] {
        let path = folder.path().join(file).display().to_string();
        let error = brought(&server, &format!(", certificate: '{path}'")).expect_err(file);
        assert!(matches!(&error, CatalogError::BadCertificate { .. }), "{error:?}");
        assert!(error.to_string().starts_with(&path) && error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn the_certificate_that_the_documentation_makes_works() {
    let page = std::fs::read_to_string(support::root().join("docs/CATALOG.md")).expect("a page");
    let command = page.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a command");
    assert!(command.starts_with("openssl req -x509 "), "{command}");
    let folder = tempfile::tempdir().expect("a folder");
    let command = command.replace("192.168.1.20", "127.0.0.1");
    let made = Command::new("sh").args(["-c", &command]).current_dir(folder.path()).output();
    let made = made.expect("a shell");
    assert!(made.status.success(), "{command}: {}", String::from_utf8_lossy(&made.stderr));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect(name);
    trusted(&Own { certificate: read("studio.pem"), key: read("studio.key") }).expect("as it says");
}
