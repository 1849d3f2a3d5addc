//! The table of formats: who describes and who loads a model, by where it is.
//!
//! Thread: any but audio.

use std::{fs::File, io::Read, path::Path};

use crate::{
    About, Description, Format, HEAD_BYTES, InnerSound, LoadError, Model, ModelLocation, ModelSource,
    Printed, Runtime, location::scheme, spec::ModelSpec,
};

/// One format and who plays its models.
#[derive(Clone, Copy)]
pub struct Entry {
    /// What users call it.
    pub name: &'static str,
    /// Reads and checks its files.
    pub format: &'static dyn Format,
    /// Loads them.
    pub runtime: &'static dyn Runtime,
}

impl Entry {
    /// Everything that can be known of a model without loading it, and what this machine lacks for it.
    ///
    /// Thread: loader.
    pub fn inspect(&self, location: &ModelLocation) -> Description {
        let mut description = self.format.inspect(location);
        self.runtime.examine(&mut description);
        description
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("name", &self.name).finish_non_exhaustive()
    }
}

/// All formats of a program, in the order in which they are tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Formats(&'static [Entry]);

impl Formats {
    /// These.
    pub const fn new(entries: &'static [Entry]) -> Self {
        Self(entries)
    }

    /// The endings of all formats, in the order in which names are tried with them. Not of programs: they are called by their whole
    /// names.
    pub fn extensions(self) -> impl Iterator<Item = &'static str> {
        self.0
            .iter()
            .filter(|entry| !entry.format.is_program())
            .flat_map(|entry| entry.format.extensions())
            .copied()
    }

    /// The same as [`Formats::by_name`] for what may come from elsewhere: no programs.
    pub fn of_download(self, name: &str) -> Option<&'static Entry> {
        self.by_name(name).filter(|entry| !entry.format.is_program())
    }

    /// The entry of a file's name, by its ending; small and capital letters are the same.
    pub fn by_name(self, name: &str) -> Option<&'static Entry> {
        let (_, ending) = name.rsplit_once('.')?;
        let has =
            |entry: &&Entry| entry.format.extensions().iter().any(|known| known.eq_ignore_ascii_case(ending));
        self.0.iter().find(has)
    }

    /// The ending of a file that is stored without any, and the only one that names are shown without: the first.
    pub fn usual_extension(self) -> Option<&'static str> {
        self.extensions().next()
    }

    /// A file's name without the usual ending; others stay, so that two files are not shown under one name.
    pub fn without_usual_extension(self, name: &str) -> &str {
        let usual =
            |ending: &str| self.usual_extension().is_some_and(|usual| usual.eq_ignore_ascii_case(ending));
        name.rsplit_once('.').filter(|(_, ending)| usual(ending)).map_or(name, |(stem, _)| stem)
    }

    /// The entry that takes an address, by its scheme.
    pub fn by_address(self, address: &str) -> Option<&'static Entry> {
        let scheme = scheme(address)?;
        let takes =
            |entry: &&Entry| entry.format.schemes().iter().any(|known| known.eq_ignore_ascii_case(scheme));
        self.0.iter().find(takes)
    }

    /// The entry of a model: of a file by its ending, else by its first bytes. A file that nobody knows is the first
    /// entry's, which says what it is instead. May read a few bytes.
    ///
    /// # Errors
    /// When it is an address that no format takes.
    pub fn entry(self, location: &ModelLocation) -> Result<&'static Entry, LoadError> {
        let found = match location {
            ModelLocation::File(path) | ModelLocation::Program(path, _) => {
                let by_name = path.file_name().and_then(|name| self.by_name(&name.to_string_lossy()));
                by_name.or_else(|| self.by_head(path)).or(self.0.first())
            }
            ModelLocation::Address(address) => self.by_address(address),
        };
        found.ok_or_else(|| LoadError::Unusable {
            what: format!("{location}: no format is known whose models are there: give the path of a file"),
        })
    }

    /// What a file tells people of itself, where that is known at once; nothing of most. Without the sounds in it.
    pub fn about(self, location: &ModelLocation) -> Option<About> {
        self.entry(location).ok()?.format.about(location)
    }

    /// The sounds inside a model's file; none of most.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn sounds(self, location: &ModelLocation) -> Result<Vec<InnerSound>, LoadError> {
        self.entry(location)?.format.sounds(location)
    }

    fn by_head(self, path: &Path) -> Option<&'static Entry> {
        if self.0.len() < 2 {
            return None;
        }
        // A pipe would keep the caller for ever.
        let file =
            path.metadata().ok().filter(std::fs::Metadata::is_file).and_then(|_| File::open(path).ok())?;
        let mut head = Vec::with_capacity(HEAD_BYTES);
        file.take(HEAD_BYTES as u64).read_to_end(&mut head).ok()?;
        self.0.iter().find(|entry| entry.format.sniff(&head))
    }
}

impl ModelSource for Formats {
    fn extensions(&self) -> Vec<&'static str> {
        Formats::extensions(*self).collect()
    }

    fn takes_address(&self, address: &str) -> bool {
        self.by_address(address).is_some()
    }

    fn is_program(&self, location: &ModelLocation) -> bool {
        self.entry(location).is_ok_and(|entry| entry.format.is_program())
    }

    fn player(&self, location: &ModelLocation) -> Option<(&'static str, Vec<String>)> {
        self.entry(location).ok()?.runtime.player(location)
    }

    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        self.entry(location)?.format.describe(location)
    }

    fn describe_at_once(&self, location: &ModelLocation) -> Result<Option<ModelSpec>, LoadError> {
        self.entry(location)?.format.describe_at_once(location)
    }

    fn inspect(&self, location: &ModelLocation) -> Description {
        match self.entry(location) {
            Ok(entry) => entry.inspect(location),
            Err(error) => Description::of_described(location, Err(error)),
        }
    }

    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        self.entry(location)?.runtime.load(location)
    }

    fn take_printed(&self) -> Option<Printed> {
        self.0.iter().find_map(|entry| entry.runtime.take_printed())
    }
}
