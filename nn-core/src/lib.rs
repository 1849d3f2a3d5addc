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
//! - **Latency is constant** and the number that `latency` reports. A result that is late is counted and replaced by a
//!   fade to silence, never played late.
//! - **No call of the main thread waits for a model.** Loading, warming up and dropping happen on other threads.
//! - **What fails changes nothing**: after a failed `load` or `method` the box plays on as before.
//! - **Nothing panics into the host.** A panic on the audio thread makes that box silent; each host callback is guarded
//!   ([`AudioPort::play`](port::AudioPort::play) does it itself).
//!
//! Buffer 0, or [`HostContext::workers`](object::HostContext::workers) `false`, runs the model in the audio callback: what the
//! model does there is its own. Offline, messages and audio wait for the model, so that a rendering repeats bit for bit.
//!
//! # Threads
//!
//! Every function says who may call it, in a line `Thread: …` of its documentation or of that of its trait. Where the
//! types can say it, they do: what stays on the main thread is neither `Send` nor `Sync`, and what the audio thread may call
//! is a type that it alone gets.
//!
//! | says | is |
//! |---|---|
//! | `main` | the thread that made the box, on which the host has messages handled and its audio built. Takes moments |
//! | `audio` | the thread that has the [`port::AudioPort`]. Neither allocates, frees, locks, prints nor panics |
//! | `worker` | the thread of one box that runs its model |
//! | `loader` | the thread that loads, or another that nobody waits for. May take seconds |
//! | `owner` | whoever owns the model at the moment: loader, worker, or the audio callback of a box without a worker |
//! | `any` | all of them, the audio thread too |
//! | `any but audio` | all others: may allocate, lock, or ask the system |
//!
//! A box is made in two steps. [`object::NnObject::new`] makes it on the main thread, with its audio half
//! ([`port::Prepared`]). That half is attached where it will play, at once or when its model is ready
//! ([`port::Prepared::attach`]), which neither allocates nor waits; dropped, it goes back to be freed by its box.
//!
//! # Calls, in order
//!
//! | call | thread | when |
//! |---|---|---|
//! | [`NnObject::new`](object::NnObject::new) | main | a few milliseconds; inlets and outlets are right at once, the model loads in the background |
//! | [`Prepared::attach`](port::Prepared::attach) | any | once: the port is then the audio thread's |
//! | [`NnObject::prepare`](object::NnObject::prepare) | main | audio starts, or rate, block or channels change |
//! | [`AudioPort::play`](port::AudioPort::play) | audio | every block; or [`capture`](port::AudioPort::capture), then [`render`](port::AudioPort::render) |
//! | [`NnObject::handle`](object::NnObject::handle) | main | a message |
//! | [`NnObject::at_time`](object::NnObject::at_time), [`NnObject::poll`](object::NnObject::poll) | main | on a timer: often while [`pending`](object::NnObject::pending), rarely otherwise |
//! | [`NnObject::take_events`](object::NnObject::take_events) | main | after each of these, with no borrow of the box left: what receives an event may delete the box |
//! | `drop` of both halves | main; the port on any | the port first out of the host's audio; the worker ends by itself and is not waited for |
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
//!     object::{HostContext, HostFormat, NnObject},
//! };
//!
//! let context = HostContext {
//!     source: Arc::new(FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain))),
//!     loader: Loader::global(),
//!     workers: true,
//!     arrays: &NoArrays,
//!     default_buffer_frames: 4096,
//!     buffer_follows_model: false,
//!     messages_wait: true,
//!     offline: true,
//!     no_multichannel: None,
//!     joins_sound: false,
//!     name: None,
//!     rank: None,
//! };
//! let host = HostFormat { sample_rate_hz: 48_000.0, block_frames: 64 };
//! let find = |name: &str| Some(PathBuf::from(name));
//!
//! // [nn~ gain forward 128]
//! let arguments = [Atom::symbol("gain"), Atom::symbol("forward"), Atom::Int(128)];
//! let (mut object, prepared) = NnObject::new(BoxKind::Nn, context, host, &arguments, &find);
//! let mut audio = prepared.attach();
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

pub mod catalog_client;
pub mod creation;
pub mod doctor;
pub mod figures;
pub mod find_model;
pub mod formats;
pub mod frontend;
pub mod generation;
pub mod host_test;
pub mod info;
pub mod machine;
mod main_thread;
pub mod message;
pub mod object;
pub mod offline;
pub mod summary;

// Items of the crates below, named one by one: users of this project import this crate alone.

/// Copies of the host's arrays.
pub mod array {
    pub use nn_model::array::{ArrayFault, ArrayShape, Arrays, NoArrays};
}

/// Reads and checks a TorchScript file without libtorch.
pub mod archive {
    pub use nn_archive::{
        ArchiveError, Inspection, NEWEST_FORMAT, allowed_by_hand, describe, describe_at_once,
        describe_at_once_from, describe_from, inspect, inspect_from, tensors_are_stored, verify, verify_file,
    };

    /// What a model's code may call.
    pub mod operators {
        pub use nn_archive::operators::{ALL_VARIABLE, Refusal, all_are_allowed, allowed, guarded, listed};
    }
}

/// The model catalog.
#[cfg(feature = "catalog")]
pub mod catalog {
    pub use nn_catalog::{
        Cancel, Catalog, CatalogContext, CatalogError, CatalogReport, CatalogRequest, Requester,
        entry::CatalogEntry,
        listing::{Answered, Listing},
        manifest::{card_of, sha256},
        sources::Sources,
        store::{Store, digest},
        summary::{size, state},
    };

    /// Opens and reads regular files only: no device, no pipe.
    pub mod plain_file {
        pub use nn_catalog::plain_file::{open, read};
    }
}

/// Child processes with limits of time and output.
pub mod child {
    pub use nn_process::child::{Crash, Exit, Limits, Report, end_with_parent, run, say, this_program};
}

/// Runs the model, and reports to the main thread.
pub mod engine {
    /// Work that is watched for progress: after how much time without any it is given up.
    pub mod effort {
        pub use nn_process::effort::{
            Effort, Look, Meter, look_at_process, note_progress, used_by_this_thread,
        };
    }

    /// Process exit while threads may be inside a model.
    pub mod exit {
        pub use nn_process::exit::{PATIENCE, Presence, SHORT_PATIENCE, arm, set_patience};
    }

    /// The thread that loads models.
    pub mod loader {
        pub use nn_engine::loader::{LIMIT_VARIABLE, Loader, load_limit};
    }

    /// White noise that repeats.
    pub mod noise {
        pub use nn_engine::noise::noise;
    }

    /// What models print.
    pub mod prints {
        pub use nn_engine::prints::Kept;
    }

    /// Counters and switches of a box.
    pub mod status {
        pub use nn_engine::{
            counts::Counts,
            status::{LoadState, Status, Wait},
        };
    }
}

/// Models made of a few lines of Rust, to test everything above libtorch without it.
#[cfg(feature = "fake")]
pub mod fake {
    pub use nn_model::fake::{Behaviour, FakeFormat, FakeModel, FakeRuntime, FakeSource, UsedCopies};
}

/// Finds the buffer, input and attributes that a method needs, by trying.
pub mod fit {
    pub use nn_engine::fit::{Question, RUNS, Settings, Trial, attempt, messages, nearest, needed_first};

    /// What a method is given.
    pub mod input {
        pub use nn_engine::fit::input::{Content, Kind, input, kinds};
    }
}

/// Guards callbacks: a panic stops there and does not reach the host.
pub mod guard {
    pub use nn_process::guard::guarded;
}

/// Maps inlets and channels to examples and model channels, for every kind of box.
pub mod layout {
    pub use nn_engine::layout::{BoxKind, MAX_PORTS};
}

/// Memory of the process.
pub mod memory {
    pub use nn_process::memory::resident_mb;
}

/// What the engine needs from a model, whatever computes it.
pub mod model {
    pub use nn_model::{
        AttributeError, Device, ForkError, KernelFigures, LoadError, Model, ModelLocation, ModelSource,
        Place, Printed, RunAs, RunError, Runtime, Stamp, TensorView, TensorViewMut,
    };
}

/// MIDI for models.
pub mod midi {
    pub use nn_model::midi::{MidiParser, TimedMidi};
}

/// Whether boxes may use worker threads on this platform.
pub mod policy {
    pub use nn_process::policy::{WORKER_VARIABLE, workers_allowed};
}

/// The audio thread's half of a box.
pub mod port {
    pub use nn_engine::port::{AudioPort, Prepared, silence};

    /// Wakes the worker.
    pub mod wakeup {
        pub use nn_engine::port::wakeup::Wakeup;
    }

    /// Samples of one buffer.
    pub mod buffer {
        pub use nn_engine::port::buffer::{Buffer, BufferShape, Outcome};
    }

    /// The rings between the audio thread and the worker.
    pub mod transport {
        pub use nn_engine::port::transport::{RunInCallback, Transport, Waited, WorkerRings};
    }

    /// The host's memory, in either precision.
    pub mod sample {
        pub use nn_engine::port::sample::{Inputs, Outputs, Sample};
    }

    /// The audio of a box between two changes of format.
    pub mod stream {
        pub use nn_engine::port::stream::{Opening, Stream, StreamFormat, TooMuchMemory};
    }
}

/// What a call of a model did, and what the processor can do.
pub mod profile {
    pub use nn_model::profile::{
        Ceilings, ComputedBy, ConvolutionSite, Moment, Profile, Reason, Site, SiteKind,
    };
}

/// Priorities of threads.
pub mod priority {
    pub use nn_process::priority::{Rank, make_this_thread_ordinary};
}

/// Greatest common divisors and least common multiples.
pub mod ratio {
    pub use nn_model::ratio::{gcd, lcm};
}

/// Resampling between the host's rate and the model's.
pub mod resample {
    pub use nn_engine::resample::{Plan, Rates, Resampling, at_rate};
}

/// Makes texts of files, servers and models safe to show.
pub mod shown {
    pub use nn_model::shown::{escaped_json, escaped_yaml, is_hidden, path, plain, plain_lines, shortened};
}

/// What files of Neutone say of themselves beyond methods and attributes.
pub mod effect {
    pub use nn_model::effect::{
        MOST_PARAMETERS, Mix, MixSetting, ModelKind, Native, Parameter, ParameterKind, attribute_name,
    };
}

/// Models that make whole sounds.
pub mod generator {
    pub use nn_model::generator::{
        GenerateError, Generator, MOST_SAMPLES, Order, Progress, SettingError, Settings, SoundSpec, Sounds,
    };
}

/// What a model declares: methods and attributes.
pub mod spec {
    pub use nn_model::spec::{
        AttributeSpec, MAX_BUFFER_FRAMES, MAX_CHANNELS, MAX_RATIO, MethodSpec, ModelSpec, SpecError,
    };
}

/// The stacks of this project's own threads.
pub mod stack {
    pub use nn_process::stack::{CATALOG_BYTES, LOADER_BYTES, WORKER_BYTES, thread};
}

/// Legal buffer, latency and deadline.
pub mod timing {
    pub use nn_engine::timing::{
        HostFormat, Mode, Timing, auto_deadline, deadline_of, host_ran_on, legal_buffer,
    };
}

/// TorchScript models through libtorch.
#[cfg(feature = "torch")]
pub mod torch {
    pub use nn_torch_client::{Backend, BackendError, Library, TorchModel, TorchRuntime, VARIABLE};
}

/// What the system tells of the machine.
pub mod system {
    pub use nn_process::system::Memory;
}

/// Folders of the user.
pub mod user_dirs {
    pub use nn_process::user_dirs::{
        MODELS_VARIABLE, cache, documents, home, model_folders, named, named_models, settings, user_models,
    };
}

/// Values of attributes.
pub mod value {
    pub use nn_model::value::{SoundBuffer, Value, ValueType};
}
