//! A host's headers, read by `bindgen`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::interface::Interface;

/// Makes a missing libclang a failure: set where all tests have to run.
const REQUIRED: &str = "NN_REQUIRE_LIBCLANG";

/// Headers of one host.
#[derive(Clone, Debug)]
pub struct Header {
    /// What is included, in order.
    pub files: Vec<&'static str>,
    /// Where those are.
    pub folders: Vec<PathBuf>,
    /// Names that are defined beforehand: `NAME=VALUE`.
    pub defines: Vec<&'static str>,
    /// Whether they are C++, of which only what C has too is read.
    pub is_cpp: bool,
}

/// There is no libclang, which `bindgen` reads headers with.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Missing;

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no libclang: on Debian and Ubuntu: sudo apt install libclang1 (LIBCLANG_PATH names another folder)")
    }
}

impl Header {
    /// Everything that the headers declare; `None` where there is no libclang, which is then said on standard error.
    ///
    /// # Panics
    /// When the headers cannot be read; when libclang is missing and `NN_REQUIRE_LIBCLANG` is set.
    #[must_use]
    pub fn read(&self) -> Option<Interface> {
        if let Err(missing) = libclang() {
            assert!(!is_required(), "{missing}");
            // Not `eprintln`, which is shown only when a test fails.
            let line = format!("skipped, headers are not compared: {missing}\n");
            let _written = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
            return None;
        }
        let text: String = self.files.iter().map(|file| format!("#include <{file}>\n")).collect();
        let mut builder = bindgen::Builder::default()
            .header_contents(if self.is_cpp { "host.hpp" } else { "host.h" }, &text)
            .formatter(bindgen::Formatter::None)
            .default_enum_style(bindgen::EnumVariation::Rust { non_exhaustive: false })
            .generate_comments(false)
            .layout_tests(true);
        for folder in &self.folders {
            let pattern = folder.display().to_string().replace(['.', '+'], ".");
            builder = builder.clang_arg(format!("-I{}", folder.display()));
            builder = builder.allowlist_file(format!("{pattern}/.*"));
        }
        if self.is_cpp {
            builder = builder.clang_args(["-x", "c++", "-std=c++17"]).opaque_type("std::.*");
            // Vectors need a compiler's own headers.
            builder = builder.clang_arg("-U__SSE2__");
            builder = builder.ignore_functions().ignore_methods();
        }
        builder = builder.clang_args(self.defines.iter().map(|define| format!("-D{define}")));
        builder = builder.clang_args(compilers_own().map(|folder| format!("-isystem{}", folder.display())));
        let bindings = builder.generate().unwrap_or_else(|error| panic!("{:?}: {error}", self.files));
        Some(Interface::of_texts(&[bindings.to_string()], false))
    }
}

/// Whether everything has to be compared: `NN_REQUIRE_LIBCLANG` is set.
#[must_use]
pub fn is_required() -> bool {
    std::env::var_os(REQUIRED).is_some_and(|value| !value.is_empty())
}

fn libclang() -> Result<(), Missing> {
    if clang_sys::is_loaded() { Ok(()) } else { clang_sys::load().map_err(|_| Missing) }
}

/// The folder with `stddef.h`: libclang alone comes without its own.
fn compilers_own() -> Option<PathBuf> {
    let output = Command::new("cc").arg("-print-file-name=include").output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    Path::new(&folder).is_dir().then_some(folder)
}
