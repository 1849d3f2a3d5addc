//! What a path is answered with.

use std::{sync::Arc, time::Duration};

/// The answer of a path.
#[derive(Clone, Debug)]
pub enum Route {
    /// A file, in part where that is asked for.
    File(File),
    /// Another status, with a short text.
    Status(u16),
    /// Another address.
    Redirect(String),
    /// A text: its type, and its next page if it has one.
    Text {
        /// The media type.
        kind: &'static str,
        /// The text.
        body: String,
        /// The `Link` header's target of `rel="next"`.
        next: Option<String>,
    },
    /// The first so many times one answer, then the other.
    First(usize, Box<Route>, Box<Route>),
    /// These very bytes, in place of an answer.
    Raw(&'static str),
    /// Nothing, for a long time.
    Silence,
}

impl Route {
    /// JSON.
    pub fn json(body: impl Into<String>) -> Self {
        Self::Text { kind: "application/json", body: body.into(), next: None }
    }

    /// A web page.
    pub fn html(body: impl Into<String>) -> Self {
        Self::Text { kind: "text/html; charset=utf-8", body: body.into(), next: None }
    }
}

impl From<File> for Route {
    fn from(file: File) -> Self {
        Self::File(file)
    }
}

/// A file and how it is sent.
#[derive(Clone, Debug)]
pub struct File {
    pub(crate) bytes: Arc<Vec<u8>>,
    pub(crate) etag: Option<String>,
    pub(crate) ranges: bool,
    pub(crate) failure: Option<Failure>,
    /// A pause after each piece.
    pub(crate) pace: Option<(usize, Duration)>,
    pub(crate) length: bool,
}

/// What goes wrong while a file is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The connection ends after so many bytes of the body.
    CutAfter(usize),
    /// Nothing comes any more after so many bytes of the body.
    SilentAfter(usize),
    /// So many bytes more (or less) are announced than are sent.
    Announces(i64),
    /// The body never ends.
    Endless,
}

impl File {
    /// All of it, or the part that is asked for.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = Arc::new(bytes.into());
        let etag =
            Some(format!("\"{:x}-{}\"", bytes.len(), bytes.iter().map(|&b| u64::from(b)).sum::<u64>()));
        Self { bytes, etag, ranges: true, failure: None, pace: None, length: true }
    }

    /// Always all of it.
    pub fn without_ranges(mut self) -> Self {
        self.ranges = false;
        self
    }

    /// Nothing tells which version it is.
    pub fn without_etag(mut self) -> Self {
        self.etag = None;
        self
    }

    /// With another ETag than its content gives it.
    pub fn etag(mut self, etag: &str) -> Self {
        self.etag = Some(format!("\"{etag}\""));
        self
    }

    /// Does not say how long it is.
    pub fn without_length(mut self) -> Self {
        self.length = false;
        self
    }

    /// Fails like this.
    pub fn failing(mut self, failure: Failure) -> Self {
        self.failure = Some(failure);
        self
    }

    /// Waits after every so many bytes.
    pub fn paced(mut self, bytes: usize, pause: Duration) -> Self {
        self.pace = Some((bytes, pause));
        self
    }
}
