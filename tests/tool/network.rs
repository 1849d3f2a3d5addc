//! Proxies, certificates, and networks that no source leads into.

use crate::user::{User, gain, said};
use model_server::{File, ModelServer, Route};

#[test]
fn proxies_of_the_environment_are_used() {
    let proxy = ModelServer::http();
    proxy.put("http://models.invalid/models/", Route::html("<a href='voice.ts'>"));
    proxy.put("http://models.invalid/models/voice.ts", File::new(gain()));
    let user = User::new(&["{name: page, kind: index, url: 'http://models.invalid/models/'}".into()]);
    assert_eq!(said(&mut user.nn("models download voice")).0, Some(3), "without it there is no such server");
    let (code, _, errors) = said(user.nn("models download voice").env("HTTP_PROXY", proxy.url("")));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert_eq!(std::fs::read(user.voice()).expect("a file"), gain());
    // By its name too, wherever that is: here on this very machine, where no redirect would be followed to.
    let by_name = proxy.url("").replace("127.0.0.1", "localhost");
    let (code, _, errors) = said(user.nn("models download voice --force").env("HTTP_PROXY", by_name));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
}

/// The variable is how Linux is told of other certificates.
#[cfg(target_os = "linux")]
#[test]
fn certificates_of_the_system_are_trusted_and_no_others() {
    let authority = model_server::Authority::new();
    let server = ModelServer::https(&authority);
    let user = User::of(&server, File::new(gain()));
    let pem = user.folder.path().join("system.pem");
    std::fs::write(&pem, authority.pem()).expect("written");
    let (code, _, errors) = said(&mut user.nn("models download voice"));
    assert!(code == Some(3) && errors.contains("certificate"), "{errors}");
    assert_eq!(said(user.nn("models download voice").env("SSL_CERT_FILE", &pem)).0, Some(0));
}

#[test]
fn a_source_elsewhere_leads_into_no_network_of_the_user_s() {
    // Taken for a proxy, the server is whatever host is asked for.
    let (world, inside) = (ModelServer::http(), ModelServer::http());
    inside.put("/voice.ts", File::new(gain()));
    let user = User::new(&["{name: page, kind: index, url: 'http://models.example/models/'}".into()]);
    world.put("http://models.example/models/", Route::html("<a href='voice.ts'>"));
    world.put("http://models.example/models/voice.ts", Route::Redirect(inside.url("/voice.ts")));
    let mut command = user.nn("models download voice");
    command.env("http_proxy", world.url(""));
    let (code, _, errors) = said(&mut command);
    assert_eq!(code, Some(1), "{errors}");
    assert!(errors.contains("models.example redirects to http://127.0.0.1:"), "{errors}");
    assert!(errors.contains("on a private network"), "{errors}");
    assert!(inside.seen().is_empty() && user.files().is_empty());
}
