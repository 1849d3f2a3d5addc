//! How often a box looks for answers.

/// The interval while an answer is awaited, in ms.
pub const SOON_MS: f64 = 2.0;

/// The interval while none is awaited, in ms.
const IDLE_MS: f64 = 50.0;

/// After how many ms a box is to be polled again; `pending` is what its own `pending()` says.
///
/// Thread: any.
pub fn next_ms(pending: bool) -> f64 {
    if pending { SOON_MS } else { IDLE_MS }
}
