//! Builds stub libraries in place of NVIDIA's.
//!
//! Done on the user's machine: the C compiler is needed for the backend anyway, and no binary is checked in.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::error::EnsureError;
use crate::platform::CudaStub;
use crate::python::hint;

/// Compiles a stub library into `lib_dir`; its sources are written to `work_dir`.
pub(crate) fn build(cuda_stub: &CudaStub, lib_dir: &Path, work_dir: &Path) -> Result<(), EnsureError> {
    // libtorch asks for symbols of the version that the original library gives them: its soname.
    let versions = format!("{} {{ global: cu*; local: *; }};\n", cuda_stub.file);
    compile(cuda_stub.file, cuda_stub.source, Some(&versions), lib_dir, work_dir)
}

/// Compiles `source` into the shared library `lib_dir/file`, with a version script where symbols have versions.
pub(crate) fn compile(
    file: &str,
    source: &str,
    versions: Option<&str>,
    lib_dir: &Path,
    work_dir: &Path,
) -> Result<(), EnsureError> {
    let write = |name: &str, text: &str| {
        let path = work_dir.join(name);
        fs::write(&path, text).map_err(|e| EnsureError::io(&path, e))?;
        Ok::<_, EnsureError>(path)
    };
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let mut command = Command::new(&compiler);
    command.args(["-shared", "-fPIC", "-O2", "-s", "-Wall", "-Werror"]);
    command.arg(format!("-Wl,-soname,{file}"));
    if let Some(versions) = versions {
        command.arg(format!("-Wl,--version-script={}", write("cuda_stub.map", versions)?.display()));
    }
    command.arg("-o").arg(lib_dir.join(file)).arg(write("cuda_stub.c", source)?);
    let output = command
        .output()
        .map_err(|_| EnsureError::NoCompiler { compiler: compiler.clone(), install: hint("g++", "llvm") })?;
    if output.status.success() {
        return Ok(());
    }
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(EnsureError::Compile { file: file.to_owned(), compiler, message })
}
