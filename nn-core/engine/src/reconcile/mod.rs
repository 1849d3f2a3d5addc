//! The main thread sets the wanted configuration of a box ([`Config`]), and the loader carries it out.
//!
//! Each slow message edits the [`Config`] and queues one job. The job reads the newest one, prepares what is missing
//! (the model on its device, warmed up at its real shape, a stream with its rings), and commits it in one piece if
//! nothing newer was requested meanwhile. So the newest request wins, and a failing one changes nothing. The main
//! thread and the loader share this under a lock that is only held for moments; the audio thread and the worker never
//! see it.

mod attribute_request;
mod attributes;
mod build;
mod commit;
mod config;
mod engine;
mod fence;
mod fitting;
mod fresh;
mod job;
mod latency;
mod main_thread;
mod mix;
mod model_delay;
mod perform;
mod rates;
mod settle_engine;
mod state;
mod superseded;
mod template;

pub use super::context::EngineContext;
pub use attribute_request::{AttributeRequest, Typed, no_model};
pub use config::{Config, Deadline, Fit, FormatError, MethodConfig, ModelConfig, ModelInfo, NoMethod};
pub use engine::thread_refused;
pub use main_thread::View;
pub use state::Reconciler;
