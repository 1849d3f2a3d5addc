//! Boxes as a host makes them, for tools that play models: which model a word means, and a box that plays it.

mod choose;
mod latency;
mod start;
mod values;

pub use choose::{Chosen, chosen, generator, located, meant};
pub use latency::{Latency, latencies};
pub use start::{
    BLOCK_FRAMES, ModelDelay, Settings, Stage, USUAL_BUFFER_FRAMES, addressed, chain, model_delay, one,
    settle, without_name,
};
pub use values::{AttributeValue, attribute_values};
