//! What users type, in both Pds.

mod all;
mod cases;
mod heard;
#[path = "../support/mod.rs"]
mod support;
