//! Renames the libraries by which ELF libraries call themselves and each other, in place: `libNAME.so` becomes `libNAME.nn`.
//!
//! A server of SuperCollider opens every file below its folders that ends in `.so`. The loader finds a library by the name that
//! another one needs it by, so file and names change together; both endings are of one length.

use std::ops::Range;

use object::{
    LittleEndian, elf,
    read::elf::{Dyn, ElfFile64, SectionHeader, SectionTable, Sym},
};

/// The ending that servers look for.
const USUAL: &str = ".so";
/// The ending that they do not, see `build::QUIET_ENDING`.
const QUIET: &str = ".nn";

const ENDIAN: LittleEndian = LittleEndian;

type Header = elf::FileHeader64<LittleEndian>;

/// The name of a library with the other ending; `None` where it has not the usual one.
pub fn quiet(name: &str) -> Option<String> {
    name.strip_suffix(USUAL).map(|stem| format!("{stem}{QUIET}"))
}

/// Renames those of `libraries` (file names) that a library calls itself or needs. Answers the names that it has now for them.
///
/// # Errors
/// When it is not an ELF library for a processor of 64 bits, little-endian, or when something else in it shares a name's bytes.
pub fn rename(bytes: &mut [u8], libraries: &[&str]) -> Result<Vec<String>, String> {
    let renamed = Names::read(bytes)
        .map_err(|error| format!("cannot be read as a library of 64 bits, little-endian ({error})"))?
        .map_or_else(|| Ok(Vec::new()), |names| names.renamed(bytes, libraries))?;
    for (end, _) in &renamed {
        bytes[end - QUIET.len()..*end].copy_from_slice(QUIET.as_bytes());
    }
    Ok(renamed.into_iter().map(|(_, name)| name).collect())
}

/// What points into the table of names that the system's loader reads, as offsets in it.
struct Names {
    /// Where in the file it is.
    table: Range<usize>,
    /// Names of libraries: its own, and those that it needs.
    libraries: Vec<usize>,
    /// Everything else: symbols, versions, run paths.
    others: Vec<usize>,
}

impl Names {
    /// `None` of a file that loads no libraries.
    fn read(bytes: &[u8]) -> Result<Option<Self>, object::Error> {
        let file = ElfFile64::<LittleEndian>::parse(bytes)?;
        let sections = file.elf_section_table();
        let Some((entries, at)) = sections.dynamic(ENDIAN, bytes)? else { return Ok(None) };
        let (start, size) = sections.section(at)?.file_range(ENDIAN).unwrap_or((0, 0));
        let table = start as usize..(start + size) as usize;
        let mut names = Self { table, libraries: Vec::new(), others: Vec::new() };
        for entry in entries.iter().filter(|entry| entry.is_string(ENDIAN)) {
            let is_library = matches!(entry.tag(ENDIAN), elf::DT_NEEDED | elf::DT_SONAME);
            let list = if is_library { &mut names.libraries } else { &mut names.others };
            list.push(entry.val(ENDIAN) as usize);
        }
        let symbols = sections.symbols(ENDIAN, bytes, elf::SHT_DYNSYM)?;
        if symbols.string_section() == at {
            names.others.extend(symbols.iter().map(|symbol| symbol.st_name(ENDIAN) as usize));
        }
        names.versions(sections, bytes)?;
        Ok(Some(names))
    }

    /// Versions that it needs name the library that has them; the loader compares that with the names of those it has opened.
    fn versions(&mut self, sections: &SectionTable<'_, Header>, bytes: &[u8]) -> Result<(), object::Error> {
        if let Some((mut needs, _)) = sections.gnu_verneed(ENDIAN, bytes)? {
            while let Some((need, mut of_it)) = needs.next()? {
                self.libraries.push(need.vn_file.get(ENDIAN) as usize);
                while let Some(version) = of_it.next()? {
                    self.others.push(version.vna_name.get(ENDIAN) as usize);
                }
            }
        }
        if let Some((mut definitions, _)) = sections.gnu_verdef(ENDIAN, bytes)? {
            while let Some((definition, mut of_it)) = definitions.next()? {
                // The first one is the library's own name, which nobody asks for.
                let is_own = definition.vd_flags.get(ENDIAN).0 & elf::VER_FLG_BASE.0 != 0;
                let list = if is_own { &mut self.libraries } else { &mut self.others };
                while let Some(name) = of_it.next()? {
                    list.push(name.vda_name.get(ENDIAN) as usize);
                }
            }
        }
        Ok(())
    }

    /// The ends of the names to change, in the file, and what they become.
    fn renamed(&self, bytes: &[u8], libraries: &[&str]) -> Result<Vec<(usize, String)>, String> {
        let table = bytes.get(self.table.clone()).ok_or("its table of names is not in the file")?;
        let mut found: Vec<(usize, String)> = Vec::new();
        for &start in &self.libraries {
            let length = table.get(start..).and_then(|rest| rest.iter().position(|byte| *byte == 0));
            let end = start + length.ok_or("a name of a library is not in its table")?;
            let name = String::from_utf8_lossy(&table[start..end]).into_owned();
            let Some(new) = quiet(&name).filter(|_| libraries.contains(&name.as_str())) else { continue };
            // Linkers let a name be the end of another.
            let first = table[..start].iter().rposition(|byte| *byte == 0).map_or(0, |at| at + 1);
            let others = self.others.iter().chain(self.libraries.iter().filter(|at| **at != start));
            if others.into_iter().any(|at| (first..end).contains(at)) {
                return Err(format!("{name} and another name in it share their bytes: link it without -O2"));
            }
            let end = self.table.start + end;
            if found.iter().all(|(other, _)| *other != end) {
                found.push((end, new));
            }
        }
        Ok(found)
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::{fs, path::Path, process::Command};

    use super::*;

    /// Calls the compiler in a folder.
    fn cc(folder: &Path, words: &str) {
        let status = Command::new("cc").current_dir(folder).args(words.split_whitespace()).status().unwrap();
        assert!(status.success(), "cc {words}");
    }

    /// A program that needs libone.so, which needs libtwo.so, with versions of symbols: it ends with 7.
    fn built(folder: &Path) {
        fs::write(folder.join("two.c"), "int two(void) { return 7; }").unwrap();
        fs::write(folder.join("two.map"), "TWO_1 { global: two; };").unwrap();
        fs::write(folder.join("one.c"), "int two(void); int one(void) { return two(); }").unwrap();
        fs::write(folder.join("main.c"), "int one(void); int main(void) { return one(); }").unwrap();
        cc(folder, "-shared -fPIC two.c -o libtwo.so -Wl,-soname,libtwo.so,--version-script,two.map");
        cc(folder, "-shared -fPIC one.c -o libone.so -L. -ltwo -Wl,-soname,libone.so,-rpath,$ORIGIN");
        cc(folder, "main.c -o main -L. -lone -Wl,-rpath,$ORIGIN");
    }

    fn changed(folder: &Path, file: &str, libraries: &[&str]) -> Result<Vec<String>, String> {
        let mut bytes = fs::read(folder.join(file)).unwrap();
        let names = rename(&mut bytes, libraries)?;
        fs::write(folder.join(file), bytes).unwrap();
        Ok(names)
    }

    fn code(folder: &Path) -> Option<i32> {
        let mut main = Command::new(folder.join("main"));
        main.env_remove("LD_LIBRARY_PATH").stderr(std::process::Stdio::null()).status().unwrap().code()
    }

    #[test]
    fn libraries_find_each_other_under_their_new_names() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        built(folder);
        assert_eq!(code(folder), Some(7));
        let all = ["libone.so", "libtwo.so"];
        assert_eq!(changed(folder, "main", &all).unwrap(), ["libone.nn"]);
        assert_eq!(changed(folder, "libone.so", &all).unwrap(), ["libtwo.nn", "libone.nn"]);
        assert_eq!(changed(folder, "libtwo.so", &all).unwrap(), ["libtwo.nn"]);
        assert_ne!(code(folder), Some(7), "the files have their old names");
        for name in all {
            fs::rename(folder.join(name), folder.join(quiet(name).unwrap())).unwrap();
        }
        assert_eq!(code(folder), Some(7));
        // Nothing is left to be done.
        assert_eq!(changed(folder, "libone.nn", &all).unwrap(), [""; 0]);
    }

    #[test]
    fn names_of_other_libraries_stay_and_the_processor_does_not_matter() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        built(folder);
        let before = fs::read(folder.join("libone.so")).unwrap();
        let mut bytes = before.clone();
        assert_eq!(rename(&mut bytes, &["libc.so.6", "libthree.so", "one.so"]).unwrap(), [""; 0]);
        assert_eq!(bytes, before);
        bytes[18..20].copy_from_slice(&elf::EM_AARCH64.0.to_le_bytes());
        assert_eq!(rename(&mut bytes, &["libtwo.so"]).unwrap(), ["libtwo.nn"]);
        let differing = bytes.iter().zip(&before).filter(|(new, old)| new != old).count();
        assert_eq!((bytes.len(), differing), (before.len(), 2 + 1), "processor and ending");
    }

    #[test]
    fn a_name_that_is_the_end_of_another_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        built(folder);
        fs::write(
            folder.join("odd.c"),
            "int two(void); int odd(void) __asm__(\"two.so\"); int odd(void) { return two(); }",
        )
        .unwrap();
        cc(folder, "-shared -fPIC odd.c -o libodd.so -L. -ltwo");
        let before = fs::read(folder.join("libodd.so")).unwrap();
        let refused = changed(folder, "libodd.so", &["libtwo.so"]).unwrap_err();
        assert!(refused.starts_with("libtwo.so and another name in it share their bytes"), "{refused}");
        assert_eq!(fs::read(folder.join("libodd.so")).unwrap(), before);
    }

    #[test]
    fn what_is_no_library_is_refused() {
        let mut words = *b"no library";
        assert!(rename(&mut words, &["libone.so"]).unwrap_err().starts_with("cannot be read as a library"));
        let mut program = fs::read(std::env::current_exe().unwrap()).unwrap();
        program[5] = 2;
        assert!(rename(&mut program, &[]).is_err(), "big-endian");
    }
}
