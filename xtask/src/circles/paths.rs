//! From the paths in a file to the files that they lead to.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::{
    graph::Edges,
    modules::{Module, Modules, Way},
};

/// Which file needs which.
pub fn edges(modules: &Modules) -> Edges {
    let mut edges = Edges::new();
    for (way, module) in &modules.all {
        let mut paths = Paths::default();
        module.items.iter().for_each(|item| paths.visit_item(item));
        paths.found.extend(module.used.values().cloned());
        let ends = paths.found.iter().filter_map(|path| end(modules, way, path, 0));
        let globs = module.globs.iter().filter_map(|path| {
            let (module, rest) = start(modules, way, path)?;
            walk_modules(modules, module, rest).map(|at| modules.all[&at].file.clone())
        });
        let needed = edges.entry(module.file.clone()).or_default();
        needed.extend(ends.chain(globs).filter(|file| *file != module.file));
    }
    edges
}

/// How far re-exports are followed.
const DEPTH: usize = 16;

/// The file of the item that a path leads to, seen from a module; none for other crates and local names.
fn end(modules: &Modules, from: &Way, path: &[String], depth: usize) -> Option<String> {
    if depth > DEPTH {
        return None;
    }
    let (mut at, mut rest) = start(modules, from, path)?;
    loop {
        let module = &modules.all[&at];
        let Some((name, after)) = rest.split_first() else { return Some(module.file.clone()) };
        let child = [at.as_slice(), std::slice::from_ref(name)].concat();
        if modules.all.contains_key(&child) {
            (at, rest) = (child, after);
        } else if module.own.contains(name) {
            return Some(module.file.clone());
        } else {
            return shown(modules, module, &at, name, after, depth);
        }
    }
}

/// A name that a module has by `use`.
fn shown(
    modules: &Modules,
    module: &Module,
    at: &Way,
    name: &String,
    after: &[String],
    depth: usize,
) -> Option<String> {
    if let Some(target) = module.used.get(name) {
        // `use x;` of another crate's name must not lead to itself.
        return (target.as_slice() != std::slice::from_ref(name))
            .then(|| end(modules, at, &[target, after].concat(), depth + 1))?;
    }
    module.globs.iter().find_map(|glob| {
        let whole = [glob.as_slice(), std::slice::from_ref(name), after].concat();
        end(modules, at, &whole, depth + 1)
    })
}

/// The module in which a path begins, and what is left of it.
fn start<'a>(modules: &Modules, from: &Way, path: &'a [String]) -> Option<(Way, &'a [String])> {
    let (first, after) = path.split_first()?;
    match first.as_str() {
        "crate" => Some((Vec::new(), after)),
        "self" | "super" => {
            let mut at = from.clone();
            let mut rest = path;
            while let Some((word, after)) = rest.split_first() {
                match word.as_str() {
                    "self" => {}
                    "super" => drop(at.pop()?),
                    _ => break,
                }
                rest = after;
            }
            modules.all.contains_key(&at).then_some((at, rest))
        }
        _ => Some((from.clone(), path)),
    }
}

/// A path that names modules only.
fn walk_modules(modules: &Modules, mut at: Way, path: &[String]) -> Option<Way> {
    for (index, name) in path.iter().enumerate() {
        let child = [at.as_slice(), std::slice::from_ref(name)].concat();
        if modules.all.contains_key(&child) {
            at = child;
            continue;
        }
        let target = modules.all[&at].used.get(name).filter(|target| **target != [name.clone()])?;
        let (module, rest) = start(modules, &at, target)?;
        let module = walk_modules(modules, module, rest)?;
        return walk_modules(modules, module, &path[index + 1..]);
    }
    Some(at)
}

/// All paths of some items.
#[derive(Default)]
struct Paths {
    found: BTreeSet<Vec<String>>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        // A single word is a name that is already here.
        if path.leading_colon.is_none() && path.segments.len() > 1 {
            self.found.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        // One inside a function: what it names is taken as a path.
        if item.leading_colon.is_none() {
            let mut module = Module::default();
            module.add_use(&item.tree, &mut Vec::new());
            self.found.extend(module.used.into_values().chain(module.globs));
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }
}

impl Paths {
    /// Words with two colons between them, in the arguments of a macro.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        self.end_of(&mut path);
                    }
                    path.push(word.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                other => {
                    self.end_of(&mut path);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.end_of(&mut path);
    }

    fn end_of(&mut self, path: &mut Vec<String>) {
        let path = std::mem::take(path);
        if path.len() > 1 {
            self.found.insert(path);
        }
    }
}
