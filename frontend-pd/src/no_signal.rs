//! How an inlet without a connection is known: Pd fills its signal with the number that the inlet holds.

use crate::ffi::Float;

/// What inlets hold that were sent no number: with it Pd fills the signal of one without a connection. A NaN that no
/// computation gives.
pub const NO_SIGNAL: Float = Float::from_bits(NO_SIGNAL_BITS);
#[cfg(not(feature = "double"))]
const NO_SIGNAL_BITS: u32 = 0x7fc6_e6e7;
#[cfg(feature = "double")]
const NO_SIGNAL_BITS: u64 = 0x7ffc_6e6e_7000_0000;

/// Whether a signal that begins with this sample is that of an inlet without a connection, to which no number was sent.
pub fn is_no_signal(first: &Float) -> bool {
    first.to_bits() == NO_SIGNAL_BITS
}
