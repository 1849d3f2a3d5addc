//! The smallest files that are libraries to a reader of load commands and imports.

use crate::package::max::code::Processor;

/// A library for macOS.
pub struct Macho<'a> {
    pub processor: Processor,
    pub paths: &'a [&'a str],
    pub wants: &'a [&'a str],
    pub signed: bool,
}

impl Macho<'_> {
    pub fn bytes(&self) -> Vec<u8> {
        const RPATH: u32 = 0x8000_001C;
        const LOAD_DYLIB: u32 = 0xC;
        const CODE_SIGNATURE: u32 = 0x1D;
        let mut commands: Vec<Vec<u8>> = Vec::new();
        let mut with_text = |command: u32, fixed: &[u32], text: &str| {
            // Command, size, where the text begins, the fixed numbers, the text.
            let begin = 12 + 4 * fixed.len();
            let size = (begin + text.len() + 1).next_multiple_of(8);
            let mut bytes = words(&[command, size as u32, begin as u32]);
            bytes.extend(words(fixed));
            bytes.extend(text.as_bytes());
            bytes.resize(size, 0);
            commands.push(bytes);
        };
        self.paths.iter().for_each(|path| with_text(RPATH, &[], path));
        self.wants.iter().for_each(|wanted| with_text(LOAD_DYLIB, &[2, 0x10000, 0x10000], wanted));
        if self.signed {
            commands.push(words(&[CODE_SIGNATURE, 16, 0, 0]));
        }
        let (processor, kind) = match self.processor {
            Processor::Aarch64 => (0x0100_000C, 0),
            Processor::X64 => (0x0100_0007, 3),
        };
        let size: usize = commands.iter().map(Vec::len).sum();
        const DYLIB: u32 = 6;
        let mut bytes =
            words(&[0xFEED_FACF, processor, kind, DYLIB, commands.len() as u32, size as u32, 0, 0]);
        bytes.extend(commands.concat());
        bytes
    }
}

fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A library for Windows on x64 that imports these.
pub fn dll(wants: &[&str]) -> Vec<u8> {
    const HEADERS: usize = 0x200;
    /// Where the one section lies in memory.
    const BASE: u32 = 0x1000;
    // The table of imports, ended by an empty entry, then the names.
    let table = 20 * (wants.len() + 1);
    let mut section = Vec::new();
    let mut names = Vec::new();
    for name in wants {
        section.extend(words(&[0, 0, 0, BASE + (table + names.len()) as u32, 0]));
        names.extend(name.bytes().chain([0]));
    }
    section.resize(table, 0);
    section.extend(names);
    let mut bytes = b"MZ".to_vec();
    bytes.resize(0x3C, 0);
    bytes.extend(words(&[0x40]));
    bytes.extend(b"PE\0\0");
    // x64, one section, no symbols, the optional header's size, a DLL.
    bytes.extend([0x8664_u16, 1].map(u16::to_le_bytes).concat());
    bytes.extend(words(&[0, 0, 0]));
    bytes.extend([240_u16, 0x2022].map(u16::to_le_bytes).concat());
    let mut optional = 0x20B_u16.to_le_bytes().to_vec();
    optional.resize(24, 0);
    optional.extend(0x1_8000_0000_u64.to_le_bytes());
    optional.extend(words(&[0x1000, 0x200]));
    optional.resize(108, 0);
    // Sixteen directories, the second of which is the table of imports.
    optional.extend(words(&[16, 0, 0, BASE, table as u32]));
    optional.resize(240, 0);
    bytes.extend(optional);
    let mut name = b".rdata".to_vec();
    name.resize(8, 0);
    bytes.extend(name);
    let size = section.len() as u32;
    bytes.extend(words(&[size, BASE, size, HEADERS as u32, 0, 0, 0, 0x4000_0040]));
    bytes.resize(HEADERS, 0);
    bytes.extend(section);
    bytes
}
