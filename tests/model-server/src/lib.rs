//! A web server on this machine that has models, and fails in every way that servers do.
//!
//! A [`ModelServer`] answers each path with a [`Route`]; what was asked of it can be looked at afterwards.

mod certificate;
mod connection;
mod request;
mod route;
mod shared;

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, atomic::Ordering::SeqCst},
    thread::JoinHandle,
    time::Duration,
};

pub use certificate::{Authority, Own};
pub use request::Seen;
pub use route::{Failure, File, Route};
use shared::{Shared, lock};

/// A server; it ends when it is dropped.
#[derive(Debug)]
pub struct ModelServer {
    address: SocketAddr,
    scheme: &'static str,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

impl ModelServer {
    /// Speaks HTTP.
    pub fn http() -> Self {
        Self::start("http", Shared::default())
    }

    /// Speaks HTTPS, with a certificate of this authority for 127.0.0.1.
    pub fn https(authority: &Authority) -> Self {
        Self::start("https", Shared { tls: Some(authority.server()), ..Shared::default() })
    }

    /// Speaks HTTPS with a certificate of its own.
    pub fn https_with(own: &Own) -> Self {
        Self::start("https", Shared { tls: Some(own.server()), ..Shared::default() })
    }

    fn start(scheme: &'static str, shared: Shared) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let (address, shared) = (listener.local_addr().expect("an address"), Arc::new(shared));
        let of_thread = shared.clone();
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if of_thread.ended.load(SeqCst) {
                    return;
                }
                let shared = of_thread.clone();
                std::thread::spawn(move || connection::serve(stream, &shared));
            }
        });
        Self { address, scheme, shared, listener: Some(thread) }
    }

    /// The full address of a path, which begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    /// Answers a path like this from now on. The path is without its query unless that was given too.
    pub fn put(&self, path: &str, route: impl Into<Route>) {
        lock(&self.shared.routes).insert(path.to_owned(), route.into());
    }

    /// What was asked so far.
    pub fn seen(&self) -> Vec<Seen> {
        lock(&self.shared.seen).clone()
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.seen().iter().filter(|seen| seen.target.split('?').next() == Some(path)).count()
    }
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.shared.ended.store(true, SeqCst);
        // The thread wakes up for one more connection.
        let _woken = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
        if let Some(thread) = self.listener.take() {
            let _ended = thread.join();
        }
    }
}
