//! How deep a file is nested, before libtorch reads it.
//!
//! libtorch reads, compiles, copies and frees by recursion and looks at no limit, so a file of a few kilobytes can use up
//! any stack, and with it the host. Here everything is counted that it descends by, by loops alone and in linear time:
//!
//! - inside one line of code: brackets of every kind, operators, attributes and calls in chains (`lines`);
//! - inside one function: blocks, and the statements that leave one early, each of which puts the rest into a block;
//! - between functions: what one mentions is read and compiled while it waits (`chains`);
//! - in pickles: objects inside each other, also by reference, and types written as texts (`pickles`);
//! - while it runs: values of the type `Any` that can grow with every turn of a loop (`units`).
//!
//! libtorch's lexer is followed exactly where it decides what is code; where it would stop, so does the count.

use std::io::{Read, Seek};

use super::{ArchiveError, code, container::Archive, pickle::Graph};

mod chains;
mod limits;
mod lines;
mod pickles;
mod units;

use limits::{MOST_CHAIN_BYTES, MOST_LEVELS, MOST_PICKLE_LEVELS};

/// Checks one pickle.
pub(super) fn check_pickle(entry: &str, graph: &Graph<'_>) -> Result<(), ArchiveError> {
    pickles::check(graph).map_err(|depth| match depth {
        pickles::Depth::Levels(found) => {
            let what = format!("the objects in {entry} are nested");
            ArchiveError::Nested { what, found, most: MOST_PICKLE_LEVELS }
        }
        pickles::Depth::Type(found) => {
            let what = format!("a type in {entry} is nested");
            ArchiveError::Nested { what, found, most: MOST_LEVELS }
        }
        pickles::Depth::Circle => ArchiveError::Endless { what: format!("an object in {entry}") },
    })
}

/// Checks all source.
pub(super) fn check_code<R: Read + Seek>(archive: &mut Archive<R>) -> Result<(), ArchiveError> {
    let mut program = chains::Program::default();
    code::each_source(archive, |entry, source| {
        for unit in units::read(source, &qualifier(entry)) {
            if unit.levels > MOST_LEVELS {
                let what = format!("the code of {} is nested", unit.title());
                return Err(ArchiveError::Nested { what, found: unit.levels, most: MOST_LEVELS });
            }
            if unit.grows() {
                return Err(ArchiveError::Endless {
                    what: format!("a value of type Any in {}", unit.title()),
                });
            }
            program.add(unit)?;
        }
        Ok(())
    })?;
    let (bytes, title) = program.heaviest();
    if bytes > MOST_CHAIN_BYTES {
        return Err(ArchiveError::Chain { what: title, found: bytes, most: MOST_CHAIN_BYTES });
    }
    Ok(())
}

/// `code/__torch__/a/b.py` holds what is called `__torch__.a.b.…`.
fn qualifier(entry: &str) -> String {
    let name = entry.strip_prefix("code/").unwrap_or(entry);
    name.strip_suffix(".py").unwrap_or(name).replace('/', ".")
}

#[cfg(test)]
mod tests;
