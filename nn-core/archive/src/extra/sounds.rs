//! The sounds inside the metadata: pairs of MP3 files, each as a text of base64.

use std::{
    borrow::Cow,
    fmt,
    io::{Read, Seek},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{
    Deserialize, Deserializer,
    de::{Error, SeqAccess, Visitor},
};

use nn_model::{InnerSound, Sounds};

use super::names::ENTRY;
use crate::{ArchiveError, container::Archive};

/// Metadata with sounds that are looked at. The SDK allows three pairs, of some megabytes at most.
const MOST_BYTES: u64 = 1 << 26;
const MOST_PAIRS: usize = 64;

/// The part of the metadata that holds sounds.
#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default, deserialize_with = "pairs")]
    sample_sound_files: Vec<Pair<'a>>,
}

/// What a model was fed with, and what it made of it.
#[derive(Deserialize)]
struct Pair<'a> {
    #[serde(borrow)]
    r#in: Cow<'a, str>,
    #[serde(borrow)]
    out: Cow<'a, str>,
}

/// No more pairs than a file may have.
fn pairs<'de: 'a, 'a, D: Deserializer<'de>>(list: D) -> Result<Vec<Pair<'a>>, D::Error> {
    struct Pairs<'a>(Vec<Pair<'a>>);

    impl<'de: 'a, 'a> Visitor<'de> for Pairs<'a> {
        type Value = Vec<Pair<'a>>;

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("pairs of sounds")
        }

        fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Self::Value, A::Error> {
            while let Some(pair) = list.next_element()? {
                if self.0.len() == MOST_PAIRS {
                    return Err(A::Error::custom("more pairs than a file may have"));
                }
                self.0.push(pair);
            }
            Ok(self.0)
        }
    }

    list.deserialize_seq(Pairs(Vec::new()))
}

/// How many sounds a file holds; `None` where they are too large to be looked at, or none.
pub(crate) fn count<R: Read + Seek>(archive: &mut Archive<R>) -> Option<Sounds> {
    let text = archive.read(ENTRY, MOST_BYTES).ok()?;
    let document: Document<'_> = serde_json::from_slice(&text).ok()?;
    let sounds = document.sample_sound_files.iter().flat_map(|pair| [&pair.r#in, &pair.out]);
    // Three bytes in four characters, but for the last ones.
    let bytes = sounds.map(|text| (text.trim_end_matches('=').len() as u64).saturating_mul(3) / 4).sum();
    Some(Sounds { pairs: document.sample_sound_files.len(), bytes })
}

/// All sounds of a file; none where it has none.
///
/// # Errors
/// When they are no MP3 files as base64, or too large.
pub(crate) fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Vec<InnerSound>, ArchiveError> {
    if archive.find(ENTRY).is_none() {
        return Ok(Vec::new());
    }
    let damaged = |what| ArchiveError::Damaged { entry: ENTRY.into(), what };
    let text = archive.read(ENTRY, MOST_BYTES)?;
    let document: Document<'_> =
        serde_json::from_slice(&text).map_err(|_| damaged("its sounds are no pairs of texts"))?;
    let mut sounds = Vec::with_capacity(2 * document.sample_sound_files.len());
    for (number, pair) in document.sample_sound_files.iter().enumerate() {
        for (text, is_output) in [(&pair.r#in, false), (&pair.out, true)] {
            let mp3 =
                STANDARD.decode(text.as_bytes()).map_err(|_| damaged("one of its sounds is no base64"))?;
            if !is_mp3(&mp3) {
                return Err(damaged("one of its sounds is no MP3"));
            }
            sounds.push(InnerSound { pair: number + 1, is_output, mp3 });
        }
    }
    Ok(sounds)
}

/// Whether bytes begin as those of an MP3 file: with tags, or with a frame.
fn is_mp3(bytes: &[u8]) -> bool {
    bytes.starts_with(b"ID3") || matches!(bytes, [0xFF, second, ..] if second & 0xE0 == 0xE0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mp3_files_are_told_by_their_beginning() {
        for (bytes, is) in [
            (&b"ID3\x04"[..], true),
            (&[0xFF, 0xFB, 0x90], true),
            (&[0xFF, 0x10], false),
            (b"RIFF", false),
            (b"MZ", false),
            (b"", false),
        ] {
            assert_eq!(is_mp3(bytes), is, "{bytes:?}");
        }
    }
}
