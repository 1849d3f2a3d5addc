//! What a box is asked about its model.

/// What a box is asked about its model.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    Bang,
    Dump,
    Latency,
    MeasureLatency,
    Attributes,
    Methods,
}
