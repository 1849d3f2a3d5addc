//! Where C puts the fields of structures: ours by its rules, the header's as `bindgen` asserts them.

use crate::interface::Interface;
use crate::kind::Kind;

/// Bytes that a type takes, and what its address is a multiple of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    pub size: usize,
    pub align: usize,
}

/// A field: where it begins, and what it is.
#[derive(Clone, Debug)]
pub struct Place {
    pub offset: usize,
    pub kind: Kind,
}

impl Interface {
    /// What a structure measures by C's rules.
    pub(crate) fn extent(&self, name: &str) -> Option<Extent> {
        self.laid_out(name).map(|(extent, _)| extent)
    }

    /// A field, where C's rules put it.
    pub(crate) fn place(&self, record: &str, field: &str) -> Option<Place> {
        self.laid_out(record)?.1.into_iter().find(|(name, _)| name == field).map(|(_, place)| place)
    }

    fn laid_out(&self, name: &str) -> Option<(Extent, Vec<(String, Place)>)> {
        let record = self.records.get(name)?;
        let (mut end, mut align, mut places) = (0_usize, 1, Vec::new());
        for (field, of) in &record.fields {
            let kind = self.kind(of);
            let extent = self.extent_of(&kind)?;
            let most = record.packed.unwrap_or(usize::MAX);
            let extent = Extent { align: extent.align.min(most), ..extent };
            let offset = if record.union { 0 } else { end.next_multiple_of(extent.align) };
            end = end.max(offset + extent.size);
            align = align.max(extent.align);
            places.push((field.clone(), Place { offset, kind }));
        }
        Some((Extent { size: end.next_multiple_of(align), align }, places))
    }

    fn extent_of(&self, kind: &Kind) -> Option<Extent> {
        let plain = |bytes| Some(Extent { size: bytes, align: bytes });
        match kind {
            Kind::Void => None,
            Kind::Int { bytes, .. } | Kind::Float { bytes } => plain(*bytes),
            Kind::Pointer { .. } | Kind::Function(_) => plain(size_of::<usize>()),
            Kind::Named(name) => match self.enums.get(name) {
                Some(bytes) => plain(*bytes),
                None => self.extent(name),
            },
            Kind::Array { of, count } => {
                let one = self.extent_of(of)?;
                Some(Extent { size: one.size * count, align: one.align })
            }
        }
    }

    /// What a structure of the header measures.
    pub(crate) fn asserted_extent(&self, name: &str) -> Option<Extent> {
        let measure = |what: &str| self.measures.get(&format!("{what} of {name}")).copied();
        Some(Extent { size: measure("Size")?, align: measure("Alignment")? })
    }

    /// A field of a structure of the header; a point leads into a field, and what has no name of its own is looked into.
    pub(crate) fn asserted_place(&self, record: &str, path: &str) -> Option<Place> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let fields = &self.records.get(record)?.fields;
        let at = |field: &str| {
            let asserted = self.measures.get(&format!("Offset of field: {record}::{field}")).copied();
            // bindgen asserts nothing of what has no name of its own.
            asserted.or_else(|| Some(self.place(record, field)?.offset))
        };
        let within = |outer: usize, place: Place| Place { offset: outer + place.offset, ..place };
        if let Some((_, of)) = fields.iter().find(|(name, _)| name == first) {
            let place = Place { offset: at(first)?, kind: self.kind(of) };
            return match (rest, &place.kind) {
                (None, _) => Some(place),
                (Some(rest), Kind::Named(inner)) => {
                    self.asserted_place(inner, rest).map(|inner| within(place.offset, inner))
                }
                _ => None,
            };
        }
        fields.iter().filter(|(name, _)| name.starts_with("__bindgen_anon")).find_map(|(name, of)| {
            let Kind::Named(inner) = self.kind(of) else { return None };
            Some(within(at(name)?, self.asserted_place(&inner, path)?))
        })
    }
}
