//! What all boxes with sound share.

use nn_core::{frontend::source::source, object::HostContext};

use crate::array::MaxArrays;

/// What all boxes with sound share.
pub fn host_context() -> HostContext {
    HostContext {
        arrays: &MaxArrays,
        // As nn~ 1.6 for Max has it.
        buffer_follows_model: true,
        ..HostContext::new(source())
    }
}
