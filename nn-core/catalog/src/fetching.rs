//! What those who wait for a download hear meanwhile: not more than they can use.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use crate::{request::Answer, stop::Stop};

/// At most four times a second.
const BETWEEN: Duration = Duration::from_millis(250);

/// A download that somebody waits for.
pub struct Fetching<'a> {
    /// Whether it was called off.
    pub stop: &'a Stop,
    id: &'a OnceLock<String>,
    tell: &'a dyn Fn(Answer),
    told: Option<Instant>,
}

impl std::fmt::Debug for Fetching<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetching").field("id", &self.id).field("told", &self.told).finish_non_exhaustive()
    }
}

impl<'a> Fetching<'a> {
    /// Nothing was told yet; `id` becomes the card's when it is known.
    pub fn new(stop: &'a Stop, id: &'a OnceLock<String>, tell: &'a dyn Fn(Answer)) -> Self {
        Self { stop, id, tell, told: None }
    }

    /// The card is known.
    pub fn found(&self, id: &str) {
        let _first = self.id.set(id.to_owned());
    }

    /// How far it is. Told when the last time is long enough ago.
    pub fn progress(&mut self, card: &str, bytes: u64, total: Option<u64>) {
        let now = Instant::now();
        if self.told.is_some_and(|told| now.duration_since(told) < BETWEEN) {
            return;
        }
        self.told = Some(now);
        (self.tell)(Answer::Progress { card: card.to_owned(), bytes, total });
    }
}
