//! A repository on Hugging Face: lengths and checksums are in the listing.

use std::time::Instant;

use reqwest::Url;
use serde::Deserialize;

use super::source::{MOST_CARDS, Origin, Source, below};
use crate::catalog::{card::Card, error::CatalogError, http::Http, names::has_extension, stop::Stop};

/// A listing has some hundred entries a page.
const MOST_PAGES: usize = 100;

#[derive(Debug, Deserialize)]
struct Entry {
    #[serde(rename = "type")]
    kind: String,
    path: String,
    size: Option<u64>,
    lfs: Option<Lfs>,
}

/// Large files are kept apart, under their sha256.
#[derive(Debug, Deserialize)]
struct Lfs {
    oid: String,
    size: Option<u64>,
}

pub(super) fn cards(
    source: &Source,
    url: &Url,
    repository: &str,
    http: &Http,
    stop: &Stop,
) -> Result<Vec<Card>, CatalogError> {
    let parts = ["api", "models"].into_iter().chain(repository.split('/')).chain(["tree", "main"]);
    let mut address = below(url, parts);
    address.set_query(Some("recursive=true"));
    let (mut cards, begin) = (Vec::new(), Instant::now());
    for _ in 0..MOST_PAGES {
        let page = http.page(&address, begin, stop)?;
        let entries: Vec<Entry> =
            serde_json::from_slice(&page.body).map_err(|error| source.nonsense(error))?;
        for entry in entries.iter().filter(|entry| entry.kind == "file" && has_extension(&entry.path)) {
            let sha256 =
                entry.lfs.as_ref().map(|lfs| lfs.oid.to_ascii_lowercase()).filter(|oid| is_sha256(oid));
            let bytes = entry.lfs.as_ref().and_then(|lfs| lfs.size).or(entry.size);
            cards.push(Card { bytes, sha256, ..Card::new(&source.name, &entry.path) });
        }
        if cards.len() > MOST_CARDS {
            return Err(source.too_many());
        }
        match page.next {
            Some(next) => address = next,
            None => return Ok(cards),
        }
    }
    Err(source.nonsense("its listing has no end"))
}

pub(super) fn origin(url: &Url, repository: &str, card: &Card) -> Result<Origin, CatalogError> {
    let parts = repository.split('/').chain(["resolve", "main"]).chain(card.remote.split('/'));
    Ok(Origin::Url(below(url, parts)))
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
