//! Messages of Open Sound Control: written as servers get them, read as languages do.

/// An argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number.
    Int(i32),
    /// A number.
    Float(f32),
    /// A number of 64 bits.
    Double(f64),
    /// A text.
    Text(String),
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Int(number)
    }
}

impl From<f32> for Value {
    fn from(number: f32) -> Self {
        Self::Float(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl Value {
    /// As a number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some((*number).into()),
            Self::Float(number) => Some((*number).into()),
            Self::Double(number) => Some(*number),
            Self::Text(_) => None,
        }
    }
}

/// Arguments as bytes: their tags with a comma before them, and what follows.
pub fn arguments(values: &[Value]) -> (Vec<u8>, Vec<u8>) {
    let (mut tags, mut words) = (vec![b','], Vec::new());
    for value in values {
        match value {
            Value::Int(number) => {
                tags.push(b'i');
                words.extend(number.to_be_bytes());
            }
            Value::Float(number) => {
                tags.push(b'f');
                words.extend(number.to_be_bytes());
            }
            Value::Double(number) => {
                tags.push(b'd');
                words.extend(number.to_be_bytes());
            }
            Value::Text(text) => {
                tags.push(b's');
                words.extend(text.as_bytes());
                words.push(0);
                words.resize(words.len().next_multiple_of(4), 0);
            }
        }
    }
    tags.push(0);
    tags.resize(tags.len().next_multiple_of(4), 0);
    (tags, words)
}

/// Address and arguments of a message.
pub fn read(bytes: &[u8]) -> Option<(String, Vec<Value>)> {
    let mut rest = bytes;
    let address = text(&mut rest)?;
    let tags = text(&mut rest)?;
    let value = |tag: char| {
        Some(match tag {
            'i' => Value::Int(i32::from_be_bytes(take(&mut rest)?)),
            'f' => Value::Float(f32::from_be_bytes(take(&mut rest)?)),
            'd' => Value::Double(f64::from_be_bytes(take(&mut rest)?)),
            's' => Value::Text(text(&mut rest)?),
            _ => return None,
        })
    };
    let values = tags.strip_prefix(',')?.chars().map(value).collect::<Option<_>>()?;
    rest.is_empty().then_some((address, values))
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*first)
}

fn text(bytes: &mut &[u8]) -> Option<String> {
    let length = bytes.iter().position(|byte| *byte == 0)?;
    let text = String::from_utf8(bytes[..length].to_vec()).ok()?;
    *bytes = bytes.get((length / 4 + 1) * 4..)?;
    Some(text)
}
