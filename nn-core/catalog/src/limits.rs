//! How long and how much the catalog takes from a server.

use std::time::Duration;

use serde::Deserialize;

/// Times and amounts. In the YAML file of sources under `limits`, each of them optional.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// For a connection to come about, in ms.
    pub connect_ms: u64,
    /// Between two bytes, in ms.
    pub silence_ms: u64,
    /// What a server sends at least, in bytes per second.
    pub slowest_bytes_per_s: u64,
    /// Over what time that is counted, in ms.
    pub slow_ms: u64,
    /// How often something is tried that may pass.
    pub tries: u32,
    /// How long it is waited before the second try, in ms; twice as long before each further one.
    pub back_off_ms: u64,
    /// How many redirects are followed.
    pub redirects: usize,
    /// The longest model, in bytes.
    pub most_bytes: u64,
    /// A whole listing, with all its pages and tries, in ms.
    pub listing_ms: u64,
    /// The longest listing, in bytes.
    pub most_listing_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_ms: 10_000,
            silence_ms: 15_000,
            slowest_bytes_per_s: 1_000,
            slow_ms: 30_000,
            tries: 4,
            back_off_ms: 500,
            redirects: 5,
            most_bytes: 8 << 30,
            listing_ms: 60_000,
            most_listing_bytes: 32 << 20,
        }
    }
}

impl Limits {
    /// The first that is 0 and may not be, if any: with it nothing would ever come.
    pub fn nothing(&self) -> Option<&'static str> {
        let limits = [
            ("connect_ms", self.connect_ms),
            ("silence_ms", self.silence_ms),
            ("slow_ms", self.slow_ms),
            ("tries", self.tries.into()),
            ("most_bytes", self.most_bytes),
            ("listing_ms", self.listing_ms),
            ("most_listing_bytes", self.most_listing_bytes),
        ];
        limits.into_iter().find_map(|(name, limit)| (limit == 0).then_some(name))
    }

    /// How long to wait after a failed try, counted from 0.
    pub fn back_off(&self, failed: u32) -> Duration {
        Duration::from_millis(self.back_off_ms.saturating_mul(1 << failed.min(6)).min(30_000))
    }
}
