//! The modules of all crates: their files, their items, and what they re-export.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, UseTree, ext::IdentExt};

use super::{locals::Locals, names};

/// A module's way: the root file of its crate, and the modules from there on.
pub type Way = Vec<String>;

/// All crates (and tests, benchmarks, programs).
#[derive(Default)]
pub struct Modules {
    /// The parts of each module: several where the platform chooses between files, or one includes another.
    pub all: BTreeMap<Way, Vec<Module>>,
    /// The roots of libraries, by the names that other crates use.
    pub libraries: BTreeMap<String, Way>,
    /// Root files, and the names that `extern crate self as name` gives to the crate within itself.
    pub own_names: BTreeSet<(String, String)>,
    /// The files that have the macros of a crate, by its root file and the macro's name.
    pub macros: BTreeMap<(String, String), BTreeSet<String>>,
}

/// One module, or the part of it that stands in one file.
#[derive(Default)]
pub struct Module {
    /// From the workspace's folder.
    pub file: String,
    /// Names of its own items, macros among them.
    pub own: BTreeSet<String>,
    /// Names that it has by `use`, and the paths that they stand for: several where the platform chooses.
    pub used: BTreeMap<String, BTreeSet<Vec<String>>>,
    /// Modules and enums all of whose names it has by `use`.
    pub globs: BTreeSet<Vec<String>>,
    /// Its items, those of modules within the file excepted.
    pub items: Vec<Item>,
    /// Files whose text it includes as an expression.
    pub included: Vec<String>,
}

impl Module {
    /// Takes an item that is no module; what its functions hold within goes to `locals`.
    pub fn add(&mut self, item: Item, locals: &mut Locals) {
        match item {
            Item::Use(item) => self.add_use(&item),
            Item::ExternCrate(item) => {
                // `extern crate self as name` is noted for the whole crate.
                if let (Some((_, rename)), true) = (&item.rename, item.ident != "self") {
                    let path = vec![String::new(), item.ident.unraw().to_string()];
                    self.used.entry(rename.unraw().to_string()).or_default().insert(path);
                }
            }
            item => {
                locals.look(&item);
                self.own.extend(names::of(&item));
                self.items.push(item);
            }
        }
    }

    /// Notes the names of a `use`.
    pub fn add_use(&mut self, item: &syn::ItemUse) {
        // A path that begins with `::` has an empty first word here.
        let mut before = if item.leading_colon.is_some() { vec![String::new()] } else { Vec::new() };
        self.add_tree(&item.tree, &mut before);
    }

    fn add_tree(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.unraw().to_string());
                self.add_tree(&path.tree, before);
                before.pop();
            }
            UseTree::Name(name) if name.ident == "self" => {
                self.add_used(before.last().cloned().unwrap_or_default(), before.clone());
            }
            UseTree::Name(name) => {
                let name = name.ident.unraw().to_string();
                self.add_used(name.clone(), [before.as_slice(), &[name]].concat());
            }
            UseTree::Rename(rename) => {
                let mut path = before.clone();
                if rename.ident != "self" || path.is_empty() {
                    path.push(rename.ident.unraw().to_string());
                }
                // Several may be called `_`; no path leads through them.
                self.add_used(rename.rename.unraw().to_string(), path);
            }
            UseTree::Glob(_) => drop(self.globs.insert(before.clone())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(tree, before)),
        }
    }

    fn add_used(&mut self, name: String, path: Vec<String>) {
        self.used.entry(name).or_default().insert(path);
    }
}
