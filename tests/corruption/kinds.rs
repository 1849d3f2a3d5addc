//! Ways to spoil an archive; the same seed spoils it the same way.

use super::{
    archive_files::{self, Map},
    support::dice::Dice,
};

/// What was done to a copy, for the report of a failing test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    BitFlips,
    RandomBytes,
    Zeros,
    Truncated,
    Removed,
    Inserted,
    Appended,
    Exchanged,
    WeightFlip,
    EntriesExchanged,
    EntryDoubled,
    DirectoryLie,
    EndLie,
    HeaderLie,
    HalfOfAnother,
    /// In bytes that no reader takes anything from.
    Idle,
}

pub const KINDS: [Kind; 16] = [
    Kind::BitFlips,
    Kind::RandomBytes,
    Kind::Zeros,
    Kind::Truncated,
    Kind::Removed,
    Kind::Inserted,
    Kind::Appended,
    Kind::Exchanged,
    Kind::WeightFlip,
    Kind::EntriesExchanged,
    Kind::EntryDoubled,
    Kind::DirectoryLie,
    Kind::EndLie,
    Kind::HeaderLie,
    Kind::HalfOfAnother,
    Kind::Idle,
];

fn random_bytes(dice: &mut Dice, count: usize) -> Vec<u8> {
    (0..count).map(|_| dice.below(256) as u8).collect()
}

/// A place in `0..end`, and a length from 1 to `most` that stays inside.
fn stretch(dice: &mut Dice, end: usize, most: usize) -> std::ops::Range<usize> {
    let start = dice.below(end as u64) as usize;
    let length = 1 + dice.below(most as u64) as usize;
    start..(start + length).min(end)
}

fn number(bytes: &[u8], place: usize, count: usize) -> usize {
    bytes[place..place + count].iter().rev().fold(0, |n, &b| n << 8 | usize::from(b))
}

/// Writes an absurd or slightly wrong number over a field.
fn lie(dice: &mut Dice, bytes: &mut [u8], place: usize, count: usize) {
    let truth = number(bytes, place, count) as u64;
    let lie = match dice.below(6) {
        0 => 0,
        1 => u64::MAX,
        2 => truth.wrapping_add(1),
        3 => truth.wrapping_sub(1),
        4 => truth ^ 1 << dice.below(count as u64 * 8),
        _ => dice.below(1 << 31),
    };
    bytes[place..place + count].copy_from_slice(&lie.to_le_bytes()[..count]);
}

/// The same archive with the contents of an entry that comes twice.
fn doubled(dice: &mut Dice, good: &[u8]) -> Vec<u8> {
    let mut entries = archive_files::entries(good);
    let (name, mut content) = entries[dice.below(entries.len() as u64) as usize].clone();
    if let Some(byte) = content.first_mut() {
        *byte ^= 1 << dice.below(8);
    }
    let place = dice.below(entries.len() as u64 + 1) as usize;
    entries.insert(place, (name, content));
    archive_files::torch_zip(&entries)
}

/// A spoiled copy of `good`, made with the help of another good file.
#[expect(clippy::too_many_lines, reason = "one case after the other")]
pub fn spoil(dice: &mut Dice, kind: Kind, good: &[u8], another: &[u8]) -> Vec<u8> {
    let map: Map = archive_files::map(good);
    let record = |dice: &mut Dice| *dice.pick(&map.records);
    let mut bytes = good.to_vec();
    let end = bytes.len();
    match kind {
        Kind::BitFlips => {
            for _ in 0..1 + dice.below(3) {
                bytes[dice.below(end as u64) as usize] ^= 1 << dice.below(8);
            }
        }
        Kind::RandomBytes => {
            let place = stretch(dice, end, 64);
            let random = random_bytes(dice, place.len());
            bytes[place].copy_from_slice(&random);
        }
        Kind::Zeros => {
            let place = stretch(dice, end, 512);
            bytes[place].fill(0);
        }
        Kind::Truncated => bytes.truncate(dice.below(end as u64) as usize),
        Kind::Removed => drop(bytes.drain(stretch(dice, end, 256))),
        Kind::Inserted => {
            let place = dice.below(end as u64) as usize;
            let count = 1 + dice.below(64) as usize;
            let random = random_bytes(dice, count);
            bytes.splice(place..place, random);
        }
        Kind::Appended => {
            let count = 1 + dice.below(64) as usize;
            bytes.extend(random_bytes(dice, count));
        }
        Kind::Exchanged => {
            let length = 1 + dice.below(128) as usize;
            let (a, b) = (dice.below((end - length) as u64), dice.below((end - length) as u64));
            let (a, b) = (a as usize, b as usize);
            let piece = good[a..a + length].to_vec();
            bytes.copy_within(b..b + length, a);
            bytes[b..b + length].copy_from_slice(&piece);
        }
        Kind::WeightFlip => {
            // In the contents of the numbers, where nothing but a checksum can tell.
            let header = |record: usize| number(good, record + 42, 4);
            let weights: Vec<_> = map
                .records
                .iter()
                .filter(|&&r| String::from_utf8_lossy(&good[r + 46..r + 66]).contains("/data/"))
                .map(|&r| {
                    let start =
                        header(r) + 30 + number(good, header(r) + 26, 2) + number(good, header(r) + 28, 2);
                    start..start + number(good, r + 20, 4)
                })
                .collect();
            let place = dice.pick(&weights).clone();
            bytes[place.start + dice.below(place.len() as u64) as usize] ^= 1 << dice.below(8);
        }
        Kind::EntriesExchanged => {
            let (a, b) = (record(dice), record(dice));
            for place in 42..46 {
                bytes.swap(a + place, b + place);
            }
        }
        Kind::EntryDoubled => bytes = doubled(dice, good),
        Kind::DirectoryLie => {
            let record = record(dice);
            let (place, count) =
                *dice.pick(&[(8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (42, 4)]);
            lie(dice, &mut bytes, record + place, count);
        }
        Kind::EndLie => {
            let (place, count) = *dice.pick(&[(4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)]);
            lie(dice, &mut bytes, end - 22 + place, count);
        }
        Kind::HeaderLie => {
            let record = record(dice);
            let header = number(good, record + 42, 4);
            let (place, count) = *dice.pick(&[(6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)]);
            lie(dice, &mut bytes, header + place, count);
        }
        Kind::HalfOfAnother => {
            let cut = dice.below(end as u64) as usize;
            bytes.truncate(cut);
            bytes.extend(&another[cut.min(another.len())..]);
        }
        Kind::Idle => {
            let place = dice.pick(&map.idle).clone();
            let place = place.start + dice.below(place.len().max(1) as u64) as usize;
            // This byte says what is a folder.
            if !map.records.iter().any(|record| place == record + 38)
                && map.idle.iter().any(|idle| idle.contains(&place))
            {
                bytes[place] ^= 1 << dice.below(8);
            }
        }
    }
    bytes
}
