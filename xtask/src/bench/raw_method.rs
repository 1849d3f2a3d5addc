//! The bare C++ call that `overhead` compares with.

use std::path::Path;
use std::process::Command;

use crate::run::{self, Failure, target_dir, workspace};

/// Compiles `benches/overhead/raw_method.cpp` against the libtorch of the backend, where the benchmark looks for it,
/// if it is newer than what is there.
///
/// # Errors
/// Without libtorch, or when it does not compile.
pub fn build() -> Result<(), Failure> {
    let library = target_dir().join("bench").join("raw_method.so");
    let source = workspace().join("benches/overhead/raw_method.cpp");
    let modified = |path: &Path| path.metadata().and_then(|file| file.modified()).ok();
    if modified(&library).is_some_and(|built| modified(&source).is_some_and(|written| written < built)) {
        return Ok(());
    }
    let libtorch = nn_install::locate().map_err(|error| Failure::new(error.to_string()))?;
    let folder = target_dir().join("bench");
    std::fs::create_dir_all(&folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?;
    let mut compiler = Command::new(std::env::var_os("CXX").unwrap_or_else(|| "c++".into()));
    compiler.args(["-std=c++20", "-O2", "-w", "-fPIC", "-shared", "-o"]).arg(&library).arg(&source);
    for folder in &libtorch.include_dirs {
        compiler.arg("-isystem").arg(folder);
    }
    compiler.arg("-L").arg(&libtorch.lib_dir);
    compiler.arg(format!("-Wl,-rpath,{}", libtorch.lib_dir.display()));
    compiler.args(libtorch.libraries.iter().map(|name| format!("-l{name}")));
    run::run(&mut compiler)
}
