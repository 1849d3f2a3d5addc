//! Everything of the neural audio objects that is not a host.
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
//! ([`port::Prepared::attach`]), which takes neither memory nor time; let go, it goes back to be freed by its box.

pub mod creation;
pub mod desk;
pub mod info;
pub mod lookup;
mod main_thread;
pub mod message;
pub mod object;
pub mod pd_patch;
pub mod sheet;

// What stands below is of the crates beneath, named here one by one: who builds on this project imports this crate alone.

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

/// Models from elsewhere.
#[cfg(feature = "catalog")]
pub mod catalog {
    pub use nn_catalog::{
        Answer, Ask, Asker, CatalogError, Catalogue, Stop, Surroundings,
        card::Card,
        listing::{Answered, Listing},
        sources::Sources,
        store::{Store, digest},
        summary::{size, state},
    };

    /// Files that are read only where they are files: no device, no pipe.
    pub mod plain_file {
        pub use nn_catalog::plain_file::{open, read};
    }
}

/// Who runs the model, when, and how the host hears of it.
pub mod engine {
    /// Work that is watched: the time that counts when somebody is given up.
    pub mod effort {
        pub use nn_process::effort::{
            Effort, Look, Meter, look_at_process, note_progress, used_by_this_thread,
        };
    }

    /// Leaving, while threads may be inside a model.
    pub mod exit {
        pub use nn_process::exit::{PATIENCE, Presence, arm};
    }

    /// The thread that loads.
    pub mod loader {
        pub use nn_engine::loader::{LIMIT_VARIABLE, Loader, load_limit};
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
    pub use nn_model::fake::{Behaviour, FakeModel, FakeSource};
}

/// Which buffer, input and attributes a method needs to work, found by trying.
pub mod fit {
    pub use nn_engine::fit::{Question, RUNS, Settings, Trial, attempt, messages, nearest, needed_first};

    /// What a method is given.
    pub mod input {
        pub use nn_engine::fit::input::{Content, Kind, input, kinds};
    }
}

/// Callbacks that no panic leaves.
pub mod guard {
    pub use nn_process::guard::guarded;
}

/// (inlet, channel) to (example, model channel), for every kind of box.
pub mod layout {
    pub use nn_engine::layout::{BoxKind, MAX_PORTS};
}

/// How much memory the process holds.
pub mod memory {
    pub use nn_process::memory::resident_mb;
}

/// What every engine needs of a model, whoever computes it.
pub mod model {
    pub use nn_model::{
        AttributeError, Device, ForkError, KernelFigures, LoadError, Model, ModelSource, Place, RunError,
        Said, TensorView, TensorViewMut,
    };
}

/// What this platform allows.
pub mod policy {
    pub use nn_process::policy::{WORKER_VARIABLE, workers_allowed};
}

/// The audio thread's half of a box.
pub mod port {
    pub use nn_engine::port::{AudioPort, Prepared, silence};

    /// Wakes the worker.
    pub mod bell {
        pub use nn_engine::port::bell::Bell;
    }

    /// Samples of one buffer.
    pub mod frame {
        pub use nn_engine::port::frame::{Frame, FrameShape, Outcome};
    }

    /// The rings between the audio thread and the worker.
    pub mod link {
        pub use nn_engine::port::link::{Link, RunInCallback, Waited, WorkerRings};
    }

    /// The host's memory, in either precision.
    pub mod sample {
        pub use nn_engine::port::sample::{Inputs, Outputs, Sample};
    }

    /// What a box plays from one change of format to the next.
    pub mod stream {
        pub use nn_engine::port::stream::{Opening, Stream, StreamFormat, TooMuchMemory};
    }
}

/// Greatest common divisors and least common multiples.
pub mod ratio {
    pub use nn_model::ratio::{gcd, lcm};
}

/// Between the host's rate and the model's.
pub mod resample {
    pub use nn_engine::resample::{Plan, Rates, Resampling};
}

/// Texts of others as people may see them.
pub mod shown {
    pub use nn_model::shown::{escaped_json, escaped_yaml, is_hidden, plain, plain_lines, shortened};
}

/// What a model promises.
pub mod spec {
    pub use nn_model::spec::{
        AttributeSpec, MAX_BUFFER_FRAMES, MAX_CHANNELS, MAX_RATIO, MethodSpec, ModelSpec, SpecError,
    };
}

/// The stacks of this project's own threads.
pub mod stack {
    pub use nn_process::stack::{CATALOGUE_BYTES, LOADER_BYTES, WORKER_BYTES, thread};
}

/// Legal buffer, latency and deadline.
pub mod timing {
    pub use nn_engine::timing::{HostFormat, Mode, Timing, auto_deadline, legal_buffer, ran_on};
}

/// TorchScript models through libtorch.
#[cfg(feature = "torch")]
pub mod torch {
    pub use nn_torch_client::{Backend, BackendError, Library, TorchModel, TorchSource, VARIABLE};
}

/// Folders of this user and this machine.
pub mod user_dirs {
    pub use nn_process::user_dirs::{
        MODELS_VARIABLE, cache, home, model_folders, named, named_models, settings, user_models,
    };
}

/// Values of attributes.
pub mod value {
    pub use nn_model::value::{SoundBuffer, Value, ValueType};
}
