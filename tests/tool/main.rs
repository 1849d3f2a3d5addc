//! `nn models` and `nn render` as people type them: what they print, how they end, and what is left when they are killed.

mod disk;
mod killed;
mod models;
mod network;
mod output;
mod render;
#[path = "../support/mod.rs"]
mod support;
mod user;
