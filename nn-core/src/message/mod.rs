//! Host atoms in, requests out, with one parser for every host; and events, which hosts print and send.

pub(crate) mod arguments;
mod array_write;
mod atom;
mod attribute;
mod catalog;
mod error;
mod event;
mod parse;
mod readers;
mod request;
mod rows;
mod script_rows;
pub(crate) mod table;

pub use array_write::ArrayWrite;
pub use atom::{Atom, text, typed};
pub use attribute::{AttributeKind, BoxAttribute, BoxSetting};
pub(crate) use catalog::understand;
pub use catalog::{CATALOG_MESSAGES, CatalogEvent, CatalogMessage, parse_catalog};
pub use error::MessageError;
pub use event::Event;
pub use parse::parse;
pub use request::{MAX_THREADS, Request, SelfTest};
pub use rows::MESSAGES;
pub use table::{Form, Message};
