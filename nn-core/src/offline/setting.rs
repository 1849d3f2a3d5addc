//! What a box finds around it where there is no host.

use std::sync::Arc;

use crate::object::HostContext;
use nn_model::ModelSource;

/// Whether the box waits for the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostMode {
    /// The box waits for loads, results and answers: every run gives the same. Like `pd -batch`.
    Offline,
    /// The box waits for nothing: what is late is silence and counted, unless it is sent `wait 1`.
    RealTime,
}

/// A context without arrays, with workers where the platform allows them. Change what else a test needs.
///
/// Thread: any but audio.
pub fn host_context(source: Arc<dyn ModelSource>, mode: HostMode) -> HostContext {
    HostContext { messages_wait: true, offline: mode == HostMode::Offline, ..HostContext::new(source) }
}
