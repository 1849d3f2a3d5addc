//! Runs executables of tests beside each other.
//!
//! Most of the time a test of a box waits: for a host that plays in real time, for a patience that runs out. `cargo test`
//! runs one executable after the other and leaves the processors idle meanwhile.

use std::{
    collections::{BTreeMap, VecDeque},
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::run::{self, Failure};

/// One executable of tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executable {
    /// Package and target: `nn-core engine`.
    name: String,
    path: PathBuf,
    /// The folder of its package, in which it is run.
    folder: PathBuf,
    /// The program that runs it, where the system does not.
    runner: Option<&'static str>,
}

/// Builds what `command`, a `cargo test`, would run, and answers the executables.
///
/// # Errors
/// When cargo cannot be started or the build fails.
pub fn build(command: &mut Command) -> Result<Vec<Executable>, Failure> {
    let shown = run::shown(command);
    let failed = |error: std::io::Error| Failure::new(format!("`{shown}` cannot be run: {error}"));
    command.args(["--no-run", "--message-format=json-render-diagnostics"]).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    let messages = child.stdout.take().into_iter().flat_map(|pipe| BufReader::new(pipe).lines());
    let all = messages.map_while(Result::ok).filter_map(|line| executable(&line)).collect();
    run::checked(&shown, child.wait().map_err(failed)?)?;
    Ok(all)
}

/// The executable that a line of cargo's messages is about.
fn executable(line: &str) -> Option<Executable> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
        return None;
    }
    let path = PathBuf::from(message["executable"].as_str()?);
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?.to_owned();
    let target = message["target"]["name"].as_str()?;
    let package = folder.file_name()?.to_string_lossy().into_owned();
    Some(Executable { name: format!("{package} {target}"), path, folder, runner: None })
}

/// Runs all of them, two more at a time than there are processors, each with `words` and `environment`; then, one after
/// the other, those of the targets in `alone`. Those of `longest` begin first, or the last of them would run beside
/// nothing. What one writes goes into `output`, a folder, and is printed when it has ended.
///
/// On a busy machine what asks whether something is in time may fail once. So those that fail are run once more in the end, alone,
/// and this is said; where many fail, it is not the machine.
///
/// # Errors
/// When one cannot be started or fails again; the others are run all the same.
pub fn run(
    all: &[Executable],
    order: (&[&str], &[&str]),
    words: &[&str],
    environment: &BTreeMap<&str, String>,
    output: &Path,
) -> Result<(), Failure> {
    run_then(all, order, words, environment, output, &mut || ())
}

/// The same; `then` is called when only those are left that run alone.
///
/// # Errors
/// As [`run()`].
pub fn run_then(
    all: &[Executable],
    (alone, longest): (&[&str], &[&str]),
    words: &[&str],
    environment: &BTreeMap<&str, String>,
    output: &Path,
    then: &mut dyn FnMut(),
) -> Result<(), Failure> {
    fs::create_dir_all(output).map_err(|error| Failure::new(format!("{}: {error}", output.display())))?;
    // A test that got another name is not to run beside others unnoticed.
    if let Some(unknown) =
        alone.iter().chain(longest).find(|name| all.iter().all(|one| one.target() != **name))
    {
        return Err(Failure::new(format!("no executable of tests is called {unknown}")));
    }
    let failures = Mutex::new(Vec::new());
    let file_of = |number: usize| output.join(format!("{number}.txt"));
    let run_with = |(number, one): (usize, &Executable), words: &[&str]| {
        let file = file_of(number);
        let began = Instant::now();
        let ended = one.run(words, environment, &file);
        // One at a time.
        let mut failures = failures.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(what) = one.report(&ended, &file, began.elapsed()) {
            failures.push((number, what));
        }
    };
    let work = |one: (usize, &Executable)| run_with(one, words);
    let failed = || std::mem::take(&mut *failures.lock().unwrap_or_else(PoisonError::into_inner));
    let (last, first): (Vec<_>, Vec<_>) =
        all.iter().enumerate().partition(|(_, one)| alone.contains(&one.target()));
    let (begin, rest): (Vec<_>, Vec<_>) =
        first.into_iter().partition(|(_, one)| longest.contains(&one.target()));
    let queue = Mutex::new(begin.into_iter().chain(rest).collect::<VecDeque<_>>());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    // Much of a test is waiting.
    let jobs = 2 + thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| std::iter::from_fn(next).for_each(work));
        }
    });
    then();
    last.into_iter().for_each(work);
    let mut once = failed();
    if once.len() <= MOST_TRIED_AGAIN {
        for (number, what) in &once {
            println!("\n{what}: what failed is run once more, alone");
            let names = failed_tests(&fs::read_to_string(file_of(*number)).unwrap_or_default());
            let exact = (!names.is_empty()).then_some("--exact");
            let again: Vec<&str> =
                words.iter().copied().chain(exact).chain(names.iter().map(String::as_str)).collect();
            run_with((*number, &all[*number]), &again);
        }
        once = failed();
    }
    if once.is_empty() {
        return Ok(());
    }
    let all: Vec<String> = once.into_iter().map(|(_, what)| what).collect();
    Err(Failure::new(all.join("\n")))
}

/// The tests that failed, as the end of what a program wrote lists them; none where it ended otherwise.
fn failed_tests(written: &str) -> Vec<String> {
    let Some((_, list)) = written.rsplit_once("\nfailures:\n") else { return Vec::new() };
    let names = list.lines().take_while(|line| line.is_empty() || line.starts_with("    "));
    names.map(|line| line.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Of how many failures a busy machine may be the cause.
const MOST_TRIED_AGAIN: usize = 8;

impl Executable {
    /// The name of its target, as in `tests/engine.rs`.
    pub fn target(&self) -> &str {
        self.name.rsplit(' ').next().unwrap_or_default()
    }

    /// Has it run by a program that takes its path: an emulator.
    pub fn run_by(&mut self, program: &'static str) {
        self.runner = Some(program);
    }

    fn run(
        &self,
        words: &[&str],
        environment: &BTreeMap<&str, String>,
        output: &Path,
    ) -> std::io::Result<ExitStatus> {
        let file = File::create(output)?;
        // Libraries that were built beside it are found as cargo has them found.
        let beside = self.path.ancestors().skip(1).take(2).map(Path::to_owned);
        let known = std::env::var_os(LIBRARY_PATH).unwrap_or_default();
        let libraries = std::env::join_paths(beside.chain(std::env::split_paths(&known)));
        let mut command = match self.runner {
            Some(runner) => {
                let mut command = Command::new(runner);
                command.arg(&self.path);
                command
            }
            None => Command::new(&self.path),
        };
        command.args(words).current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder);
        command.envs(environment).stdin(Stdio::null()).stderr(file.try_clone()?).stdout(file);
        if let Ok(libraries) = libraries {
            command.env(LIBRARY_PATH, libraries);
        }
        command.status()
    }

    /// Prints what it wrote. The error says how it failed.
    fn report(&self, ended: &std::io::Result<ExitStatus>, file: &Path, took: Duration) -> Result<(), String> {
        let name = &self.name;
        println!("\n--- {name}: {:.1} s", took.as_secs_f64());
        print!("{}", String::from_utf8_lossy(&fs::read(file).unwrap_or_default()));
        match ended {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{name} failed ({status}): {}", self.path.display())),
            Err(error) => Err(format!("{name} cannot be run: {}: {error}", self.path.display())),
        }
    }
}

/// Where the loader of libraries looks.
const LIBRARY_PATH: &str = if cfg!(target_os = "macos") {
    "DYLD_FALLBACK_LIBRARY_PATH"
} else if cfg!(windows) {
    "PATH"
} else {
    "LD_LIBRARY_PATH"
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn executables_of_tests_are_told_from_all_else_that_cargo_says() {
        let line = r#"{"reason":"compiler-artifact","manifest_path":"/w/nn-core/Cargo.toml","target":{"name":"engine"},
            "profile":{"test":true},"executable":"/w/target/debug/deps/engine-1"}"#;
        let expected = Executable {
            name: "nn-core engine".into(),
            path: "/w/target/debug/deps/engine-1".into(),
            folder: "/w/nn-core".into(),
            runner: None,
        };
        assert_eq!(executable(line), Some(expected));
        assert_eq!(executable(&line.replace(r#""test":true"#, r#""test":false"#)), None, "a program");
        assert_eq!(
            executable(&line.replace(r#""/w/target/debug/deps/engine-1""#, "null")),
            None,
            "a library"
        );
        assert_eq!(executable(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(executable("warning: not a message"), None);
    }

    #[cfg(unix)]
    #[test]
    fn one_that_fails_is_named_and_the_others_run() {
        let folder = tempfile::tempdir().expect("a folder");
        let of = |name: &str, path: &str| Executable {
            name: name.into(),
            path: path.into(),
            folder: folder.path().into(),
            runner: None,
        };
        let touched = folder.path().join("touched");
        let all = [of("fails", "/bin/false"), of("missing", "/nowhere"), of("works", "/usr/bin/touch")];
        let touch = touched.display().to_string();
        let order: (&[&str], &[&str]) = (&["works"], &["fails"]);
        let error =
            run(&all, order, &[&touch], &BTreeMap::new(), folder.path()).expect_err("two fail").message;
        assert!(error.contains("fails failed") && error.contains("missing cannot be run"), "{error}");
        assert!(!error.contains("works"), "{error}");
        assert!(touched.exists());
    }

    #[test]
    fn tests_that_failed_are_those_of_the_last_list() {
        let written = "test a ... ok\ntest b::c ... FAILED\n\nfailures:\n\n---- b::c stdout ----\nwrong\n\n\nfailures:\n    b::c\n    d\n\ntest \
                       result: FAILED. 1 passed; 2 failed\n";
        assert_eq!(failed_tests(written), ["b::c", "d"]);
        assert_eq!(failed_tests("20 of 20 clean\n"), Vec::<String>::new());
        assert_eq!(failed_tests("thread panicked\nfailures:\n\n---- a stdout ----\n"), Vec::<String>::new());
    }

    #[cfg(unix)]
    #[test]
    fn what_fails_once_is_run_once_more_alone_and_where_much_fails_nothing_is() {
        let place = tempfile::tempdir().expect("a folder");
        let of = |name: &str| {
            let folder = place.path().join(name);
            fs::create_dir(&folder).expect("made");
            Executable { name: name.into(), path: "/bin/sh".into(), folder, runner: None }
        };
        // Each counts its runs in its own folder, and the first ones fail.
        let try_out = |names: &[&str], failures: usize| {
            let all: Vec<_> = names.iter().map(|name| of(name)).collect();
            let text = format!("echo >>runs; [ $(wc -l <runs) -gt {failures} ]");
            run(&all, (&[], &[]), &["-c", &text], &BTreeMap::new(), place.path())
        };
        let runs = |name: &str| {
            fs::read_to_string(place.path().join(name).join("runs")).map_or(0, |text| text.lines().count())
        };
        try_out(&["once"], 1).expect("it passes the second time");
        assert_eq!(runs("once"), 2);
        let error = try_out(&["twice"], 2).expect_err("it fails again").message;
        assert!(error.contains("twice failed"), "{error}");
        assert_eq!(runs("twice"), 2);
        let many = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
        let error = try_out(&many, 1).expect_err("that is not the machine").message;
        assert!(many.iter().all(|name| error.contains(&format!("{name} failed"))), "{error}");
        assert_eq!(runs("a"), 1);
    }
}
