//! Small libraries for macOS, written byte by byte: as linkers write them, with one page of nothing.

use sha2::{Digest, Sha256};

/// What is signed at a time.
pub const PAGE: usize = 4096;

/// How one is made.
#[derive(Clone, Copy)]
pub struct Plan {
    pub signed: bool,
    pub flags: u32,
    pub identifier: &'static str,
}

impl Default for Plan {
    fn default() -> Self {
        // Ad hoc, by a linker.
        Self { signed: true, flags: 0x2_0002, identifier: "libnn_pd" }
    }
}

/// Names, from the second byte on.
const NAMES: &str = "\0_nn_pd_setup_1\0_malloc\0_post\0";
/// Where a name begins, what kind it has, and which library it is of: none, the first, any.
const SYMBOLS: [(&str, u8, u16); 3] =
    [("_nn_pd_setup_1", 0x03, 0), ("_malloc", 0x01, 0x0100), ("_post", 0x01, 0xfe00)];
/// Where they stand.
const AT_SYMBOLS: u32 = 1024;
const AT_NAMES: u32 = 2048;

/// A core for Pd.
pub fn linked(plan: &Plan) -> Vec<u8> {
    let signed = 2 * PAGE;
    let signature = plan.signed.then(|| signature_size(plan.identifier));
    let mut commands = vec![
        segment(signed as u64 + signature.unwrap_or(0) as u64),
        library(0x0d, "@rpath/libnn_pd.dylib"),
        numbers(&[0x32, 24, 1, 14 << 16, 14 << 16, 0]),
        numbers(&[0x02, 24, AT_SYMBOLS, SYMBOLS.len() as u32, AT_NAMES, NAMES.len() as u32]),
        library(0x0c, "/usr/lib/libSystem.B.dylib"),
        with_text(&[0x8000_001c, 0, 12], "@loader_path"),
    ];
    if let Some(size) = signature {
        commands.push(numbers(&[0x1d, 16, signed as u32, size as u32]));
    }
    let size = commands.iter().map(Vec::len).sum::<usize>() as u32;
    // ARM of 64 bits, a library, names of two levels.
    let mut bytes = numbers(&[0xfeed_facf, 0x0100_000c, 0, 6, commands.len() as u32, size, 0x85, 0]);
    bytes.extend(commands.concat());
    bytes.resize(AT_SYMBOLS as usize, 0);
    for (name, kind, of) in SYMBOLS {
        let at = NAMES.find(&format!("\0{name}\0")).unwrap() as u32 + 1;
        bytes.extend(at.to_le_bytes());
        // In no section: an exported name is a number.
        bytes.extend([kind, 0]);
        bytes.extend(of.to_le_bytes());
        bytes.extend(0_u64.to_le_bytes());
    }
    bytes.resize(AT_NAMES as usize, 0);
    bytes.extend(NAMES.bytes());
    bytes.resize(signed, 0);
    if plan.signed {
        let signature = signature_of(&bytes, plan);
        bytes.extend(signature);
    }
    bytes
}

/// The part of a file that holds names and signature: here all of it.
fn segment(size: u64) -> Vec<u8> {
    let mut bytes = numbers(&[0x19, 72]);
    bytes.extend(b"__LINKEDIT\0\0\0\0\0\0");
    [0, size, 0, size].iter().for_each(|number: &u64| bytes.extend(number.to_le_bytes()));
    bytes.extend(numbers(&[1, 1, 0, 0]));
    bytes
}

fn library(command: u32, name: &str) -> Vec<u8> {
    with_text(&[command, 0, 24, 0, 0, 0], name)
}

/// A command that ends in a text; its second number is its size.
fn with_text(head: &[u32], text: &str) -> Vec<u8> {
    let mut bytes = numbers(head);
    bytes.extend(text.bytes());
    bytes.push(0);
    bytes.resize(bytes.len().next_multiple_of(8), 0);
    let size = bytes.len() as u32;
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
    bytes
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// The head of a signature, and of its list of hashes.
const HEAD: usize = 12 + 8;
const LIST: usize = 44;

fn signature_size(identifier: &str) -> usize {
    HEAD + LIST + identifier.len() + 1 + 2 * 32
}

/// Signatures are big-endian, whatever the processor.
fn signature_of(signed: &[u8], plan: &Plan) -> Vec<u8> {
    let size = signature_size(plan.identifier) as u32;
    let hashes = (LIST + plan.identifier.len() + 1) as u32;
    let pages = signed.len().div_ceil(PAGE) as u32;
    let head = [0xfade_0cc0, size, 1, 0, HEAD as u32];
    let list = [
        0xfade_0c02,
        size - HEAD as u32,
        0x2_0000,
        plan.flags,
        hashes,
        LIST as u32,
        0,
        pages,
        signed.len() as u32,
    ];
    let mut bytes: Vec<u8> = head.iter().chain(&list).flat_map(|number: &u32| number.to_be_bytes()).collect();
    // Hashes of 32 bytes, SHA-256, no platform, pages of 2 to the 12th.
    bytes.extend([32, 2, 0, 12]);
    bytes.extend([0; 4]);
    bytes.resize(HEAD + LIST, 0);
    bytes.extend(plan.identifier.bytes());
    bytes.push(0);
    signed.chunks(PAGE).for_each(|page| bytes.extend(Sha256::digest(page)));
    bytes
}

/// Puts one text in the place of another of its length.
pub fn turn(bytes: &mut [u8], from: &str, to: &str) {
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
}
