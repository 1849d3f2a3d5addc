//! A model that was loaded and plays nowhere yet.

use std::sync::Arc;

use super::template::Template;
use nn_model::{Model, ModelLocation, spec::ModelSpec};

/// A loaded model that has not been handed over.
pub(super) struct Fresh {
    pub load: u64,
    pub location: ModelLocation,
    pub spec: Arc<ModelSpec>,
    pub model: Box<dyn Model>,
    /// `None` when the model cannot be copied.
    pub template: Option<Template>,
}
