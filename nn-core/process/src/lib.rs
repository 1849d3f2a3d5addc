//! What this project does with the process in which a host runs: its threads and their priorities ([`stack`],
//! [`priority`], [`scheduling`]), callbacks that no panic leaves ([`guard`]), work that is watched ([`effort`]), child
//! processes that are watched ([`child`]), leaving ([`exit`]), folders of the user ([`user_dirs`]).
//!
//! It knows neither models nor hosts. Most of what differs between systems is here.

pub mod child;
pub mod effort;
pub mod exit;
pub mod guard;
pub mod memory;
pub mod policy;
pub mod priority;
pub mod scheduling;
pub mod stack;
pub mod user_dirs;
