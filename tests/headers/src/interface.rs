//! Declarations of Rust, ours or those that `bindgen` wrote, by name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use syn::{FnArg, ForeignItem, Item, ReturnType, Type};

use crate::kind::{Kind, Signature};
use crate::literal;

/// What a frontend declares, or what a header holds.
#[derive(Default)]
pub struct Interface {
    /// Structures and unions.
    pub(crate) records: BTreeMap<String, Record>,
    /// Enumerations, by the size of their numbers in bytes.
    pub(crate) enums: BTreeMap<String, usize>,
    pub(crate) aliases: BTreeMap<String, Type>,
    pub(crate) functions: BTreeMap<String, Signature>,
    pub(crate) constants: BTreeMap<String, i128>,
    /// Sizes, alignments and offsets that `bindgen` asserts: "Size of X", "Alignment of X", "Offset of field: X::y".
    pub(crate) measures: BTreeMap<String, usize>,
    /// Names that are looked up while the program runs.
    pub(crate) looked_up: Vec<String>,
    /// A function is read when all types are known.
    waiting: Vec<(String, syn::Signature)>,
    /// Types that aliases leave open.
    parameters: BTreeSet<String>,
    double: bool,
}

/// A structure or a union.
#[derive(Clone)]
pub(crate) struct Record {
    pub union: bool,
    /// The alignment that fields have at most.
    pub packed: Option<usize>,
    pub fields: Vec<(String, Type)>,
    pub is_c: bool,
}

impl Interface {
    /// Reads files of ours, with the feature `double` or without.
    ///
    /// # Panics
    /// When one cannot be read or is not Rust.
    pub fn of_files<'a>(files: impl IntoIterator<Item = &'a Path>, double: bool) -> Self {
        let texts = files.into_iter().map(|file| {
            std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        });
        Self::of_texts(&texts.collect::<Vec<_>>(), double)
    }

    /// The same of their texts.
    ///
    /// # Panics
    /// When one is not Rust.
    pub fn of_texts<T: AsRef<str>>(texts: &[T], double: bool) -> Self {
        let mut interface = Self { double, ..Self::default() };
        for text in texts {
            let file = syn::parse_file(text.as_ref()).unwrap_or_else(|error| panic!("{error}"));
            interface.looked_up.extend(literal::c_texts(&file));
            file.items.into_iter().for_each(|item| interface.add(item));
        }
        interface.instantiate();
        for (name, signature) in std::mem::take(&mut interface.waiting) {
            let signature = interface.signature(&signature);
            interface.functions.insert(name, signature);
        }
        interface
    }

    fn add(&mut self, item: Item) {
        if !literal::holds(literal::attributes(&item), self.double) {
            return;
        }
        match item {
            Item::Type(item) => {
                self.parameters.extend(item.generics.type_params().map(|name| name.ident.to_string()));
                self.aliases.insert(item.ident.to_string(), *item.ty);
            }
            Item::Struct(item) => self.record(&item.ident, &item.attrs, item.fields.iter(), false),
            Item::Union(item) => self.record(&item.ident, &item.attrs, item.fields.named.iter(), true),
            Item::Enum(item) => {
                let bytes = literal::repr(&item.attrs).and_then(|name| Kind::primitive(&name));
                if let Some(Kind::Int { bytes, .. }) = bytes {
                    self.enums.insert(item.ident.to_string(), bytes);
                }
                for variant in &item.variants {
                    let value = variant.discriminant.as_ref().and_then(|(_, value)| literal::number(value));
                    self.constants.extend(value.map(|value| (variant.ident.to_string(), value)));
                }
            }
            Item::Const(item) if item.ident == "_" => self.measures.extend(literal::measures(&item.expr)),
            Item::Const(item) => {
                self.constants.extend(literal::number(&item.expr).map(|n| (item.ident.to_string(), n)));
            }
            Item::ForeignMod(block) => {
                for item in block.items {
                    if let ForeignItem::Fn(function) = item {
                        let name = literal::link_name(&function.attrs, self.double);
                        let name = name.unwrap_or_else(|| function.sig.ident.to_string());
                        self.waiting.push((name, function.sig));
                    }
                }
            }
            // Our own, for what only has a name.
            Item::Macro(item) if item.mac.path.is_ident("opaque") => {
                for name in literal::names(item.mac.tokens) {
                    self.records
                        .insert(name, Record { union: false, packed: None, fields: Vec::new(), is_c: true });
                }
            }
            _ => {}
        }
    }

    fn record<'a>(
        &mut self,
        name: &syn::Ident,
        attributes: &[syn::Attribute],
        fields: impl Iterator<Item = &'a syn::Field>,
        union: bool,
    ) {
        let fields = fields.filter(|field| !literal::is_marker(&field.ty));
        let fields = fields.filter_map(|field| Some((field.ident.as_ref()?.to_string(), field.ty.clone())));
        let is_c = literal::repr(attributes).is_some_and(|repr| repr == "C");
        self.records.insert(
            name.to_string(),
            Record { union, packed: literal::packed(attributes), fields: fields.collect(), is_c },
        );
    }

    /// An alias for a structure with a type filled in is a structure of its own.
    fn instantiate(&mut self) {
        for (name, target) in self.aliases.clone() {
            let Some((generic, filled)) = literal::filled(&target) else { continue };
            let Some(mut record) = self.records.get(&generic).cloned() else { continue };
            for (_, field) in &mut record.fields {
                // The only name that is neither declared nor a primitive is the parameter.
                if matches!(self.kind(field), Kind::Named(name) if !self.records.contains_key(&name)) {
                    *field = filled.clone();
                }
            }
            self.aliases.remove(&name);
            self.records.remove(&generic);
            self.records.insert(name, record);
        }
    }

    /// What a type is.
    pub(crate) fn kind(&self, of: &Type) -> Kind {
        match of {
            Type::Path(path) => {
                let Some(last) = path.path.segments.last() else { return Kind::Void };
                let name = last.ident.to_string();
                if name == "Option" {
                    return literal::filled(of).map_or(Kind::Void, |(_, inner)| self.kind(&inner));
                }
                match self.aliases.get(&name) {
                    Some(target) => self.kind(target),
                    None if self.parameters.contains(&name) => Kind::Void,
                    None => Kind::primitive(&name).unwrap_or(Kind::Named(name)),
                }
            }
            Type::Ptr(pointer) => Kind::Pointer {
                to: Box::new(self.kind(&pointer.elem)),
                writable: pointer.mutability.is_some(),
            },
            Type::BareFn(function) => Kind::Function(Box::new(Signature {
                arguments: function.inputs.iter().map(|argument| self.kind(&argument.ty)).collect(),
                result: self.result(&function.output),
                variadic: function.variadic.is_some(),
            })),
            Type::Array(array) => Kind::Array {
                of: Box::new(self.kind(&array.elem)),
                count: literal::number(&array.len).and_then(|n| n.try_into().ok()).unwrap_or_default(),
            },
            Type::Paren(inner) => self.kind(&inner.elem),
            _ => Kind::Void,
        }
    }

    fn signature(&self, of: &syn::Signature) -> Signature {
        let arguments = of.inputs.iter().filter_map(|argument| match argument {
            FnArg::Typed(argument) => Some(self.kind(&argument.ty)),
            FnArg::Receiver(_) => None,
        });
        Signature {
            arguments: arguments.collect(),
            result: self.result(&of.output),
            variadic: of.variadic.is_some(),
        }
    }

    fn result(&self, of: &ReturnType) -> Kind {
        match of {
            ReturnType::Default => Kind::Void,
            ReturnType::Type(_, result) => self.kind(result),
        }
    }
}
