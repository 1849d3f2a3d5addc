//! The one place that speaks HTTP: one request, its answer or a typed error, and tries again where that may help.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::{
    StatusCode, Url,
    blocking::{Client, Response},
    header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, IF_RANGE, LINK, LOCATION, RANGE},
    redirect::Policy,
};

use crate::{
    body::{Body, Next},
    cancel::Cancel,
    causes::{causes, innermost, not_understood},
    certificate,
    error::CatalogError,
    limits::Limits,
    names::shown,
    reach::{OutOfReach, Reach},
};

/// No server takes longer ones, in bytes.
const LONGEST_ADDRESS: usize = 8_192;

/// A client of one source with its limits. Proxies are those of the environment and the system, certificates those of the
/// system.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    limits: Limits,
    reach: Reach,
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

impl Http {
    /// A client for a source at a host; `certificate` is a PEM file of certificates to trust besides the system's.
    ///
    /// # Errors
    /// When the file cannot be used, or the system has no certificates.
    pub fn new(host: &str, certificate: Option<&Path>, limits: &Limits) -> Result<Self, CatalogError> {
        // Refused when there is one already, which is then used.
        #[cfg(not(target_vendor = "apple"))]
        let _there = rustls::crypto::ring::default_provider().install_default();

        let reach = Reach::of(host);
        let mut builder = Client::builder()
            .user_agent(concat!("nn-tilde/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_millis(limits.connect_ms))
            // For the head of the answer, then for each piece of it.
            .timeout(Duration::from_millis(limits.silence_ms))
            .dns_resolver(Arc::new(reach.clone()))
            // They are looked at one by one.
            .redirect(Policy::none());
        if let Some(path) = certificate {
            builder = builder.tls_certs_merge(certificate::read(path)?);
        }
        let client = builder.build().map_err(|error| match (certificate, certificate::fault(&error)) {
            (Some(path), Some(what)) => {
                CatalogError::BadCertificate { path: path.display().to_string(), what }
            }
            _ => CatalogError::Internal { what: innermost(&error) },
        })?;
        Ok(Self { client, limits: limits.clone(), reach })
    }

    /// Its limits.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads a listing that was begun then, or a page of it, trying again where that may help.
    ///
    /// # Errors
    /// The last try's.
    pub fn page(&self, url: &Url, begin: Instant, cancel: &Cancel) -> Result<Page, CatalogError> {
        let (mut failed, end) = (0, begin + self.listing());
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let unfinished =
                || CatalogError::Unfinished { host: host(url), seconds: self.listing().as_secs() };
            match self.page_once(url, end, cancel) {
                Err(error) if error.passes() && Instant::now() >= end => {
                    // The last try was cut short: that it was silent until then says nothing.
                    return Err(if left < self.silence() { unfinished() } else { error });
                }
                Err(error) if error.passes() && failed + 1 < self.limits.tries => {
                    let left = end.saturating_duration_since(Instant::now());
                    let back_off = self.limits.back_off(failed);
                    if back_off >= left {
                        return Err(error);
                    }
                    cancel.wait(back_off, url.as_str())?;
                    failed += 1;
                }
                result => return result,
            }
        }
    }

    fn page_once(&self, url: &Url, end: Instant, cancel: &Cancel) -> Result<Page, CatalogError> {
        let response = self.get_until(url, None, Some(end))?;
        let (url, host) = (response.url().clone(), host(response.url()));
        let next = next_page(response.headers(), &url);
        let (bytes_come, mut body) = (Body::of(response)?, Vec::new());
        loop {
            match bytes_come.next(end, cancel, url.as_str())? {
                Next::End => return Ok(Page { body, url, next }),
                Next::Piece(piece) => body.extend_from_slice(&piece),
                Next::Failed(error) if Instant::now() < end => {
                    return Err(self.broken(&host, body.len() as u64, &error));
                }
                // One that drips would keep those of the other sources waiting too.
                Next::Failed(_) | Next::TooLate => {
                    return Err(CatalogError::Unfinished { host, seconds: self.listing().as_secs() });
                }
            }
            if body.len() as u64 > self.limits.most_listing_bytes {
                return Err(CatalogError::LongListing { host, most: self.limits.most_listing_bytes });
            }
        }
    }

    /// One request, with its redirects. What is not a success is an error, but for a range that does not exist (status
    /// 416).
    ///
    /// # Errors
    /// Whatever keeps the body from coming.
    pub fn get(&self, url: &Url, resume: Option<&Resume>) -> Result<Response, CatalogError> {
        self.get_until(url, resume, None)
    }

    fn get_until(
        &self,
        url: &Url,
        resume: Option<&Resume>,
        end: Option<Instant>,
    ) -> Result<Response, CatalogError> {
        let (mut url, mut redirected_by) = (url.clone(), None);
        for _ in 0..=self.limits.redirects {
            let response =
                self.send(&url, resume, end).map_err(|error| match (error, redirected_by.take()) {
                    (CatalogError::OutOfReach { target, .. }, Some(host)) => {
                        CatalogError::OutOfReach { host, target }
                    }
                    (error, _) => error,
                })?;
            if !response.status().is_redirection() {
                return self.good(response, resume.is_some());
            }
            url = self.redirected(&response)?;
            redirected_by = Some(host(response.url()));
        }
        Err(CatalogError::Redirects { host: host(&url), most: self.limits.redirects })
    }

    fn send(
        &self,
        url: &Url,
        resume: Option<&Resume>,
        end: Option<Instant>,
    ) -> Result<Response, CatalogError> {
        // Lengths are those of the file itself.
        let mut request = self.client.get(url.clone()).header(ACCEPT_ENCODING, "identity");
        if let Some(end) = end {
            // All of the answer has to come until then.
            let left = end.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
            if left < self.silence() {
                request = request.timeout(left);
            }
        }
        if let Some(resume) = resume {
            request = request
                .header(RANGE, format!("bytes={}-", resume.bytes))
                .header(IF_RANGE, resume.validator.as_str());
        }
        request.send().map_err(|error| self.failed(url, &error))
    }

    fn good(&self, response: Response, resumes: bool) -> Result<Response, CatalogError> {
        let (host, status) = (host(response.url()), response.status());
        let code = status.as_u16();
        match status {
            status if status.is_success() => Ok(response),
            StatusCode::RANGE_NOT_SATISFIABLE if resumes => Ok(response),
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(CatalogError::NotFound { host, status: code }),
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
                Err(CatalogError::ServerFault { host, status: code })
            }
            status if status.is_server_error() => Err(CatalogError::ServerFault { host, status: code }),
            _ => Err(CatalogError::Refused { host, status: code }),
        }
    }

    /// Where a redirect leads, if it may be followed.
    fn redirected(&self, response: &Response) -> Result<Url, CatalogError> {
        let (from, host) = (response.url(), host(response.url()));
        let location =
            response.headers().get(LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let location = location.unwrap_or_default();
        let target = || if location.is_empty() { "nowhere".into() } else { shown(&location, 80) };
        let may_be = !location.is_empty() && location.len() <= LONGEST_ADDRESS;
        let url = from.join(&location).ok().filter(|url| may_be && url.as_str().len() <= LONGEST_ADDRESS);
        let Some(url) = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) else {
            return Err(CatalogError::NoWebAddress { host, target: target() });
        };
        if from.scheme() == "https" && url.scheme() != "https" {
            return Err(CatalogError::Insecure { host });
        }
        if !self.reach.allows(&url) {
            return Err(CatalogError::OutOfReach { host, target: target() });
        }
        Ok(url)
    }

    /// What a failed request was.
    fn failed(&self, url: &Url, error: &reqwest::Error) -> CatalogError {
        let host = host(error.url().unwrap_or(url));
        if let Some(what) = certificate::fault(error) {
            return CatalogError::Certificate { host, what };
        }
        if causes(error).any(|cause| cause.is::<OutOfReach>()) {
            return CatalogError::OutOfReach { host, target: shown(url.as_str(), 80) };
        }
        if error.is_timeout() && !error.is_connect() {
            CatalogError::Silent { host, seconds: self.silence_s() }
        } else if let Some(what) = not_understood(error) {
            CatalogError::NotUnderstood { host, what: shown(&what, 80) }
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

    fn silence(&self) -> Duration {
        Duration::from_millis(self.limits.silence_ms)
    }

    fn listing(&self) -> Duration {
        Duration::from_millis(self.limits.listing_ms)
    }

    fn silence_s(&self) -> u64 {
        self.limits.silence_ms.div_ceil(1000)
    }
}

/// Whether an answer says of itself that it is a web page.
pub fn is_web_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start().to_ascii_lowercase().starts_with("text/html")
}

/// The server as an error names it. Names of servers have 253 characters at most, but a redirect may say anything.
pub fn host(url: &Url) -> String {
    let host = shown(url.host_str().unwrap_or_else(|| url.as_str()), 80);
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host,
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

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpListener,
    };

    use super::*;

    #[test]
    fn a_name_that_leads_into_a_private_network_is_said_of_the_server_that_redirects_there() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let target = format!("http://localhost:{}/voice.ts", address.port());
        let answer = format!("HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n");
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            let _asked = stream.read(&mut [0; 4096]);
            stream.write_all(answer.as_bytes()).expect("answered");
        });
        // As if it were elsewhere.
        let http = Http::new("models.example", None, &Limits::default()).expect("a client");
        let url = Url::parse(&format!("http://{address}/voice.ts")).expect("an address");
        let error = http.get(&url, None).expect_err("it is this machine");
        assert_eq!(error, CatalogError::OutOfReach { host: address.to_string(), target });
        server.join().expect("it has answered once");
    }
}
