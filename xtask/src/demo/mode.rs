//! Whether Pd plays the demo in real time.

/// How fast Pd's clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// By the wall clock: one second of sound takes one second. Without audio devices Pd's scheduler sleeps
    /// until the time of each block has come, as it does with a sound card.
    RealTime,
    /// As fast as the machine can, in which case the box is told to wait for its model.
    Batch,
}

impl std::fmt::Display for Mode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::RealTime => "real time",
            Self::Batch => "batch",
        })
    }
}
