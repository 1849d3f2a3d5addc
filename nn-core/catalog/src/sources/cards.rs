//! What sources have, each asked in the way of its kind.

use std::time::Duration;

use super::{
    folder, forum, hugging_face, index,
    source::{Kind, MOST_CARDS, Origin, Source},
};
use crate::{
    card::{self, Card},
    error::CatalogError,
    http::Http,
    limits::Limits,
    stop::Stop,
};
use nn_model::Formats;

/// The longest card, in bytes: hosts have to take it as a word.
const MOST_CARD_BYTES: usize = 1_000;

impl Source {
    /// Asks it for its models: files of these formats.
    ///
    /// # Errors
    /// When it is down, or answers something that is no listing.
    pub fn cards(&self, http: &Http, stop: &Stop, formats: Formats) -> Result<Vec<Card>, CatalogError> {
        let mut cards = match &self.kind {
            Kind::Forum { url } => forum::cards(self, url, http, stop, formats)?,
            Kind::HuggingFace { url, repository } => {
                hugging_face::cards(self, url, repository, http, stop, formats)?
            }
            Kind::Index { url } => index::cards(self, url, http, stop, formats)?,
            Kind::Folder { path } => {
                folder::cards(self, path, Duration::from_millis(http.limits().listing_ms), formats)?
            }
        };
        cards.retain(|card| self.can_bring(card, http.limits(), formats));
        // Of two that look alike, always the same one.
        cards.sort_by(|a, b| (&a.id, &a.remote).cmp(&(&b.id, &b.remote)));
        cards.dedup_by(|a, b| a.id == b.id);
        if cards.len() > MOST_CARDS {
            return Err(self.too_many());
        }
        Ok(cards)
    }

    /// Whether a card could be downloaded: others are not listed.
    pub(crate) fn can_bring(&self, card: &Card, limits: &Limits, formats: Formats) -> bool {
        // What an address or a path would leave out, or be led astray by.
        let is_odd = |part: &str| part.is_empty() || part == "." || part == "..";
        let is_path = !matches!(self.kind, Kind::Forum { .. });
        let has_size = card.bytes.is_none_or(|bytes| bytes > 0 && bytes <= limits.most_bytes);
        // It has to be found by the name under which it is shown.
        let is_found = card::check(&card.id, formats).is_ok()
            && card::find(std::slice::from_ref(card), &card.id, formats).is_ok()
            && card.id.len() <= MOST_CARD_BYTES;
        has_size
            && is_found
            && card.file_name(formats).is_ok()
            && !(is_path && card.remote.split('/').any(is_odd))
            && self.origin(card).is_ok_and(|origin| !is_path || leads_to(&origin, &card.remote))
    }

    /// Where the bytes of one of its cards are.
    ///
    /// # Errors
    /// When what it calls the model makes no address.
    pub fn origin(&self, card: &Card) -> Result<Origin, CatalogError> {
        match &self.kind {
            Kind::Forum { url } => forum::origin(url, card),
            Kind::HuggingFace { url, repository } => hugging_face::origin(url, repository, card),
            Kind::Index { url } => index::origin(self, url, card),
            Kind::Folder { path } => folder::origin(self, path, card),
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
