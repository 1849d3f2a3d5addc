//! The main thread sets the wanted configuration of a box ([`Wish`]), and the loader brings it about.
//!
//! Each slow message edits the [`Wish`] and queues one job. The job reads the newest one, prepares what is missing
//! (the model on its device, warmed up at its real shape, a stream with its rings), and commits it in one piece if
//! nothing newer was requested meanwhile. So the newest request wins, and a failing one changes nothing. The main
//! thread and the loader share this under a lock that is only held for moments; the audio thread and the worker never
//! see it.

mod attribute_request;
mod attributes;
mod deliver;
mod engine;
mod fence;
mod fitting;
mod main_thread;
mod make;
mod measure;
mod order;
mod pristine;
mod rates;
mod realise;
mod settle_engine;
mod state;
mod wish;

pub use super::tools::Tools;
pub use attribute_request::{AttributeRequest, Typed, no_model};
pub use engine::thread_refused;
pub use main_thread::View;
pub use state::Workshop;
pub use wish::{Deadline, Fit, FormatError, MethodWish, ModelWish, NoMethod, Subject, Wish};
