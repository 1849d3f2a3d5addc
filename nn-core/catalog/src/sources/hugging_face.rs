//! A repository on Hugging Face: lengths and checksums are in the listing, its licence and tags on its card.

use std::time::Instant;

use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;

use super::source::{MOST_CARDS, Origin, Source, below};
use crate::{
    cancel::Cancel,
    entry::CatalogEntry,
    error::CatalogError,
    http::Http,
    told::{MOST_MEMBERS, Told, text_of},
};
use nn_model::Formats;

/// A listing has some hundred entries a page.
const MOST_PAGES: usize = 100;

/// One entry. What it says of lengths is looked at afterwards, because one that makes no sense spoils only its own.
#[derive(Debug, Deserialize)]
struct ListedFile {
    #[serde(rename = "type")]
    kind: String,
    path: String,
    #[serde(default)]
    size: Value,
    #[serde(default)]
    lfs: Value,
}

impl ListedFile {
    /// The card of a model; none of what is no model, or has no length that a file can have.
    fn entry(&self, source: &Source, formats: Formats) -> Option<CatalogEntry> {
        if self.kind != "file" || formats.of_download(&self.path).is_none() {
            return None;
        }
        // Large files are kept apart, under their sha256.
        let (size, oid) = (&self.lfs["size"], self.lfs["oid"].as_str());
        let size = if size.is_null() { &self.size } else { size };
        let bytes = if size.is_null() { None } else { Some(size.as_u64()?) };
        let sha256 = oid.map(str::to_ascii_lowercase).filter(|oid| is_sha256(oid));
        Some(CatalogEntry { bytes, sha256, ..CatalogEntry::new(&source.name, &self.path, formats) })
    }
}

pub(super) fn entries(
    source: &Source,
    url: &Url,
    repository: &str,
    http: &Http,
    cancel: &Cancel,
    formats: Formats,
) -> Result<Vec<CatalogEntry>, CatalogError> {
    let parts = ["api", "models"].into_iter().chain(repository.split('/')).chain(["tree", "main"]);
    let mut address = below(url, parts);
    address.set_query(Some("recursive=true"));
    let (mut entries, mut odd, begin) = (Vec::new(), None, Instant::now());
    for number in 1.. {
        if number > MOST_PAGES {
            return Err(source.nonsense("its listing has no end"));
        }
        let page = http.page(&address, begin, cancel)?;
        let files: Vec<Value> = serde_json::from_slice(&page.body).map_err(|error| source.nonsense(error))?;
        for file in files {
            match ListedFile::deserialize(file) {
                Ok(file) => entries.extend(file.entry(source, formats)),
                Err(error) => odd = odd.or(Some(error)),
            }
        }
        if entries.len() > MOST_CARDS {
            return Err(source.too_many());
        }
        match page.next {
            Some(next) => address = next,
            None => break,
        }
    }
    // Where nothing is as it should be, it is another service.
    match odd {
        Some(error) if entries.is_empty() => Err(source.nonsense(error)),
        _ => {
            let told =
                card(url, repository, |address| http.page(address, begin, cancel).ok().map(|page| page.body));
            Ok(entries.into_iter().map(|entry| CatalogEntry { told: told.clone(), ..entry }).collect())
        }
    }
}

/// What the card of the repository tells, which holds for all models in it. That it cannot be read is no reason not to list
/// them.
fn card(url: &Url, repository: &str, ask: impl FnOnce(&Url) -> Option<Vec<u8>>) -> Told {
    let mut address = below(url, ["api", "models"].into_iter().chain(repository.split('/')));
    address.set_query(Some("expand[]=cardData"));
    let page: Value = ask(&address).and_then(|body| serde_json::from_slice(&body).ok()).unwrap_or_default();
    let card = &page["cardData"];
    let texts = |key: &str| {
        let value = &card[key];
        let members = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        members.iter().filter_map(|text| text_of(text.as_str()?)).take(MOST_MEMBERS).collect::<Vec<_>>()
    };
    // What is none of the usual ones has a name of its own.
    let licence = texts("license_name").into_iter().next().or_else(|| {
        let several = texts("license");
        (!several.is_empty()).then(|| several.join(", "))
    });
    Told { licence, tags: texts("tags"), ..Told::default() }
}

pub(super) fn origin(url: &Url, repository: &str, entry: &CatalogEntry) -> Result<Origin, CatalogError> {
    let parts = repository.split('/').chain(["resolve", "main"]).chain(entry.remote.split('/'));
    Ok(Origin::Url(below(url, parts)))
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
