//! Runs a model beside the audio thread: what decides sizes and delays, what the host's callback calls, who computes, and
//! how a change takes effect without a click.
//!
//! - Pure arithmetic: [`layout`] (inlets and channels), [`timing`] (buffer, latency, deadline), [`resample`] (to the
//!   model's rate and back).
//! - The audio thread: [`port`], and nothing else of this crate.
//! - The worker: [`runner`] owns the model, [`worker`] is its thread, [`inline`] its place in boxes without one.
//! - The loader's thread: [`loader`], and [`reconcile`], which carries out the wanted configuration of a box.
//! - [`fit`]: which buffer, input and attributes a method needs, found by trying.
//!
//! It knows models only as [`nn_model::Model`], and neither hosts, nor messages, nor files' formats.

pub mod command;
pub mod contention;
pub mod context;
pub mod counts;
mod crossfade;
pub mod fit;
mod idle;
mod inference;
pub mod inline;
mod last_input;
pub mod layout;
pub mod loader;
mod midi;
mod mix_settings;
pub mod noise;
pub mod port;
pub mod prints;
pub mod reconcile;
pub mod refusal;
pub mod resample;
pub mod runner;
pub mod set_attributes;
pub mod status;
pub mod timing;
mod warm_up;
pub mod worker;
