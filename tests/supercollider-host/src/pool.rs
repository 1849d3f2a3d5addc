//! The servers' real-time memory: a fixed room in which pieces are given out and taken back.

use std::collections::BTreeMap;

/// What every piece is a multiple of.
const STEP: usize = 16;
/// What lies in memory that was given out, and again when it came back.
const GARBAGE: u8 = 0xa5;

/// The room.
pub struct Pool {
    room: Vec<u128>,
    /// Pieces in use, by their beginnings: how long each is.
    used: BTreeMap<usize, usize>,
}

impl Pool {
    /// Of so many bytes.
    pub fn new(bytes: usize) -> Self {
        Self { room: vec![0; bytes / STEP], used: BTreeMap::new() }
    }

    /// Bytes that are in use.
    pub fn used_bytes(&self) -> usize {
        self.used.values().sum()
    }

    /// A piece, full of garbage; `None` where there is no room.
    pub fn take(&mut self, bytes: usize) -> Option<*mut u8> {
        let bytes = bytes.next_multiple_of(STEP).max(STEP);
        let end = self.room.len() * STEP;
        // The last one's end, else the first gap.
        let after_last = self.used.last_key_value().map_or(0, |(at, long)| at + long);
        let at = if after_last + bytes <= end { after_last } else { self.gap(bytes)? };
        self.used.insert(at, bytes);
        // SAFETY: inside the room.
        let piece = unsafe { self.room.as_mut_ptr().cast::<u8>().add(at) };
        // SAFETY: the piece is as long, and nobody has it.
        unsafe { piece.write_bytes(GARBAGE, bytes) };
        Some(piece)
    }

    fn gap(&self, bytes: usize) -> Option<usize> {
        let mut at = 0;
        for (used, long) in &self.used {
            if used - at >= bytes {
                return Some(at);
            }
            at = used + long;
        }
        None
    }

    /// Takes a piece back; false if it was not given out.
    pub fn give_back(&mut self, piece: *mut u8) -> bool {
        let at = piece.addr().wrapping_sub(self.room.as_ptr().addr());
        let Some(long) = self.used.remove(&at) else { return false };
        // SAFETY: it was a piece of that length, and nobody has it any more.
        unsafe { piece.write_bytes(GARBAGE, long) };
        true
    }
}
