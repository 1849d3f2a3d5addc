//! What both hosts' patches have in common.

use nn_core::host_test::{CHECKS, HostCheck};

/// After audio was switched on, the sound begins; after it began, all was heard; after that, all boxes have compared. In ms.
/// The sound lasts 3 s at 44.1 kHz.
pub const BEGIN_MS: usize = 1_500;
pub const HEARD_MS: usize = 5_000;
pub const COMPARED_MS: usize = 30_000;
/// A host whose patch does not come to its end is told to quit all the same.
pub const GIVEN_UP_MS: usize = 300_000;

/// What the window says.
pub const TITLE: &str =
    "nn~ self-test: plays every box of nn~ in this host, compares what was heard, and writes a report";
pub const STEPS: [&str; 4] = [
    "1. Click. It takes half a minute, and you hear a sentence that a neural codec speaks: mind the volume.",
    "2. The report is a text file. Its path appears below when it is written.",
    "3. Open an issue with that file on the project's page, whatever it says: the form \"Something does not work in a host\".",
    "The same lines are on the console. Close other patches and programs first: buffers that are late count as failures.",
];

/// A box, or boxes one after the other.
pub struct Group {
    pub checks: Vec<&'static HostCheck>,
}

impl Group {
    pub fn all() -> Vec<Self> {
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

    pub fn name(&self) -> &'static str {
        self.checks[0].name
    }
}

/// The array with what was played to a group, and with what was heard of a check's channel.
pub fn played(group: &Group) -> String {
    format!("nn-selftest-{}-in", group.name())
}

pub fn heard(check: &HostCheck, channel: usize) -> String {
    format!("nn-selftest-{}-{}", check.name, channel + 1)
}

/// The message that has a box compare.
pub fn message(group: &Group, check: &HostCheck) -> String {
    let channels = check.outlets.iter().sum();
    let names: String = (0..channels).map(|channel| format!(" {}", heard(check, channel))).collect();
    format!("selftest check {} {}{names}", check.name, played(group))
}
