//! Reads the files of a crate, each where Rust looks for it.

use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Item, ItemMod, ext::IdentExt};

use super::{
    locals::Locals,
    modules::{Module, Modules, Way},
    targets::{self, Target},
};
use crate::run::Failure;

/// Reads all crates below `workspace`.
///
/// # Errors
/// When a file is missing or is no Rust.
pub fn read(workspace: &Path) -> Result<Modules, Failure> {
    let mut reading = Reading { workspace, modules: Modules::default() };
    for Target { file, library } in targets::of(workspace)? {
        let way = vec![reading.shown(&file)];
        if !reading.modules.all.contains_key(&way) {
            let folder = file.parent().unwrap_or(workspace).to_owned();
            let place = Place { file, paths: folder.clone(), folder };
            reading.file(&place, way.clone())?;
        }
        reading.modules.libraries.extend(library.map(|name| (name, way)));
    }
    Ok(reading.modules)
}

/// Where a module stands.
#[derive(Clone)]
struct Place {
    file: PathBuf,
    /// Where its children's files are.
    folder: PathBuf,
    /// Where paths in its children's attributes begin.
    paths: PathBuf,
}

struct Reading<'a> {
    workspace: &'a Path,
    modules: Modules,
}

impl Reading<'_> {
    fn shown(&self, file: &Path) -> String {
        let root = targets::plain(self.workspace);
        file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/")
    }

    fn file(&mut self, place: &Place, way: Way) -> Result<(), Failure> {
        let parsed = syn::parse_file(&text(&place.file)?)
            .map_err(|error| Failure::new(format!("{} cannot be parsed: {error}", place.file.display())))?;
        self.items(place, way, parsed.items)
    }

    fn items(&mut self, place: &Place, way: Way, items: Vec<Item>) -> Result<(), Failure> {
        let mut module = Module { file: self.shown(&place.file), ..Module::default() };
        let mut locals = Locals::default();
        for item in items {
            match item {
                Item::Mod(child) => locals.modules.push(child),
                item => {
                    self.note_names(&way, &module.file, &item);
                    module.add(item, &mut locals);
                }
            }
        }
        let Locals { uses, modules, hidden, macros, included } = locals;
        uses.iter().for_each(|item| module.add_use(item));
        module.own.extend(macros);
        for name in included {
            self.include(place, &way, &name, &mut module)?;
        }
        self.modules.all.entry(way.clone()).or_default().push(module);
        for child in modules {
            self.child(place, &way, child)?;
        }
        for name in hidden {
            self.child_file(place, &way, &name, &[])?;
        }
        Ok(())
    }

    /// What holds for a whole crate.
    fn note_names(&mut self, way: &Way, file: &str, item: &Item) {
        match item {
            Item::ExternCrate(item) if item.ident == "self" => {
                let name = item.rename.iter().map(|(_, name)| (way[0].clone(), name.unraw().to_string()));
                self.modules.own_names.extend(name);
            }
            Item::Macro(syn::ItemMacro { ident: Some(name), .. }) => {
                let name = (way[0].clone(), name.unraw().to_string());
                self.modules.macros.entry(name).or_default().insert(file.to_owned());
            }
            _ => {}
        }
    }

    fn child(&mut self, place: &Place, way: &Way, child: ItemMod) -> Result<(), Failure> {
        let name = child.ident.unraw().to_string();
        let given = path_attributes(&child.attrs);
        let Some((_, inner)) = child.content else {
            return self.child_file(place, way, &name, &given);
        };
        let folder = given.first().map_or_else(|| place.folder.join(&name), |path| place.paths.join(path));
        let within = Place { file: place.file.clone(), paths: folder.clone(), folder };
        self.items(&within, [way.as_slice(), &[name]].concat(), inner)
    }

    /// A child in a file, or in several of which the platform chooses one.
    fn child_file(&mut self, place: &Place, way: &Way, name: &str, given: &[String]) -> Result<(), Failure> {
        let way = [way.as_slice(), &[name.to_owned()]].concat();
        // With a path of its own it looks for its children beside itself.
        let mut found: Vec<_> = given
            .iter()
            .map(|path| targets::plain(&place.paths.join(path)))
            .map(|file| Place { folder: parent(&file), paths: parent(&file), file })
            .collect();
        let beside = place.folder.join(format!("{name}.rs"));
        let within = place.folder.join(name).join("mod.rs");
        found.push(Place { folder: beside.with_extension(""), paths: parent(&beside), file: beside });
        found.push(Place { folder: parent(&within), paths: parent(&within), file: within });
        // A module that a build script makes has no file here.
        found.retain(|place| place.file.exists());
        found.iter().try_for_each(|place| self.file(place, way.clone()))
    }

    /// Items become a part of the module; an expression counts through its paths.
    fn include(&mut self, place: &Place, way: &Way, name: &str, module: &mut Module) -> Result<(), Failure> {
        let file = targets::plain(&parent(&place.file).join(name));
        if !file.exists() {
            return Ok(());
        }
        let text = text(&file)?;
        let Ok(tokens) = text.parse::<TokenStream>() else { return Ok(()) };
        module.included.push(self.shown(&file));
        let items = syn::parse_file(&text).map_or_else(|_| vec![Item::Verbatim(tokens)], |file| file.items);
        self.items(&Place { folder: parent(&file), paths: parent(&file), file }, way.clone(), items)
    }
}

fn text(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", file.display())))
}

fn parent(file: &Path) -> PathBuf {
    file.parent().map(Path::to_owned).unwrap_or_default()
}

/// `#[path = "…"]`, also where it depends (`#[cfg_attr(unix, path = "…")]`).
fn path_attributes(attributes: &[Attribute]) -> Vec<String> {
    let mut paths = Vec::new();
    for attribute in attributes {
        match &attribute.meta {
            syn::Meta::NameValue(pair) if pair.path.is_ident("path") => {
                if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value {
                    paths.push(text.value());
                }
            }
            syn::Meta::List(list) if list.path.is_ident("cfg_attr") => {
                let tokens: Vec<_> = list.tokens.clone().into_iter().collect();
                for words in tokens.windows(3) {
                    if let [TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Literal(text)] = words
                        && word == "path"
                        && let Ok(text) = syn::parse_str::<syn::LitStr>(&text.to_string())
                    {
                        paths.push(text.value());
                    }
                }
            }
            _ => {}
        }
    }
    paths
}
