//! Runs a model beside the audio thread: what decides sizes and delays, what the host's callback calls, who computes, and
//! how a change comes true without a click.
//!
//! - Pure arithmetic: [`layout`] (inlets and channels), [`timing`] (buffer, latency, deadline), [`resample`] (to the
//!   model's rate and back).
//! - The audio thread: [`port`], and nothing else of this crate.
//! - The worker: [`runner`] owns the model, [`worker`] is its thread, [`slot`] its place in boxes without one.
//! - The loader's thread: [`loader`], and [`workshop`], which brings about the wanted configuration of a box.
//! - [`fit`]: which buffer, input and attributes a method needs, found by trying.
//!
//! It knows models only as [`nn_model::Model`], and neither hosts, nor messages, nor files' formats.

pub mod command;
pub mod counts;
pub mod fit;
pub mod layout;
pub mod loader;
pub mod neighbours;
pub mod noise;
pub mod port;
pub mod prints;
pub mod refusal;
pub mod resample;
mod run;
pub mod runner;
mod seam;
pub mod set_attributes;
pub mod slot;
pub mod status;
pub mod timing;
pub mod tools;
mod warm_up;
pub mod worker;
pub mod workshop;
