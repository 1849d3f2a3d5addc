//! Messages and bundles of Open Sound Control, written and read independently of the plug-in.

use std::fmt;

/// An argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Int(i32),
    Float(f32),
    Double(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl From<i32> for Arg {
    fn from(number: i32) -> Self {
        Self::Int(number)
    }
}

impl From<f32> for Arg {
    fn from(number: f32) -> Self {
        Self::Float(number)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Vec<u8>> for Arg {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(bytes)
    }
}

impl fmt::Display for Arg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
            Self::Double(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
            Self::Blob(bytes) => write!(f, "{} bytes", bytes.len()),
        }
    }
}

/// A list of arguments of several kinds.
macro_rules! args {
    ($($arg:expr),* $(,)?) => { &[$($crate::osc::Arg::from($arg)),*] };
}
pub(crate) use args;

fn padded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn text(text: &str) -> Vec<u8> {
    padded(text.bytes().chain([0]).collect())
}

/// A message.
pub fn message(address: &str, args: &[Arg]) -> Vec<u8> {
    let (mut tags, mut words) = (",".to_owned(), Vec::new());
    for arg in args {
        let (tag, word) = match arg {
            Arg::Int(number) => ('i', number.to_be_bytes().to_vec()),
            Arg::Float(number) => ('f', number.to_be_bytes().to_vec()),
            Arg::Double(number) => ('d', number.to_be_bytes().to_vec()),
            Arg::Text(word) => ('s', text(word)),
            Arg::Blob(bytes) => {
                let length = i32::try_from(bytes.len()).expect("a short blob").to_be_bytes();
                ('b', [length.to_vec(), padded(bytes.clone())].concat())
            }
        };
        tags.push(tag);
        words.extend(word);
    }
    [text(address), text(&tags), words].concat()
}

/// Messages at a time in seconds, as a file of commands holds them.
pub fn bundle(at_s: f64, messages: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"#bundle\0".to_vec();
    bytes.extend(((at_s * 4_294_967_296.0) as u64).to_be_bytes());
    for message in messages {
        bytes.extend(i32::try_from(message.len()).expect("short").to_be_bytes());
        bytes.extend(message);
    }
    let length = i32::try_from(bytes.len()).expect("short").to_be_bytes();
    [length.to_vec(), bytes].concat()
}

/// Address and arguments of a message.
pub fn read(bytes: &[u8]) -> (String, Vec<Arg>) {
    let mut rest = bytes;
    let address = take_text(&mut rest);
    let tags = take_text(&mut rest);
    let args = tags.chars().skip(1).map(|tag| match tag {
        'i' => Arg::Int(i32::from_be_bytes(take(&mut rest))),
        'f' => Arg::Float(f32::from_be_bytes(take(&mut rest))),
        'd' => Arg::Double(f64::from_be_bytes(take(&mut rest))),
        's' => Arg::Text(take_text(&mut rest)),
        other => panic!("{address}: an argument of kind {other}"),
    });
    let args = args.collect();
    (address, args)
}

fn take<const N: usize>(rest: &mut &[u8]) -> [u8; N] {
    let (first, more) = rest.split_first_chunk().expect("a whole argument");
    *rest = more;
    *first
}

fn take_text(rest: &mut &[u8]) -> String {
    let length = rest.iter().position(|byte| *byte == 0).expect("a text that ends");
    let text = String::from_utf8(rest[..length].to_vec()).expect("UTF-8");
    *rest = rest.get((length / 4 + 1) * 4..).unwrap_or(&[]);
    text
}
