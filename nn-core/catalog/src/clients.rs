//! HTTP clients are kept: making one reads all certificates of the system.

use std::{collections::HashMap, path::PathBuf};

use parking_lot::Mutex;

use crate::{error::CatalogError, http::Http, limits::Limits, sources::Source};

/// One client for each host of a source and set of certificates.
#[derive(Debug, Default)]
pub struct Clients {
    limits: Limits,
    made: Mutex<HashMap<(String, Option<PathBuf>), Http>>,
}

impl Clients {
    /// None yet.
    pub fn new(limits: Limits) -> Self {
        Self { limits, made: Mutex::default() }
    }

    /// The limits of all of them.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The client for a source: it reaches what its host may lead to, and trusts its certificate besides the system's.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn get(&self, source: &Source) -> Result<Http, CatalogError> {
        let key = (source.host().to_owned(), source.certificate.clone());
        let mut made = self.made.lock();
        if let Some(http) = made.get(&key) {
            return Ok(http.clone());
        }
        let http = Http::new(&key.0, key.1.as_deref(), &self.limits)?;
        made.insert(key, http.clone());
        Ok(http)
    }
}
