//! Whether a type of ours may stand for one of the header's.

use crate::interface::Interface;
use crate::kind::{Kind, Signature};
use crate::table::Table;

/// Which way a value goes: what may be written through a pointer depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From us to the host.
    In,
    /// From the host to us.
    Out,
}

/// Both sides, and what is called how.
pub struct Pair<'a> {
    pub ours: &'a Interface,
    pub theirs: &'a Interface,
    pub table: &'a Table,
}

impl Pair<'_> {
    /// Whether a value of our type is one of theirs.
    pub fn fits(&self, ours: &Kind, theirs: &Kind, way: Way) -> bool {
        match (ours, theirs) {
            // Code that is called with whatever arguments it has.
            (Kind::Pointer { to, .. }, Kind::Function(_)) => **to == Kind::Void,
            (Kind::Pointer { to, writable }, Kind::Pointer { to: their_to, writable: their_writable }) => {
                let rights = match way {
                    Way::In => *writable || !their_writable,
                    Way::Out => !writable || *their_writable,
                };
                rights && self.points_to(to, their_to)
            }
            (Kind::Function(ours), Kind::Function(theirs)) => self.difference(ours, theirs).is_none(),
            (Kind::Named(ours), Kind::Named(theirs)) => self.is_called(ours, theirs),
            (Kind::Int { bytes, .. }, Kind::Named(name)) => self.theirs.enums.get(name) == Some(bytes),
            (Kind::Array { of, count }, Kind::Array { of: their_of, count: their_count }) => {
                count == their_count && self.fits(of, their_of, way)
            }
            _ => ours == theirs,
        }
    }

    /// What a pointer points to may be left open by either side.
    fn points_to(&self, ours: &Kind, theirs: &Kind) -> bool {
        match (ours, theirs) {
            (Kind::Void, _) | (_, Kind::Void) => true,
            // What is written and read behind a pointer goes both ways.
            (Kind::Pointer { to, .. }, Kind::Pointer { to: their_to, .. }) => self.points_to(to, their_to),
            _ => self.fits(ours, theirs, Way::In),
        }
    }

    /// Whether a row says that these are the same.
    fn is_called(&self, ours: &str, theirs: &str) -> bool {
        self.table.rows.iter().any(|row| row.ours == ours && row.theirs.contains(&theirs))
    }

    /// What is different between two signatures.
    pub fn difference(&self, ours: &Signature, theirs: &Signature) -> Option<String> {
        let (count, their_count) = (ours.arguments.len(), theirs.arguments.len());
        if count != their_count {
            return Some(format!("{count} arguments, the header has {their_count}"));
        }
        if ours.variadic != theirs.variadic {
            return Some("one side takes any number of further arguments, the other does not".to_owned());
        }
        let mut arguments = ours.arguments.iter().zip(&theirs.arguments).enumerate();
        let wrong = arguments.find(|(_, (ours, theirs))| !self.fits(ours, theirs, Way::In));
        if let Some((at, (ours, theirs))) = wrong {
            return Some(format!("argument {}: {ours:?}, the header has {theirs:?}", at + 1));
        }
        let fits = self.fits(&ours.result, &theirs.result, Way::Out);
        (!fits).then(|| format!("the result: {:?}, the header has {:?}", ours.result, theirs.result))
    }
}
