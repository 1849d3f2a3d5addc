//! A rendering is the same every time, bit for bit and word for word, whatever the machine does meanwhile.
#![cfg(target_os = "linux")]

mod cases;
mod rendering;
mod schedule;
#[path = "../support/mod.rs"]
mod support;
