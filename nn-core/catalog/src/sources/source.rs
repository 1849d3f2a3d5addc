//! One source of models.

use std::path::PathBuf;

use reqwest::Url;

use crate::{error::CatalogError, names::shown};

/// The most models of a source; more than any has. Boxes list all of them, so it also limits the work of a host's
/// main thread.
pub(super) const MOST_CARDS: usize = 10_000;

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
    /// A folder on this machine, or mounted.
    Folder {
        /// Path of the folder.
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

impl Source {
    /// The host that it is at; empty for a folder.
    pub fn host(&self) -> &str {
        match &self.kind {
            Kind::Forum { url } | Kind::Index { url } | Kind::HuggingFace { url, .. } => {
                url.host_str().unwrap_or_default()
            }
            Kind::Folder { .. } => "",
        }
    }

    /// Where its models are shown, for people; `None` of a folder. Without what nobody else is to know: user, password, query.
    pub fn page(&self) -> Option<String> {
        let mut url = match &self.kind {
            Kind::Forum { url } | Kind::Index { url } => url.clone(),
            Kind::HuggingFace { url, repository } => below(url, repository.split('/')),
            Kind::Folder { .. } => return None,
        };
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
        url.set_query(None);
        url.set_fragment(None);
        Some(url.to_string())
    }

    /// Whose models they are, where there are accounts.
    pub fn account(&self) -> Option<&str> {
        match &self.kind {
            Kind::HuggingFace { repository, .. } => repository.split('/').find(|part| !part.is_empty()),
            Kind::Forum { .. } | Kind::Index { .. } | Kind::Folder { .. } => None,
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

    /// An invalid listing. What is wrong with it may be in the server's words.
    pub(super) fn nonsense(&self, what: impl ToString) -> CatalogError {
        CatalogError::Nonsense { source_name: self.name.clone(), what: shown(&what.to_string(), 120) }
    }

    pub(super) fn too_many(&self) -> CatalogError {
        self.nonsense(format!("more than {MOST_CARDS} models"))
    }
}

/// An address below another, one component after the other; `..` and empty ones are left out.
pub(super) fn below<'a>(url: &Url, parts: impl IntoIterator<Item = &'a str>) -> Url {
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
    fn people_are_shown_the_page_and_the_account_and_nothing_that_is_secret() {
        let source = |kind| Source { name: "s".into(), kind, certificate: None };
        let url = |text: &str| Url::parse(text).expect("an address");
        let repository = "her/voices".to_owned();
        let hub = source(Kind::HuggingFace { url: url("https://hub/"), repository });
        assert_eq!(hub.page().as_deref(), Some("https://hub/her/voices"));
        assert_eq!(hub.account(), Some("her"));
        let page = source(Kind::Index { url: url("https://me:secret@host/models/?key=1#x") });
        assert_eq!((page.page().as_deref(), page.account()), (Some("https://host/models/"), None));
        let folder = source(Kind::Folder { path: "/home/her".into() });
        assert_eq!((folder.page(), folder.account()), (None, None));
    }

    #[test]
    fn an_address_stays_below_its_source() {
        let base = Url::parse("https://host/api/").expect("an address");
        assert_eq!(below(&base, ["a b", "..", "", "ü?#"]).as_str(), "https://host/api/a%20b/%C3%BC%3F%23");
    }
}
