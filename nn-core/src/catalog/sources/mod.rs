//! Where models come from: one YAML file with the built-in sources, and the user's own beside it.

mod folder;
mod forum;
mod hugging_face;
mod index;
mod yaml;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use reqwest::Url;
use serde::Deserialize;

use super::{
    card::{self, Card},
    error::CatalogError,
    http::Http,
    limits::Limits,
    names::shown,
    plain_file,
    stop::Stop,
};
use crate::places;

/// Names the user's file of sources.
pub const VARIABLE: &str = "NN_SOURCES";

/// The sources that everybody has.
const BUILT_IN: &str = include_str!("built_in.yaml");

/// The longest card, in bytes: hosts have to take it as a word.
const MOST_CARD_BYTES: usize = 1_000;

/// More models than any source has. Boxes show all of them, so this is also what a host's main thread may get to say.
const MOST_CARDS: usize = 10_000;

/// All sources are asked at once, each on a thread of its own.
const MOST_SOURCES: usize = 100;

/// The longest file of sources, in bytes.
const MOST_FILE_BYTES: u64 = 1 << 22;

/// All sources, with what they have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// In the order in which they are shown.
    pub list: Vec<Source>,
    /// What is taken from any of them.
    pub limits: Limits,
}

/// One source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What users type.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// A PEM file with certificates to trust besides the system's.
    pub certificate: Option<PathBuf>,
}

/// Kinds of sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The API of the IRCAM Forum.
    Forum {
        /// The address before `available_models`.
        url: Url,
    },
    /// A repository on Hugging Face.
    HuggingFace {
        /// The server.
        url: Url,
        /// `OWNER/NAME`.
        repository: String,
    },
    /// A web page of links.
    Index {
        /// The page.
        url: Url,
    },
    /// A folder on this machine, or one that looks like it.
    Folder {
        /// The folder.
        path: PathBuf,
    },
}

/// Where the bytes of a card are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// On a server.
    Url(Url),
    /// On a disk.
    File(PathBuf),
}

/// The YAML file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    /// Whether the built-in sources are there too.
    built_in: Option<bool>,
    limits: Limits,
    sources: Vec<Entry>,
}

/// One source as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    kind: Word,
    url: Option<String>,
    repository: Option<String>,
    path: Option<String>,
    certificate: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Forum,
    HuggingFace,
    Index,
    Folder,
}

impl Sources {
    /// The user's file of sources: the one that `NN_SOURCES` names, or `sources.yaml` among the settings.
    pub fn file() -> Option<PathBuf> {
        places::named(VARIABLE).or_else(usual_place)
    }

    /// The built-in sources, and those of the user's file if it is there. Of two with one name the user's counts.
    ///
    /// A file that cannot be used, or was named and is not there, is answered beside the built-in sources.
    pub fn read(file: Option<&Path>) -> (Self, Option<CatalogError>) {
        let built_in = || parse(BUILT_IN).unwrap_or_default().0;
        let Some(file) = file else { return (built_in(), None) };
        let fault = |what: String| {
            (built_in(), Some(CatalogError::Sources { path: file.display().to_string(), what }))
        };
        let text = match plain_file::read(file, MOST_FILE_BYTES).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(_)) => return fault("it is no text".into()),
            // Nobody has to have one in the usual place, but one that was named is to be there.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let named = usual_place().is_none_or(|usual| usual != file);
                let missing = || CatalogError::NoSources { path: file.display().to_string() };
                return (built_in(), named.then(missing));
            }
            Err(error) => return fault(error.to_string()),
        };
        match parse(&text) {
            Ok((own, false)) => (own, None),
            Ok((own, true)) => {
                let mut list = built_in().list;
                list.retain(|source| own.list.iter().all(|other| other.name != source.name));
                list.extend(own.list);
                (Self { list, limits: own.limits }, None)
            }
            Err(what) => fault(what),
        }
    }

    /// The sources in which a card may be: the one that it begins with, or all.
    pub fn that_may_have(&self, wanted: &str) -> Vec<&Source> {
        let named = wanted.split_once('/').and_then(|(name, _)| self.get(name).ok());
        named.map_or_else(|| self.list.iter().collect(), |source| vec![source])
    }

    /// The source of a name.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, name: &str) -> Result<&Source, CatalogError> {
        self.list.iter().find(|source| source.name == name).ok_or_else(|| {
            let known: Vec<_> = self.list.iter().map(|source| source.name.as_str()).collect();
            CatalogError::NoSource { name: name.to_owned(), known: known.join(", ") }
        })
    }
}

impl Source {
    /// Asks it for its models.
    ///
    /// # Errors
    /// When it is down, or answers something that is no listing.
    pub fn cards(&self, http: &Http, stop: &Stop) -> Result<Vec<Card>, CatalogError> {
        let mut cards = match &self.kind {
            Kind::Forum { url } => forum::cards(self, url, http, stop)?,
            Kind::HuggingFace { url, repository } => hugging_face::cards(self, url, repository, http, stop)?,
            Kind::Index { url } => index::cards(self, url, http, stop)?,
            Kind::Folder { path } => {
                folder::cards(self, path, Duration::from_millis(http.limits().listing_ms))?
            }
        };
        cards.retain(|card| self.can_bring(card, http.limits()));
        // Of two that look alike, always the same one.
        cards.sort_by(|a, b| (&a.id, &a.remote).cmp(&(&b.id, &b.remote)));
        cards.dedup_by(|a, b| a.id == b.id);
        if cards.len() > MOST_CARDS {
            return Err(self.too_many());
        }
        Ok(cards)
    }

    /// Whether a card could be downloaded: others are not listed.
    pub(in crate::catalog) fn can_bring(&self, card: &Card, limits: &Limits) -> bool {
        // What an address or a path would leave out, or be led astray by.
        let is_odd = |part: &str| part.is_empty() || part == "." || part == "..";
        let is_path = !matches!(self.kind, Kind::Forum { .. });
        let has_size = card.bytes.is_none_or(|bytes| bytes > 0 && bytes <= limits.most_bytes);
        // It has to be found by the name under which it is shown.
        let is_found = card::check(&card.id).is_ok()
            && card::find(std::slice::from_ref(card), &card.id).is_ok()
            && card.id.len() <= MOST_CARD_BYTES;
        has_size
            && is_found
            && card.file_name().is_ok()
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

    /// The host that it is at; empty for a folder.
    pub fn host(&self) -> &str {
        match &self.kind {
            Kind::Forum { url } | Kind::Index { url } | Kind::HuggingFace { url, .. } => {
                url.host_str().unwrap_or_default()
            }
            Kind::Folder { .. } => "",
        }
    }

    /// What tells it from a source of the same name elsewhere.
    pub fn address(&self) -> String {
        match &self.kind {
            Kind::Forum { url } | Kind::Index { url } => url.to_string(),
            Kind::HuggingFace { url, repository } => format!("{url} {repository}"),
            Kind::Folder { path } => path.display().to_string(),
        }
    }

    /// A listing that makes no sense. What is wrong with it may be said in the server's words.
    fn nonsense(&self, what: impl ToString) -> CatalogError {
        CatalogError::Nonsense { source_name: self.name.clone(), what: shown(&what.to_string(), 120) }
    }

    fn too_many(&self) -> CatalogError {
        self.nonsense(format!("more than {MOST_CARDS} models"))
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

/// Where a user's file of sources is when none is named.
fn usual_place() -> Option<PathBuf> {
    Some(places::settings()?.join("sources.yaml"))
}

/// The file's sources and whether the built-in ones come with them.
fn parse(text: &str) -> Result<(Sources, bool), String> {
    // An empty file is a file without wishes.
    let blank = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    let file: File = if blank { File::default() } else { yaml::read(text)? };
    if file.sources.len() > MOST_SOURCES {
        return Err(format!("it has more than {MOST_SOURCES} sources"));
    }
    if let Some(limit) = file.limits.nothing() {
        return Err(format!("limits: {limit} is 0, which lets nothing through"));
    }
    let list = file.sources.into_iter().map(source).collect::<Result<Vec<_>, _>>()?;
    let twice =
        |(number, source): (usize, &Source)| list[..number].iter().any(|other| other.name == source.name);
    if let Some(number) = (0..list.len()).find(|&number| twice((number, &list[number]))) {
        return Err(format!("source '{}' is there twice: cards begin with that name", list[number].name));
    }
    Ok((Sources { list, limits: file.limits }, file.built_in.unwrap_or(true)))
}

fn source(entry: Entry) -> Result<Source, String> {
    let name = entry.name;
    let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || !name.chars().all(plain) {
        return Err(format!("source '{name}': a name has letters, digits, - _ and ."));
    }
    let missing = |key: &str| format!("source '{name}': {key} is missing");
    let url = |text: &str| folder_url(text).map_err(|what| format!("source '{name}': {text}: {what}"));
    let kind = match entry.kind {
        Word::Forum => Kind::Forum { url: url(&entry.url.ok_or_else(|| missing("url"))?)? },
        Word::Index => Kind::Index { url: url(&entry.url.ok_or_else(|| missing("url"))?)? },
        Word::HuggingFace => {
            let repository = entry.repository.ok_or_else(|| missing("repository"))?;
            if repository.split('/').filter(|part| !part.is_empty()).count() != 2 {
                return Err(format!("source '{name}': repository is written OWNER/NAME"));
            }
            Kind::HuggingFace {
                url: url(entry.url.as_deref().unwrap_or("https://huggingface.co"))?,
                repository,
            }
        }
        Word::Folder => {
            let path = entry.path.filter(|path| !path.is_empty());
            Kind::Folder { path: home(&path.ok_or_else(|| missing("path"))?) }
        }
    };
    Ok(Source { name, kind, certificate: entry.certificate.as_deref().map(home) })
}

/// An address under which others are: it ends with a slash.
fn folder_url(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text).map_err(|error| error.to_string())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("an address begins with https:// or http://".into());
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

/// `~/…` is the user's home.
fn home(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), dirs::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => path.into(),
    }
}

/// An address below another, one component after the other; `..` and empty ones are left out.
fn below<'a>(url: &Url, parts: impl IntoIterator<Item = &'a str>) -> Url {
    let mut url = url.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty();
        segments.extend(parts.into_iter().filter(|part| !part.is_empty()));
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_sources_are_the_two_public_ones() {
        let (sources, fault) = Sources::read(None);
        assert_eq!(fault, None);
        let addresses: Vec<_> = sources.list.iter().map(Source::address).collect();
        assert_eq!(
            addresses,
            [
                "https://play.forum.ircam.fr/rave-vst-api/",
                "https://huggingface.co/ Intelligent-Instruments-Lab/rave-models"
            ]
        );
    }

    #[test]
    fn a_user_s_sources_come_beside_the_built_in_ones_and_replace_those_of_the_same_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sources.yaml");
        let read = |text: &str| {
            std::fs::write(&file, text).expect("written");
            let (sources, fault) = Sources::read(Some(&file));
            assert_eq!(fault, None);
            sources
        };
        let own = "sources:\n  - {name: mine, kind: folder, path: /models}\n  \
                   - {name: ircam, kind: index, url: 'http://studio/x'}\nlimits:\n  tries: 2\n";
        let sources = read(own);
        let names: Vec<_> = sources.list.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["iil", "mine", "ircam"]);
        assert_eq!(sources.get("ircam").expect("there").address(), "http://studio/x/");
        assert_eq!((sources.limits.tries, sources.limits.redirects), (2, 5));
        assert_eq!(read(&format!("built_in: false\n{own}")).list.len(), 2);
        for nothing in ["", "# only a remark\n", "built_in: true\n"] {
            assert_eq!(read(nothing).list.len(), 2, "{nothing:?}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_used_is_said_in_one_line_and_the_built_in_sources_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sources.yaml");
        for (text, said) in [
            ("sources: 3", "sources"),
            ("nonsense", ""),
            ("sources:\n  - {name: a, kind: folder}", "source 'a': path is missing"),
            ("sources:\n  - {name: a b, kind: folder, path: x}", "source 'a b': a name has letters"),
            ("sources:\n  - {name: a, kind: index, url: 'ftp://x'}", "begins with https"),
            ("sources:\n  - {name: a, kind: cloud}", "cloud"),
            ("sources:\n  - {name: a, kind: hugging-face, repository: x}", "OWNER/NAME"),
            ("sorces: []", "sorces"),
            ("sources:\n  - {name: a, kind: folder, path: ''}", "source 'a': path is missing"),
            (
                "sources:\n  - {name: a, kind: folder, path: x}\n  - {name: a, kind: folder, path: y}",
                "source 'a' is there twice",
            ),
            (&format!("sources:\n{}", "  - {name: a, kind: folder, path: x}\n".repeat(101)), "more than 100"),
            ("limits: {tries: 4, silence_ms: 0}", "silence_ms is 0"),
            ("limits: {tries: -1}", "a whole number is wanted at line 1"),
            ("limits: {tries: 1.5}", "a whole number is wanted at line 1"),
            ("sources: []\nsources: []", "sources is there twice at line 2"),
            ("sources: []\n---\nsources: []", "it is more than one document at line 3"),
            ("a: [", ""),
        ] {
            std::fs::write(&file, text).expect("written");
            let (sources, fault) = Sources::read(Some(&file));
            let fault = fault.unwrap_or_else(|| panic!("{text} was taken")).to_string();
            assert!(fault.contains(said), "{text}: {fault}");
            assert_eq!(fault.lines().count(), 1, "{fault}");
            assert_eq!(sources.list.len(), 2);
        }
    }

    #[test]
    fn a_file_that_was_named_and_is_not_there_is_said_and_one_in_the_usual_place_need_not_be() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("none.yaml");
        let (sources, fault) = Sources::read(Some(&file));
        let fault = fault.expect("it was named").to_string();
        assert!(fault.contains("none.yaml is not there") && fault.contains(VARIABLE), "{fault}");
        assert_eq!(sources.list.len(), 2);
        let usual = usual_place().filter(|file| !file.exists());
        assert!(usual.is_none_or(|file| Sources::read(Some(&file)).1.is_none()));
    }

    #[test]
    fn an_address_stays_below_its_source() {
        let base = folder_url("https://host/api").expect("an address");
        assert_eq!(below(&base, ["a b", "..", "", "ü?#"]).as_str(), "https://host/api/a%20b/%C3%BC%3F%23");
    }
}
