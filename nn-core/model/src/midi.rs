//! MIDI for models: whole messages and when they come, and how bytes become messages.
//!
//! Thread: any but audio.

/// The attribute in which a model finds the messages of a buffer, where it has no other way: a tensor of [`NUMBERS`] numbers for
/// each message.
pub const IN_ATTRIBUTE: &str = "midi";
/// The attribute in which such a model answers messages after a buffer, in the same form.
pub const OUT_ATTRIBUTE: &str = "midi_out";
/// Numbers of a message in these attributes: frames from the beginning of the buffer, status, and two bytes of data (0 where a
/// message has fewer).
pub const NUMBERS: usize = 4;
/// More messages than these are not kept for a buffer, in either direction.
pub const MOST_MESSAGES: usize = 256;
/// A longer system exclusive message is left out, in bytes.
pub const MOST_BYTES: usize = 1 << 16;

const SYSEX: u8 = 0xF0;
const END_OF_SYSEX: u8 = 0xF7;
/// From here on bytes are messages of their own, which may stand inside others.
const REAL_TIME: u8 = 0xF8;

/// A whole message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedMidi {
    /// When it comes, in frames of the model from the beginning of the buffer.
    pub at_frames: usize,
    /// Status and data; a system exclusive message with its first and last byte.
    pub bytes: Vec<u8>,
}

impl TimedMidi {
    /// As [`IN_ATTRIBUTE`] has it. System exclusive messages do not fit and are `None`.
    pub fn numbers(&self) -> Option<[f32; NUMBERS]> {
        let byte = |at: usize| f32::from(self.bytes.get(at).copied().unwrap_or(0));
        (self.bytes.len() < NUMBERS).then(|| [self.at_frames as f32, byte(0), byte(1), byte(2)])
    }

    /// From what [`OUT_ATTRIBUTE`] has. What is no message is left out.
    pub fn of_numbers(numbers: &[f32]) -> impl Iterator<Item = Self> {
        numbers.as_chunks::<NUMBERS>().0.iter().filter_map(|&[at, status, first, second]| {
            let status = status as u8;
            let data = data_bytes(status)?;
            let bytes = [status, first as u8 & 0x7F, second as u8 & 0x7F][..=data].to_vec();
            Some(Self { at_frames: at as usize, bytes })
        })
    }
}

/// How many bytes of data follow a status; `None` for what is no status, and for system exclusive, which is as long as it is.
fn data_bytes(status: u8) -> Option<usize> {
    match status {
        0x80..=0xBF | 0xE0..=0xEF | 0xF2 => Some(2),
        0xC0..=0xDF | 0xF1 | 0xF3 => Some(1),
        0xF6 | REAL_TIME..=0xFF => Some(0),
        _ => None,
    }
}

/// Makes messages of bytes, which may come one by one: a status that is the same as before may be left out (running status),
/// clocks may stand anywhere.
#[derive(Clone, Debug, Default)]
pub struct MidiParser {
    /// The message that has begun: status and data.
    begun: Vec<u8>,
    /// What the next data belong to where no status comes.
    running: Option<u8>,
}

impl MidiParser {
    /// Takes a byte; the message that it ends.
    pub fn push(&mut self, byte: u8) -> Option<Vec<u8>> {
        match byte {
            REAL_TIME.. => Some(vec![byte]),
            END_OF_SYSEX => {
                self.running = None;
                let mut message = std::mem::take(&mut self.begun);
                let is_whole = message.first() == Some(&SYSEX) && message.len() < MOST_BYTES;
                message.push(byte);
                is_whole.then_some(message)
            }
            SYSEX => {
                self.running = None;
                self.begun = vec![byte];
                None
            }
            0x80.. => {
                // Whatever had begun ends here without its rest.
                self.running = (byte < SYSEX).then_some(byte);
                self.begun = vec![byte];
                self.ended()
            }
            _ => {
                match self.begun.first() {
                    Some(&SYSEX) if self.begun.len() < MOST_BYTES => self.begun.push(byte),
                    Some(&SYSEX) => {}
                    Some(_) => self.begun.push(byte),
                    // Data without a status are nobody's.
                    None => {
                        self.begun.extend(self.running.map(|status| [status, byte]).into_iter().flatten())
                    }
                }
                self.ended()
            }
        }
    }

    fn ended(&mut self) -> Option<Vec<u8>> {
        let &status = self.begun.first()?;
        if status == SYSEX {
            return None;
        }
        match data_bytes(status) {
            Some(data) if self.begun.len() <= data => None,
            Some(_) => Some(std::mem::take(&mut self.begun)),
            None => {
                // 0xF4 and 0xF5 mean nothing.
                self.begun.clear();
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut parser = MidiParser::default();
        bytes.iter().filter_map(|&byte| parser.push(byte)).collect()
    }

    #[test]
    fn bytes_become_messages() {
        let cases: [(&[u8], &[&[u8]]); 13] = [
            (&[144, 60, 100], &[&[144, 60, 100]]),
            // Running status, also of messages with one byte of data.
            (&[144, 60, 100, 60, 0, 64, 1], &[&[144, 60, 100], &[144, 60, 0], &[144, 64, 1]]),
            (&[0xC3, 5, 6], &[&[0xC3, 5], &[0xC3, 6]]),
            (&[0xD0, 7, 0xE1, 0, 64], &[&[0xD0, 7], &[0xE1, 0, 64]]),
            // A clock inside a message, and inside system exclusive.
            (&[144, 0xF8, 60, 0xFE, 100], &[&[0xF8], &[0xFE], &[144, 60, 100]]),
            (&[0xF0, 1, 0xF8, 2, 0xF7], &[&[0xF8], &[0xF0, 1, 2, 0xF7]]),
            (&[0xF0, 0xF7], &[&[0xF0, 0xF7]]),
            // System messages end running status.
            (&[144, 60, 100, 0xF6, 60, 0], &[&[144, 60, 100], &[0xF6]]),
            (&[144, 60, 100, 0xF2, 1, 2, 60, 0], &[&[144, 60, 100], &[0xF2, 1, 2]]),
            // What has no status, no end or no meaning.
            (&[60, 100, 0xF7], &[]),
            (&[0xF0, 1, 2, 144, 60, 100], &[&[144, 60, 100]]),
            (&[144, 60, 176, 7, 3], &[&[176, 7, 3]]),
            (&[0xF4, 1, 0xF5, 144, 1, 2], &[&[144, 1, 2]]),
        ];
        for (bytes, expected) in cases {
            assert_eq!(messages(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_message_without_end_takes_no_memory_without_end() {
        let mut parser = MidiParser::default();
        assert_eq!(parser.push(0xF0), None);
        for _ in 0..3 * MOST_BYTES {
            assert_eq!(parser.push(1), None);
        }
        assert!(parser.begun.capacity() <= 2 * MOST_BYTES);
        assert_eq!(parser.push(0xF7), None, "it is left out");
        assert_eq!([144, 1, 2].map(|byte| parser.push(byte))[2], Some(vec![144, 1, 2]));
    }

    #[test]
    fn messages_are_four_numbers_each_for_models() {
        let message = |at_frames, bytes: &[u8]| TimedMidi { at_frames, bytes: bytes.to_vec() };
        for (said, numbers) in [
            (message(64, &[144, 60, 100]), [64.0, 144.0, 60.0, 100.0]),
            (message(0, &[0xC0, 3]), [0.0, 192.0, 3.0, 0.0]),
            (message(1, &[0xF8]), [1.0, 248.0, 0.0, 0.0]),
        ] {
            assert_eq!(said.numbers(), Some(numbers));
            assert_eq!(TimedMidi::of_numbers(&numbers).collect::<Vec<_>>(), [said]);
        }
        assert_eq!(message(0, &[0xF0, 1, 2, 0xF7]).numbers(), None);
        // Nothing that a model answers is more than wrong numbers.
        let odd = [f32::NAN, 144.0, -3.0, 1e9, -5.0, 60.0, 1.0, 2.0, 0.0, 240.0, 1.0, 2.0, 7.0, 144.0];
        let bytes: Vec<_> = TimedMidi::of_numbers(&odd).map(|said| (said.at_frames, said.bytes)).collect();
        assert_eq!(bytes, [(0, vec![144, 0, 127])]);
    }
}
