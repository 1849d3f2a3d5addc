//! What nn-core offers, name by name: the list in `nn-core/PUBLIC.txt` is what the sources say, so that nothing is
//! offered by accident; nobody above imports the crates beneath it; and every function that is offered says which thread may
//! call it.

use std::{collections::BTreeSet, fs, path::Path};

use syn::{Item, UseTree, Visibility};

use crate::{
    run::{Failure, workspace},
    threads,
};

/// The list, from the workspace's folder.
const LIST: &str = "nn-core/PUBLIC.txt";
/// What only nn-core imports, and they each other.
const BENEATH: [&str; 7] =
    ["nn-model", "nn-process", "nn-archive", "nn-engine", "nn-torch-client", "nn-python", "nn-catalog"];

/// Compares; with the word `write` it writes the list instead.
///
/// # Errors
/// When the list is another one, when something is offered as a whole (`*`), when a crate above imports one beneath, when
/// a function does not say which thread may call it, when a file cannot be read.
pub fn run(words: &[String]) -> Result<(), Failure> {
    let root = workspace();
    imported(root)?;
    threads::check()?;
    let list = list(&root.join("nn-core/src"))?;
    let file = root.join(LIST);
    if words.first().is_some_and(|word| word == "write") {
        return fs::write(&file, list).map_err(|error| Failure::new(format!("{LIST}: {error}")));
    }
    let before = fs::read_to_string(&file).map_err(|error| Failure::new(format!("{LIST}: {error}")))?;
    let lines = |text: &'_ str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (before, now) = (lines(&before), lines(&list));
    if before == now {
        return Ok(());
    }
    let gone = before.difference(&now).map(|name| format!("  - {name}"));
    let new = now.difference(&before).map(|name| format!("  + {name}"));
    let differences: Vec<_> = gone.chain(new).collect();
    Err(Failure::new(format!(
        "nn-core offers something else than {LIST} says:\n{}\nif that is meant, run cargo xtask facade write",
        differences.join("\n")
    )))
}

/// That the manifests of frontends, tool, tests, installation and chores name nothing beneath nn-core.
fn imported(root: &Path) -> Result<(), Failure> {
    for manifest in manifests(root, 3) {
        let at = manifest.strip_prefix(root).unwrap_or(&manifest).to_string_lossy().into_owned();
        // The workspace's manifest names all, in its table of versions.
        let text = fs::read_to_string(&manifest).map_err(|error| Failure::new(format!("{at}: {error}")))?;
        let own = text.rsplit_once("\n[package]").map_or(text.as_str(), |(_, own)| own);
        let beneath = |line: &&str| BENEATH.iter().any(|name| names(line, name));
        if let Some(line) = own.lines().find(beneath) {
            return Err(Failure::new(format!(
                "{at} imports a crate beneath nn-core ({line}): import nn-core, and name there what is needed"
            )));
        }
    }
    Ok(())
}

/// Whether a line of a manifest makes a crate a dependency: as a key, as the end of a table's name, or as the package
/// behind another name.
fn names(line: &str, name: &str) -> bool {
    let ends = |rest: &str| rest.starts_with(['.', ' ', '=', ']', '"']);
    let is_key = line.strip_prefix(name).is_some_and(ends);
    let is_table = line.starts_with('[') && line.contains(&format!("dependencies.{name}]"));
    let is_package =
        line.split_once("package").is_some_and(|(_, rest)| rest.contains(&format!("\"{name}\"")));
    is_key || is_table || is_package
}

/// All manifests so many folders deep, but for nn-core's.
fn manifests(folder: &Path, depth: usize) -> Vec<std::path::PathBuf> {
    let skipped = |name: &str| matches!(name, "nn-core" | "target" | "out") || name.starts_with('.');
    let mut found: Vec<_> = [folder.join("Cargo.toml")].into_iter().filter(|file| file.exists()).collect();
    if depth > 0 {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() && !skipped(&entry.file_name().to_string_lossy()) {
                found.extend(manifests(&entry.path(), depth - 1));
            }
        }
    }
    found
}

/// One public name in each line, in order.
fn list(source: &Path) -> Result<String, Failure> {
    let mut names = BTreeSet::new();
    module(&source.join("lib.rs"), source, "nn_core", &mut names)?;
    Ok(names.into_iter().map(|name| name + "\n").collect())
}

/// A file that is a module, whose children lie in a folder.
fn module(file: &Path, folder: &Path, path: &str, names: &mut BTreeSet<String>) -> Result<(), Failure> {
    let fault = |what: String| Failure::new(format!("{}: {what}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| fault(error.to_string()))?;
    let parsed = syn::parse_file(&text).map_err(|error| fault(error.to_string()))?;
    items(&parsed.items, folder, path, names)
}

fn items(all: &[Item], folder: &Path, path: &str, names: &mut BTreeSet<String>) -> Result<(), Failure> {
    let public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    for item in all {
        let name = match item {
            Item::Mod(item) if public(&item.vis) => {
                let (below, path) = (folder.join(item.ident.to_string()), format!("{path}::{}", item.ident));
                match &item.content {
                    Some((_, inner)) => items(inner, &below, &path, names)?,
                    None => {
                        let beside = below.with_extension("rs");
                        let file = if beside.exists() { beside } else { below.join("mod.rs") };
                        module(&file, &below, &path, names)?;
                    }
                }
                continue;
            }
            Item::Use(item) if public(&item.vis) => {
                offered(&item.tree, path, names)?;
                continue;
            }
            Item::Const(item) if public(&item.vis) => &item.ident,
            Item::Enum(item) if public(&item.vis) => &item.ident,
            Item::Fn(item) if public(&item.vis) => &item.sig.ident,
            Item::Static(item) if public(&item.vis) => &item.ident,
            Item::Struct(item) if public(&item.vis) => &item.ident,
            Item::Trait(item) if public(&item.vis) => &item.ident,
            Item::Type(item) if public(&item.vis) => &item.ident,
            _ => continue,
        };
        names.insert(format!("{path}::{name}"));
    }
    Ok(())
}

fn offered(tree: &UseTree, path: &str, names: &mut BTreeSet<String>) -> Result<(), Failure> {
    match tree {
        UseTree::Path(inner) => offered(&inner.tree, path, names)?,
        UseTree::Group(group) => group.items.iter().try_for_each(|tree| offered(tree, path, names))?,
        UseTree::Name(name) => drop(names.insert(format!("{path}::{}", name.ident))),
        UseTree::Rename(rename) => drop(names.insert(format!("{path}::{}", rename.rename))),
        UseTree::Glob(_) => {
            return Err(Failure::new(format!(
                "{path} offers everything of another module (`*`): name what is offered"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of(source: &str) -> Result<Vec<String>, String> {
        let mut names = BTreeSet::new();
        let parsed = syn::parse_file(source).expect("Rust");
        items(&parsed.items, Path::new("/nowhere"), "it", &mut names).map_err(|fault| fault.to_string())?;
        Ok(names.into_iter().collect())
    }

    #[test]
    fn public_names_are_listed_wherever_they_come_from() {
        let source = "pub mod a { pub use other::{b::C, D as E}; pub fn f() {} fn g() {} } \
                      pub struct S; pub(crate) struct T; mod private { pub struct U; }";
        assert_eq!(names_of(source).expect("no glob"), ["it::S", "it::a::C", "it::a::E", "it::a::f"]);
    }

    #[test]
    fn what_offers_everything_is_refused() {
        assert!(names_of("pub use other::*;").expect_err("a glob").contains("name what is offered"));
        assert_eq!(names_of("use other::*;"), Ok(vec![]));
    }

    #[test]
    fn a_frontend_that_imports_a_crate_beneath_is_named() {
        let root = tempfile::tempdir().expect("a folder");
        let manifest = |text: &str| {
            fs::create_dir_all(root.path().join("frontend-x")).expect("a folder");
            fs::write(root.path().join("frontend-x/Cargo.toml"), text).expect("a file");
            imported(root.path()).map_err(|fault| fault.to_string())
        };
        assert_eq!(
            manifest("[package]\n[dependencies]\nnn-core.workspace = true\nnn-models = \"1\"\n"),
            Ok(())
        );
        for dependency in [
            "[dependencies]\nnn-engine.workspace = true\n",
            "[dependencies]\nnn-engine = { path = \"..\" }\n",
            "[dependencies.nn-engine]\nworkspace = true\n",
            "[target.'cfg(unix)'.dev-dependencies.nn-engine]\nworkspace = true\n",
            "[dependencies]\nengine = { package = \"nn-engine\", path = \"..\" }\n",
        ] {
            let fault = manifest(&format!("[package]\n{dependency}")).expect_err(dependency);
            assert!(fault.contains("frontend-x/Cargo.toml") && fault.contains("nn-engine"), "{fault}");
        }
    }
}
