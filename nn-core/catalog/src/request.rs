//! What is asked of the catalog, by whom, and what it answers.
//!
//! Thread: any but audio.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use crossbeam_channel::Sender;

use crate::{entry, error::CatalogError, listing::Listing, names::ModelName};
use nn_model::Formats;

/// What may be asked of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogRequest {
    /// What there is, in all sources or in one.
    List {
        /// The source, if only one is meant.
        source: Option<String>,
    },
    /// Download a model.
    Download {
        /// Its card, as it was typed.
        model: String,
        /// The name of the file, if it was typed.
        name: Option<String>,
        /// Whether a file of that name may be replaced.
        force: bool,
    },
    /// Cancel downloads: that of one model, or all of this requester.
    Cancel(Option<String>),
    /// Delete a file that the catalog has downloaded.
    Delete(String),
}

/// What the catalog answers.
#[derive(Clone, Debug, PartialEq)]
pub enum CatalogReport {
    /// To [`CatalogRequest::List`].
    Listing(Listing),
    /// To [`CatalogRequest::Download`], at most four times a second.
    Progress {
        /// The card's id.
        model: String,
        /// How many bytes are there.
        bytes: u64,
        /// How many there will be, if that is known.
        total: Option<u64>,
    },
    /// To [`CatalogRequest::Download`], in the end.
    Downloaded {
        /// The card's id.
        model: String,
        /// Path of the file.
        path: PathBuf,
    },
    /// To whoever asked for a download that was cancelled.
    Cancelled {
        /// Name of the model in its source.
        model: String,
    },
    /// To [`CatalogRequest::Delete`].
    Deleted {
        /// The file's name.
        name: String,
    },
    /// Something was wrong; the answers that are awaited still come.
    Trouble(CatalogError),
    /// The answer, when it could not be done.
    Failed(CatalogError),
}

impl CatalogReport {
    /// Whether nothing follows it.
    pub fn is_last(&self) -> bool {
        !matches!(self, Self::Progress { .. } | Self::Trouble(_))
    }
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Requester {
    /// Tells it from others.
    pub id: u64,
    /// Where answers go. When nobody reads them any more the work goes on.
    pub answers: Sender<CatalogReport>,
}

impl Requester {
    /// A new one.
    pub fn new(answers: Sender<CatalogReport>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self { id: NEXT.fetch_add(1, Relaxed), answers }
    }

    /// Answers.
    pub fn report(&self, answer: CatalogReport) {
        let _gone = self.answers.send(answer);
    }
}

/// What somebody wants to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadRequest {
    /// The card, as it was typed.
    pub wanted: String,
    /// The name of the file, if it was typed.
    pub name: Option<String>,
    /// Whether a file of that name may be replaced.
    pub force: bool,
}

impl DownloadRequest {
    /// Whether there can be such a card and such a file.
    ///
    /// # Errors
    /// When one of them is no name.
    pub fn check(&self, formats: Formats) -> Result<(), CatalogError> {
        entry::check(&self.wanted, formats)?;
        self.name.as_deref().map(|name| ModelName::new(name, formats)).transpose()?;
        Ok(())
    }
}
