//! SuperCollider's servers without SuperCollider: makes UGens, plays them block by block, frees them, does commands in
//! their stages, each on the thread on which scsynth or supernova would.
//!
//! [`Server`] is the host; the test's thread is its client. It is strict where servers are lenient: memory that was not
//! given out, a sample that was not written or lies behind its block, real-time memory from a wrong thread, and memory that
//! never came back are breaches, and [`Server`] fails the test for them at its end. It knows no plug-in. Linux only.
#![cfg(target_os = "linux")]
#![allow(unsafe_code)] // The far side of a C interface.

mod abi;
mod audio;
mod count;
mod events;
mod host;
mod inside;
mod naughty;
mod osc;
mod pool;
mod server;
mod stages;
mod synth;
mod table;
mod threads;
mod ugen;
mod wire;

pub use events::{Event, Listener};
pub use host::Load;
pub use naughty::naughty;
pub use osc::Value;
pub use server::{Kind, Server, Setup, Spent};
pub use stages::Answer;
pub use threads::{Policy, may_be_fifo, policies};
pub use ugen::{Input, Ugen};
pub use wire::wire;
