//! Why a model is refused for what its code calls.

use std::fmt;

use super::{list, permission::ALL_VARIABLE};

/// The version of libtorch whose operators the list has.
const LIBTORCH: &str = "2.13";

/// Something that the code of a file calls and that models may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The operator (`aten::from_file`), or the class of C++ (`torch.classes.audio.Reader`).
    pub what: String,
    /// The function that calls it: `Model.forward`.
    pub place: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, place } = self;
        let trusted = format_args!("if you trust its source, start the host with {ALL_VARIABLE}=1");
        match list::group_of(what) {
            Some(group) => {
                let reason = group.reason;
                write!(f, "{place} calls {what}, which {reason}; models may only compute: {trusted}")
            }
            None if what.starts_with("torch.classes") => {
                write!(f, "{place} uses {what}, which is written in C++; models may only compute: {trusted}")
            }
            None if what.starts_with("aten::") || what.starts_with("prim::") => {
                let cure = format_args!("export it with torch {LIBTORCH}, or without that");
                write!(f, "{place} calls {what}, which libtorch {LIBTORCH} does not have: {cure}")
            }
            None if what.contains("::") => {
                write!(f, "{place} calls {what}, which is not of libtorch's core: export it without that")
            }
            None => write!(f, "{place} uses {what} in a way that exports do not: export it again"),
        }
    }
}

/// What is said of a model that is allowed to call these by hand.
pub(in super::super) fn warning(refusals: &[Refusal]) -> Option<String> {
    let calls: Vec<_> = refusals.iter().map(|Refusal { what, place }| format!("{what} ({place})")).collect();
    (!calls.is_empty()).then(|| format!("it calls {}, allowed because {ALL_VARIABLE} is 1", calls.join(", ")))
}

impl Refusal {
    /// Whether it is not of the list at all: perhaps of a newer libtorch.
    pub(in super::super) fn is_unknown(&self) -> bool {
        !list::listed(&self.what) && self.what.starts_with("aten::")
    }
}
