//! What a box is, without a host. Frontends translate to and from it and hold no logic.
//!
//! Main thread only. The calls in order: [`NnObject::new`] (a few milliseconds: inlets and outlets are right at once,
//! the model loads in the background), [`NnObject::prepare`] when the host switches audio on or changes its format,
//! [`NnObject::handle`] for messages, then [`NnObject::look`]; on a timer [`NnObject::at_time`], then
//! [`NnObject::poll`]; [`NnObject::take_events`] after each of them. Dropping it detaches its worker and never waits.

mod arrays;
mod box_attribute;
mod channels;
mod console;
mod context;
mod create;
mod follow;
mod generator;
mod generator_box;
mod host_checks;
mod host_testing;
mod load;
mod mix;
mod nn_object;
mod parameters;
mod queries;
mod question;
mod questions;
mod render;
mod rendering;
mod replies;
mod reported;
mod requests;
mod scripts;
mod settings;
mod settle;
mod summary;
mod watching;

pub use crate::find_model::{Find, SearchPath};
pub use box_attribute::BOX_ATTRIBUTES;
pub use context::HostContext;
pub use nn_engine::timing::HostFormat;
pub use nn_object::NnObject;
