//! What sources have, each asked in the way of its kind.

use std::time::Duration;

use super::{
    folder, forum, hugging_face, index,
    source::{Kind, MOST_CARDS, Origin, Source},
};
use crate::{
    cancel::Cancel,
    entry::{self, CatalogEntry},
    error::CatalogError,
    http::Http,
    limits::Limits,
};
use nn_model::Formats;

/// The longest card, in bytes: hosts have to take it as a word.
const MOST_ID_BYTES: usize = 1_000;

impl Source {
    /// Asks it for its models: files of these formats.
    ///
    /// # Errors
    /// When it is down, or answers something that is no listing.
    pub fn entries(
        &self,
        http: &Http,
        cancel: &Cancel,
        formats: Formats,
    ) -> Result<Vec<CatalogEntry>, CatalogError> {
        let mut entries = match &self.kind {
            Kind::Forum { url } => forum::entries(self, url, http, cancel, formats)?,
            Kind::HuggingFace { url, repository } => {
                hugging_face::entries(self, url, repository, http, cancel, formats)?
            }
            Kind::Index { url } => index::entries(self, url, http, cancel, formats)?,
            Kind::Folder { path } => {
                folder::entries(self, path, Duration::from_millis(http.limits().listing_ms), formats)?
            }
        };
        entries.retain(|entry| self.can_download(entry, http.limits(), formats));
        // Of two that look alike, always the same one.
        entries.sort_by(|a, b| (&a.id, &a.remote).cmp(&(&b.id, &b.remote)));
        entries.dedup_by(|a, b| a.id == b.id);
        if entries.len() > MOST_CARDS {
            return Err(self.too_many());
        }
        Ok(entries)
    }

    /// Whether a card could be downloaded: others are not listed.
    pub(crate) fn can_download(&self, entry: &CatalogEntry, limits: &Limits, formats: Formats) -> bool {
        // What an address or a path would leave out, or be led astray by.
        let is_odd = |part: &str| part.is_empty() || part == "." || part == "..";
        let is_path = !matches!(self.kind, Kind::Forum { .. });
        let has_size = entry.bytes.is_none_or(|bytes| bytes > 0 && bytes <= limits.most_bytes);
        // It has to be found by the name under which it is shown.
        let is_found = entry::check(&entry.id, formats).is_ok()
            && entry::find(std::slice::from_ref(entry), &entry.id, formats).is_ok()
            && entry.id.len() <= MOST_ID_BYTES;
        has_size
            && is_found
            && entry.file_name(formats).is_ok()
            && !(is_path && entry.remote.split('/').any(is_odd))
            && self.origin(entry).is_ok_and(|origin| !is_path || leads_to(&origin, &entry.remote))
    }

    /// Where the bytes of one of its cards are.
    ///
    /// # Errors
    /// When what it calls the model makes no address.
    pub fn origin(&self, entry: &CatalogEntry) -> Result<Origin, CatalogError> {
        match &self.kind {
            Kind::Forum { url } => forum::origin(url, entry),
            Kind::HuggingFace { url, repository } => hugging_face::origin(url, repository, entry),
            Kind::Index { url } => index::origin(self, url, entry),
            Kind::Folder { path } => folder::origin(self, path, entry),
        }
    }
}

/// Whether an address is that of the very file: characters that no address has are left out of it.
fn leads_to(origin: &Origin, remote: &str) -> bool {
    match origin {
        Origin::File(_) => true,
        Origin::Url(url) => {
            let path = percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy();
            path.strip_suffix(remote).is_some_and(|before| before.ends_with('/'))
        }
    }
}
