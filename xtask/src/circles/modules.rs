//! The modules of a crate: in which file each is, what it has, and what it shows of others.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use syn::{Attribute, Item, UseTree};

use crate::run::Failure;

/// A module's way from the crate's root.
pub type Way = Vec<String>;

/// One crate (or one test, benchmark, binary).
pub struct Modules {
    /// By way.
    pub all: BTreeMap<Way, Module>,
}

/// One module.
#[derive(Default)]
pub struct Module {
    /// From the workspace's folder.
    pub file: String,
    /// Names of its own items, macros among them.
    pub own: BTreeSet<String>,
    /// Names that it has by `use`, and the paths that they stand for.
    pub used: BTreeMap<String, Vec<String>>,
    /// Modules all of whose names it has by `use`.
    pub globs: Vec<Vec<String>>,
    /// Its items, those of modules within the file excepted.
    pub items: Vec<Item>,
}

/// The root files of all crates, tests, benchmarks, examples and binaries below `root`.
///
/// # Errors
/// When a folder cannot be read.
pub fn roots(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut roots = Vec::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        let is_crate = folder.join("Cargo.toml").exists();
        for entry in entries(&folder)? {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if entry.is_dir() && !name.starts_with('.') && name != "target" && name != "out" && name != "src"
            {
                waiting.push(entry);
            }
        }
        if is_crate {
            let own = ["src/lib.rs", "src/main.rs", "build.rs"].map(|file| folder.join(file));
            roots.extend(own.into_iter().filter(|file| file.exists()));
            for group in ["tests", "benches", "examples", "src/bin"].map(|group| folder.join(group)) {
                for entry in if group.is_dir() { entries(&group)? } else { Vec::new() } {
                    let main = entry.join("main.rs");
                    if entry.extension().is_some_and(|ending| ending == "rs") {
                        roots.push(entry);
                    } else if main.exists() && !entry.join("Cargo.toml").exists() {
                        roots.push(main);
                    }
                }
            }
        }
    }
    roots.sort();
    Ok(roots)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::new(format!("{} cannot be read: {error}", folder.display()));
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    Ok(entries)
}

impl Modules {
    /// Reads a crate from its root file on.
    ///
    /// # Errors
    /// When a file is missing or is no Rust.
    pub fn read(workspace: &Path, root: &Path) -> Result<Self, Failure> {
        let mut modules = Self { all: BTreeMap::new() };
        let folder = root.parent().unwrap_or(workspace).to_owned();
        modules.file(workspace, root, &folder, Vec::new())?;
        Ok(modules)
    }

    /// A module in a file; its children's files are below `folder`.
    fn file(&mut self, workspace: &Path, file: &Path, folder: &Path, way: Way) -> Result<(), Failure> {
        let text = std::fs::read_to_string(file)
            .map_err(|error| Failure::new(format!("{} cannot be read: {error}", file.display())))?;
        let parsed = syn::parse_file(&text)
            .map_err(|error| Failure::new(format!("{} cannot be parsed: {error}", file.display())))?;
        self.items(workspace, file, folder, way, parsed.items)
    }

    fn items(
        &mut self,
        workspace: &Path,
        file: &Path,
        folder: &Path,
        way: Way,
        items: Vec<Item>,
    ) -> Result<(), Failure> {
        let shown = file.strip_prefix(workspace).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let mut module = Module { file: shown, ..Module::default() };
        for item in items {
            let Item::Mod(child) = item else {
                module.add(item);
                continue;
            };
            let name = child.ident.to_string();
            let child_way = [way.as_slice(), std::slice::from_ref(&name)].concat();
            if let Some((_, inner)) = child.content {
                self.items(workspace, file, &folder.join(&name), child_way, inner)?;
                continue;
            }
            let beside = file.parent().unwrap_or(workspace);
            let given = path_attribute(&child.attrs).map(|path| beside.join(path));
            let candidates = match given {
                Some(given) => vec![given],
                None => vec![folder.join(format!("{name}.rs")), folder.join(&name).join("mod.rs")],
            };
            // A module for another platform or one that a build script makes may have no file here.
            if let Some(found) = candidates.into_iter().find(|candidate| candidate.exists()) {
                let below = if found.file_name().is_some_and(|name| name == "mod.rs") {
                    found.parent().unwrap_or(workspace).to_owned()
                } else {
                    found.with_extension("")
                };
                self.file(workspace, &found, &below, child_way)?;
            }
        }
        self.all.insert(way, module);
        Ok(())
    }
}

impl Module {
    fn add(&mut self, item: Item) {
        if let Item::Use(item) = &item {
            // `::name` is another crate.
            if item.leading_colon.is_none() {
                self.add_use(&item.tree, &mut Vec::new());
            }
            return;
        }
        self.own.extend(super::names::of(&item));
        self.items.push(item);
    }

    /// Notes the names of a `use`, after the words of `before`.
    pub fn add_use(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.add_use(&path.tree, before);
                before.pop();
            }
            UseTree::Name(name) if name.ident == "self" => {
                self.used.insert(before.last().cloned().unwrap_or_default(), before.clone());
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.used.insert(name.clone(), [before.as_slice(), &[name]].concat());
            }
            UseTree::Rename(rename) => {
                let mut path = before.clone();
                if rename.ident != "self" {
                    path.push(rename.ident.to_string());
                }
                // Names that are dropped (`as _`) still count, each for itself.
                let name = rename.rename.to_string();
                let name = if name == "_" { format!("_ {}", self.used.len()) } else { name };
                self.used.insert(name, path);
            }
            UseTree::Glob(_) => self.globs.push(before.clone()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_use(tree, before)),
        }
    }
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find(|attribute| attribute.path().is_ident("path")).and_then(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { return None };
        Some(text.value())
    })
}
