//! Sound files: read in the formats that players have, written, measured and compared. Nothing here knows models.

mod compare;
mod ending;
mod fault;
mod levels;
mod read;
mod whole;
mod write;

pub use compare::{Difference, difference};
pub use ending::ending;
pub use fault::{SoundFault, is_full};
pub use levels::Levels;
pub use read::{ENDINGS, SoundReader};
pub use whole::read_whole;
pub use write::{SoundFormat, SoundShape, SoundWriter};
