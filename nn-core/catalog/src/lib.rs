//! The model catalog: lists, downloads, checks and deletes models, without making a host wait.
//!
//! [`service::Catalog`] does the work on threads of its own. Modules, from the bottom up: `names`, `entry` (what users
//! type), `store`, `lock`, `manifest`, `partial_file`, `plain_file` (files on disk), `reach`, `certificate`, `body`,
//! `http`, `clients`, `limits`, `cancel` (one request), `sources` (who has models), `listing`, `transfer`, `download`
//! (one file), `request` (what is asked and answered), `resolver` (from a typed name to a file), `progress`,
//! `thread_pool` (threads), `downloads`, `service`, `summary` (sizes and ages in words).

mod body;
mod cancel;
mod causes;
mod certificate;
mod clients;
pub mod download;
mod downloads;
pub mod entry;
pub mod error;
pub mod http;
pub mod limits;
pub mod listing;
mod lock;
pub mod manifest;
pub mod names;
mod partial_file;
pub mod plain_file;
mod progress;
mod reach;
mod request;
mod resolver;
pub mod service;
pub mod sources;
#[cfg(test)]
mod stand;
pub mod store;
pub mod summary;
mod thread_pool;
pub mod told;
mod transfer;

pub use cancel::Cancel;
pub use error::CatalogError;
pub use request::{CatalogReport, CatalogRequest, Requester};
pub use resolver::CatalogContext;
pub use service::Catalog;
