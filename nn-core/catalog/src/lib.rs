//! The model catalogue: lists, downloads, checks and deletes models, without making a host wait.
//!
//! [`queue::Catalogue`] does the work on threads of its own. Modules, from the bottom up: `names`, `card` (what users
//! type), `store`, `lock`, `record`, `part`, `plain_file` (files on disk), `reach`, `certificate`, `body`, `http`,
//! `clients`, `limits`, `stop` (one request), `sources` (who has models), `listing`, `transfer`, `download` (one file),
//! `request` (what is asked and answered), `seeker` (from a typed card to a file), `fetching` (progress), `crew`
//! (threads), `under_way` (downloads), `queue`, `summary` (sizes and ages in words).

mod body;
pub mod card;
mod causes;
mod certificate;
mod clients;
mod crew;
pub mod download;
pub mod error;
mod fetching;
pub mod http;
pub mod limits;
pub mod listing;
mod lock;
pub mod names;
mod part;
pub mod plain_file;
pub mod queue;
mod reach;
mod record;
mod request;
mod seeker;
pub mod sources;
#[cfg(test)]
mod stand;
mod stop;
pub mod store;
pub mod summary;
mod transfer;
mod under_way;

pub use error::CatalogError;
pub use queue::Catalogue;
pub use request::{Answer, Ask, Asker};
pub use seeker::Surroundings;
pub use stop::Stop;
