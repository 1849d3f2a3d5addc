//! The directory: one record per entry.

use std::{
    collections::HashSet,
    io::{Read, Seek},
};

use super::{
    bytes::{Fields, read_at, zip64_field},
    end::End,
};
use crate::ArchiveError;

/// A network with this many tensors does not run in real time.
const MOST_ENTRIES: u64 = 1 << 18;
const MOST_DIRECTORY_BYTES: u64 = 1 << 26;
const RECORD_BYTES: u64 = 46;

/// Flags that change nothing for a reader: deflate effort, descriptor after the data, UTF-8 names.
const KNOWN_FLAGS: u16 = 0x0806 | DESCRIPTOR_FLAG;
pub(super) const DESCRIPTOR_FLAG: u16 = 0x0008;
/// The directory attribute of DOS: libtorch's reader skips the content of such an entry.
const FOLDER_ATTRIBUTE: u32 = 0x10;

/// How the content of an entry is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Stored,
    Deflated,
}

impl Packing {
    pub(super) fn code(self) -> u16 {
        match self {
            Self::Stored => 0,
            Self::Deflated => 8,
        }
    }
}

/// What the directory says about one entry.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its full name, root folder included.
    pub(super) name: String,
    pub(super) flags: u16,
    pub(super) packing: Packing,
    pub(super) crc32: u32,
    /// Size in the file.
    pub(super) stored_bytes: u64,
    /// Size of the content.
    pub(crate) bytes: u64,
    /// Where its local header starts.
    pub(super) header_start: u64,
}

impl Entry {
    /// The error that names this entry.
    pub(super) fn damaged(&self, what: &'static str) -> ArchiveError {
        ArchiveError::Damaged { entry: self.name.clone(), what }
    }
}

/// Reads and checks all records; they must fill the directory exactly and have names of their own.
pub(super) fn read<R: Read + Seek>(reader: &mut R, end: &End) -> Result<Vec<Entry>, ArchiveError> {
    let limit = |what: &str, found, most| match found > most {
        true => Err(ArchiveError::Limit { what: what.into(), found, most }),
        false => Ok(()),
    };
    limit("entries in the file", end.entries, MOST_ENTRIES)?;
    limit("bytes of the file's directory", end.directory_bytes, MOST_DIRECTORY_BYTES)?;
    if end.entries * RECORD_BYTES > end.directory_bytes {
        return Err(ArchiveError::Directory { what: "it is shorter than its entries" });
    }
    let records = read_at(reader, end.directory_start, end.directory_bytes as usize)?;
    let mut f = Fields(&records);
    let mut entries = Vec::with_capacity(end.entries as usize);
    let mut names = HashSet::with_capacity(end.entries as usize);
    for _ in 0..end.entries {
        let entry = parse(&mut f)?;
        // libtorch finds records without regard to case.
        if !names.insert(entry.name.to_ascii_lowercase()) {
            return Err(entry.damaged("another entry has the same name"));
        }
        entries.push(entry);
    }
    if !f.0.is_empty() {
        return Err(ArchiveError::Directory { what: "it is longer than its entries" });
    }
    Ok(entries)
}

struct Record<'a> {
    flags: u16,
    packing: u16,
    crc32: u32,
    stored_bytes: u32,
    bytes: u32,
    disk: u16,
    attributes: u32,
    header_start: u32,
    name: &'a [u8],
    extra: &'a [u8],
}

fn split<'a>(f: &mut Fields<'a>) -> Option<Record<'a>> {
    if f.take(4)? != b"PK\x01\x02" {
        return None;
    }
    let _versions = f.u32()?;
    let (flags, packing) = (f.u16()?, f.u16()?);
    let _time_and_date = f.u32()?;
    let (crc32, stored_bytes, bytes) = (f.u32()?, f.u32()?, f.u32()?);
    let (name_bytes, extra_bytes, comment_bytes) = (f.u16()?, f.u16()?, f.u16()?);
    let disk = f.u16()?;
    let _internal_attributes = f.u16()?;
    let (attributes, header_start) = (f.u32()?, f.u32()?);
    let name = f.take(name_bytes.into())?;
    let extra = f.take(extra_bytes.into())?;
    let _comment = f.take(comment_bytes.into())?;
    Some(Record { flags, packing, crc32, stored_bytes, bytes, disk, attributes, header_start, name, extra })
}

fn parse(f: &mut Fields<'_>) -> Result<Entry, ArchiveError> {
    let record = split(f).ok_or(ArchiveError::Directory { what: "a record is cut" })?;
    let name = std::str::from_utf8(record.name)
        .ok()
        .filter(|n| !n.is_empty() && !n.contains('\0'))
        .ok_or(ArchiveError::Directory { what: "a name is not text" })?
        .to_owned();
    if record.flags & !KNOWN_FLAGS != 0 {
        return Err(ArchiveError::Unsupported { entry: name, what: "encrypted or specially packed" });
    }
    let packing = match record.packing {
        0 => Packing::Stored,
        8 => Packing::Deflated,
        _ => return Err(ArchiveError::Unsupported { entry: name, what: "packed in an unknown way" }),
    };
    let mut entry = Entry {
        name,
        flags: record.flags,
        packing,
        crc32: record.crc32,
        stored_bytes: record.stored_bytes.into(),
        bytes: record.bytes.into(),
        header_start: record.header_start.into(),
    };
    widen(&mut entry, record.extra).map_err(|what| entry.damaged(what))?;
    let is_folder = entry.name.ends_with('/');
    if record.disk != 0 {
        return Err(entry.damaged("it is on another disk"));
    }
    if is_folder && entry.bytes != 0 {
        return Err(entry.damaged("it is a folder with content"));
    }
    if !is_folder && record.attributes & FOLDER_ATTRIBUTE != 0 {
        return Err(entry.damaged("it is marked as a folder"));
    }
    if packing == Packing::Stored && entry.stored_bytes != entry.bytes {
        return Err(entry.damaged("its two sizes differ"));
    }
    Ok(entry)
}

/// Takes the numbers that do not fit 32 bits from the zip64 field.
fn widen(entry: &mut Entry, extra: &[u8]) -> Result<(), &'static str> {
    let mut wide = zip64_field(extra)?;
    for number in [&mut entry.bytes, &mut entry.stored_bytes, &mut entry.header_start] {
        if *number == u64::from(u32::MAX) {
            let field = wide.as_mut().ok_or("its size is missing")?;
            *number = field.u64().ok_or("its size is missing")?;
        }
    }
    Ok(())
}
