//! Messages of MIDI between a box and its process: each with its place (four bytes, little-endian), its length (four) and its bytes;
//! before the first one their number, and towards the box how many are left out.

use nn_model::midi::TimedMidi;

/// Adds messages to what a run asks.
pub(crate) fn write(messages: &[TimedMidi], to: &mut Vec<u8>) {
    to.extend((messages.len() as u32).to_le_bytes());
    for TimedMidi { at_frames, bytes } in messages {
        to.extend((*at_frames as u32).to_le_bytes());
        to.extend((bytes.len() as u32).to_le_bytes());
        to.extend_from_slice(bytes);
    }
}

/// The messages of an answer, as far as there are any.
pub(crate) fn read(answer: &[u8]) -> Vec<TimedMidi> {
    let Some((count, _left_out)) = two(answer) else { return Vec::new() };
    let mut rest = &answer[8..];
    let mut messages = Vec::new();
    for _ in 0..count {
        let Some((at_frames, length)) = two(rest) else { break };
        let Some((bytes, after)) = rest[8..].split_at_checked(length) else { break };
        messages.push(TimedMidi { at_frames, bytes: bytes.to_vec() });
        rest = after;
    }
    messages
}

fn two(bytes: &[u8]) -> Option<(usize, usize)> {
    let (first, after) = bytes.split_first_chunk()?;
    let second = after.first_chunk()?;
    Some((u32::from_le_bytes(*first) as usize, u32::from_le_bytes(*second) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_back_as_they_went_and_nonsense_is_none() {
        let messages = [(0, vec![144, 60, 100]), (511, vec![0xF0, 1, 0xF7]), (7, vec![0xF8])]
            .map(|(at_frames, bytes)| TimedMidi { at_frames, bytes });
        let mut written = Vec::new();
        write(&messages, &mut written);
        // Towards the box there is one number more.
        written.splice(4..4, [0; 4]);
        assert_eq!(read(&written), messages);
        for length in 0..written.len() {
            let cut = read(&written[..length]);
            assert!(cut.len() < 3 && messages.starts_with(&cut), "{length}");
        }
        assert_eq!(read(&[0xFF; 64]), []);
    }
}
