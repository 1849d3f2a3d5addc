//! A box, as tests have it.

use crate::abi::Address;

/// A box in the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Patched(pub(crate) Address);
