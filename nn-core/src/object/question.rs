//! What a box is asked about its model.

/// What a box is asked about its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Bang,
    Dump,
    Latency,
    MeasureLatency,
    Attributes,
    Methods,
}
