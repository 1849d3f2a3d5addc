//! Messages of Open Sound Control.

/// An argument.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A whole number.
    Int(i32),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl From<i32> for Argument {
    fn from(number: i32) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl std::fmt::Display for Argument {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Int(number) => number.fmt(formatter),
            Self::Float(number) => number.fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
            Self::Blob(bytes) => write!(formatter, "{} bytes", bytes.len()),
        }
    }
}

/// Filled up with zeros to four bytes.
fn padded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn text(text: &str) -> Vec<u8> {
    padded(text.bytes().chain([0]).collect())
}

/// A length, as four bytes.
pub fn length(bytes: &[u8]) -> [u8; 4] {
    (bytes.len() as u32).to_be_bytes()
}

/// The bytes of a message.
pub fn message(address: &str, arguments: &[Argument]) -> Vec<u8> {
    let (mut tags, mut words) = (String::from(","), Vec::new());
    for argument in arguments {
        let (tag, word) = match argument {
            Argument::Int(number) => ('i', number.to_be_bytes().to_vec()),
            Argument::Float(number) => ('d', number.to_be_bytes().to_vec()),
            Argument::Text(word) => ('s', text(word)),
            Argument::Blob(bytes) => ('b', [length(bytes).to_vec(), padded(bytes.clone())].concat()),
        };
        tags.push(tag);
        words.extend(word);
    }
    [text(address), text(&tags), words].concat()
}

/// The arguments of a message that was received; `None` when it is cut off, or holds others.
pub fn arguments(bytes: &[u8]) -> Option<Vec<Argument>> {
    let mut rest = bytes;
    let _address = take_text(&mut rest)?;
    let tags = take_text(&mut rest)?;
    tags.chars().skip(1).map(|tag| argument(tag, &mut rest)).collect()
}

fn argument(tag: char, rest: &mut &[u8]) -> Option<Argument> {
    match tag {
        'i' => Some(Argument::Int(i32::from_be_bytes(take(rest)?))),
        'f' => Some(Argument::Float(f32::from_be_bytes(take(rest)?).into())),
        'd' => Some(Argument::Float(f64::from_be_bytes(take(rest)?))),
        's' => take_text(rest).map(Argument::Text),
        _ => None,
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (word, more) = rest.split_first_chunk::<N>()?;
    *rest = more;
    Some(*word)
}

fn take_text(rest: &mut &[u8]) -> Option<String> {
    let end = rest.iter().position(|byte| *byte == 0)?;
    let text = String::from_utf8_lossy(&rest[..end]).into_owned();
    *rest = rest.get((end / 4 + 1) * 4..).unwrap_or(&[]);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_what_is_cut_off_is_nothing() {
        let sent = [Argument::from("info"), (-1).into(), Argument::Float(0.5), "".into(), "four".into()];
        let bytes = message("/nn.event", &sent);
        assert_eq!(bytes.len() % 4, 0);
        assert_eq!(arguments(&bytes).as_deref(), Some(&sent[..]));
        assert_eq!(arguments(&bytes[..24]), None);
    }

    #[test]
    fn a_blob_has_its_length_before_it_and_zeros_behind() {
        let bytes = message("/d", &[Argument::Blob(vec![1, 2, 3, 4, 5])]);
        assert_eq!(bytes, *b"/d\0\0,b\0\0\0\0\0\x05\x01\x02\x03\x04\x05\0\0\0");
    }
}
