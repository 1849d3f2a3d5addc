//! Which thread may call what nn-core offers: every public function says so in a line `Thread: …` of its documentation.
//!
//! A trait may say it once for its methods. The head of a file may say `any` or `any but audio` once for the functions in it
//! that say nothing themselves.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::{Attribute, ImplItem, Item, TraitItem, UseTree, Visibility};

use crate::run::{Failure, workspace};

/// Who may call a function.
const WHO: [&str; 7] = ["main", "audio", "worker", "loader", "owner", "any", "any but audio"];
/// What the head of a file may say for all functions in it.
const FOR_A_FILE: [&str; 2] = ["any", "any but audio"];
/// The crates of which nn-core offers parts, by their names in paths.
const BENEATH: [(&str, &str); 6] = [
    ("nn_model", "nn-core/model/src"),
    ("nn_process", "nn-core/process/src"),
    ("nn_archive", "nn-core/archive/src"),
    ("nn_engine", "nn-core/engine/src"),
    ("nn_torch_client", "nn-core/torch/client/src"),
    ("nn_catalog", "nn-core/catalog/src"),
];
/// Where every public function counts, whatever nn-core offers of it.
const WHOLE: [&str; 2] = ["nn-core/src", "nn-core/engine/src/port"];

/// Which functions of a file count: those of these types, traits and names, or all.
type Offered<'a> = Option<&'a BTreeSet<String>>;

/// Looks at all of them.
///
/// # Errors
/// When one does not say who may call it, or says it in other words than the list's; when a file cannot be read.
pub fn check() -> Result<(), Failure> {
    let root = workspace();
    let mut silent = Vec::new();
    for folder in WHOLE {
        for file in files(&root.join(folder)) {
            look(root, &file, None, &mut silent)?;
        }
    }
    let offered = offered(&root.join("nn-core/src"))?;
    for (name, folder) in BENEATH {
        let Some(names) = offered.get(name) else { continue };
        for file in files(&root.join(folder)).into_iter().filter(|file| !is_whole(root, file)) {
            look(root, &file, Some(names), &mut silent)?;
        }
    }
    if silent.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} public functions do not say which thread may call them:\n  {}\nadd a line like 'Thread: main.' to their \
         documentation (of {}, joined by 'or')",
        silent.len(),
        silent.join("\n  "),
        WHO.join(", ")
    )))
}

fn is_whole(root: &Path, file: &Path) -> bool {
    WHOLE.iter().any(|folder| file.starts_with(root.join(folder)))
}

/// All Rust files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What nn-core offers of each crate, by the last name of its path.
fn offered(source: &Path) -> Result<BTreeMap<String, BTreeSet<String>>, Failure> {
    let mut names = BTreeMap::<String, BTreeSet<String>>::new();
    let mut uses = Vec::new();
    for file in files(source) {
        collect_uses(&parsed(&file)?.items, &mut uses);
    }
    for tree in &uses {
        if let UseTree::Path(path) = tree {
            leaves(&path.tree, names.entry(path.ident.to_string()).or_default());
        }
    }
    Ok(names)
}

fn collect_uses(items: &[Item], uses: &mut Vec<UseTree>) {
    for item in items {
        match item {
            Item::Use(item) if is_public(&item.vis) => uses.push(item.tree.clone()),
            Item::Mod(item) => collect_uses(item.content.as_ref().map_or(&[], |(_, inner)| inner), uses),
            _ => {}
        }
    }
}

fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Name(name) => drop(names.insert(name.ident.to_string())),
        UseTree::Rename(rename) => drop(names.insert(rename.ident.to_string())),
        UseTree::Glob(_) => {}
    }
}

fn parsed(file: &Path) -> Result<syn::File, Failure> {
    let fault = |what: String| Failure::new(format!("{}: {what}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| fault(error.to_string()))?;
    syn::parse_file(&text).map_err(|error| fault(error.to_string()))
}

fn look(root: &Path, file: &Path, offered: Offered<'_>, silent: &mut Vec<String>) -> Result<(), Failure> {
    let source = parsed(file)?;
    let at = file.strip_prefix(root).unwrap_or(file).display().to_string();
    silent.extend(untagged(&source, offered).into_iter().map(|name| format!("{at}: {name}")));
    Ok(())
}

/// The functions of a file that do not say who may call them.
fn untagged(source: &syn::File, offered: Offered<'_>) -> Vec<String> {
    let for_all = tag(&source.attrs).is_some_and(|who| FOR_A_FILE.contains(&who.as_str()));
    let mut silent = Vec::new();
    items(&source.items, offered, for_all, &mut silent);
    silent
}

fn items(all: &[Item], offered: Offered<'_>, for_all: bool, silent: &mut Vec<String>) {
    let counts = |name: &str| offered.is_none_or(|names| names.contains(name));
    for item in all {
        match item {
            Item::Mod(item) if !is_test(&item.attrs) => {
                let for_all =
                    for_all || tag(&item.attrs).is_some_and(|who| FOR_A_FILE.contains(&who.as_str()));
                items(item.content.as_ref().map_or(&[], |(_, inner)| inner), offered, for_all, silent);
            }
            Item::Fn(item) if is_public(&item.vis) && counts(&item.sig.ident.to_string()) => {
                note(&item.attrs, for_all, || item.sig.ident.to_string(), silent);
            }
            Item::Impl(item) if item.trait_.is_none() && !is_test(&item.attrs) => {
                let owner = type_name(&item.self_ty);
                for method in &item.items {
                    if let ImplItem::Fn(method) = method
                        && is_public(&method.vis)
                        && counts(&owner)
                    {
                        note(&method.attrs, for_all, || format!("{owner}::{}", method.sig.ident), silent);
                    }
                }
            }
            Item::Trait(item) if is_public(&item.vis) && counts(&item.ident.to_string()) => {
                let for_all = for_all || is_tagged(&item.attrs);
                for method in &item.items {
                    if let TraitItem::Fn(method) = method {
                        note(
                            &method.attrs,
                            for_all,
                            || format!("{}::{}", item.ident, method.sig.ident),
                            silent,
                        );
                    }
                }
            }
            _ => {}
        }
    }
}

/// Notes a function that says nothing where nothing is said for it, or says it in other words.
fn note(attributes: &[Attribute], for_all: bool, name: impl Fn() -> String, silent: &mut Vec<String>) {
    match tag(attributes) {
        None if !for_all => silent.push(name()),
        Some(who) if !is_known(&who) => silent.push(format!("{} (says '{who}')", name())),
        _ => {}
    }
}

fn is_tagged(attributes: &[Attribute]) -> bool {
    tag(attributes).is_some_and(|who| is_known(&who))
}

fn is_known(who: &str) -> bool {
    who.split(" or ").all(|one| WHO.contains(&one))
}

/// What the documentation says after `Thread: `, up to the first full stop.
fn tag(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let syn::Meta::NameValue(line) = &attribute.meta else { return None };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &line.value else { return None };
        let text = text.value();
        let who = text.trim().strip_prefix("Thread: ").filter(|_| line.path.is_ident("doc"))?;
        who.split_once('.').map(|(who, _)| who.to_owned())
    })
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

fn type_name(kind: &syn::Type) -> String {
    match kind {
        syn::Type::Path(path) => {
            path.path.segments.last().map_or_else(String::new, |last| last.ident.to_string())
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silent_in(source: &str, offered: &[&str]) -> Vec<String> {
        let names: BTreeSet<_> = offered.iter().map(|&name| name.to_owned()).collect();
        untagged(&syn::parse_file(source).expect("Rust"), (!offered.is_empty()).then_some(&names))
    }

    #[test]
    fn a_public_function_that_says_nothing_is_found_wherever_it_is() {
        let source = "pub fn a() {} fn b() {} struct S; impl S { pub fn c() {} pub(crate) fn d() {} fn e() {} } \
                      impl Clone for S { fn clone(&self) -> S { S } } pub trait T { fn f(); } trait U { fn g(); } \
                      mod inner { pub fn h() {} } #[cfg(test)] mod tests { pub fn i() {} }";
        assert_eq!(silent_in(source, &[]), ["a", "S::c", "T::f", "h"]);
        assert_eq!(silent_in(source, &["S", "h"]), ["S::c", "h"]);
    }

    #[test]
    fn a_function_a_trait_and_a_file_of_arithmetic_may_say_it() {
        let own = "/// Does it.\n///\n/// Thread: main or loader. Waits.\npub fn a() {}";
        assert!(silent_in(own, &[]).is_empty());
        assert!(silent_in("/// Thread: owner.\npub trait T { fn f(); }", &[]).is_empty());
        assert!(silent_in("//! Numbers.\n//!\n//! Thread: any.\npub fn a() {}", &[]).is_empty());
        assert_eq!(silent_in("//! Thread: main.\npub fn a() {}", &[]), ["a"]);
    }

    #[test]
    fn other_words_than_the_list_s_are_found() {
        let source =
            "//! Thread: any.\n/// Thread: mine.\npub fn a() {}\n/// Thread: main or any.\npub fn b() {}";
        assert_eq!(silent_in(source, &[]), ["a (says 'mine')"]);
    }
}
