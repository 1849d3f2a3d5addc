//! What the backend's own convolutions give: processor time of a call with them against libtorch's own path.
//!
//! Two forks of one model that share its weights, one of them with `set_optimise(false)`, called on one thread in
//! turns of some calls each, so that each side finds its own weights in the caches, as in a stream. The first calls of
//! a turn do not count. Both sides get the same input and the same random numbers; the largest difference of their
//! outputs is shown.

use crate::common;

mod measure;

pub use measure::run;
