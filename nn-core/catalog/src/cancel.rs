//! Cancels work that takes long.
//!
//! Thread: any but audio.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use crate::error::CatalogError;
use nn_process::exit;

/// How soon a wait ends after it was cancelled.
const STEP: Duration = Duration::from_millis(50);

/// Shared by the requester and the thread that does the work.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Cancels it.
    pub fn cancel(&self) {
        self.0.store(true, Relaxed);
    }

    /// Whether to go on; `model` is what the work is about.
    ///
    /// # Errors
    /// When it was cancelled, or the process is exiting.
    pub fn check(&self, model: &str) -> Result<(), CatalogError> {
        if exit::leaving() {
            Err(CatalogError::Leaving)
        } else if self.0.load(Relaxed) {
            Err(CatalogError::Cancelled { model: model.to_owned() })
        } else {
            Ok(())
        }
    }

    /// Waits, unless it is cancelled meanwhile.
    ///
    /// # Errors
    /// As [`Cancel::check`].
    pub fn wait(&self, time: Duration, model: &str) -> Result<(), CatalogError> {
        let begin = Instant::now();
        loop {
            self.check(model)?;
            let left = time.saturating_sub(begin.elapsed());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(STEP));
        }
    }
}
