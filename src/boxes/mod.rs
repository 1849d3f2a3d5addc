//! Boxes as a host makes them, for tools that play models: which model a word means, and a box that plays it.

mod choose;
mod start;

pub use choose::{Chosen, chosen, meant};
pub use start::{
    BLOCK_FRAMES, Settings, Stage, USUAL_BUFFER_FRAMES, addressed, chain, model_delay, one, settle,
    without_name,
};
