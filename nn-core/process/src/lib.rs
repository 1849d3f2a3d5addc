//! How this project behaves in a process that belongs to a host: threads and their priorities ([`stack`],
//! [`priority`], [`scheduling`]), callbacks that let no panic out ([`guard`]), work whose progress is watched
//! ([`effort`]), watched child processes ([`child`]), files that others have open ([`files`]), exit ([`exit`]), user
//! folders ([`user_dirs`]), what the system tells of the machine ([`system`]) and how exact its timers are ([`timer`]).
//!
//! It knows neither models nor hosts. Most of what differs between systems is here.

pub mod child;
pub mod effort;
pub mod exit;
pub mod files;
pub mod guard;
pub mod memory;
pub mod policy;
pub mod priority;
pub mod scheduling;
pub mod stack;
pub mod system;
pub mod timer;
pub mod user_dirs;
