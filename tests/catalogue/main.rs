//! The model catalogue against a real web server on this machine: sources, downloads, everything that fails.

mod failures;
mod in_pd;
mod many;
mod naming;
mod resuming;
mod sources;
mod stand;
#[path = "../support/mod.rs"]
mod support;
