//! What `nn.info` sends, and to which outlet.

use std::path::Path;

use super::Tree;
use crate::{doctor::Host, find_model::Find, message::Atom};

/// The outlets, left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlet {
    /// `symbol PATH`.
    Path,
    /// `method NAME`, once for each.
    Methods,
    /// `attribute NAME`, once for each.
    Attributes,
    /// `NAME channels_in n` and the like.
    Parameters,
    /// The dictionary, and errors.
    Dictionary,
    /// Models that can be downloaded.
    Catalog,
}

/// How many outlets there are.
pub const OUTLETS: usize = 6;

/// Something for the host to print or send. Emit it on the main thread.
#[derive(Clone, Debug, PartialEq)]
pub enum InfoEvent {
    /// A line on the console.
    Note(String),
    /// An error on the console.
    Error(String),
    /// A message on an outlet.
    Message {
        /// Which one.
        outlet: Outlet,
        /// The message's name.
        selector: String,
        /// Its values.
        atoms: Vec<Atom>,
    },
    /// A dictionary on an outlet; hosts without dictionaries send [`Tree::lists`].
    Dictionary {
        /// Which one.
        outlet: Outlet,
        /// Keys and values.
        tree: Tree,
    },
    /// From now on, write dictionaries into the one of this name; only after [`NnInfo::bind`](super::NnInfo::bind).
    Bind(String),
}

/// Where a box searches and writes.
#[derive(Clone)]
pub struct InfoContext<'a> {
    /// Where to search for models.
    pub find: Find<'a>,
    /// The folder of the patch.
    pub folder: Option<&'a Path>,
    /// The host, where it tells what it is.
    pub host: Option<&'a Host>,
}
