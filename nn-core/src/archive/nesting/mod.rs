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
//!
//! # What the limits rest on
//! Stack that libtorch 2.13 uses for a level, on Linux x86-64, told by the resident pages of a thread's stack: a list
//! 3.0 kB, a call 2.1, a dictionary 2.2, a comprehension 2.2, a type 2.1, a bracket or a choice 1.4, `~` 1.7, `for` 1.7,
//! `if` and `while` 1.1, `and` 1.1, a sum, power or comparison 0.9, a subscript or method in a chain 0.6, `not` 0.7,
//! `-`, `if … else` and `elif` 0.4, an attribute 0.13; a method that calls the next 5.2, a function 5.5, a class whose
//! method mentions the next 9.0, one whose attribute is the next 3.1; an object inside an object 1.1 when it is copied,
//! a list, tuple or dictionary 0.4. A type in a pickle 2.1. Everything below counts more than that.

use std::io::{Read, Seek};

use super::{ArchiveError, code, container::Archive, pickle::Graph};

mod chains;
mod lines;
mod pickles;
mod units;

/// Levels inside one function, its blocks, brackets and operators together. The deepest of all models of this project and
/// of those that others export (RAVE, vschaos, AFTER, msprior, Neutone) has 10.
const MOST_LEVELS: u64 = 200;
/// Levels of a pickle. The deepest of the same models, a RAVE, has 35.
const MOST_PICKLE_LEVELS: u64 = 256;
/// Stack for everything that waits for each other while a model is compiled. The same models need up to 0.6 MiB by this
/// count. libtorch runs there on [`LOADER_BYTES`](crate::stack::LOADER_BYTES), which is more than twice as much.
pub(super) const MOST_CHAIN_BYTES: u64 = 6 << 20;

const _: () = assert!(MOST_CHAIN_BYTES * 2 <= crate::stack::LOADER_BYTES as u64);

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
