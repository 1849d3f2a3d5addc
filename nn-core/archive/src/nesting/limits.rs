//! How deep a file may be nested.
//!
//! # What the limits rest on
//! Stack that libtorch 2.13 uses for a level, on Linux x86-64, measured by the resident pages of a thread's stack: a
//! list 3.0 kB, a call 2.1, a dictionary 2.2, a comprehension 2.2, a type 2.1, a bracket or a choice 1.4, `~` 1.7,
//! `for` 1.7, `if` and `while` 1.1, `and` 1.1, a sum, power or comparison 0.9, a subscript or method in a chain 0.6,
//! `not` 0.7, `-`, `if … else` and `elif` 0.4, an attribute 0.13; a method that calls the next 5.2, a function 5.5, a
//! class whose method mentions the next 9.0, one whose attribute is the next 3.1; an object inside an object 1.1 when
//! it is copied, a list, tuple or dictionary 0.4. A type in a pickle 2.1. What is counted
//! for them is more than that.

/// Levels inside one function, its blocks, brackets and operators together. The deepest of all models of this project and
/// of those that others export (RAVE, vschaos, AFTER, msprior, Neutone) has 10.
pub(super) const MOST_LEVELS: u64 = 200;
/// Levels of a pickle. The deepest of the same models, a RAVE, has 35.
pub(super) const MOST_PICKLE_LEVELS: u64 = 256;
/// Stack for everything that waits for each other while a model is compiled. The same models need up to 0.6 MiB by this
/// count. libtorch runs there on [`LOADER_BYTES`](nn_process::stack::LOADER_BYTES), which is more than twice as much.
pub(super) const MOST_CHAIN_BYTES: u64 = 6 << 20;

const _: () = assert!(MOST_CHAIN_BYTES * 2 <= nn_process::stack::LOADER_BYTES as u64);
