//! Attributes as the inspector shows them, and who hears of them.

use std::{collections::BTreeMap, sync::Arc};

use super::patched::Patched;
use crate::abi::Atom;

/// The attributes of an object as they are shown.
pub type Shown = BTreeMap<String, Option<Vec<Atom>>>;

/// Hears that an attribute has changed.
pub type Listener = Arc<dyn Fn(Patched, &str) + Send + Sync>;
