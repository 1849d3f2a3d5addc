//! Reads a library: for which machine it is, which libraries it needs and where it searches for them.

use object::{
    Endianness, FileKind, LittleEndian, elf,
    macho::{self, FatHeader},
    read::{
        elf::{Dyn, ElfFile64},
        macho::{FatArch, LoadCommandVariant, MachOFatFile32, MachOFile64},
        pe::PeFile64,
    },
};

/// The systems that there are files for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum System {
    /// Not one of Max's, but that of the test host.
    Linux,
    /// In package-info.json: `macintosh`.
    Macos,
    /// Windows.
    Windows,
}

/// The processors that there are files for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Processor {
    /// ARM of 64 bits, Apple's among them.
    Aarch64,
    /// Intel and AMD, 64 bits.
    X64,
}

impl Processor {
    /// As package-info.json has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aarch64 => "aarch64",
            Self::X64 => "x64",
        }
    }
}

/// The code in a file for one processor; a file for macOS may have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// For which system.
    pub system: System,
    /// For which processor.
    pub processor: Processor,
    /// The libraries that it wants, as it names them.
    pub wants: Vec<String>,
    /// Where it looks for those without a place.
    pub run_paths: Vec<String>,
    /// Whether there is a signature in it.
    pub signed: bool,
}

/// Reads a file; empty when it is none with code in it.
///
/// # Errors
/// When it begins as one and is damaged, or is for another processor.
pub fn read(bytes: &[u8]) -> Result<Vec<Code>, String> {
    let damaged = |error: object::Error| format!("cannot be read as a library ({error})");
    match FileKind::parse(bytes) {
        Ok(FileKind::Elf64) => read_elf(bytes).map_err(damaged)?.map(|code| vec![code]),
        Ok(FileKind::MachO64) => read_macho(bytes).map_err(damaged)?.map(|code| vec![code]),
        Ok(FileKind::Pe64) => read_pe(bytes).map_err(damaged)?.map(|code| vec![code]),
        Ok(FileKind::MachOFat32) => {
            let slices = slices(bytes).map_err(damaged)?;
            slices.into_iter().map(|slice| read_macho(slice).map_err(damaged)).collect::<Result<_, _>>()?
        }
        Ok(FileKind::Elf32 | FileKind::MachO32 | FileKind::Pe32 | FileKind::MachOFat64) => None,
        _ => return Ok(Vec::new()),
    }
    .ok_or_else(|| "is for a processor that no package is for".into())
}

/// The parts of a file for macOS, one for each processor.
///
/// # Errors
/// When it is damaged.
pub fn slices(bytes: &[u8]) -> Result<Vec<&[u8]>, object::Error> {
    if FileKind::parse(bytes)? != FileKind::MachOFat32 {
        return Ok(vec![bytes]);
    }
    MachOFatFile32::parse(bytes)?.arches().iter().map(|arch| arch.data(bytes)).collect()
}

/// Puts parts for several processors into one file, as `lipo -create` does.
///
/// # Errors
/// When one of them is none of macOS's.
pub fn universal(slices: &[&[u8]]) -> Result<Vec<u8>, String> {
    /// Where parts begin: at pages of Apple's processors.
    const ALIGN_BITS: u32 = 14;
    let page = 1 << ALIGN_BITS;
    let mut heads = Vec::new();
    for number in [macho::FAT_MAGIC, slices.len() as u32] {
        heads.extend(number.to_be_bytes());
    }
    let mut at = page;
    let mut places = Vec::new();
    for slice in slices {
        let head = slice.get(4..12).ok_or("is too short for a library")?;
        // Of processor and kind of processor, little-endian there and big-endian here.
        heads.extend([3, 2, 1, 0, 7, 6, 5, 4].map(|byte| head[byte]));
        for number in [at as u32, slice.len() as u32, ALIGN_BITS] {
            heads.extend(number.to_be_bytes());
        }
        places.push(at);
        at = (at + slice.len()).next_multiple_of(page);
    }
    assert!(heads.len() <= page && size_of::<FatHeader>() == 8, "a handful of processors");
    let mut bytes = heads;
    for (place, slice) in places.into_iter().zip(slices) {
        bytes.resize(place, 0);
        bytes.extend(*slice);
    }
    Ok(bytes)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn read_macho(bytes: &[u8]) -> Result<Option<Code>, object::Error> {
    let file = MachOFile64::<Endianness>::parse(bytes)?;
    let endian = file.endian();
    let processor = match file.macho_header().cputype.get(endian) {
        macho::CPU_TYPE_ARM64 => Processor::Aarch64,
        macho::CPU_TYPE_X86_64 => Processor::X64,
        _ => return Ok(None),
    };
    let mut code =
        Code { system: System::Macos, processor, wants: Vec::new(), run_paths: Vec::new(), signed: false };
    let mut commands = file.macho_load_commands()?;
    while let Some(command) = commands.next()? {
        match command.variant()? {
            LoadCommandVariant::Dylib(wanted) => {
                code.wants.push(text(command.string(endian, wanted.dylib.name)?));
            }
            LoadCommandVariant::Rpath(path) => code.run_paths.push(text(command.string(endian, path.path)?)),
            LoadCommandVariant::LinkeditData(data) => {
                code.signed |= data.cmd.get(endian) == macho::LC_CODE_SIGNATURE;
            }
            _ => {}
        }
    }
    Ok(Some(code))
}

fn read_pe(bytes: &[u8]) -> Result<Option<Code>, object::Error> {
    let file = PeFile64::parse(bytes)?;
    let processor = match file.nt_headers().file_header.machine.get(LittleEndian) {
        object::pe::IMAGE_FILE_MACHINE_AMD64 => Processor::X64,
        object::pe::IMAGE_FILE_MACHINE_ARM64 => Processor::Aarch64,
        _ => return Ok(None),
    };
    let mut wants = Vec::new();
    if let Some(table) = file.import_table()? {
        let mut imports = table.descriptors()?;
        while let Some(import) = imports.next()? {
            wants.push(text(table.name(import.name.get(LittleEndian))?));
        }
    }
    Ok(Some(Code { system: System::Windows, processor, wants, run_paths: Vec::new(), signed: false }))
}

fn read_elf(bytes: &[u8]) -> Result<Option<Code>, object::Error> {
    let file = ElfFile64::<Endianness>::parse(bytes)?;
    let endian = file.endian();
    let processor = match file.elf_header().e_machine.get(endian) {
        elf::EM_X86_64 => Processor::X64,
        elf::EM_AARCH64 => Processor::Aarch64,
        _ => return Ok(None),
    };
    let mut code =
        Code { system: System::Linux, processor, wants: Vec::new(), run_paths: Vec::new(), signed: false };
    let sections = file.elf_section_table();
    if let Some((entries, names)) = sections.dynamic(endian, bytes)? {
        let names = sections.strings(endian, bytes, names)?;
        for entry in entries {
            let word = || entry.string(endian, names).map(text);
            match entry.tag(endian) {
                elf::DT_NEEDED => code.wants.push(word()?),
                elf::DT_RUNPATH | elf::DT_RPATH => {
                    let places = word()?;
                    code.run_paths.extend(places.split(':').filter(|p| !p.is_empty()).map(str::to_owned));
                }
                _ => {}
            }
        }
    }
    Ok(Some(code))
}
