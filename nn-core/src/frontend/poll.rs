//! How often a box looks for answers.

/// While one is awaited, in ms.
pub const SOON_MS: f64 = 2.0;

/// While none is awaited, in ms.
const IDLE_MS: f64 = 50.0;

/// After how many ms a box is to look again; `pending` is what it says of itself.
///
/// Thread: any.
pub fn next_ms(pending: bool) -> f64 {
    if pending { SOON_MS } else { IDLE_MS }
}
