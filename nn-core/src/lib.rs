//! Everything of the neural audio objects that is not a host.
//!
//! A frontend is a translation: host calls into the calls below, [`Event`](message::Event)s into the host's console and
//! outlets. A box has two halves. [`NnObject`](object::NnObject) lives on the host's main thread, [`AudioPort`](port::AudioPort)
//! on its audio thread; they share nothing that either would have to wait for.
//!
//! # Guarantees
//!
//! With a worker thread, and outside offline rendering:
//!
//! - **The audio thread never waits, allocates, frees, locks, prints or panics.** [`AudioPort::play`](port::AudioPort::play)
//!   copies samples, fades, and at most wakes the worker. Errors there are counters in [`Status`](engine::status::Status).
//! - **Every output sample is written in every block**, and none is NaN or infinite.
//! - **Latency is constant** and the number that `latency` tells. A result that is late is counted and replaced by a fade
//!   to silence, never played late.
//! - **No call of the main thread waits for a model.** Loading, warming up and dropping happen on other threads.
//! - **What fails changes nothing**: after a failed `load` or `method` the box plays on as before.
//! - **Nothing panics into the host.** A panic on the audio thread makes that box silent; each host callback is guarded
//!   ([`AudioPort::play`](port::AudioPort::play) does it itself).
//!
//! Buffer 0, or [`Environment::workers`](object::Environment::workers) `false`, runs the model in the audio callback: what the
//! model does there is its own. Offline, messages and audio wait for the model, so that a rendering repeats bit for bit.
//!
//! # Calls, in order
//!
//! | call | thread | when |
//! |---|---|---|
//! | [`NnObject::new`](object::NnObject::new) | main | a few milliseconds; inlets and outlets are right at once, the model loads in the background |
//! | [`NnObject::prepare`](object::NnObject::prepare) | main | audio starts, or rate, block or channels change |
//! | [`AudioPort::play`](port::AudioPort::play) | audio | every block; or [`capture`](port::AudioPort::capture), then [`render`](port::AudioPort::render) |
//! | [`NnObject::handle`](object::NnObject::handle) | main | a message |
//! | [`NnObject::at_time`](object::NnObject::at_time), [`NnObject::poll`](object::NnObject::poll) | main | on a timer: often while [`pending`](object::NnObject::pending), rarely otherwise |
//! | [`NnObject::take_events`](object::NnObject::take_events) | main | after each of these, with no borrow of the box left: what hears an event may delete the box |
//! | `drop` of both halves | main | the port first out of the host's audio; the worker leaves by itself and is not waited for |
//!
//! # Example
//!
//! The engine without a host; `examples/embed.rs` is a longer one.
//!
//! ```
//! # #[cfg(not(feature = "fake"))]
//! # fn main() {}
//! # #[cfg(feature = "fake")]
//! # fn main() {
//! use std::{path::PathBuf, sync::Arc};
//!
//! use nn_core::{
//!     array::NoArrays,
//!     engine::loader::Loader,
//!     fake::{Behaviour, FakeModel, FakeSource},
//!     layout::BoxKind,
//!     message::Atom,
//!     object::{Environment, HostFormat, NnObject},
//! };
//!
//! let environment = Environment {
//!     source: Arc::new(FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain))),
//!     loader: Loader::global(),
//!     workers: true,
//!     arrays: &NoArrays,
//!     default_buffer_frames: 4096,
//!     buffer_follows_model: false,
//!     messages_wait: true,
//!     offline: true,
//!     no_multichannel: None,
//! };
//! let host = HostFormat { sample_rate_hz: 48_000.0, block_frames: 64 };
//! let find = |name: &str| Some(PathBuf::from(name));
//!
//! // [nn~ gain forward 128]
//! let arguments = [Atom::symbol("gain"), Atom::symbol("forward"), Atom::Int(128)];
//! let (mut object, mut audio) = NnObject::new(BoxKind::Nn, environment, host, &arguments, &find);
//! object.prepare(host, 0.0);
//! object.handle("set", &[Atom::symbol("gain"), Atom::Float(0.5)], &find);
//!
//! let inputs = vec![vec![1.0_f32; 64]; object.inlets()];
//! let mut outputs = vec![vec![0.0_f32; 64]; object.outlets()];
//! for _ in 0..20 {
//!     audio.play(64, &inputs, &mut outputs);
//!     object.poll(true);
//! }
//! assert!(outputs[0].iter().all(|sample| *sample == 0.5), "{outputs:?} {:?}", object.take_events());
//! # }
//! ```

pub mod archive;
pub mod array;
pub mod attribute;
#[cfg(feature = "catalog")]
pub mod catalog;
pub mod creation;
pub mod desk;
pub mod door;
pub mod engine;
#[cfg(feature = "fake")]
pub mod fake;
pub mod fit;
pub mod info;
pub mod layout;
pub mod lookup;
pub mod memory;
pub mod message;
pub mod model;
pub mod object;
pub mod pd_patch;
pub mod places;
pub mod policy;
pub mod port;
pub mod ratio;
pub mod resample;
pub mod sheet;
pub mod shown;
pub mod spec;
pub mod stack;
pub mod timing;
#[cfg(feature = "torch")]
pub mod torch;
pub mod value;
