//! Resolves a path through modules, imports and re-exports.

use std::collections::BTreeSet;

use super::modules::{Modules, Way};

/// What a path leads to.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A module.
    Module(Way),
    /// An item, or something within it, in this file.
    Item(String),
}

/// Everything that a path may stand for: names of types, functions and macros are not told apart. `None` when the
/// module in which it stands does not know it.
type Ends = Option<BTreeSet<End>>;

/// The files that a path needs, seen from a module; none for other people's crates and local names.
pub fn files(modules: &Modules, from: &Way, path: &[String]) -> BTreeSet<String> {
    let mut search = Search { modules, seen: BTreeSet::new() };
    let mut files = BTreeSet::new();
    for end in search.path(from, path).into_iter().flatten() {
        match end {
            End::Module(way) => files.extend(modules.all[&way].iter().map(|part| part.file.clone())),
            End::Item(file) => drop(files.insert(file)),
        }
    }
    files
}

struct Search<'a> {
    modules: &'a Modules,
    /// Re-exports may lead in circles.
    seen: BTreeSet<(Way, Vec<String>)>,
}

/// No path that anybody writes has more words; one that grows through its own import does.
const WORDS: usize = 32;

impl Search<'_> {
    fn path(&mut self, from: &Way, path: &[String]) -> Ends {
        let (first, after) = path.split_first()?;
        match first.as_str() {
            "" => self.other(from, after).or_else(|| Some(BTreeSet::new())),
            "crate" => self.walk(&from[..1].to_vec(), after, true),
            "self" | "super" => {
                let mut at = from.clone();
                let mut rest = path;
                while let Some((word, after)) = rest.split_first() {
                    match word.as_str() {
                        "self" => {}
                        "super" if at.len() > 1 => drop(at.pop()),
                        "super" => return None,
                        _ => break,
                    }
                    rest = after;
                }
                self.walk(&at, rest, true)
            }
            _ => self.walk(from, path, false).or_else(|| self.other(from, path)),
        }
    }

    /// A path that begins with the name of a crate of this workspace.
    fn other(&mut self, from: &Way, path: &[String]) -> Ends {
        let (first, after) = path.split_first()?;
        if self.modules.own_names.contains(&(from[0].clone(), first.clone())) {
            return self.walk(&from[..1].to_vec(), after, true);
        }
        let library = self.modules.libraries.get(first)?;
        self.walk(library, after, true)
    }

    /// The rest of a path, from a module on. It is `certain` to lead somewhere when it has come into the module by name.
    fn walk(&mut self, at: &Way, rest: &[String], certain: bool) -> Ends {
        let Some((name, after)) = rest.split_first() else {
            return Some(BTreeSet::from([End::Module(at.clone())]));
        };
        if rest.len() > WORDS || !self.seen.insert((at.clone(), rest.to_vec())) {
            return None;
        }
        let parts = &self.modules.all[at];
        let mut ends = BTreeSet::new();
        let mut known = false;
        let child = [at.as_slice(), std::slice::from_ref(name)].concat();
        if self.modules.all.contains_key(&child) {
            known = true;
            ends.extend(self.walk(&child, after, true).into_iter().flatten());
        }
        // A function or a macro may have the name of a module.
        if !known || after.is_empty() {
            for part in parts {
                if part.own.contains(name) {
                    known = true;
                    ends.insert(End::Item(part.file.clone()));
                }
                for target in part.used.get(name).into_iter().flatten() {
                    known = true;
                    ends.extend(self.import(at, name, target, after).into_iter().flatten());
                }
            }
        }
        let exported = (at.len() == 1).then(|| self.modules.macros.get(&(at[0].clone(), name.clone())));
        if !known && let Some(files) = exported.flatten() {
            known = true;
            ends.extend(files.iter().cloned().map(End::Item));
        }
        if !known {
            for glob in parts.iter().flat_map(|part| &part.globs) {
                for end in self.path(at, glob).into_iter().flatten() {
                    if let End::Module(shown) = end
                        && let Some(found) = self.walk(&shown, rest, false)
                    {
                        known = true;
                        ends.extend(found);
                    }
                }
            }
        }
        if !known && certain {
            // A macro made it, since the code compiles.
            known = true;
            ends.extend(parts.iter().map(|part| End::Item(part.file.clone())));
        }
        known.then_some(ends)
    }

    /// A name that a module has by `use`, and what follows it.
    fn import(&mut self, at: &Way, name: &String, target: &[String], after: &[String]) -> Ends {
        let whole = [target, after].concat();
        if target.first() != Some(name) {
            return self.path(at, &whole);
        }
        // `use name::…` does not mean itself by its first word.
        let child = [at.as_slice(), std::slice::from_ref(name)].concat();
        if self.modules.all.contains_key(&child) {
            self.walk(&child, &whole[1..], true)
        } else {
            self.other(at, &whole)
        }
    }
}
