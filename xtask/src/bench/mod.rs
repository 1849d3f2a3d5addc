//! `cargo xtask bench`: the benchmarks, with everything that they need built before, and the page of their results.
//!
//! Every benchmark leaves its results, lines of JSON, in `target/bench/results`. `docs/BENCHMARKS.md` and its picture
//! are made from them, and of nothing else, when those of all benchmarks are there.

mod criterion;
mod page;
mod picture;
mod program;
mod raw_method;
mod results;
mod stamp;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build;
use crate::python;
use crate::run::{self, Failure, cargo, step, target_dir, workspace};
use results::Section;

/// Every benchmark, in the order of the page. The last are those of criterion, the others folders of `benches/`.
const BENCHES: [&str; 12] = [
    "callback",
    "overhead",
    "kernels",
    "first",
    "boxes",
    "swap",
    "capacity",
    "latency",
    "distribution",
    PYTHON,
    SUPERCOLLIDER,
    CRITERION,
];
const CRITERION: &str = "criterion";
/// Of scripts: in the Python in which models are exported, which has NumPy, unless `NN_PYTHON` names another one.
const PYTHON: &str = "python";
/// In the package of its test host.
const SUPERCOLLIDER: &str = "supercollider";

/// Without the counters of that host.
const SUPERCOLLIDER_BENCH: &str = "bench -p supercollider-host --no-default-features --bench supercollider";

/// Variables that change what is measured: shown with the command.
const SETTINGS: [&str; 7] = [
    "NN_BENCH_MODELS",
    "NN_BENCH_METHOD",
    "NN_BENCH_BUFFER",
    "NN_BENCH_ROUNDS",
    "NN_BENCH_LATENCY_S",
    "NN_BENCH_DISTRIBUTION_S",
    "NN_BENCH_TRY_S",
];

/// Builds the release externals, the test host and the bare C++ call, then runs the benchmarks named in `words`, or
/// all, and writes the page. A target that is missed is no failure.
///
/// # Errors
/// When something cannot be built or written, or a benchmark stops.
pub fn run(words: &[String]) -> Result<(), Failure> {
    if let Some(unknown) = words.iter().find(|word| !BENCHES.contains(&word.as_str())) {
        return Err(Failure::new(format!("no benchmark \"{unknown}\": there are {}", BENCHES.join(", "))));
    }
    let wanted = |bench: &str| words.is_empty() || words.iter().any(|word| word == bench);
    step("build", || build::run(build::Build::release()?))?;
    if cfg!(target_os = "linux") && (wanted("callback") || wanted("boxes")) {
        step("test host", || run::run(&mut cargo("build --release -p pd-host")))?;
    }
    if cfg!(unix) && (wanted("overhead") || wanted("boxes")) {
        step("bare C++ call", raw_method::build)?;
    }
    // Built once: what others change in the sources meanwhile is not measured.
    let mut program = PathBuf::new();
    let is_in_program = |bench: &str| ![CRITERION, SUPERCOLLIDER].contains(&bench);
    if BENCHES.into_iter().any(|bench| is_in_program(bench) && wanted(bench)) {
        step("benchmarks", || program::build().map(|built| program = built))?;
    }
    let command = std::iter::once("cargo xtask bench".to_owned()).chain(words.iter().cloned());
    let command = with_settings(&command.collect::<Vec<_>>().join(" "));
    for bench in BENCHES.into_iter().filter(|bench| wanted(bench)) {
        let file = results_of(bench);
        let failure = |error: std::io::Error| Failure::new(format!("{}: {error}", file.display()));
        std::fs::create_dir_all(file.parent().unwrap_or(&file)).map_err(failure)?;
        std::fs::write(&file, format!("{}\n", stamp::now())).map_err(failure)?;
        step(bench, || match bench {
            CRITERION => criterion::run(&file, &command),
            _ => run::run(
                started(bench, &program)?
                    .current_dir(workspace())
                    .env("NN_BENCH_COMMAND", &command)
                    .env("NN_BENCH_RESULTS", &file),
            ),
        })?;
    }
    let measured: Vec<_> = BENCHES.into_iter().filter(|bench| wanted(bench)).collect();
    step("page", || write_page(&measured))
}

/// What runs a benchmark. `program` holds most of them.
fn started(bench: &str, program: &Path) -> Result<Command, Failure> {
    if bench == SUPERCOLLIDER {
        return Ok(cargo(SUPERCOLLIDER_BENCH));
    }
    let mut command = Command::new(program);
    command.arg(bench);
    if bench == PYTHON && std::env::var_os("NN_PYTHON").is_none() {
        command.env("NN_PYTHON", python::with_numpy()?);
    }
    Ok(command)
}

/// Where a benchmark leaves its results.
fn results_of(bench: &str) -> PathBuf {
    target_dir().join("bench").join("results").join(format!("{bench}.jsonl"))
}

/// From the results of all benchmarks. Where some have not been run in this build folder, only the sections of those that were
/// measured now change.
fn write_page(measured: &[&str]) -> Result<(), Failure> {
    let all_are_there = BENCHES.into_iter().all(|bench| results_of(bench).is_file());
    let benches = if all_are_there { &BENCHES[..] } else { measured };
    let sections: Vec<Section> =
        benches.iter().map(|bench| Section::read(bench, &results_of(bench))).collect::<Result<_, _>>()?;
    let file = workspace().join("docs/BENCHMARKS.md");
    // What `tests/gpu/run --record` has written on a machine with a GPU.
    let on_a_gpu = std::fs::read_to_string(workspace().join("benches/gpu.md")).unwrap_or_default();
    let text = if all_are_there {
        picture::draw(&sections, &workspace().join("docs").join(picture::FILE))?;
        page::text(&sections, &on_a_gpu)
    } else {
        page::with(&std::fs::read_to_string(&file).unwrap_or_default(), &sections, &on_a_gpu)
    };
    std::fs::write(&file, text).map_err(|e| Failure::new(format!("{}: {e}", file.display())))?;
    println!("docs/BENCHMARKS.md");
    Ok(())
}

/// The command with the variables of the benchmarks that are set, as a shell would take it; models by their names, not
/// where they lie on this machine.
fn with_settings(command: &str) -> String {
    let shown = |name: &&str| {
        let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
        let names = std::env::split_paths(&value)
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .collect::<Vec<_>>();
        Some(format!("{name}={} ", names.join(":")))
    };
    SETTINGS.iter().filter_map(shown).chain([command.to_owned()]).collect()
}
