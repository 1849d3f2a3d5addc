//! What the host tells of itself.

use std::ffi::c_short;

/// 8.6.5, in Max's digits.
#[unsafe(no_mangle)]
extern "C" fn maxversion() -> c_short {
    0x865
}

crate::keep!(maxversion);
