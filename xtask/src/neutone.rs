//! `cargo xtask neutone`: effects exported by Neutone's own SDK, and what they answer there, for tests to compare boxes with
//! (`tests/neutone`).

use std::path::Path;
use std::process::Command;

use crate::python;
use crate::run::{self, Failure, target_dir, workspace};

/// The versions of the SDK, by the files that name their packages.
const VERSIONS: [&str; 2] = ["1.5", "1.4"];

/// Writes `target/neutone/VERSION` for each version of the SDK, whose packages come from Python's registry; torch is that of
/// the models' Python. `words` are passed on to `export.py`.
///
/// # Errors
/// When that Python or a package is missing, or an export fails.
pub fn run(words: &[String]) -> Result<(), Failure> {
    let python = python::with_numpy()?;
    VERSIONS.iter().try_for_each(|version| make(&python, version, words))
}

/// The same where something is missing or older than its scripts.
///
/// # Errors
/// As for [`run()`].
pub fn ensure() -> Result<(), Failure> {
    if VERSIONS.iter().all(|version| is_made(version)) {
        return Ok(());
    }
    run(&[])
}

/// Whether all of one version is there, and no script is newer.
fn is_made(version: &str) -> bool {
    let changed = |path: &Path| path.metadata().and_then(|about| about.modified());
    let Ok(made) = changed(&target_dir().join("neutone").join(version).join("cases.json")) else {
        return false;
    };
    let Ok(scripts) = workspace().join("tests/neutone").read_dir() else { return false };
    scripts.flatten().all(|script| changed(&script.path()).is_ok_and(|time| time <= made))
}

fn make(python: &Path, version: &str, words: &[String]) -> Result<(), Failure> {
    let folder = target_dir().join("neutone");
    let (packages, out) = (folder.join("packages").join(version), folder.join(version));
    let scripts = workspace().join("tests/neutone");
    if !packages.is_dir() {
        // Only what the list names: the SDK asks for more than an export needs, and for another torch.
        let mut pip = Command::new(python);
        pip.args([
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            "--quiet",
            "--no-deps",
        ]);
        pip.args(["--only-binary=:all:", "--target"]).arg(&packages);
        run::run(pip.arg("--requirement").arg(scripts.join(format!("sdk-{version}.txt"))))?;
    }
    let script = |name: &str| {
        let mut command = Command::new(python);
        // Scripting is deprecated upstream; loading what was scripted is not.
        command.env("PYTHONPATH", &packages).env("PYTHONWARNINGS", "ignore").env("LOGLEVEL", "WARNING");
        command.env("TQDM_DISABLE", "1").env("PYTHONDONTWRITEBYTECODE", "1").current_dir(&scripts).arg(name);
        command
    };
    run::run(script("export.py").arg("--out").arg(&out).args(words))?;
    run::run(script("expected.py").arg(&out))
}
