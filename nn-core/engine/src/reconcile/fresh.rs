//! A model that was loaded and plays nowhere yet.

use std::sync::Arc;

use super::template::Template;
use nn_model::{Device, Model, ModelLocation, spec::ModelSpec};

/// A loaded model that has not been handed over.
pub(super) struct Fresh {
    pub load: u64,
    pub location: ModelLocation,
    pub spec: Arc<ModelSpec>,
    pub model: Box<dyn Model>,
    /// Whether it has the memory that its method writes.
    pub owned: bool,
    /// `None` when the model cannot be copied.
    pub template: Option<Template>,
}

impl Fresh {
    /// Something else has come before it could play: its memory is that of the copy that is warmed up now, where both are too
    /// much.
    pub fn give_back_what_is_written(&mut self) {
        let template = self.template.as_ref().filter(|template| self.owned && !template.copies_fit());
        if let Some(Ok(model)) = template.map(|template| template.fork_to(Device::Cpu)) {
            (self.model, self.owned) = (model, false);
        }
    }
}
