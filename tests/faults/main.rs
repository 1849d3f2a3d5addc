//! What ended, hung or silenced Pd elsewhere, one test for each: the host lives on, says one clear line, and a healthy
//! box beside the broken one plays every sample.

#[path = "../../nn-core/tests/archive_files/mod.rs"]
mod archive_files;
mod files;
#[path = "../support/malformed.rs"]
mod malformed;
#[path = "../../nn-core/tests/nesting_forms/mod.rs"]
mod nesting_forms;
mod runs;
mod sizes;
mod stand;
#[path = "../support/mod.rs"]
mod support;
mod words;
