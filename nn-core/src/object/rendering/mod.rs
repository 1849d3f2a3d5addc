//! The parts of a rendering: what was asked, the arrays that are read, the generation, the arrays that are written.

mod order;
mod reading;
mod under_way;
mod writing;

pub(super) use self::{
    order::{RenderOrder, understand},
    reading::{PIECE_FRAMES, Reading},
    under_way::{Rendering, Stage},
    writing::{Writing, Written},
};
