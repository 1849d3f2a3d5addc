//! SuperCollider's C interface (API version 3: 3.9 to 3.14), declared by hand.
//!
//! Only what is used. Layouts are asserted here, and held against the installed headers by `tests/headers`.

mod message;
mod rate;
mod table;
mod unit;
mod world;

pub use message::{Argument, Arguments, MessageIterator};
pub use rate::Rate;
pub use table::{AsyncStage, CleanUp, InterfaceTable, PlugInCommand, UnitFunction};
pub use unit::{CALC_RATE_AUDIO, CALC_RATE_SCALAR, Calc, Graph, Node, Unit, Wire};
pub use world::{SoundBufferHeader, World};

/// The version of the interface that is declared here.
pub const API_VERSION: i32 = 3;
