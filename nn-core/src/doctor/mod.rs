//! Whether models play on this machine, and what to do where they do not: for `nn doctor` and the message `doctor` to
//! `nn.info`.
//!
//! What is found out is plain data ([`Findings`] and its parts); each part puts itself into words as a [`Check`], with a
//! cure where something is wrong. So all systems are told in one place, and all of them are tested on any. What asks the
//! system is in `nn-process`; what may kill a process, such as a GPU's driver, is asked by the tool in a process of its own,
//! never inside a host. The network is asked nothing.

mod check;
mod downloads;
mod environment;
mod examination;
mod findings;
mod gpu;
mod host;
mod inside;
mod libtorch;
mod microsoft;
mod models;
mod processor;
mod python;
mod quarantine;
mod real_time;
mod self_test;
mod system;

pub use check::{Check, State};
pub use examination::{Examination, Row};
pub use findings::Findings;
pub use gpu::Gpu;
pub use host::{Host, InstalledHost, installed};
pub use inside::{BoxQuestion, inside};
pub use libtorch::Libtorch;
pub use nn_dylib::package;
pub use processor::Processor;
pub use self_test::{MODELS, Played, Samples, SelfTest, play, to_store};
pub use system::System;
