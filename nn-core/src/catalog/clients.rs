//! HTTP clients are kept: making one reads all certificates of the system.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use parking_lot::Mutex;

use super::{error::CatalogError, http::Http, limits::Limits};

/// One client for each set of certificates.
#[derive(Debug, Default)]
pub struct Clients {
    limits: Limits,
    made: Mutex<HashMap<Option<PathBuf>, Http>>,
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

    /// The client that trusts a certificate besides the system's.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn get(&self, certificate: Option<&Path>) -> Result<Http, CatalogError> {
        let mut made = self.made.lock();
        if let Some(http) = made.get(&certificate.map(Path::to_owned)) {
            return Ok(http.clone());
        }
        let http = Http::new(certificate, &self.limits)?;
        made.insert(certificate.map(Path::to_owned), http.clone());
        Ok(http)
    }
}
