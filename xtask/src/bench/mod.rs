//! `cargo xtask bench`: the benchmarks, with everything that they need built before.

use std::path::Path;
use std::process::Command;

use crate::build;
use crate::run::{self, Failure, cargo, step, target_dir, workspace};

/// Every benchmark: names of `[[bench]]` of the root package.
const BENCHES: [&str; 3] = ["callback", "kernels", "overhead"];

/// Builds the release externals, the test host and the bare C++ call, then runs the benchmarks named in `words`, or
/// all. They print ratios and verdicts; a target that is missed is no failure.
///
/// # Errors
/// When something cannot be built or a benchmark stops.
pub fn run(words: &[String]) -> Result<(), Failure> {
    if let Some(unknown) = words.iter().find(|word| !BENCHES.contains(&word.as_str())) {
        return Err(Failure::new(format!("no benchmark \"{unknown}\": there are {}", BENCHES.join(", "))));
    }
    let wanted = |bench: &str| words.is_empty() || words.iter().any(|word| word == bench);
    step("build", build::run)?;
    if cfg!(target_os = "linux") && wanted("callback") {
        step("test host", || run::run(&mut cargo("build --release -p pd-host")))?;
    }
    if cfg!(unix) && wanted("overhead") {
        // Where the benchmark looks for it.
        let library = target_dir().join("bench").join("raw_method.so");
        step("bare C++ call", || compile_raw_method(&library))?;
    }
    let command = std::iter::once("cargo xtask bench".to_owned()).chain(words.iter().cloned());
    let command = command.collect::<Vec<_>>().join(" ");
    for bench in BENCHES.into_iter().filter(|bench| wanted(bench)) {
        let mut cargo = cargo(&format!("bench --quiet -p nn --bench {bench}"));
        run::run(cargo.env("NN_BENCH_COMMAND", with_settings(&command)))?;
    }
    Ok(())
}

/// The command with the variables of the benchmarks that are set, as a shell would take it.
fn with_settings(command: &str) -> String {
    ["NN_BENCH_MODEL", "NN_BENCH_MODELS", "NN_BENCH_METHOD", "NN_BENCH_BUFFER", "NN_BENCH_ROUNDS"]
        .into_iter()
        .filter_map(|name| Some(format!("{name}={} ", std::env::var(name).ok()?)))
        .chain([command.to_owned()])
        .collect()
}

/// Compiles `benches/overhead/raw_method.cpp` against the libtorch of the backend, if it is newer than `library`.
fn compile_raw_method(library: &Path) -> Result<(), Failure> {
    let source = workspace().join("benches/overhead/raw_method.cpp");
    let modified = |path: &Path| path.metadata().and_then(|file| file.modified()).ok();
    if modified(library).is_some_and(|built| modified(&source).is_some_and(|written| written < built)) {
        return Ok(());
    }
    let libtorch = nn_install::locate().map_err(|error| Failure::new(error.to_string()))?;
    let folder = target_dir().join("bench");
    std::fs::create_dir_all(&folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?;
    let mut compiler = Command::new(std::env::var_os("CXX").unwrap_or_else(|| "c++".into()));
    compiler.args(["-std=c++20", "-O2", "-w", "-fPIC", "-shared", "-o"]).arg(library).arg(&source);
    for folder in &libtorch.include_dirs {
        compiler.arg("-isystem").arg(folder);
    }
    compiler.arg("-L").arg(&libtorch.lib_dir);
    compiler.arg(format!("-Wl,-rpath,{}", libtorch.lib_dir.display()));
    compiler.args(libtorch.libraries.iter().map(|name| format!("-l{name}")));
    run::run(&mut compiler)
}
