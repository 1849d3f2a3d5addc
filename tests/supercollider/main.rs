//! UGens in real servers of SuperCollider.
#![cfg(target_os = "linux")]

#[path = "../support/mod.rs"]
mod support;

mod definition;
mod equality;
mod language;
mod leaving;
mod offline;
mod osc;
mod real_time;
