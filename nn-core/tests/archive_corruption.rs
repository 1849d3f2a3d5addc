//! What happens to damaged and hostile archives.

mod archive_files;

use std::io::Cursor;

use archive_files::{Map, Module, entries, map, model, stored, torch_zip};
use nn_core::archive::{ArchiveError, describe_from, verify};
use proptest::prelude::*;

fn describe(bytes: &[u8]) -> Result<nn_core::spec::ModelSpec, ArchiveError> {
    describe_from(Cursor::new(bytes))
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(model(name)).expect("a committed model")
}

/// The bit that makes libtorch take an entry for a folder and skip its content.
fn is_folder_bit(map: &Map, byte: usize, bit: usize) -> bool {
    bit == 4 && map.records.iter().any(|record| byte == record + 38)
}

/// Flips bits one at a time: each is noticed, or is in a byte that nobody reads, or leaves all contents as they
/// were (a deflated content can be spelt in two ways).
fn flip(bytes: &[u8], bits: impl Iterator<Item = usize>) {
    let spec = describe(bytes).expect("a sound model");
    let (map, contents) = (map(bytes), entries(bytes));
    let mut noticed = 0;
    let mut damaged = bytes.to_vec();
    for at in bits {
        let (byte, bit) = (at / 8, at % 8);
        damaged[byte] ^= 1 << bit;
        if let Ok(found) = describe(&damaged) {
            assert_eq!(found, spec, "bit {bit} of byte {byte:#x} changes the description");
        }
        let within = |ranges: &[std::ops::Range<usize>]| ranges.iter().any(|r| r.contains(&byte));
        match verify(&damaged) {
            Err(_) => noticed += 1,
            Ok(()) if within(&map.idle) && !is_folder_bit(&map, byte, bit) => {}
            Ok(()) if within(&map.deflated) => assert_eq!(entries(&damaged), contents),
            Ok(()) => panic!("bit {bit} of byte {byte:#x} goes unnoticed"),
        }
        damaged[byte] ^= 1 << bit;
    }
    assert!(noticed > 0);
}

#[test]
fn every_flipped_bit_of_a_repacked_model_is_noticed_or_idle() {
    let bytes = file("identity.ts");
    flip(&bytes, 0..bytes.len() * 8);
}

#[test]
fn every_flipped_bit_in_the_layout_of_torch_is_noticed_or_idle() {
    let bytes = torch_zip(&entries(&file("identity.ts")));
    flip(&bytes, 0..bytes.len() * 8);
}

#[test]
fn flipped_bits_of_larger_models_are_noticed_or_idle() {
    for name in ["gain.ts", "slow.ts"] {
        let bytes = file(name);
        // The same 2,500 places on every run, spread by a step without a common factor.
        let bits = bytes.len() * 8;
        flip(&bytes, (0..2_500).map(|i| i * 104_729 % bits));
    }
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    for bytes in [file("identity.ts"), torch_zip(&entries(&file("identity.ts")))] {
        for length in 0..bytes.len() {
            assert!(describe(&bytes[..length]).is_err(), "cut to {length}");
            let error = verify(&bytes[..length]).expect_err("cut");
            match length {
                0 => assert!(matches!(error, ArchiveError::Empty)),
                _ => assert!(matches!(error, ArchiveError::Truncated), "cut to {length}: {error}"),
            }
        }
    }
}

#[test]
fn bytes_after_the_end_are_refused() {
    let mut bytes = file("identity.ts");
    bytes.push(0);
    assert!(matches!(verify(&bytes), Err(ArchiveError::Truncated)));
}

/// Exchanges two fields of equal length.
fn exchange(bytes: &mut [u8], a: usize, b: usize, count: usize) {
    for i in 0..count {
        bytes.swap(a + i, b + i);
    }
}

#[test]
fn directory_records_that_point_at_each_others_entries_are_refused() {
    let good = torch_zip(&Module::forward().params("encode", &[1; 4]).entries());
    verify(&good).expect("a sound archive");
    let records = map(&good).records;
    // data/0 and data/1 have the same size, name length and checksum: only their names tell them apart.
    let mut bytes = good.clone();
    exchange(&mut bytes, records[5] + 42, records[6] + 42, 4);
    assert!(matches!(verify(&bytes), Err(ArchiveError::Damaged { .. })));
    let mut bytes = good.clone();
    let start: [u8; 4] = good[records[5] + 42..][..4].try_into().expect("four bytes");
    bytes[records[6] + 42..][..4].copy_from_slice(&start);
    assert!(matches!(verify(&bytes), Err(ArchiveError::Damaged { .. })));
}

#[test]
fn entries_with_one_name_are_refused() {
    for name in ["model/data.pkl", "model/DATA.pkl"] {
        let mut entries = Module::forward().entries();
        entries.push((name.into(), b"N.".to_vec()));
        let error = describe(&torch_zip(&entries)).expect_err("two data.pkl").to_string();
        assert!(error.contains("another entry has the same name"), "{error}");
    }
}

#[test]
fn bytes_between_entries_are_refused() {
    // The first entry leaves the directory; its bytes stay.
    let mut all = Module::forward().entries();
    all.insert(0, ("model/extra/note".into(), b"note".to_vec()));
    let bytes = torch_zip(&all);
    let (end, record) = (bytes.len() - 98, map(&bytes).records[0]);
    let directory = record + 46 + "model/extra/note".len()..end;
    let count = all.len() as u64 - 1;
    let mut hidden = bytes[..record].to_vec();
    hidden.extend(&bytes[directory]);
    let end_start = hidden.len();
    hidden.extend(&bytes[end + 76..]);
    let size = (end_start - record) as u32;
    hidden[end_start + 8..][..2].copy_from_slice(&(count as u16).to_le_bytes());
    hidden[end_start + 10..][..2].copy_from_slice(&(count as u16).to_le_bytes());
    hidden[end_start + 12..][..4].copy_from_slice(&size.to_le_bytes());
    describe(&hidden).expect("what is read is sound");
    let error = verify(&hidden).expect_err("a gap").to_string();
    assert!(error.contains("belong to nothing"), "{error}");
}

#[test]
fn a_content_that_unfolds_beyond_its_size_is_refused_early() {
    let mut all = Module::forward().entries();
    all.push(("model/data/9".into(), vec![0; 1 << 24]));
    let options = stored().compression_method(zip::CompressionMethod::Deflated);
    let mut bytes = archive_files::plain_zip(&all, options);
    verify(&bytes).expect("a sound archive");
    let record = *map(&bytes).records.last().expect("records");
    let header = u32::from_le_bytes(bytes[record + 42..][..4].try_into().expect("four bytes")) as usize;
    bytes[record + 24..][..4].copy_from_slice(&100u32.to_le_bytes());
    bytes[header + 22..][..4].copy_from_slice(&100u32.to_le_bytes());
    let error = verify(&bytes).expect_err("a bomb").to_string();
    assert!(error.contains("longer than its size"), "{error}");
}

#[test]
fn counts_that_no_file_can_hold_are_refused() {
    let good = torch_zip(&Module::forward().entries());
    let end = good.len() - 22;
    for count in [7u64, 0xFFFF, 1 << 40, u64::MAX] {
        let mut bytes = good.clone();
        for place in [end - 76 + 24, end - 76 + 32] {
            bytes[place..][..8].copy_from_slice(&count.to_le_bytes());
        }
        bytes[end + 8..][..4].copy_from_slice(&[0xFF; 4]);
        let error = verify(&bytes).expect_err("an absurd count");
        assert!(matches!(error, ArchiveError::Directory { .. } | ArchiveError::Limit { .. }), "{error}");
    }
}

#[test]
fn tensors_outside_of_their_storage_are_refused() {
    let params = || Module::forward();
    let content = [0u8; 32];
    let beyond = [
        params().view("w", "Float", (8, &content), 0, &[(9, 1)]),
        params().view("w", "Float", (8, &content), 5, &[(2, 3)]),
        params().view("w", "Float", (8, &content), usize::MAX / 4, &[(1, 1)]),
        params().view("w", "Float", (8, &content), 0, &[(usize::MAX / 4, usize::MAX / 4), (3, 1)]),
        params().view("w", "Float", (9, &content), 0, &[(1, 1)]),
        params().view("w", "Double", (8, &content), 0, &[(1, 1)]),
        params().view("w", "Float", (usize::MAX / 2, &content), 0, &[(1, 1)]),
        params().view("w", "Float", (usize::MAX, &content), 0, &[(1, 1)]),
        params().view("w", "Imaginary", (8, &content), 0, &[(1, 1)]),
    ];
    for (i, module) in beyond.into_iter().enumerate() {
        let bytes = module.archive();
        assert!(matches!(verify(&bytes), Err(ArchiveError::Damaged { .. })), "case {i}");
    }
    let inside = [
        params().view("w", "Float", (8, &content), 7, &[(1, 1)]),
        params().view("w", "Float", (8, &content), 1, &[(2, 4), (3, 1)]),
        params().view("w", "Float", (8, &content), 0, &[(1 << 40, 0)]),
        params().view("w", "Float", (8, &content), 8, &[(0, 1), (5, 1)]),
    ];
    for (i, module) in inside.into_iter().enumerate() {
        verify(&module.archive()).unwrap_or_else(|e| panic!("case {i}: {e}"));
    }
}

#[test]
fn a_storage_without_entry_is_refused() {
    let mut all = Module::forward().params("encode", &[1; 4]).entries();
    all.retain(|(name, _)| name != "model/data/1");
    let error = verify(&torch_zip(&all)).expect_err("an entry is missing").to_string();
    assert!(error.starts_with("the file has no data/1"), "{error}");
}

#[test]
fn deep_and_long_pickles_end_in_an_error_or_a_description() {
    for filler in [b"(".as_slice(), b"N\x85", b"]q\x01h\x01a", b"}"] {
        let mut all = Module::forward().entries();
        all[0].1 = filler.repeat(1_000_000 / filler.len());
        let error = describe(&torch_zip(&all)).expect_err("no module");
        assert!(matches!(error, ArchiveError::Pickle { .. }), "{error}");
    }
    let nested = [vec![b'N'], vec![0x85; 500_000]].concat();
    let module = Module::forward().with("nested", &nested);
    let bytes = module.method("get_methods", "return self.nested").archive();
    assert_eq!(describe(&bytes).expect("the list cannot be followed").methods.len(), 1);
    assert!(matches!(verify(&bytes), Err(ArchiveError::Nested { .. })), "no stack is deep enough");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
        prop_assert!(describe(&bytes).is_err());
        prop_assert!(verify(&[b"PK\x03\x04", &bytes[..]].concat()).is_err());
    }

    #[test]
    fn no_change_of_some_bytes_makes_it_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = torch_zip(&entries(&file("identity.ts")));
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = (describe(&bytes), verify(&bytes));
    }

    #[test]
    fn no_pickle_in_a_sound_archive_makes_it_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut all = entries(&file("gain.ts"));
        let pickle = all.iter_mut().find(|(name, _)| name.ends_with("/data.pkl")).expect("a pickle");
        for (place, byte) in changes {
            let place = place.index(pickle.1.len());
            pickle.1[place] = byte;
        }
        let bytes = torch_zip(&all);
        let _ = (describe(&bytes), verify(&bytes));
    }

    #[test]
    fn no_source_in_a_sound_archive_makes_it_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[\\PC]|[-()\\[\\]\"=:., ]"), 1..12),
    ) {
        let module = Module::forward().source_lines(SOURCE).entries();
        let mut source: Vec<char> = String::from_utf8(module[1].1.clone()).expect("text").chars().collect();
        for (place, replacement) in changes {
            let place = place.index(source.len());
            source.splice(place..=place, replacement.chars());
        }
        let mut all = module;
        all[1].1 = source.into_iter().collect::<String>().into_bytes();
        let _ = describe(&torch_zip(&all));
    }
}

const SOURCE: &str = "  def get_sample_rate(self) -> int:\n    rate = self.sr\n    if torch.__is__(rate, None):\n      _0 = -1\n\
    \x20   else:\n      _0 = unchecked_cast(int, rate)\n    return _0\n\
    \x20 def get_methods(self) -> List[str]:\n    a, b = \"forward\", [\"x\", annotate(List[str], [])][0]\n\
    \x20   return [a, b, (self).name(), (\"\\303\\251\",)[-1]]\n";
