//! Goes through everything that is ours and says what the header has otherwise.

use crate::interface::{Interface, Record};
use crate::kind::{Kind, Signature};
use crate::layout::Extent;
use crate::matching::{Pair, Way};
use crate::table::{Place, ROOM, Row, Size, Table};

/// Every difference between our declarations and the header's, one line each; none when all is well.
#[must_use]
pub fn differences(ours: &Interface, theirs: &Interface, table: &Table) -> Vec<String> {
    let pair = Pair { ours, theirs, table };
    let mut found = Vec::new();
    found.extend(ours.records.iter().filter(|(_, record)| record.is_c).flat_map(|(name, record)| {
        match table.rows.iter().find(|row| row.ours == name) {
            Some(row) => pair.record(row, record),
            None => vec![format!("{name}: no row says what it is in the header")],
        }
    }));
    let is_declared = |name: &str| ours.records.get(name).is_some_and(|record| record.is_c);
    let missing = table.rows.iter().filter(|row| !is_declared(row.ours));
    found.extend(missing.map(|row| format!("{}: it is not declared as C has it", row.ours)));
    found.extend(ours.functions.iter().filter_map(|(name, function)| pair.function(name, function)));
    found.extend(table.looked_up.iter().filter_map(|(name, place)| pair.looked_up(name, *place)));
    let is_known = |name: &str| {
        table.looked_up.iter().any(|(known, _)| *known == name) || table.in_no_header.contains(&name)
    };
    let names = ours.looked_up.iter().filter(|name| !is_known(name));
    found
        .extend(names.map(|name| format!("{name}: it is looked up, and no row says where its signature is")));
    found.extend(ours.constants.iter().filter_map(|(name, value)| pair.constant(name, *value)));
    found
}

impl Pair<'_> {
    fn record(&self, row: &Row, record: &Record) -> Vec<String> {
        if row.size == Size::Opaque {
            let is_empty = self.ours.extent(row.ours).is_none_or(|extent| extent.size == 0);
            return if is_empty { Vec::new() } else { vec![format!("{}: it has fields", row.ours)] };
        }
        let tag = row.theirs.iter().find(|tag| self.theirs.records.contains_key(**tag));
        let Some(tag) = tag else {
            return vec![format!("{}: the header has none of {:?}", row.ours, row.theirs)];
        };
        let (Some(ours), Some(theirs)) = (self.ours.extent(row.ours), self.theirs.asserted_extent(tag))
        else {
            return vec![format!("{} and {tag}: no layout of one of them", row.ours)];
        };
        let mut found = Vec::new();
        if !row.size.allows(ours, theirs) {
            found.push(format!("{}: {ours:?}, the header has {theirs:?}", row.ours));
        }
        for (field, _) in &record.fields {
            let fills = ["rest", "other", "opaque"].iter().any(|word| field.starts_with(word));
            match row.fields.iter().find(|(ours, _)| ours == field) {
                Some((_, path)) if *path == ROOM => {}
                Some((_, path)) => found.extend(self.field((row.ours, tag), field, path)),
                None if fills => {}
                None => found.push(format!("{}.{field}: no row says what it is in the header", row.ours)),
            }
        }
        found
    }

    fn field(&self, (record, tag): (&str, &str), field: &str, path: &str) -> Option<String> {
        let what = format!("{record}.{field}");
        let Some(theirs) = self.theirs.asserted_place(tag, path) else {
            return Some(format!("{what}: the header has no {tag}.{path}"));
        };
        let Some(ours) = self.ours.place(record, field) else {
            return Some(format!("{what}: its place is not known"));
        };
        if ours.offset != theirs.offset {
            return Some(format!("{what}: at {}, in the header at {}", ours.offset, theirs.offset));
        }
        let fits = self.fits(&ours.kind, &theirs.kind, Way::Out);
        (!fits).then(|| format!("{what}: {:?}, the header has {:?}", ours.kind, theirs.kind))
    }

    fn function(&self, name: &str, ours: &Signature) -> Option<String> {
        if self.table.in_no_header.contains(&name) {
            return None;
        }
        match self.theirs.functions.get(name) {
            Some(theirs) => self.difference(ours, theirs).map(|what| format!("{name}: {what}")),
            None => Some(format!("{name}: the header has no such function")),
        }
    }

    fn looked_up(&self, name: &str, place: Place) -> Option<String> {
        let ours = match place {
            Place::Type(alias) => self.ours.aliases.get(alias),
            Place::Field(record, field) => self.ours.records.get(record).and_then(|record| {
                record.fields.iter().find(|(name, _)| name == field).map(|(_, kind)| kind)
            }),
        };
        let Some(Kind::Function(ours)) = ours.map(|ours| self.ours.kind(ours)) else {
            return Some(format!("{name}: {place:?} is no function"));
        };
        // A function, or the type of one.
        match self.theirs.aliases.get(name).map(|theirs| self.theirs.kind(theirs)) {
            Some(Kind::Function(theirs)) => {
                self.difference(&ours, &theirs).map(|what| format!("{name}: {what}"))
            }
            _ => self.function(name, &ours),
        }
    }

    fn constant(&self, name: &str, ours: i128) -> Option<String> {
        if self.table.own_constants.contains(&name) {
            return None;
        }
        let their_name =
            self.table.renamed.iter().find(|(ours, _)| *ours == name).map_or(name, |(_, theirs)| theirs);
        match self.theirs.constants.get(their_name) {
            Some(theirs) if *theirs == ours => None,
            Some(theirs) => Some(format!("{name}: {ours}, the header has {theirs}")),
            None => Some(format!("{name}: the header has no constant {their_name}")),
        }
    }
}

impl Size {
    fn allows(self, ours: Extent, theirs: Extent) -> bool {
        match self {
            Self::Same => ours == theirs,
            Self::Beginning => ours.size <= theirs.size && ours.align <= theirs.align,
            Self::Unaligned => ours.size == theirs.size && ours.align < theirs.align,
            Self::Longer(bytes) => ours.size + bytes == theirs.size && ours.align == theirs.align,
            Self::Room => ours.size >= theirs.size && ours.align >= theirs.align,
            Self::Opaque => true,
        }
    }
}
