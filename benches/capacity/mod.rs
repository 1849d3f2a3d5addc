//! How many boxes of a model this machine plays in real time before the first late buffer.
//!
//! One host thread calls all boxes, as Pd does; every box has a worker of its own. The number doubles until a try of a
//! few seconds has a late or dropped buffer, or blocks that the host thread could not finish in time; then the range is
//! halved. The other side is what the processor time of one box would allow if all cores did nothing else.

use crate::common;

mod measure;

pub use measure::run;
