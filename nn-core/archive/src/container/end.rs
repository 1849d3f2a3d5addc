//! The records at the end of the file that say where the directory is.

use std::io::{Read, Seek};

use super::bytes::{Fields, read_at};
use crate::ArchiveError;

const END_BYTES: u64 = 22;
const LOCATOR_BYTES: u64 = 20;
const END64_BYTES: u64 = 56;

/// Where the directory is and how many entries it has.
pub(super) struct End {
    pub(super) directory_start: u64,
    pub(super) directory_bytes: u64,
    pub(super) entries: u64,
}

/// Reads the end record, and the zip64 one that torch always writes before it.
///
/// A comment after the end record is refused: no torch writes one, and it is the place where two readers can be
/// made to find two different ends.
pub(super) fn read<R: Read + Seek>(reader: &mut R, length: u64) -> Result<End, ArchiveError> {
    let end_start = length.checked_sub(END_BYTES).ok_or(ArchiveError::Truncated)?;
    let record = read_at(reader, end_start, END_BYTES as usize)?;
    let mut f = Fields(&record);
    if f.take(4) != Some(b"PK\x05\x06") {
        return Err(ArchiveError::Truncated);
    }
    let short = parse_short(&mut f).ok_or(damaged("its end record"))?;
    let long = match end_start.checked_sub(LOCATOR_BYTES) {
        Some(locator_start) => read_long(reader, locator_start)?,
        None => None,
    };
    let (end, directory_end) = match long {
        Some((long, start)) => {
            let agrees = |short: u64, long: u64, unknown: u64| short == long || short == unknown;
            if !agrees(short.entries, long.entries, 0xFFFF)
                || !agrees(short.directory_bytes, long.directory_bytes, 0xFFFF_FFFF)
                || !agrees(short.directory_start, long.directory_start, 0xFFFF_FFFF)
            {
                return Err(damaged("its two end records differ"));
            }
            (long, start)
        }
        None => (short, end_start),
    };
    if end.directory_start.checked_add(end.directory_bytes) != Some(directory_end) {
        return Err(damaged("it is not where the end record says"));
    }
    Ok(end)
}

fn damaged(what: &'static str) -> ArchiveError {
    ArchiveError::Directory { what }
}

/// After the signature: everything on one disk, no comment.
fn parse_short(f: &mut Fields<'_>) -> Option<End> {
    let (disk, directory_disk) = (f.u16()?, f.u16()?);
    let (entries_here, entries) = (f.u16()?, f.u16()?);
    let (directory_bytes, directory_start) = (f.u32()?, f.u32()?);
    let comment_bytes = f.u16()?;
    (disk == 0 && directory_disk == 0 && entries_here == entries && comment_bytes == 0).then_some(End {
        directory_start: directory_start.into(),
        directory_bytes: directory_bytes.into(),
        entries: entries.into(),
    })
}

/// The zip64 end record and where it starts, `None` when the archive has none.
fn read_long<R: Read + Seek>(reader: &mut R, locator_start: u64) -> Result<Option<(End, u64)>, ArchiveError> {
    let locator = read_at(reader, locator_start, LOCATOR_BYTES as usize)?;
    let mut f = Fields(&locator);
    if f.take(4) != Some(b"PK\x06\x07") {
        return Ok(None);
    }
    let (disk, start, disks) = (f.u32(), f.u64(), f.u32());
    if disk != Some(0) || disks != Some(1) {
        return Err(damaged("its zip64 locator"));
    }
    let start = start
        .filter(|start| start.checked_add(END64_BYTES) == Some(locator_start))
        .ok_or(damaged("its zip64 locator"))?;
    let record = read_at(reader, start, END64_BYTES as usize)?;
    let end = parse_long(&mut Fields(&record)).ok_or(damaged("its zip64 end record"))?;
    Ok(Some((end, start)))
}

fn parse_long(f: &mut Fields<'_>) -> Option<End> {
    let signature = f.take(4)?;
    let rest_bytes = f.u64()?;
    let _versions = f.u32()?;
    let (disk, directory_disk) = (f.u32()?, f.u32()?);
    let (entries_here, entries) = (f.u64()?, f.u64()?);
    let (directory_bytes, directory_start) = (f.u64()?, f.u64()?);
    let sound = signature == b"PK\x06\x06"
        && rest_bytes == END64_BYTES - 12
        && disk == 0
        && directory_disk == 0
        && entries_here == entries;
    sound.then_some(End { directory_start, directory_bytes, entries })
}
