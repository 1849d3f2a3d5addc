//! `nn models`, `nn info`, `nn render`, `nn bench`, `nn profile`, `nn report` and `nn doctor` as people type them: what they
//! print, how they end, and what is left when they are killed.

#[path = "../../nn-core/tests/archive_files/mod.rs"]
mod archive_files;
mod bench;
mod disk;
mod doctor;
mod folder;
mod info;
mod killed;
mod models;
mod network;
mod output;
mod profile;
mod render;
mod report;
mod scripts;
#[path = "../support/mod.rs"]
mod support;
mod user;
