//! What attributes, numbers and texts in declarations say.

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Expr, File, GenericArgument, Item, Lit, Meta, PathArguments, Stmt, Token, Type, UnOp,
    punctuated::Punctuated, visit,
};

/// The attributes of what may be left out.
pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Type(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether `cfg` lets it in, where that depends on the feature `double`.
pub fn holds(attributes: &[Attribute], double: bool) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).all(|attribute| {
        let Meta::List(list) = &attribute.meta else { return true };
        let words: String = list.tokens.to_string().split_whitespace().collect();
        match words.as_str() {
            "feature=\"double\"" => double,
            "not(feature=\"double\")" => !double,
            _ => true,
        }
    })
}

/// The name that a function has for the linker, when it is another: always, or with the feature `double`.
pub fn link_name(attributes: &[Attribute], double: bool) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let words: String = match &attribute.meta {
            Meta::List(list) if attribute.path().is_ident("cfg_attr") => list.tokens.to_string(),
            Meta::NameValue(_) if attribute.path().is_ident("link_name") => {
                let Meta::NameValue(pair) = &attribute.meta else { return None };
                return text(&pair.value);
            }
            _ => return None,
        };
        let words: String = words.split_whitespace().collect();
        let name = words.strip_prefix("feature=\"double\",link_name=\"")?.strip_suffix('"')?;
        double.then(|| name.to_owned())
    })
}

fn text(of: &Expr) -> Option<String> {
    match of {
        Expr::Lit(literal) => match &literal.lit {
            // bindgen marks names that are not to be changed with a byte.
            Lit::Str(text) => Some(text.value().trim_start_matches('\u{1}').to_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// What `repr` says first.
pub fn repr(attributes: &[Attribute]) -> Option<String> {
    reprs(attributes)?.first()?.path().get_ident().map(ToString::to_string)
}

/// The alignment that fields have at most, where `repr` says one.
pub fn packed(attributes: &[Attribute]) -> Option<usize> {
    reprs(attributes)?.iter().find_map(|word| match word {
        Meta::List(list) if list.path.is_ident("packed") => {
            list.parse_args::<syn::LitInt>().ok()?.base10_parse().ok()
        }
        Meta::Path(path) if path.is_ident("packed") => Some(1),
        _ => None,
    })
}

fn reprs(attributes: &[Attribute]) -> Option<Punctuated<Meta, Token![,]>> {
    let repr = attributes.iter().find(|attribute| attribute.path().is_ident("repr"))?;
    repr.parse_args_with(Punctuated::parse_terminated).ok()
}

/// A whole number.
pub fn number(of: &Expr) -> Option<i128> {
    match of {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => number(&unary.expr).map(|number| -number),
        Expr::Paren(inner) => number(&inner.expr),
        _ => None,
    }
}

/// The type in the brackets of another, and that other's name.
pub fn filled(of: &Type) -> Option<(String, Type)> {
    let Type::Path(path) = of else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some((last.ident.to_string(), inner.clone())),
        _ => None,
    }
}

/// Whether a field takes no room and only tells the compiler how long something lives.
pub fn is_marker(of: &Type) -> bool {
    matches!(of, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "PhantomData"))
}

/// What `bindgen` asserts in a block: `["Size of X"][size_of::<X>() - 8usize];`
pub fn measures(of: &Expr) -> Vec<(String, usize)> {
    let Expr::Block(block) = of else { return Vec::new() };
    let measure = |statement: &Stmt| {
        let Stmt::Expr(Expr::Index(index), _) = statement else { return None };
        let (Expr::Array(said), Expr::Binary(difference)) = (&*index.expr, &*index.index) else {
            return None;
        };
        Some((text(said.elems.first()?)?, usize::try_from(number(&difference.right)?).ok()?))
    };
    block.block.stmts.iter().filter_map(measure).collect()
}

/// The plain names among tokens.
pub fn names(tokens: TokenStream) -> impl Iterator<Item = String> {
    tokens.into_iter().filter_map(|token| match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    })
}

/// All texts for C in a file: names that are looked up.
pub fn c_texts(file: &File) -> Vec<String> {
    struct Texts(Vec<String>);
    impl visit::Visit<'_> for Texts {
        fn visit_lit(&mut self, literal: &Lit) {
            if let Lit::CStr(text) = literal {
                self.0.extend(text.value().to_str().ok().map(str::to_owned));
            }
        }
    }
    let mut texts = Texts(Vec::new());
    visit::visit_file(&mut texts, file);
    texts.0
}
