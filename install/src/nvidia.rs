//! Lets torch for Linux be imported without NVIDIA's packages, which are six times its own size.
//!
//! The wheel's libraries are linked against about a dozen of NVIDIA's. The functions that they import, with versions,
//! are read from the wheel itself; stub libraries that refuse every call are built in their place. torch then finds
//! no device and uses the CPU.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::error::EnsureError;
use crate::stub;

/// What a set of libraries asks of libraries outside it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Needs {
    /// NVIDIA's libraries by file name.
    libraries: BTreeSet<String>,
    /// Which library defines a symbol version.
    versions: BTreeMap<String, String>,
    /// Symbols with a version, by that version.
    versioned: BTreeMap<String, BTreeSet<String>>,
    /// Symbols without one.
    plain: BTreeSet<String>,
    /// Symbols that the set itself defines.
    defined: BTreeSet<String>,
}

fn is_nvidia_library(file: &str) -> bool {
    ["libcu", "libnv", "libnccl"].iter().any(|start| file.starts_with(start))
}

fn is_nvidia_symbol(name: &str) -> bool {
    const FAMILIES: [&str; 10] =
        ["cublas", "cuda", "cudnn", "cufft", "curand", "cusolver", "cusparse", "nccl", "nvrtc", "nvshmem"];
    // The driver's and cuFile's names: cuInit, cuFileRead.
    let camel = |rest: &str| rest.starts_with(|c: char| c.is_ascii_uppercase());
    FAMILIES.iter().any(|family| name.starts_with(family)) || name.strip_prefix("cu").is_some_and(camel)
}

impl Needs {
    /// Adds one library, from what `readelf --wide --dynamic --version-info --dyn-syms` says of it.
    fn add(&mut self, readelf: &str) {
        let mut from = "";
        for line in readelf.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if line.contains("(NEEDED)") {
                let file = line.split(['[', ']']).nth(1).unwrap_or_default();
                if is_nvidia_library(file) {
                    self.libraries.insert(file.to_owned());
                }
            } else if let Some((_, rest)) = line.split_once("  File: ") {
                from = rest.split_whitespace().next().unwrap_or_default();
            } else if let Some((_, rest)) = line.split_once("  Name: ")
                && is_nvidia_library(from)
            {
                let version = rest.split_whitespace().next().unwrap_or_default();
                self.versions.insert(version.to_owned(), from.to_owned());
            } else if let [_, _, _, _, _, _, section, name, ..] = words[..] {
                let (name, version) = name.split_once('@').unwrap_or((name, ""));
                if section != "UND" {
                    self.defined.insert(name.to_owned());
                } else if version.is_empty() && is_nvidia_symbol(name) {
                    self.plain.insert(name.to_owned());
                } else if !version.is_empty() {
                    self.versioned.entry(version.to_owned()).or_default().insert(name.to_owned());
                }
            }
        }
    }

    /// C source and version script of the library that answers in place of `file`.
    fn library(&self, file: &str) -> (String, Option<String>) {
        let mut source = String::from(
            "/* Every call is refused, with the status for \"no device\". */\n\
             __attribute__((unused)) static long refuse(void) { return 100; }\n\
             __attribute__((unused)) static const char *say(void) { return \"NVIDIA's libraries are not installed\"; }\n",
        );
        let mut script = String::new();
        let mut define = |name: &str| {
            // What returns a text is printed by the caller.
            let (kind, target) = match name {
                "cudaGetErrorString" | "cudaGetErrorName" | "cudnnGetErrorString" | "ncclGetErrorString" => {
                    ("const char *", "say")
                }
                _ => ("long ", "refuse"),
            };
            source.push_str(&format!("{kind}{name}(void) __attribute__((alias(\"{target}\")));\n"));
        };
        for version in self.versions.iter().filter(|(_, from)| *from == file).map(|(version, _)| version) {
            script.push_str(&format!("{version} {{ global:"));
            for name in self.versioned.get(version).into_iter().flatten() {
                define(name);
                script.push_str(&format!(" {name};"));
            }
            script.push_str(" local: *; };\n");
        }
        if script.is_empty() {
            // The wheel does not say which library a name without a version belongs to; any one will do.
            self.plain.difference(&self.defined).for_each(|name| define(name));
            return (source, None);
        }
        (source, Some(script))
    }
}

/// Builds what is missing in `lib_dir`, the `torch/lib` of a Python environment.
pub(crate) fn replace(lib_dir: &Path, work_dir: &Path) -> Result<(), EnsureError> {
    let entries = fs::read_dir(lib_dir).map_err(|source| EnsureError::io(lib_dir, source))?;
    let files: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    let mut needs = Needs::default();
    for file in &files {
        let output = Command::new("readelf")
            .args(["--wide", "--dynamic", "--version-info", "--dyn-syms"])
            .arg(file)
            .env("LC_ALL", "C")
            .output()
            .map_err(|source| EnsureError::io(Path::new("readelf"), source))?;
        needs.add(&String::from_utf8_lossy(&output.stdout));
    }
    for library in needs.libraries.iter().filter(|library| !lib_dir.join(library).exists()) {
        let (source, script) = needs.library(library);
        stub::build_here(library, (&source, script.as_deref()), lib_dir, work_dir)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const READELF: &str = "
Dynamic section at offset 0x1 contains 3 entries:
 0x0000000000000001 (NEEDED)             Shared library: [libcudart.so.13]
 0x0000000000000001 (NEEDED)             Shared library: [libnccl.so.2]
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]

Symbol table '.dynsym' contains 6 entries:
   Num:    Value          Size Type    Bind   Vis      Ndx Name
     0: 0000000000000000     0 NOTYPE  LOCAL  DEFAULT  UND
     1: 0000000000000000     0 FUNC    GLOBAL DEFAULT  UND cudaFree@libcudart.so.13 (3)
     2: 0000000000000000     0 FUNC    GLOBAL DEFAULT  UND memcpy@GLIBC_2.14 (4)
     3: 0000000000000000     0 FUNC    GLOBAL DEFAULT  UND ncclSend
     4: 0000000000000000     0 FUNC    GLOBAL DEFAULT  UND current_time
     5: 0000000000001000     8 FUNC    GLOBAL DEFAULT   12 cuOwn

Version needs section '.gnu.version_r' contains 2 entries:
 Addr: 0x0000000000000000  Offset: 0x000000  Link: 5 (.dynstr)
  000000: Version: 1  File: libcudart.so.13  Cnt: 1
  0x0010:   Name: libcudart.so.13  Flags: none  Version: 3
  0x0020: Version: 1  File: libc.so.6  Cnt: 1
  0x0030:   Name: GLIBC_2.14  Flags: none  Version: 4
";

    #[test]
    fn only_what_nvidias_libraries_owe_is_stood_in_for() {
        let mut needs = Needs::default();
        needs.add(READELF);
        assert_eq!(needs.libraries.iter().collect::<Vec<_>>(), ["libcudart.so.13", "libnccl.so.2"]);
        let (source, script) = needs.library("libcudart.so.13");
        assert!(source.contains("long cudaFree(void)") && !source.contains("memcpy"), "{source}");
        assert_eq!(script.as_deref(), Some("libcudart.so.13 { global: cudaFree; local: *; };\n"));
        let (source, script) = needs.library("libnccl.so.2");
        assert!(source.contains("long ncclSend(void)"), "{source}");
        assert!(!source.contains("cuOwn") && !source.contains("current_time"), "{source}");
        assert_eq!(script, None);
    }

    #[test]
    fn names_are_told_apart_by_their_prefix() {
        assert!(is_nvidia_symbol("cuFileRead") && is_nvidia_symbol("cusparseLtInit"));
        assert!(!is_nvidia_symbol("curl_easy_init") && !is_nvidia_symbol("fopen"));
        assert!(is_nvidia_library("libcudnn.so.9") && !is_nvidia_library("libc10.so"));
    }
}
