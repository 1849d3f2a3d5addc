//! The file of sources: the built-in ones, and the user's own.
//!
//! Thread: any but audio.

use std::path::{Path, PathBuf, is_separator};

use reqwest::Url;
use serde::Deserialize;

use super::{
    source::{Kind, Source},
    yaml,
};
use crate::{error::CatalogError, limits::Limits, plain_file};
use nn_process::user_dirs;

/// Names the user's file of sources.
pub const VARIABLE: &str = "NN_SOURCES";

/// The sources that everybody has.
const BUILT_IN: &str = include_str!("built_in.yaml");

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
        user_dirs::named(VARIABLE).or_else(usual_place)
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

/// Where a user's file of sources is when none is named.
fn usual_place() -> Option<PathBuf> {
    Some(user_dirs::settings()?.join("sources.yaml"))
}

/// The file's sources and whether the built-in ones come with them.
fn parse(text: &str) -> Result<(Sources, bool), String> {
    // An empty file changes nothing.
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
    let rest = path.strip_prefix('~').and_then(|rest| rest.strip_prefix(is_separator));
    match (rest, user_dirs::home()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => path.into(),
    }
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
}
