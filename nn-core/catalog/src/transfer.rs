//! Reads the bytes of a model into a partial file: with the right length, no slower than allowed, and resumed where the
//! server supports it.

use std::time::{Duration, Instant};

use reqwest::{
    StatusCode, Url,
    blocking::Response,
    header::{CONTENT_RANGE, ETAG, HeaderMap, LAST_MODIFIED},
};

use crate::{
    body::{Body, Next},
    cancel::Cancel,
    entry::CatalogEntry,
    error::CatalogError,
    http::{self, Http},
    limits::Limits,
    partial_file::PartialFile,
    plain_file,
    sources::Origin,
};
use nn_model::{Entry, HEAD_BYTES};

/// Told how many bytes are there, and of how many.
pub type Progress<'a> = &'a mut dyn FnMut(u64, Option<u64>);

/// Downloads all bytes of a card, trying again where that may help. True if some of them were there before.
///
/// # Errors
/// The last try's.
pub fn run(
    entry: &CatalogEntry,
    format: &Entry,
    origin: &Origin,
    http: &Http,
    partial: &mut PartialFile,
    cancel: &Cancel,
    progress: Progress<'_>,
) -> Result<bool, CatalogError> {
    let mut transfer = Transfer { entry, format, limits: http.limits(), cancel, progress };
    let url = match origin {
        Origin::Url(url) => url,
        Origin::File(path) => {
            let failed = |error: std::io::Error| CatalogError::reading(path, &error);
            let file = plain_file::open(path).map_err(failed)?;
            let total = file.metadata().map_err(failed)?.len();
            partial.begin(&path.display().to_string(), None, Some(total))?;
            transfer.all(&Body::of(file)?, partial, Some(total), &path.display().to_string(), failed)?;
            return Ok(false);
        }
    };
    let (mut failed, mut went_on, mut furthest) = (0, false, partial.bytes());
    loop {
        let begin = Instant::now();
        match once(url, http, partial, &mut transfer) {
            Ok(resumed) => return Ok(went_on || resumed),
            Err(error) if error.passes() => {
                // A try that got further than all before is a good one, unless it was slower than any server may be.
                let gained = partial.bytes().saturating_sub(furthest) as f64;
                furthest = furthest.max(partial.bytes());
                let time = begin.elapsed() + http.limits().back_off(0);
                let asked = http.limits().slowest_bytes_per_s as f64 * time.as_secs_f64();
                failed = if gained > asked { 1 } else { failed + 1 };
                if failed >= http.limits().tries {
                    return Err(error);
                }
                went_on = true;
                cancel.wait(http.limits().back_off(failed - 1), &entry.id)?;
            }
            Err(error) => return Err(error),
        }
    }
}

/// One try. True if bytes that were there before are part of the result.
fn once(
    url: &Url,
    http: &Http,
    partial: &mut PartialFile,
    transfer: &mut Transfer<'_>,
) -> Result<bool, CatalogError> {
    let resume = partial.resume(url.as_str());
    let mut response = http.get(url, resume.as_ref())?;
    let host = http::host(response.url());
    if response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        // There is nothing after what is there: all of it has come, or the file is another.
        if partial.total() == Some(partial.bytes()) {
            return Ok(true);
        }
        response = http.get(url, None)?;
    }
    if http::is_web_page(response.headers()) {
        return Err(CatalogError::WebPage { host });
    }
    let goes_on = response.status() == StatusCode::PARTIAL_CONTENT;
    let total = if goes_on {
        match range(response.headers()) {
            Some((from, total)) if from == partial.bytes() && total == partial.total() => total,
            // Another piece than was asked for.
            _ => {
                partial.begin(url.as_str(), None, None)?;
                response = http.get(url, None)?;
                return whole(url, &host, response, http, partial, transfer).map(|()| false);
            }
        }
    } else {
        return whole(url, &host, response, http, partial, transfer).map(|()| false);
    };
    transfer.all(&Body::of(response)?, partial, total, &host, |error| http.broken(&host, 0, &error))?;
    Ok(true)
}

/// All of it, from the first byte.
fn whole(
    url: &Url,
    host: &str,
    response: Response,
    http: &Http,
    partial: &mut PartialFile,
    transfer: &mut Transfer<'_>,
) -> Result<(), CatalogError> {
    let total = response.content_length();
    if let (Some(expected), Some(found)) = (transfer.entry.bytes, total)
        && expected != found
    {
        return Err(CatalogError::Length { host: host.to_owned(), expected, found });
    }
    partial.begin(url.as_str(), validator(response.headers()), total)?;
    transfer.all(&Body::of(response)?, partial, total, host, |error| http.broken(host, 0, &error))
}

/// The context of one download.
struct Transfer<'a> {
    entry: &'a CatalogEntry,
    format: &'a Entry,
    limits: &'a Limits,
    cancel: &'a Cancel,
    progress: Progress<'a>,
}

impl Transfer<'_> {
    /// Reads to the end. A connection that ends early is a temporary error, so the download is resumed.
    fn all(
        &mut self,
        from: &Body,
        partial: &mut PartialFile,
        total: Option<u64>,
        host: &str,
        failed: impl Fn(std::io::Error) -> CatalogError,
    ) -> Result<(), CatalogError> {
        let expected = total.or(self.entry.bytes);
        let most = expected.unwrap_or(self.limits.most_bytes).min(self.limits.most_bytes);
        let too_large = || CatalogError::TooLarge { host: host.to_owned(), most };
        if expected.is_some_and(|expected| expected > self.limits.most_bytes) {
            return Err(too_large());
        }
        let mut pace = RateCheck::new(self.limits, host);
        loop {
            (self.progress)(partial.bytes(), expected);
            let piece = match from.next(pace.end(), self.cancel, &self.entry.id)? {
                Next::End => break,
                Next::Piece(piece) => piece,
                Next::TooLate => {
                    pace.look()?;
                    continue;
                }
                Next::Failed(error) => {
                    return Err(match failed(error) {
                        CatalogError::Cut { host, what, .. } => {
                            CatalogError::Cut { host, bytes: partial.bytes(), what }
                        }
                        other => other,
                    });
                }
            };
            let count = piece.len() as u64;
            if partial.bytes() == 0 {
                begins_well(&piece, self.format, host)?;
            }
            if partial.bytes() + count > most {
                return Err(match expected {
                    Some(expected) => CatalogError::Length {
                        host: host.to_owned(),
                        expected,
                        found: partial.bytes() + count,
                    },
                    None => too_large(),
                });
            }
            partial.write(&piece)?;
            pace.bytes += count;
            pace.look()?;
        }
        match expected {
            Some(expected) if expected != partial.bytes() => {
                Err(CatalogError::Length { host: host.to_owned(), expected, found: partial.bytes() })
            }
            _ => Ok(()),
        }
    }
}

/// A look at the first bytes spares the rest of something that is no model.
fn begins_well(piece: &[u8], format: &Entry, host: &str) -> Result<(), CatalogError> {
    let begin = piece.trim_ascii_start();
    let host = || host.to_owned();
    if format.format.sniff(&piece[..piece.len().min(HEAD_BYTES)]) {
        Ok(())
    } else if begin.starts_with(b"<") {
        Err(CatalogError::WebPage { host: host() })
    } else {
        Err(CatalogError::NotAModel { host: host(), what: format!("it is no {} file", format.name) })
    }
}

/// `bytes FROM-TO/TOTAL`.
fn range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let text = headers.get(CONTENT_RANGE)?.to_str().ok()?;
    let (span, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    Some((span.split_once('-')?.0.parse().ok()?, total.parse().ok()))
}

/// What tells that a file is still the same: a strong ETag, or the date.
fn validator(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    text(ETAG).filter(|tag| !tag.starts_with("W/")).or_else(|| text(LAST_MODIFIED))
}

/// Sees whether enough bytes come.
struct RateCheck<'a> {
    limits: &'a Limits,
    host: &'a str,
    since: Instant,
    bytes: u64,
}

impl<'a> RateCheck<'a> {
    fn new(limits: &'a Limits, host: &'a str) -> Self {
        Self { limits, host, since: Instant::now(), bytes: 0 }
    }

    /// When it is to be looked at again, whatever comes.
    fn end(&self) -> Instant {
        self.since + self.window()
    }

    fn look(&mut self) -> Result<(), CatalogError> {
        let time = self.since.elapsed();
        if time < self.window() {
            return Ok(());
        }
        if (self.bytes as f64) < self.limits.slowest_bytes_per_s as f64 * time.as_secs_f64() {
            return Err(CatalogError::TooSlow {
                host: self.host.to_owned(),
                bytes_per_s: self.limits.slowest_bytes_per_s,
            });
        }
        (self.since, self.bytes) = (Instant::now(), 0);
        Ok(())
    }

    fn window(&self) -> Duration {
        Duration::from_millis(self.limits.slow_ms)
    }
}
