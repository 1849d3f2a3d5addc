//! Builds stub libraries in place of those that are not downloaded.
//!
//! Done on the user's machine: the C compiler is needed for the backend anyway, and no binary is checked in.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::error::EnsureError;
use crate::platform::{Platform, Stub};
use crate::python::hint;

/// Compiles a stub library of `platform` into `lib_dir`; its sources are written to `work_dir`.
pub(crate) fn build(
    stub: &Stub,
    platform: &Platform,
    lib_dir: &Path,
    work_dir: &Path,
) -> Result<(), EnsureError> {
    // libtorch asks for symbols of the version that the original library gives them: its soname.
    let version = if stub.versioned { stub.file } else { "" };
    let versions = format!("{version} {{ global: {}; local: *; }};\n", stub.exports);
    let other = stub.calls.map(|library| lib_dir.join(library));
    let (compiler, package) = compiler(platform);
    compile(
        &compiler,
        package,
        stub.file,
        (stub.source, Some(&versions)),
        other.as_deref(),
        lib_dir,
        work_dir,
    )
}

/// The same for this machine: `source` and, where symbols have versions, a version script.
pub(crate) fn build_here(
    file: &str,
    source: (&str, Option<&str>),
    lib_dir: &Path,
    work_dir: &Path,
) -> Result<(), EnsureError> {
    compile(&own_compiler(), "g++", file, source, None, lib_dir, work_dir)
}

fn own_compiler() -> String {
    std::env::var("CC").unwrap_or_else(|_| "cc".to_owned())
}

/// The C compiler for a platform, and the package of Debian that holds it.
fn compiler(platform: &Platform) -> (String, &'static str) {
    if Some(platform.name) == Platform::current().map(|current| current.name) {
        return (own_compiler(), "g++");
    }
    let variable = format!("CC_{}", platform.triple.replace('-', "_"));
    let cross = || format!("{}-linux-gnu-gcc", platform.arch);
    let package = if platform.arch == "aarch64" { "g++-aarch64-linux-gnu" } else { "g++-x86-64-linux-gnu" };
    (std::env::var(variable).unwrap_or_else(|_| cross()), package)
}

/// Compiles the shared library `lib_dir/file`.
fn compile(
    compiler: &str,
    package: &str,
    file: &str,
    (source, versions): (&str, Option<&str>),
    other: Option<&Path>,
    lib_dir: &Path,
    work_dir: &Path,
) -> Result<(), EnsureError> {
    let write = |name: &str, text: &str| {
        let path = work_dir.join(name);
        fs::write(&path, text).map_err(|e| EnsureError::io(&path, e))?;
        Ok::<_, EnsureError>(path)
    };
    let mut command = Command::new(compiler);
    command.args(["-shared", "-fPIC", "-O2", "-s", "-Wall", "-Werror"]);
    command.arg(format!("-Wl,-soname,{file}"));
    if let Some(versions) = versions {
        command.arg(format!("-Wl,--version-script={}", write("stub.map", versions)?.display()));
    }
    command.arg("-o").arg(lib_dir.join(file)).arg(write("stub.c", source)?);
    if let Some(other) = other {
        command.arg(other).arg("-Wl,-rpath,$ORIGIN");
    }
    let output = command.output().map_err(|_| EnsureError::NoCompiler {
        compiler: compiler.to_owned(),
        install: hint(package, "llvm"),
    })?;
    if output.status.success() {
        return Ok(());
    }
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(EnsureError::Compile { file: file.to_owned(), compiler: compiler.to_owned(), message })
}
