//! Builds the small libraries that answer in place of NVIDIA's.
//!
//! Done on the user's machine: the C compiler is needed for the backend anyway, and no binary is checked in.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::bring::EnsureError;
use crate::platform::StandIn;
use crate::python::hint;

/// Compiles `stand_in` into `lib_dir`; the sources lie in `work_dir` meanwhile.
pub(crate) fn build(stand_in: &StandIn, lib_dir: &Path, work_dir: &Path) -> Result<(), EnsureError> {
    let source = work_dir.join("stand_in.c");
    let versions = work_dir.join("stand_in.map");
    fs::write(&source, stand_in.source).map_err(|e| EnsureError::io(&source, e))?;
    // libtorch asks for symbols of the version that the original library gives them: its soname.
    let map = format!("{} {{ global: cu*; local: *; }};\n", stand_in.file);
    fs::write(&versions, map).map_err(|e| EnsureError::io(&versions, e))?;

    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let output = Command::new(&compiler)
        .args(["-shared", "-fPIC", "-O2", "-s", "-Wall", "-Werror"])
        .arg(format!("-Wl,-soname,{}", stand_in.file))
        .arg(format!("-Wl,--version-script={}", versions.display()))
        .arg("-o")
        .arg(lib_dir.join(stand_in.file))
        .arg(&source)
        .output()
        .map_err(|_| EnsureError::NoCompiler {
            compiler: compiler.clone(),
            install: hint("g++", "llvm"),
        })?;
    if output.status.success() {
        return Ok(());
    }
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(EnsureError::Compile { file: stand_in.file, compiler, message })
}
