//! The one place that speaks HTTP: one request, its answer or a typed error, and tries again where that may help.

use std::{
    error::Error,
    fmt,
    io::Read,
    path::Path,
    time::{Duration, Instant},
};

use reqwest::{
    StatusCode, Url,
    blocking::{Client, Response},
    header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, IF_RANGE, LINK, RANGE},
    redirect::{Attempt, Policy},
};

use super::{error::CatalogError, limits::Limits, stop::Stop};

/// A client with its limits. Proxies are those of the environment and the system, certificates those of the system.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    limits: Limits,
}

/// From where on a file is wanted, and what tells that it is still the same file.
#[derive(Clone, Debug)]
pub struct Resume {
    /// How many bytes are there.
    pub bytes: u64,
    /// The server's ETag or date of the file.
    pub validator: String,
}

/// A listing, or one page of it.
#[derive(Debug)]
pub struct Page {
    /// What was answered.
    pub body: Vec<u8>,
    /// Where it came from in the end.
    pub url: Url,
    /// The next page.
    pub next: Option<Url>,
}

/// Why a redirect was not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotFollowed {
    TooMany,
    Insecure,
}

impl fmt::Display for NotFollowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl Error for NotFollowed {}

impl Http {
    /// A client; `certificate` is a PEM file of certificates to trust besides the system's.
    ///
    /// # Errors
    /// When the file cannot be used, or the system has no certificates.
    pub fn new(certificate: Option<&Path>, limits: &Limits) -> Result<Self, CatalogError> {
        // Refused when there is one already, which is then used.
        #[cfg(not(target_vendor = "apple"))]
        let _there = rustls::crypto::ring::default_provider().install_default();

        let most = limits.redirects;
        let mut builder = Client::builder()
            .user_agent(concat!("nn-tilde/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_millis(limits.connect_ms))
            // For the head of the answer, then for each piece of it.
            .timeout(Duration::from_millis(limits.silence_ms))
            .redirect(Policy::custom(move |attempt| follow(attempt, most)));
        if let Some(path) = certificate {
            let text = std::fs::read(path).map_err(|error| CatalogError::disk(path, &error))?;
            let certificates = reqwest::Certificate::from_pem_bundle(&text).map_err(|error| {
                CatalogError::Disk { path: path.display().to_string(), what: innermost(&error) }
            })?;
            builder = builder.tls_certs_merge(certificates);
        }
        let client = builder.build().map_err(|error| CatalogError::Internal { what: innermost(&error) })?;
        Ok(Self { client, limits: limits.clone() })
    }

    /// Its limits.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads a listing that was begun then, or a page of it, trying again where that may help.
    ///
    /// # Errors
    /// The last try's.
    pub fn page(&self, url: &Url, begin: Instant, stop: &Stop) -> Result<Page, CatalogError> {
        let mut failed = 0;
        loop {
            match self.page_once(url, begin, stop) {
                Err(error)
                    if error.passes()
                        && failed + 1 < self.limits.tries
                        && begin.elapsed() < self.listing() =>
                {
                    stop.wait(self.limits.back_off(failed), url.as_str())?;
                    failed += 1;
                }
                result => return result,
            }
        }
    }

    fn page_once(&self, url: &Url, begin: Instant, stop: &Stop) -> Result<Page, CatalogError> {
        let mut response = self.get(url, None)?;
        let (url, host) = (response.url().clone(), host(response.url()));
        let next = next_page(response.headers(), &url);
        let mut body = Vec::new();
        let mut piece = [0; 1 << 14];
        loop {
            stop.check(url.as_str())?;
            let count =
                response.read(&mut piece).map_err(|error| self.broken(&host, body.len() as u64, &error))?;
            if count == 0 {
                return Ok(Page { body, url, next });
            }
            body.extend_from_slice(&piece[..count]);
            // One that drips would keep those of the other sources waiting too.
            if begin.elapsed() > self.listing() {
                return Err(CatalogError::Unfinished { host, seconds: self.listing().as_secs() });
            }
            if body.len() as u64 > self.limits.most_listing_bytes {
                return Err(CatalogError::TooLarge { host, most: self.limits.most_listing_bytes });
            }
        }
    }

    /// One request. What is not a success is an error, but for a range that does not exist (status 416).
    ///
    /// # Errors
    /// Whatever keeps the body from coming.
    pub fn get(&self, url: &Url, resume: Option<&Resume>) -> Result<Response, CatalogError> {
        // Lengths are those of the file itself.
        let mut request = self.client.get(url.clone()).header(ACCEPT_ENCODING, "identity");
        if let Some(resume) = resume {
            request = request
                .header(RANGE, format!("bytes={}-", resume.bytes))
                .header(IF_RANGE, resume.validator.as_str());
        }
        let response = request.send().map_err(|error| self.failed(url, &error))?;
        let (host, status) = (host(response.url()), response.status());
        let code = status.as_u16();
        match status {
            status if status.is_success() => Ok(response),
            StatusCode::RANGE_NOT_SATISFIABLE if resume.is_some() => Ok(response),
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(CatalogError::NotFound { host, status: code }),
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
                Err(CatalogError::ServerFault { host, status: code })
            }
            status if status.is_server_error() => Err(CatalogError::ServerFault { host, status: code }),
            _ => Err(CatalogError::Refused { host, status: code }),
        }
    }

    /// What a failed request was.
    fn failed(&self, url: &Url, error: &reqwest::Error) -> CatalogError {
        let host = host(error.url().unwrap_or(url));
        let mut source = error.source();
        while let Some(cause) = source {
            match cause.downcast_ref() {
                Some(NotFollowed::TooMany) => {
                    return CatalogError::Redirects { host, most: self.limits.redirects };
                }
                Some(NotFollowed::Insecure) => return CatalogError::Insecure { host },
                None => source = cause.source(),
            }
        }
        if error.is_timeout() && !error.is_connect() {
            CatalogError::Silent { host, seconds: self.silence_s() }
        } else {
            CatalogError::Unreachable { host, what: innermost(error) }
        }
    }

    /// What the end of a body is that should have gone on.
    pub fn broken(&self, host: &str, bytes: u64, error: &std::io::Error) -> CatalogError {
        let timeout = error.kind() == std::io::ErrorKind::TimedOut
            || error
                .get_ref()
                .and_then(|inner| inner.downcast_ref::<reqwest::Error>())
                .is_some_and(reqwest::Error::is_timeout);
        if timeout {
            CatalogError::Silent { host: host.to_owned(), seconds: self.silence_s() }
        } else {
            CatalogError::Cut { host: host.to_owned(), bytes, what: innermost(error) }
        }
    }

    fn listing(&self) -> Duration {
        Duration::from_millis(self.limits.listing_ms)
    }

    fn silence_s(&self) -> u64 {
        self.limits.silence_ms.div_ceil(1000)
    }
}

fn follow(attempt: Attempt<'_>, most: usize) -> reqwest::redirect::Action {
    let from_secure = attempt.previous().last().is_some_and(|url| url.scheme() == "https");
    if attempt.previous().len() > most {
        attempt.error(NotFollowed::TooMany)
    } else if from_secure && attempt.url().scheme() != "https" {
        attempt.error(NotFollowed::Insecure)
    } else {
        attempt.follow()
    }
}

/// Whether an answer says of itself that it is a web page.
pub fn is_web_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start().to_ascii_lowercase().starts_with("text/html")
}

/// The server as an error names it.
pub fn host(url: &Url) -> String {
    match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => url.to_string(),
    }
}

/// `Link: <URL>; rel="next"`, on the same server.
fn next_page(headers: &HeaderMap, base: &Url) -> Option<Url> {
    let links = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    let next = links.flat_map(|links| links.split(',')).find_map(|link| {
        let (target, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
        parameters.replace(['"', ' '], "").contains("rel=next").then(|| base.join(target).ok())?
    })?;
    (next.origin() == base.origin()).then_some(next)
}

/// The deepest cause, which says most, in one line.
fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    let text = deepest.to_string();
    text.lines().next().unwrap_or_default().to_owned()
}
