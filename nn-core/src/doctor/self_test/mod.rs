//! Two models played for two seconds without a host, in real time: whether they load, whether their sound is right, and
//! whether it is there in time.

mod compare;
mod model;
mod play;
mod played;
mod sound;

pub use model::MODELS;
pub use play::{SelfTest, play, to_store};
pub use played::{Played, Samples, check, not_played};
