//! Pure Data 0.55 for Windows, from the C sources that the tests' other hosts are made of.

#[allow(dead_code, reason = "for other hosts, which are built by cargo")]
#[path = "../../../../tests/pd-host/sources.rs"]
mod sources;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
    thread,
};

use sources::{PD, SPECIAL, WRAPPER, c_files, folders};

use super::super::tools::COMPILER;
use crate::{
    package::files::failed,
    run::{self, Failure, workspace},
};

/// What Pd is compiled with where Windows is the system and nothing plays sound.
const DEFINED: [&str; 6] =
    ["PD", "PD_INTERNAL", "USEAPI_DUMMY", "HAVE_UNISTD_H", "WINVER=0x0502", "PD_LONGINTTYPE=__int64"];
/// Windows' own that it calls.
const LIBRARIES: [&str; 2] = ["-lws2_32", "-lole32"];

/// Builds `pd.dll`, which externals ask for by this name, and a host beside it.
///
/// # Errors
/// When something cannot be compiled or linked.
pub fn built(folder: &Path) -> Result<PathBuf, Failure> {
    let (pd, wrapper) = folders();
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let library = folder.join("pd.dll");
    if !library.is_file() {
        let mut files = [c_files(&pd, PD), c_files(&pd, SPECIAL), c_files(&wrapper, WRAPPER)].concat();
        files.push(wrapper.join("util/z_print_util.c"));
        let objects = compiled(&files, (&pd, &wrapper), &folder.join("objects"))?;
        let mut link = Command::new(COMPILER);
        link.args(["-shared", "-static", "-s", "-Wl,--export-all-symbols", "-o"]).arg(&library);
        run::run(link.args(objects).args(LIBRARIES))?;
    }
    let program = folder.join("pd_host.exe");
    let mut host = compiler(&pd, &wrapper);
    host.args(["-municode", "-o"])
        .arg(&program)
        .arg(workspace().join("tests/windows/pd_host.c"))
        .arg(&library);
    run::run(&mut host)?;
    Ok(program)
}

fn compiler(pd: &Path, wrapper: &Path) -> Command {
    let mut command = Command::new(COMPILER);
    command.args(["-O1", "-w", "-I"]).arg(wrapper).arg("-I").arg(wrapper.join("util")).arg("-I").arg(pd);
    command
}

/// Compiles files beside each other.
fn compiled(
    files: &[PathBuf],
    (pd, wrapper): (&Path, &Path),
    folder: &Path,
) -> Result<Vec<PathBuf>, Failure> {
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let object = |file: &PathBuf| folder.join(file.file_stem().unwrap_or_default()).with_extension("o");
    let (next, failure) = (Mutex::new(files.iter()), Mutex::new(None));
    let take = || next.lock().ok()?.next();
    let work = || {
        while let Some(file) = take() {
            let mut command = compiler(pd, wrapper);
            command
                .args(DEFINED.map(|name| format!("-D{name}")))
                .arg("-c")
                .arg(file)
                .arg("-o")
                .arg(object(file));
            if let (Err(what), Ok(mut first)) = (run::run(&mut command), failure.lock()) {
                *first = Some(what);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    match failure.into_inner() {
        Ok(Some(failure)) => Err(failure),
        _ => Ok(files.iter().map(object).collect()),
    }
}
