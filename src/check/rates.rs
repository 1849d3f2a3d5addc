//! The rates at which methods are tried.

/// Hosts run at one of these.
pub const RATES_HZ: [u32; 2] = [44_100, 48_000];
