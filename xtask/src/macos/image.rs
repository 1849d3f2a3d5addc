//! What macOS' loader reads in a file.

use std::collections::BTreeSet;

use object::{
    Endianness, ImportFlags, NameOrOrdinal, Object, macho,
    read::macho::{LoadCommandVariant, MachOFile64},
};

/// A library or a program for one processor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Whether it is for Apple's processors.
    pub arm: bool,
    /// Whether others load it; else it is a program, or something else.
    pub kind: Kind,
    /// The least macOS, as its major and minor number; `None` where it is for another system.
    pub least: Option<(u32, u32)>,
    /// What the linker tells those that link to it to ask for.
    pub name: Option<String>,
    /// The libraries that it asks for.
    pub libraries: Vec<String>,
    /// Where those are that begin with `@rpath`.
    pub run_paths: Vec<String>,
    /// What it takes from others.
    pub imports: Vec<Import>,
    /// What others can take from it.
    pub exports: BTreeSet<String>,
}

/// What the loader does with a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Loads it into a program.
    Library,
    /// Starts it.
    Program,
    /// Nothing.
    #[default]
    Other,
}

/// A function or variable of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its name, with the `_` before it.
    pub symbol: String,
    /// The library; `None` where the loader looks through all that are loaded.
    pub library: Option<String>,
}

impl Image {
    /// Reads it.
    ///
    /// # Errors
    /// When it is none, or for several processors at once.
    pub fn read(bytes: &[u8]) -> Result<Self, object::Error> {
        let file = MachOFile64::<Endianness>::parse(bytes)?;
        let endian = file.endian();
        let header = file.macho_header();
        let mut image = Self {
            arm: header.cputype.get(endian) == macho::CPU_TYPE_ARM64,
            kind: match header.filetype.get(endian) {
                macho::MH_DYLIB | macho::MH_BUNDLE => Kind::Library,
                macho::MH_EXECUTE => Kind::Program,
                _ => Kind::Other,
            },
            ..Self::default()
        };
        let mut commands = file.macho_load_commands()?;
        while let Some(command) = commands.next()? {
            match command.variant()? {
                LoadCommandVariant::Dylib(of) => {
                    image.libraries.push(text(command.string(endian, of.dylib.name)?));
                }
                LoadCommandVariant::IdDylib(of) => {
                    image.name = Some(text(command.string(endian, of.dylib.name)?));
                }
                LoadCommandVariant::Rpath(of) => image.run_paths.push(text(command.string(endian, of.path)?)),
                LoadCommandVariant::BuildVersion(of, _)
                    if of.platform.get(endian) == macho::PLATFORM_MACOS =>
                {
                    let number = of.minos.get(endian).0;
                    image.least = Some((number >> 16, (number >> 8) & 0xff));
                }
                _ => {}
            }
        }
        image.symbols(&file)?;
        Ok(image)
    }

    fn symbols(&mut self, file: &MachOFile64<'_>) -> Result<(), object::Error> {
        for import in file.imports()? {
            let import = import?;
            let NameOrOrdinal::Name(symbol) = import.name() else { continue };
            // C++ lets any library have the last word on what is in its headers: nobody has to have it.
            let anybody = matches!(import.flags(), ImportFlags::MachOBind { dylib, .. }
                if dylib == macho::BIND_SPECIAL_DYLIB_WEAK_LOOKUP);
            let library = Some(text(import.library())).filter(|name| !name.is_empty());
            if !anybody {
                self.imports.push(Import { symbol: text(symbol), library });
            }
        }
        for export in file.exports()? {
            if let NameOrOrdinal::Name(name) = export?.name() {
                self.exports.insert(text(name));
            }
        }
        Ok(())
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
