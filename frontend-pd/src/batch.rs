//! Whether this Pd renders as fast as it can.

use std::sync::OnceLock;

/// True when Pd was started to render as fast as it can. It does not export that, so its command line is read.
pub fn renders_batch() -> bool {
    static BATCH: OnceLock<bool> = OnceLock::new();
    *BATCH.get_or_init(|| {
        let mut words = std::env::args_os().filter(|word| word == "-batch" || word == "-nobatch");
        // The last one counts.
        words.next_back().is_some_and(|word| word == "-batch")
    })
}
