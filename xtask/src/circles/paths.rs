//! From the paths in a file to the files that they need.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{
    ext::IdentExt,
    visit::{self, Visit},
};

use super::{ends, graph::Edges, modules::Modules};

/// Which file needs which, and a path by which it does.
pub fn edges(modules: &Modules) -> Edges {
    let mut edges = Edges::new();
    for (way, parts) in &modules.all {
        for module in parts {
            let mut paths = Paths::default();
            module.items.iter().for_each(|item| paths.visit_item(item));
            paths.found.extend(module.used.values().flatten().cloned());
            paths.found.extend(module.globs.iter().cloned());
            let needed = edges.entry(module.file.clone()).or_default();
            let mut need = |file: &String, why: String| {
                if *file != module.file {
                    needed.entry(file.clone()).or_insert(why);
                }
            };
            for path in &paths.found {
                for file in ends::files(modules, way, path) {
                    need(&file, path.join("::"));
                }
            }
            for name in &paths.calls {
                // A macro that is neither here nor imported is in scope through the order of the text.
                let here = parts.iter().any(|part| part.own.contains(name) || part.used.contains_key(name));
                let files = modules.macros.get(&(way[0].clone(), name.clone()));
                for file in files.into_iter().flatten().filter(|_| !here) {
                    need(file, format!("{name}!"));
                }
            }
            module.included.iter().for_each(|file| need(file, "include!".to_owned()));
        }
    }
    edges
}

/// All paths of some items.
#[derive(Default)]
struct Paths {
    found: BTreeSet<Vec<String>>,
    /// Macros that are called by a single word.
    calls: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        // A single word is a name that is already here.
        if path.segments.len() > 1 {
            let first = path.leading_colon.map(|_| String::new());
            let words = path.segments.iter().map(|segment| segment.ident.unraw().to_string());
            self.found.insert(first.into_iter().chain(words).collect());
        }
        visit::visit_path(self, path);
    }

    /// Belongs to the module already.
    fn visit_item_use(&mut self, _: &'ast syn::ItemUse) {}

    /// One inside a function is a module of its own.
    fn visit_item_mod(&mut self, _: &'ast syn::ItemMod) {}

    /// Who may see a thing needs nothing from there.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.calls.extend(call.path.get_ident().map(|name| name.unraw().to_string()));
        self.tokens(call.tokens.clone(), &[]);
    }

    /// What is newer than the parser.
    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        self.tokens(tokens.clone(), &[]);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone(), &[]);
            self.texts(list.tokens.clone());
        }
    }
}

impl Paths {
    /// Words with two colons between them, in the arguments of a macro, each after the words of `before`.
    fn tokens(&mut self, tokens: TokenStream, before: &[String]) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        let (mut call, mut renamed) = (false, false);
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        self.end_of(&mut path, before);
                    } else if path.is_empty() {
                        path.push(String::new());
                    }
                    let word = word.unraw().to_string();
                    // In a `use` the name after `as` is a new one.
                    if !std::mem::replace(&mut renamed, !before.is_empty() && word == "as") && !renamed {
                        path.push(word);
                    }
                    (colons, call) = (0, false);
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Punct(mark) if mark.as_char() == '!' && path.len() == 1 => call = true,
                TokenTree::Group(group) if colons == 2 && group.delimiter() == Delimiter::Brace => {
                    let whole = [before, &std::mem::take(&mut path)].concat();
                    self.tokens(group.stream(), &whole);
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == '*' && colons == 2 && !path.is_empty() => {
                    self.found.insert([before, &std::mem::take(&mut path)].concat());
                    colons = 0;
                }
                other => {
                    if let TokenTree::Group(group) = other {
                        self.calls.extend(path.first().filter(|_| call).cloned());
                        self.tokens(group.stream(), &[]);
                    }
                    self.end_of(&mut path, before);
                    (colons, call) = (0, false);
                }
            }
        }
        self.end_of(&mut path, before);
    }

    fn end_of(&mut self, path: &mut Vec<String>, before: &[String]) {
        let path = std::mem::take(path);
        if path == ["self"] && !before.is_empty() {
            self.found.insert(before.to_vec());
        } else if path.len() + before.len() > 1 && !path.is_empty() {
            self.found.insert([before, &path].concat());
        }
    }

    /// Paths that attributes give as texts, as serde's do.
    fn texts(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.texts(group.stream()),
                TokenTree::Literal(text) => {
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&text.to_string())
                        && let Ok(path) = text.parse::<syn::Path>()
                    {
                        self.visit_path(&path);
                    }
                }
                _ => {}
            }
        }
    }
}
