//! Models called directly, by the crate `tch`: what boxes are compared with in tests.
//!
//! Boxes reach libtorch through this project's own C++ (`nn_torch`). A reference that took the same way would share its
//! faults, so this one takes another, in a process of its own: nothing that `nn_torch` registers or sets there can reach
//! it. The program is built by `cargo xtask oracle` and shared by all tests of a test program, who wait for each other.

mod client;
pub mod protocol;

pub use client::{Fault, Model, Tensor, load};
pub use protocol::Value;
