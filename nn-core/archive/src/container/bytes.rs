//! Little-endian fields of zip records.

use std::io::{Read, Seek, SeekFrom};

use crate::ArchiveError;

/// Takes fields from the front of a record; `None` when the record is too short.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }
}

/// Reads `count` bytes at a place of the file.
pub(super) fn read_at<R: Read + Seek>(
    reader: &mut R,
    position: u64,
    count: usize,
) -> Result<Vec<u8>, ArchiveError> {
    let mut bytes = vec![0; count];
    reader.seek(SeekFrom::Start(position))?;
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The content of the zip64 field in the extra data of an entry, if there is exactly one.
///
/// `Err` when the extra data is not a sequence of fields; two zip64 fields would let two readers differ.
pub(super) fn zip64_field(extra: &[u8]) -> Result<Option<Fields<'_>>, &'static str> {
    let mut fields = Fields(extra);
    let mut found = None;
    while !fields.0.is_empty() {
        let id = fields.u16();
        let content = fields.u16().and_then(|size| fields.take(usize::from(size)));
        let (Some(id), Some(content)) = (id, content) else { return Err("its extra data is cut") };
        if id == 1 && found.replace(Fields(content)).is_some() {
            return Err("it has two sizes");
        }
    }
    Ok(found)
}
