//! Compares the hosts' C interfaces, as the frontends declare them by hand, with the hosts' own headers, which
//! `bindgen` reads: size, alignment and offsets of structures, arguments and results of functions, values of constants.
//!
//! Both sides become an [`Interface`]; a [`Table`] says what is called how; [`differences`] are lines of text. A new host
//! is one more table (`tests/`).

mod compare;
mod header;
mod interface;
mod kind;
mod layout;
mod literal;
mod matching;
mod table;

pub use compare::differences;
pub use header::{Header, is_required};
pub use interface::Interface;
pub use table::{Place, ROOM, Row, Size, Table};
