//! Reports the progress of a download to those who wait for it, at a limited rate.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use crate::{cancel::Cancel, request::CatalogReport};

/// At most four times a second.
const BETWEEN: Duration = Duration::from_millis(250);

/// A download that somebody waits for.
pub struct DownloadProgress<'a> {
    /// Whether it was cancelled.
    pub cancel: &'a Cancel,
    id: &'a OnceLock<String>,
    report: &'a dyn Fn(CatalogReport),
    told: Option<Instant>,
}

impl std::fmt::Debug for DownloadProgress<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DownloadProgress")
            .field("id", &self.id)
            .field("told", &self.told)
            .finish_non_exhaustive()
    }
}

impl<'a> DownloadProgress<'a> {
    /// Nothing was reported yet; `id` becomes the card's when it is known.
    pub fn new(cancel: &'a Cancel, id: &'a OnceLock<String>, report: &'a dyn Fn(CatalogReport)) -> Self {
        Self { cancel, id, report, told: None }
    }

    /// The card is known.
    pub fn found(&self, id: &str) {
        let _first = self.id.set(id.to_owned());
    }

    /// How far it is. Reported only when the last report is long enough ago.
    pub fn progress(&mut self, model: &str, bytes: u64, total: Option<u64>) {
        let now = Instant::now();
        if self.told.is_some_and(|told| now.duration_since(told) < BETWEEN) {
            return;
        }
        self.told = Some(now);
        (self.report)(CatalogReport::Progress { model: model.to_owned(), bytes, total });
    }
}
