//! Everything of the neural audio objects that is not a host.

pub mod creation;
pub mod desk;
pub mod info;
pub mod lookup;
pub mod message;
pub mod object;
pub mod pd_patch;
pub mod sheet;

// What stands below is of the crates beneath, named here one by one: who builds on this project imports this crate alone.

/// Copies of the host's arrays.
pub mod array {
    pub use nn_model::array::{ArrayFault, ArrayShape, Arrays, MOST_SAMPLES, NoArrays};
}

/// Reads and checks a TorchScript file without libtorch.
pub mod archive {
    pub use nn_archive::{
        ArchiveError, Inspection, NEWEST_FORMAT, allowed_by_hand, describe, describe_at_once,
        describe_at_once_from, describe_from, inspect, inspect_from, operators, tensors_are_stored, verify,
        verify_file,
    };
}

/// Models from elsewhere.
#[cfg(feature = "catalog")]
pub mod catalog {
    pub use nn_catalog::{
        Answer, Ask, Asker, CatalogError, Catalogue, Stop, Surroundings, listing, plain_file, sources, store,
        summary,
    };
}

/// Who runs the model, when, and how the host hears of it.
pub mod engine {
    pub use nn_engine::{loader, prints, status};
    pub use nn_process::{effort, exit};
}

/// Models made of a few lines of Rust, to test everything above libtorch without it.
#[cfg(feature = "fake")]
pub mod fake {
    pub use nn_model::fake::{Behaviour, FakeModel, FakeSource};
}

/// Which buffer, input and attributes a method needs to work, found by trying.
pub mod fit {
    pub use nn_engine::fit::{
        Question, RUNS, Settings, Trial, attempt, input, messages, nearest, needed_first,
    };
}

/// (inlet, channel) to (example, model channel), for every kind of box.
pub mod layout {
    pub use nn_engine::layout::{BoxKind, MAX_PORTS};
}

/// What every engine needs of a model, whoever computes it.
pub mod model {
    pub use nn_model::{
        AttributeError, Device, ForkError, KernelFigures, LoadError, Model, ModelSource, Place, RunError,
        Said, TensorView, TensorViewMut,
    };
}

/// The audio thread's half of a box.
pub mod port {
    pub use nn_engine::port::{AudioPort, bell, frame, link, sample, silence, stream};
}

/// Between the host's rate and the model's.
pub mod resample {
    pub use nn_engine::resample::{Plan, Rates, Resampling};
}

/// What a model promises.
pub mod spec {
    pub use nn_model::spec::{
        AttributeSpec, MAX_BUFFER_FRAMES, MAX_CHANNELS, MAX_RATIO, MethodSpec, ModelSpec, SpecError,
    };
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

/// Values of attributes.
pub mod value {
    pub use nn_model::value::{SoundBuffer, Value, ValueType};
}

pub use nn_model::{ratio, shown};
pub use nn_process::{guard, memory, policy, stack, user_dirs};
