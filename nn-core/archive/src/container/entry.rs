//! One entry: its local header, its content, its descriptor.

use std::{
    io::{Read, Seek, SeekFrom},
    ops::Range,
};

use flate2::{Decompress, FlushDecompress, Status};

use super::{
    bytes::{Fields, read_at, zip64_field},
    directory::{DESCRIPTOR_FLAG, Entry, Packing},
};
use crate::ArchiveError;

const HEADER_BYTES: u64 = 30;
const PIECE_BYTES: usize = 1 << 16;

/// Checks the local header against the directory and gives the place of the content.
///
/// libtorch takes the lengths of name and extra data from here, so they must be right although the directory
/// says everything else.
pub(super) fn locate<R: Read + Seek>(
    reader: &mut R,
    entry: &Entry,
    directory_start: u64,
) -> Result<Range<u64>, ArchiveError> {
    let fits = |position: u64, count: u64| {
        position
            .checked_add(count)
            .filter(|&end| end <= directory_start)
            .ok_or_else(|| entry.damaged("it is cut"))
    };
    let names_start = fits(entry.header_start, HEADER_BYTES)?;
    let header = read_at(reader, entry.header_start, HEADER_BYTES as usize)?;
    let header =
        split(&mut Fields(&header)).ok_or_else(|| entry.damaged("it does not start with a header"))?;
    let names_bytes = header.name_bytes + header.extra_bytes;
    let start = fits(names_start, names_bytes as u64)?;
    let names = read_at(reader, names_start, names_bytes)?;
    let (name, extra) = names.split_at(header.name_bytes);
    if name != entry.name.as_bytes() {
        return Err(entry.damaged("its header has another name"));
    }
    if header.flags != entry.flags || header.packing != entry.packing.code() {
        return Err(entry.damaged("its header says that it is stored otherwise"));
    }
    let mut sizes = [u64::from(header.bytes), u64::from(header.stored_bytes)];
    if sizes.contains(&u64::from(u32::MAX)) {
        let mut wide = zip64_field(extra)
            .map_err(|what| entry.damaged(what))?
            .ok_or_else(|| entry.damaged("its size is missing"))?;
        for size in sizes.iter_mut().filter(|size| **size == u64::from(u32::MAX)) {
            *size = wide.u64().ok_or_else(|| entry.damaged("its size is missing"))?;
        }
    }
    // With a descriptor after the content, the header may leave all three out, not one of them.
    let left_out = entry.flags & DESCRIPTOR_FLAG != 0 && sizes == [0, 0] && header.crc32 == 0;
    if !left_out && sizes != [entry.bytes, entry.stored_bytes] {
        return Err(entry.damaged("its header has another size"));
    }
    if !left_out && header.crc32 != entry.crc32 {
        return Err(entry.damaged("its header has another checksum"));
    }
    Ok(start..fits(start, entry.stored_bytes)?)
}

struct Header {
    flags: u16,
    packing: u16,
    crc32: u32,
    stored_bytes: u32,
    bytes: u32,
    name_bytes: usize,
    extra_bytes: usize,
}

fn split(f: &mut Fields<'_>) -> Option<Header> {
    if f.take(4)? != b"PK\x03\x04" {
        return None;
    }
    let _version = f.u16()?;
    let (flags, packing) = (f.u16()?, f.u16()?);
    let _time_and_date = f.u32()?;
    Some(Header {
        flags,
        packing,
        crc32: f.u32()?,
        stored_bytes: f.u32()?,
        bytes: f.u32()?,
        name_bytes: f.u16()?.into(),
        extra_bytes: f.u16()?.into(),
    })
}

/// Gives the content piece by piece and checks its size and checksum at the end.
pub(super) fn stream<R: Read + Seek>(
    reader: &mut R,
    entry: &Entry,
    span: Range<u64>,
    mut take: impl FnMut(&[u8]),
) -> Result<(), ArchiveError> {
    reader.seek(SeekFrom::Start(span.start))?;
    let mut crc32 = crc32fast::Hasher::new();
    let mut bytes = 0;
    let mut count = |piece: &[u8]| {
        bytes += piece.len() as u64;
        // Never more than promised, whatever a deflated stream unfolds to.
        if bytes > entry.bytes {
            return Err(entry.damaged("it is longer than its size"));
        }
        crc32.update(piece);
        take(piece);
        Ok(())
    };
    let mut piece = vec![0; PIECE_BYTES.min(entry.stored_bytes as usize).max(1)];
    let mut inflater = (entry.packing == Packing::Deflated).then(|| Inflater::new(entry));
    let mut left = span.end - span.start;
    while left > 0 {
        let now = left.min(piece.len() as u64) as usize;
        reader.read_exact(&mut piece[..now])?;
        left -= now as u64;
        match &mut inflater {
            Some(inflater) => inflater.unfold(entry, &piece[..now], &mut count)?,
            None => count(&piece[..now])?,
        }
    }
    if inflater.is_some_and(|i| !i.ended) || bytes != entry.bytes {
        return Err(entry.damaged("it is shorter than its size"));
    }
    if crc32.finalize() != entry.crc32 {
        return Err(entry.damaged("its checksum is wrong"));
    }
    Ok(())
}

struct Inflater {
    state: Decompress,
    room: Vec<u8>,
    ended: bool,
}

impl Inflater {
    fn new(entry: &Entry) -> Self {
        let room = PIECE_BYTES.min(entry.bytes as usize).max(1);
        Self { state: Decompress::new(false), room: vec![0; room], ended: false }
    }

    fn unfold(
        &mut self,
        entry: &Entry,
        mut packed: &[u8],
        count: &mut impl FnMut(&[u8]) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        loop {
            if self.ended {
                return match packed.is_empty() {
                    true => Ok(()),
                    false => Err(entry.damaged("bytes follow its end")),
                };
            }
            let (in_before, out_before) = (self.state.total_in(), self.state.total_out());
            let status = self
                .state
                .decompress(packed, &mut self.room, FlushDecompress::None)
                .map_err(|_| entry.damaged("it cannot be unpacked"))?;
            let taken = (self.state.total_in() - in_before) as usize;
            let given = (self.state.total_out() - out_before) as usize;
            packed = &packed[taken..];
            count(&self.room[..given])?;
            self.ended = status == Status::StreamEnd;
            if !self.ended && taken == 0 && given == 0 {
                return match packed.is_empty() {
                    true => Ok(()),
                    false => Err(entry.damaged("it cannot be unpacked")),
                };
            }
        }
    }
}

/// Checks the descriptor that follows the content, if there is one; gives the place after it.
pub(super) fn check_descriptor<R: Read + Seek>(
    reader: &mut R,
    entry: &Entry,
    start: u64,
    directory_start: u64,
) -> Result<u64, ArchiveError> {
    if entry.flags & DESCRIPTOR_FLAG == 0 {
        return Ok(start);
    }
    for (bytes, wide) in [(16, false), (24, true)] {
        let Some(end) = start.checked_add(bytes).filter(|&end| end <= directory_start) else { continue };
        let record = read_at(reader, start, bytes as usize)?;
        let mut f = Fields(&record);
        let signature = f.take(4);
        let crc32 = f.u32();
        let mut size = || if wide { f.u64() } else { f.u32().map(u64::from) };
        let (stored_bytes, bytes) = (size(), size());
        if signature == Some(b"PK\x07\x08")
            && crc32 == Some(entry.crc32)
            && stored_bytes == Some(entry.stored_bytes)
            && bytes == Some(entry.bytes)
        {
            return Ok(end);
        }
    }
    Err(entry.damaged("the record after it says otherwise"))
}
