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

#[cfg(test)]
pub use max::insides as max_insides;
pub use max::{auto as max_auto, sheet as max_sheet};
pub use pd::{auto as pd_auto, patch as pd_patch};

use nn_core::host_test::{CHECKS, HostCheck};

/// After audio was switched on, the sound begins; after it began, all was heard; after that, all boxes have compared. In ms.
/// The sound lasts 3 s at 44.1 kHz.
const BEGIN_MS: usize = 1_500;
const HEARD_MS: usize = 5_000;
const COMPARED_MS: usize = 30_000;
/// A host whose patch does not come to its end is told to quit all the same.
const GIVEN_UP_MS: usize = 300_000;

/// What the window says.
const TITLE: &str =
    "nn~ self-test: plays every box of nn~ in this host, compares what was heard, and writes a report";
const STEPS: [&str; 4] = [
    "1. Click. It takes half a minute, and you hear a sentence that a neural codec speaks: mind the volume.",
    "2. The report is a text file. Its path appears below when it is written.",
    "3. Open an issue with that file on the project's page, whatever it says: the form \"Something does not work in a host\".",
    "The same lines are on the console. Close other patches and programs first: buffers that are late count as failures.",
];

/// A box, or boxes one after the other.
struct Group {
    checks: Vec<&'static HostCheck>,
}

impl Group {
    fn all() -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for check in &CHECKS {
            match check.after {
                Some(before) => {
                    let group = groups.iter_mut().find(|group| group.checks.iter().any(|c| c.name == before));
                    group.expect("a check comes after the one it follows").checks.push(check);
                }
                None => groups.push(Self { checks: vec![check] }),
            }
        }
        groups
    }

    fn name(&self) -> &'static str {
        self.checks[0].name
    }
}

/// The array with what was played to a group, and with what was heard of a check's channel.
fn played(group: &Group) -> String {
    format!("nn-selftest-{}-in", group.name())
}

fn heard(check: &HostCheck, channel: usize) -> String {
    format!("nn-selftest-{}-{}", check.name, channel + 1)
}

/// The message that has a box compare.
fn message(group: &Group, check: &HostCheck) -> String {
    let channels = check.outlets.iter().sum();
    let names: String = (0..channels).map(|channel| format!(" {}", heard(check, channel))).collect();
    format!("selftest check {} {}{names}", check.name, played(group))
}
