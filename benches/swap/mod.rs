//! Another model while others play: what the neighbour's callback notices of the load, and what is heard at the crossfade.
//!
//! Two boxes on one host thread, as in a patch. One loads a large model and goes back to a small one, again and again;
//! the other plays on, and its callback is timed, during loads and between them in turns. For the crossfade a box plays a
//! sine through models that pass it on, and is changed under way.

use crate::common;

mod crossfade;
mod neighbour;

/// Measures and prints.
pub fn run() {
    let mut report = common::report::Report::begin(
        "Load and swap",
        "A box loads another model while a neighbour plays (one host thread, real time, host block 64, 44100 Hz).",
    );
    neighbour::measure(&mut report);
    crossfade::measure(&mut report);
    report.end();
}
