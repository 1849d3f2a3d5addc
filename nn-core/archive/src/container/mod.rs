//! The zip structure: directory, entries, checksums.
//!
//! This reads what torch writes (and what plain zip tools write when they repack it) and nothing more. It is
//! stricter than a general zip reader on purpose: libtorch's reader and a lenient one could see two different
//! archives in the same bytes.

use std::{
    collections::HashMap,
    io::{Read, Seek, SeekFrom},
};

use super::{
    ArchiveError,
    budget::{self, Budget},
};

mod bytes;
mod directory;
mod end;
mod entry;
mod kind;

pub(super) use directory::Entry;

/// An open archive: its directory in memory, its entries on demand.
pub(super) struct Archive<R> {
    reader: R,
    /// Where the directory starts: no entry reaches beyond.
    directory_start: u64,
    entries: Vec<Entry>,
    index: HashMap<String, usize>,
    /// The folder in which all entries lie, with its slash.
    root: String,
    /// What may still be done for it.
    pub(super) budget: Budget,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the directory and nothing else.
    pub(super) fn open(reader: R) -> Result<Self, ArchiveError> {
        Self::within(reader, Budget::unlimited())
    }

    /// The same, with no more work than allowed for this and all that follows.
    pub(super) fn within(mut reader: R, budget: Budget) -> Result<Self, ArchiveError> {
        let length = reader.seek(SeekFrom::End(0))?;
        kind::check_start(&mut reader, length)?;
        let end = end::read(&mut reader, length)?;
        // Numbers of a stranger, which may be any.
        let records = end.entries.saturating_mul(budget::ENTRY);
        budget.spend(records.saturating_add(budget::bytes(end.directory_bytes)))?;
        let entries = directory::read(&mut reader, &end)?;
        let mut index = HashMap::with_capacity(entries.len());
        for (i, entry) in entries.iter().enumerate() {
            index.insert(entry.name.clone(), i);
        }
        // libtorch takes the folder of the first entry; so do we, or the two would see different records.
        let first = entries.first().ok_or(ArchiveError::Directory { what: "it has no entries" })?;
        let slash = first.name.find('/').ok_or(ArchiveError::NotAnArchive {
            found: "another zip archive: export the model with torch.jit.save",
        })?;
        let root = first.name[..=slash].to_owned();
        Ok(Self { reader, directory_start: end.directory_start, entries, index, root, budget })
    }

    /// The entry of that name inside the root folder.
    pub(super) fn find(&self, name: &str) -> Option<&Entry> {
        self.index.get(&format!("{}{name}", self.root)).map(|&i| &self.entries[i])
    }

    /// True when no entry in these folders of the root is packed.
    pub(super) fn are_stored(&self, folders: &[&str]) -> bool {
        let within = |name: &str| {
            name.strip_prefix(&self.root)
                .and_then(|name| name.split_once('/'))
                .is_some_and(|(folder, _)| folders.contains(&folder))
        };
        self.entries.iter().all(|entry| entry.packing == directory::Packing::Stored || !within(&entry.name))
    }

    /// True when some entry lies in that folder of the root.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        let prefix = format!("{}{folder}/", self.root);
        self.entries.iter().any(|e| e.name.starts_with(&prefix))
    }

    /// The names inside the root and the sizes of all entries in that folder of it.
    pub(super) fn files(&self, folder: &str) -> Vec<(String, u64)> {
        let within = |entry: &Entry| {
            let name = entry.name.strip_prefix(&self.root)?;
            name.strip_prefix(folder)?.starts_with('/').then(|| (name.to_owned(), entry.bytes))
        };
        self.entries.iter().filter_map(within).collect()
    }

    /// The content of an entry, with header and checksum checked; at most `most` bytes.
    pub(super) fn read(&mut self, name: &str, most: u64) -> Result<Vec<u8>, ArchiveError> {
        let entry = self.find(name).ok_or_else(|| ArchiveError::Missing { entry: name.into() })?.clone();
        if entry.bytes > most || entry.stored_bytes > most {
            let found = entry.bytes.max(entry.stored_bytes);
            return Err(ArchiveError::Limit { what: format!("bytes of {name}"), found, most });
        }
        self.budget.spend(budget::READ + budget::bytes(entry.bytes.max(entry.stored_bytes)))?;
        let mut content = Vec::with_capacity(entry.bytes as usize);
        let span = entry::locate(&mut self.reader, &entry, self.directory_start)?;
        entry::stream(&mut self.reader, &entry, span, |piece| content.extend_from_slice(piece))?;
        Ok(content)
    }

    /// The first bytes of an entry, at most so many, with its header checked and its checksum not; `None` when it is
    /// packed.
    pub(super) fn beginning(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, ArchiveError> {
        let entry = self.find(name).ok_or_else(|| ArchiveError::Missing { entry: name.into() })?.clone();
        if entry.packing != directory::Packing::Stored {
            return Ok(None);
        }
        let count = entry.bytes.min(most);
        self.budget.spend(budget::READ + budget::bytes(count))?;
        let span = entry::locate(&mut self.reader, &entry, self.directory_start)?;
        let count = count.min(span.end - span.start) as usize;
        Ok(Some(bytes::read_at(&mut self.reader, span.start, count)?))
    }

    /// Checks every byte between the start of the file and the directory: entries follow each other without gap
    /// or overlap, each header says what the directory says, each checksum holds.
    pub(super) fn check_all(&mut self) -> Result<(), ArchiveError> {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_key(|&i| self.entries[i].header_start);
        let mut position = 0;
        for i in order {
            let entry = &self.entries[i];
            if entry.header_start != position {
                return Err(entry.damaged("bytes before it belong to nothing, or to two entries"));
            }
            let span = entry::locate(&mut self.reader, entry, self.directory_start)?;
            entry::stream(&mut self.reader, entry, span.clone(), |_| {})?;
            position = entry::check_descriptor(&mut self.reader, entry, span.end, self.directory_start)?;
        }
        if position != self.directory_start {
            return Err(ArchiveError::Directory { what: "bytes before it belong to no entry" });
        }
        Ok(())
    }
}
