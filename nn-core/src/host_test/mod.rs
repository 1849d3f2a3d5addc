//! The self-test of a host: its patch plays the package's sound through boxes, records what each of them plays into arrays,
//! and each box says whether that is right. `nn.info` collects what they say, asks the doctor, and writes one report.
//!
//! Here is what is compared and written; the same for every host. What a box plays without a host is the doctor's matter
//! (`doctor::self_test`).
//!
//! [`CHECKS`] is the list: the patches are generated from it, the boxes look up what should be heard, and the report says
//! what is missing of it.

mod checks;
mod dropouts;
mod exact;
mod judge;
mod levels;
mod outcome;
mod peaks;
mod recording;
mod report;
mod sine;

pub use checks::{CHECKS, Expected, HostCheck, INFO, INFO_METHODS, check};
pub use judge::judge;
pub use levels::{Levels, levels};
pub use outcome::{Outcome, Verdict};
pub use recording::Recording;
pub use report::{FILE, Report};
