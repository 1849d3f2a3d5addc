//! A catalog with folders of its own, and servers that have models.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use crossbeam_channel::unbounded;
use model_server::{ModelServer, Route};
use nn_core::{
    catalog::{
        Catalog, CatalogContext, CatalogError, CatalogReport, CatalogRequest, Listing, Requester, Store,
    },
    formats::FORMATS,
};
use tempfile::TempDir;

use crate::support;

/// Nothing here takes longer, whatever fails.
const LIMIT: Duration = Duration::from_secs(30);

/// Limits that make failures quick.
const LIMITS: &str = "limits: {connect_ms: 2000, silence_ms: 1000, slow_ms: 1000, slowest_bytes_per_s: 2000, tries: 3, \
                      back_off_ms: 10, most_bytes: 4000000, most_listing_bytes: 400000, listing_ms: 2000}\n";

/// A catalog and its folders.
pub struct Stand {
    folder: TempDir,
    pub catalog: Catalog,
}

impl Stand {
    /// With these sources, in YAML, one a line.
    pub fn new(sources: &[String]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let stand = Self { catalog: Self::catalog(folder.path()), folder };
        stand.set_sources(sources);
        stand
    }

    fn catalog(folder: &Path) -> Catalog {
        Catalog::new(CatalogContext {
            sources_file: Some(folder.join("sources.yaml")),
            cache: Some(folder.join("cache")),
            store: Some(Store::new(folder.join("models"))),
            formats: FORMATS,
        })
    }

    /// One source: a page with a link to `models/NAME.ts`, which is answered like this.
    pub fn with_one(server: &ModelServer, name: &str, route: impl Into<Route>) -> Self {
        server.put("/models/", Route::html(format!("<a href='{name}.ts'>")));
        server.put(&format!("/models/{name}.ts"), route);
        Self::new(&[index("page", server)])
    }

    /// Other sources from now on.
    pub fn set_sources(&self, sources: &[String]) {
        self.set_sources_and_limits(sources, LIMITS);
    }

    /// The same with limits of their own, a line of YAML.
    pub fn set_sources_and_limits(&self, sources: &[String], limits: &str) {
        let list: String = sources.iter().map(|source| format!("  - {source}\n")).collect();
        let text = format!("built_in: false\n{limits}sources:\n{list}");
        std::fs::write(self.folder.path().join("sources.yaml"), text).expect("written");
    }

    /// A catalog like that of another host: other threads, the same folders.
    pub fn another(&self) -> Catalog {
        Self::catalog(self.folder.path())
    }

    /// The folder of the models.
    pub fn models(&self) -> PathBuf {
        self.folder.path().join("models")
    }

    /// Everything in the models folder, hidden things included, the record and its folder left out.
    pub fn all_files(&self) -> Vec<String> {
        let names = |folder: PathBuf| {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        let mut all: Vec<_> =
            names(self.models()).into_iter().chain(names(self.models().join(".nn-catalog"))).collect();
        all.retain(|name| name != ".nn-catalog" && name != "record.json");
        all.sort();
        all
    }

    /// Asks and waits for the last answer; the others come before it.
    pub fn ask(&self, ask: CatalogRequest) -> Vec<CatalogReport> {
        answers(&self.catalog, ask)
    }

    /// Downloads a card.
    pub fn download(&self, card: &str) -> Result<PathBuf, CatalogError> {
        path(self.ask(download(card)))
    }

    /// Downloads a card under a name.
    pub fn download_as(&self, card: &str, name: &str, force: bool) -> Result<PathBuf, CatalogError> {
        path(self.ask(CatalogRequest::Download { model: card.into(), name: Some(name.into()), force }))
    }

    /// Deletes a file.
    pub fn delete(&self, name: &str) -> Result<String, CatalogError> {
        match self.ask(CatalogRequest::Delete(name.into())).pop() {
            Some(CatalogReport::Deleted { name }) => Ok(name),
            Some(CatalogReport::Failed(error)) => Err(error),
            other => panic!("{other:?}"),
        }
    }
}

/// The plain request for a card.
pub fn download(card: &str) -> CatalogRequest {
    CatalogRequest::Download { model: card.into(), name: None, force: false }
}

/// A source in YAML: a page of links.
pub fn index(name: &str, server: &ModelServer) -> String {
    format!("{{name: {name}, kind: index, url: '{}'}}", server.url("/models/"))
}

/// All answers up to the last.
pub fn answers(catalog: &Catalog, ask: CatalogRequest) -> Vec<CatalogReport> {
    let (sender, receiver) = unbounded();
    catalog.request(ask, &Requester::new(sender));
    let mut all = Vec::new();
    while all.last().is_none_or(|answer: &CatalogReport| !answer.is_last()) {
        all.push(receiver.recv_timeout(LIMIT).expect("an answer"));
    }
    all
}

/// What a download came to.
pub fn path(answers: Vec<CatalogReport>) -> Result<PathBuf, CatalogError> {
    match answers.into_iter().next_back() {
        Some(CatalogReport::Downloaded { path, .. }) => Ok(path),
        Some(CatalogReport::Failed(error)) => Err(error),
        Some(CatalogReport::Cancelled { model }) => Err(CatalogError::Cancelled { model }),
        other => panic!("{other:?}"),
    }
}

/// The bytes of one of the project's models.
pub fn bytes(model: &str) -> Vec<u8> {
    std::fs::read(support::model(model)).expect("a model")
}

/// What all sources list.
pub fn list(stand: &Stand) -> Listing {
    match stand.ask(CatalogRequest::List { source: None }).pop() {
        Some(CatalogReport::Listing(listing)) => listing,
        other => panic!("{other:?}"),
    }
}

/// What a listing has.
pub fn ids(listing: &Listing) -> Vec<&str> {
    listing.entries.iter().map(|card| card.id.as_str()).collect()
}
