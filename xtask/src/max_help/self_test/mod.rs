//! The patches of the self-test, for Pd and for Max: `nn-selftest`, which a click starts, and `nn-selftest-auto`, which starts
//! when it is opened and quits its host. What they play is `nn_core::host_test::CHECKS`.
//!
//! Each check is a patch inside: it plays the sound, sends it through the box, records both into arrays, and asks the box
//! whether that is right. The names by which they hear of each other:
//!
//! | name | who sends | what |
//! |---|---|---|
//! | `nn-selftest-go` | a click, or the patch that starts by itself | a bang |
//! | `nn-selftest-boxes` | the patch, before it plays | `selftest begin` for every box |
//! | `nn-selftest-play` | the patch, when it plays | a bang |
//! | `nn-selftest-check` | the patch, when all was heard | a bang |
//! | `nn-selftest-results` | the boxes | what came of their checks |
//! | `nn-selftest-state`, `nn-selftest-path` | the patch with `nn.info` | what the window shows |
//! | `nn-selftest-done` | `nn.info`, when the report is written | 1, or 0 where a check failed |

mod max;
mod pd;
mod pd_patch;
mod plan;

#[cfg(test)]
pub use max::insides as max_insides;
pub use max::{auto as max_auto, sheet as max_sheet};
pub use pd::{auto as pd_auto, patch as pd_patch};
