//! `nn models` as people type it: what it prints, how it ends, and what is left when it is killed.

mod disk;
mod killed;
mod models;
mod network;
mod output;
#[path = "../support/mod.rs"]
mod support;
mod user;
