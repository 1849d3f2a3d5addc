//! `nn~` and `nn.info` for Pure Data: translates between Pd and [`nn_core::object::NnObject`] and
//! [`nn_core::info::NnInfo`], and holds no logic of its own.
//!
//! Pd computes sound and handles messages on one thread, so everything here runs on that thread. Functions newer
//! than the oldest Pd (0.53) are looked up at run time: the same binary loads in all.

mod array;
mod atoms;
mod batch;
mod class;
mod emit;
#[cfg(feature = "fake")]
mod fakes;
mod ffi;
mod find;
mod info;
mod instance;
mod multichannel;
mod no_signal;
mod optional;
mod pd_box;
mod perform;
mod wires;
