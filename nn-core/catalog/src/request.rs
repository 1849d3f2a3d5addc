//! What is asked of the catalogue, by whom, and what it answers.
//!
//! Thread: any but audio.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use crossbeam_channel::Sender;

use crate::{card, error::CatalogError, listing::Listing, names::ModelName};
use nn_model::Formats;

/// What may be asked of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// What there is, in all sources or in one.
    List {
        /// The source, if only one is meant.
        source: Option<String>,
    },
    /// Bring a model.
    Download {
        /// Its card, as it was typed.
        card: String,
        /// The name of the file, if it was typed.
        name: Option<String>,
        /// Whether a file of that name may be replaced.
        force: bool,
    },
    /// Call downloads off: that of a card, or all of this asker.
    Cancel(Option<String>),
    /// Delete a file that the catalogue has brought.
    Delete(String),
}

/// What the catalogue answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// To [`Ask::List`].
    Listing(Listing),
    /// To [`Ask::Download`], at most four times a second.
    Progress {
        /// The card's id.
        card: String,
        /// How many bytes are there.
        bytes: u64,
        /// How many there will be, if that is known.
        total: Option<u64>,
    },
    /// To [`Ask::Download`], in the end.
    Downloaded {
        /// The card's id.
        card: String,
        /// The file.
        path: PathBuf,
    },
    /// To whoever asked for a download that was called off.
    Cancelled {
        /// The card.
        card: String,
    },
    /// To [`Ask::Delete`].
    Deleted {
        /// The file's name.
        name: String,
    },
    /// Something was wrong; the answers that are awaited still come.
    Trouble(CatalogError),
    /// The answer, when it could not be done.
    Failed(CatalogError),
}

impl Answer {
    /// Whether nothing follows it.
    pub fn is_last(&self) -> bool {
        !matches!(self, Self::Progress { .. } | Self::Trouble(_))
    }
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Asker {
    /// Tells it from others.
    pub id: u64,
    /// Where answers go. When nobody reads them any more the work goes on.
    pub answers: Sender<Answer>,
}

impl Asker {
    /// A new one.
    pub fn new(answers: Sender<Answer>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self { id: NEXT.fetch_add(1, Relaxed), answers }
    }

    /// Answers.
    pub fn tell(&self, answer: Answer) {
        let _gone = self.answers.send(answer);
    }
}

/// What somebody wants to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The card, as it was typed.
    pub wanted: String,
    /// The name of the file, if it was typed.
    pub name: Option<String>,
    /// Whether a file of that name may be replaced.
    pub force: bool,
}

impl Order {
    /// Whether there can be such a card and such a file.
    ///
    /// # Errors
    /// When one of them is no name.
    pub fn check(&self, formats: Formats) -> Result<(), CatalogError> {
        card::check(&self.wanted, formats)?;
        self.name.as_deref().map(|name| ModelName::new(name, formats)).transpose()?;
        Ok(())
    }
}
