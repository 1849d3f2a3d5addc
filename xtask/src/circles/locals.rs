//! Items inside functions that decide how paths resolve: imports, modules, macros, included files.

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Item, ItemMod, ItemUse,
    ext::IdentExt,
    visit::{self, Visit},
};

/// Found inside the items of a module.
#[derive(Default)]
pub struct Locals {
    /// Imports: their names count for the whole module, which may say too much but misses nothing.
    pub uses: Vec<ItemUse>,
    /// Modules in functions.
    pub modules: Vec<ItemMod>,
    /// `mod name;` in the arguments of macros, such as those that choose by platform.
    pub hidden: Vec<String>,
    /// Names of macros that are defined in functions.
    pub macros: Vec<String>,
    /// Files that are included.
    pub included: Vec<String>,
}

impl Locals {
    /// Looks through an item.
    pub fn look(&mut self, item: &Item) {
        match item {
            Item::Macro(item) if item.mac.path.is_ident("macro_rules") => {}
            _ => self.visit_item(item),
        }
    }

    /// `mod name;`
    fn modules_in(&mut self, tokens: &TokenStream) {
        let tokens: Vec<_> = tokens.clone().into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match (token, tokens.get(at + 1), tokens.get(at + 2)) {
                (TokenTree::Group(group), _, _) => self.modules_in(&group.stream()),
                (TokenTree::Ident(word), Some(TokenTree::Ident(name)), Some(TokenTree::Punct(end)))
                    if word == "mod" && end.as_char() == ';' =>
                {
                    self.hidden.push(name.unraw().to_string());
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Locals {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.uses.push(item.clone());
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.modules.push(item.clone());
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        self.macros.extend(item.ident.iter().map(|name| name.unraw().to_string()));
        visit::visit_item_macro(self, item);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if call.path.segments.last().is_some_and(|name| name.ident == "include") {
            self.included.extend(call.parse_body::<syn::LitStr>().map(|name| name.value()));
        }
        if !call.path.is_ident("macro_rules") {
            self.modules_in(&call.tokens);
        }
    }
}
