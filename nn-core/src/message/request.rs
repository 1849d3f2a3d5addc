//! Requests to a box.

use super::{atom::Atom, catalog::CatalogMessage};
use nn_engine::{reconcile::Deadline, status::Wait};
use nn_model::{TransportChange, effect::MixSetting};

/// A request to a box: a parsed message.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Stop or resume computation and sound.
    Enable(bool),
    /// Set an attribute.
    Set(String, Vec<Atom>),
    /// Whether attributes follow the arrays that they were set from.
    Track(bool),
    /// Read an attribute.
    Get(String),
    /// One value of the mix: a part from 0 to 1, or dB.
    Mix(MixSetting, f32),
    /// Everything about the box.
    Dump,
    /// The state of the box, in the order of nn~ 1.6.
    Bang,
    /// Latency through buffering.
    Latency,
    /// Counters and times.
    Stats,
    /// Whether to wait for results that are not there in time.
    Wait(Wait),
    /// Another model, and one of its methods if typed.
    Load {
        /// The name that was typed.
        model: String,
        /// The method, if it was typed.
        method: Option<String>,
    },
    /// The same file again.
    Reload,
    /// Another method of the model.
    Method(String),
    /// Another buffer, in samples; 0 is none.
    Bufsize(usize),
    /// A thread of its own for the model, or the audio callback.
    Worker(bool),
    /// The GPU or the CPU.
    Gpu(bool),
    /// The project's own kernels or libtorch's.
    Optimise(bool),
    /// The model at its own sample rate, or at the host's.
    Resample(bool),
    /// The state as it was after the load.
    Reset,
    /// Render whole sounds: names of arrays, perhaps seconds.
    Render(Vec<Atom>),
    /// Stop rendering.
    CancelRender,
    /// Bytes of MIDI, whole messages or parts.
    Midi(Vec<u8>),
    /// Tempo or place of the song.
    Transport(TransportChange),
    /// The interpreter of scripts; `None` for the usual one.
    Python(Option<String>),
    /// Whether scripts run in a process that no other box uses.
    Own(bool),
    /// Whether a model whose file changes is loaded again.
    Watch(bool),
    /// Seed the generator of random numbers.
    Seed(u64),
    /// After how much silence the model is left out, in ms; 0 for never.
    Idle(u32),
    /// Threads inside one call of the model.
    Threads(u32),
    /// How long the model may take once its buffer is full.
    Deadline(Deadline),
    /// Latency through buffering and the model's own delay.
    MeasureLatency,
    /// Channels of each outlet whatever the model; 0 lets them follow it.
    Channels(usize),
    /// Of the self-test of a host.
    SelfTest(SelfTest),
    /// Names of the attributes.
    GetAttributes,
    /// Names of the methods.
    GetMethods,
    /// A request to the model catalog.
    Catalog(CatalogMessage),
}

/// What the self-test of a host asks of a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelfTest {
    /// What is counted from now on belongs to it.
    Begin,
    /// Compare what was recorded.
    Check {
        /// The check's name.
        name: String,
        /// The array with the sound that was played, and those with what was heard.
        arrays: Vec<String>,
    },
}

/// Largest number that `threads` takes.
pub const MAX_THREADS: u32 = 64;
