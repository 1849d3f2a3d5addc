//! The model catalog against a real web server on this machine: sources, downloads, everything that fails.

#[path = "../../nn-core/tests/archive_files/mod.rs"]
mod archive_files;
mod certificates;
mod clock;
mod failures;
mod in_pd;
mod listed;
mod many;
mod naming;
#[path = "../../nn-core/tests/nesting_forms/mod.rs"]
mod nesting_forms;
mod redirects;
mod resuming;
mod sources;
mod stand;
#[path = "../support/mod.rs"]
mod support;
