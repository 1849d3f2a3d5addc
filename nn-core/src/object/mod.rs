//! What a box is, without a host. Frontends translate to and from it and hold no logic.
//!
//! Main thread only. The calls in order: [`NnObject::new`] (a few milliseconds: inlets and outlets are right at once,
//! the model loads in the background), [`NnObject::prepare`] when the host switches audio on or changes its format,
//! [`NnObject::handle`] for messages, then [`NnObject::look`], [`NnObject::poll`] on a timer,
//! [`NnObject::take_events`] after each of them. Dropping it detaches its worker and never waits.

mod answers;
mod arrays;
mod box_attribute;
mod channels;
mod create;
mod environment;
mod load;
mod nn_object;
mod replies;
mod requests;
mod settings;
mod settle;
mod sheet;
mod told;
mod voice;

pub use crate::lookup::{Find, Places};
pub use box_attribute::{AttributeKind, BOX_ATTRIBUTES, BoxAttribute};
pub use environment::Environment;
pub use nn_engine::timing::HostFormat;
pub use nn_object::NnObject;
