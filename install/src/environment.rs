//! A Python environment with torch, for exporting the models again and comparing them with those in git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::error::{EnsureError, MODELS_PYTHON};
use crate::locate;
use crate::platform::VERSION;
use crate::progress::Progress;
use crate::python::{self, PythonError};
use crate::{nvidia, place};

/// Everything the models' scripts import, with hashes.
const PINS: &str = include_str!("../pins/models.txt");

/// Python 3 releases for which everything is pinned.
const PYTHON_MINORS: std::ops::RangeInclusive<u32> = 11..=14;

/// Uses what the check will use; prints the release.
const PROBE: &str = "
import io, torch
file = io.BytesIO()
torch.jit.save(torch.jit.script(torch.nn.Conv1d(1, 4, 3)), file)
file.seek(0)
assert torch.jit.load(file)(torch.ones(1, 1, 8)).shape == (1, 4, 6)
assert torch.fft.rfft(torch.ones(8)).real[0].item() == 8
print(torch.__version__.split('+')[0])
";

/// The path of a Python that has torch [`VERSION`], made in the user's cache when it is not there.
///
/// On Linux NVIDIA's packages are left out: 1.4 GB in place of 4.7 GB.
///
/// # Errors
/// When Python is missing or of another release, or when something cannot be downloaded or does not work.
pub fn ensure_models_python(mut progress: impl FnMut(Progress)) -> Result<PathBuf, EnsureError> {
    if let Some(python) = std::env::var_os(MODELS_PYTHON).filter(|value| !value.is_empty()).map(PathBuf::from)
    {
        probe(&python)?;
        return Ok(python);
    }
    let platform = locate::supported()?;
    let base = python::find_with_pip()?;
    if !python::has_module(&base, "ensurepip") {
        let (module, package) = ("ensurepip", "python3-venv");
        return Err(PythonError::ModuleMissing { interpreter: base, module, package }.into());
    }
    let minor = minor_release(&base)?;
    // Other pins are another environment.
    let pins: String = Sha256::digest(PINS).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("models-python-3.{minor}-{}-{pins}", platform.name);
    let cache = locate::cache_dir()?;
    let interpreter = interpreter_in(&cache.join(&name));
    let find = || match interpreter.is_file() {
        // A symbolic link to a Python that was removed is no file.
        true => Ok(interpreter.clone()),
        false => Err(failed(format!("{} is missing", interpreter.display()))),
    };
    place::once(&cache, &name, &mut progress, find, |work, progress| {
        progress(Progress::Downloading);
        make(&base, work)
    })
}

/// Makes the environment in `work` and returns its folder.
fn make(base: &Path, work: &Path) -> Result<PathBuf, EnsureError> {
    let folder = work.join("environment");
    let made = Command::new(base)
        .args(["-m", "venv"])
        .arg(&folder)
        .status()
        .map_err(|source| EnsureError::io(base, source))?;
    if !made.success() {
        return Err(failed(format!("`python3 -m venv` failed ({made})")));
    }
    let interpreter = interpreter_in(&folder);
    let pins = work.join("pins.txt");
    fs::write(&pins, PINS).map_err(|source| EnsureError::io(&pins, source))?;
    let status = Command::new(&interpreter)
        .args(["-m", "pip", "install", "--disable-pip-version-check", "--no-input"])
        .args(["--no-deps", "--no-compile", "--require-hashes", "--only-binary=:all:", "--requirement"])
        .arg(&pins)
        .env("TMPDIR", work)
        .env("TEMP", work)
        .env("TMP", work)
        .status()
        .map_err(|source| EnsureError::io(&interpreter, source))?;
    if !status.success() {
        return Err(EnsureError::Download { status });
    }
    if cfg!(target_os = "linux") {
        let site = "import sysconfig; print(sysconfig.get_path('platlib'))";
        let site_packages = ask(&interpreter, site)?;
        nvidia::replace(&Path::new(&site_packages).join("torch/lib"), work)?;
    }
    probe(&interpreter)?;
    Ok(folder)
}

fn interpreter_in(folder: &Path) -> PathBuf {
    if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") }
}

/// Checks that `python` can do what the models need of torch.
fn probe(python: &Path) -> Result<(), EnsureError> {
    let found = ask(python, PROBE)?;
    if found == VERSION {
        return Ok(());
    }
    Err(failed(format!("{} has torch {found}", python.display())))
}

fn minor_release(python: &Path) -> Result<u32, EnsureError> {
    let text = ask(python, "import sys; print(sys.version_info[1])")?;
    match text.parse() {
        Ok(minor) if PYTHON_MINORS.contains(&minor) => Ok(minor),
        _ => {
            let (first, last) = (PYTHON_MINORS.start(), PYTHON_MINORS.end());
            Err(failed(format!(
                "{} is Python 3.{text}, torch is pinned for 3.{first} to 3.{last}",
                python.display()
            )))
        }
    }
}

/// Runs a script and returns what it prints; its last line of complaint on failure.
fn ask(python: &Path, script: &str) -> Result<String, EnsureError> {
    let output = Command::new(python)
        // The warning that scripting is deprecated upstream.
        .args(["-W", "ignore", "-c", script])
        .output()
        .map_err(|source| EnsureError::io(python, source))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let reason = stderr.trim().lines().last().unwrap_or("no message");
    Err(failed(format!("{}: {reason} ({})", python.display(), output.status)))
}

fn failed(reason: String) -> EnsureError {
    EnsureError::Environment { reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_requirement_is_pinned_with_a_well_formed_hash() {
        let text = PINS.replace("\\\n", " ");
        let lines: Vec<_> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        assert!(lines.iter().any(|line| line.starts_with(&format!("torch=={VERSION} "))));
        for line in lines {
            let mut words = line.split_whitespace();
            assert!(words.next().is_some_and(|name| name.contains("==")), "{line}");
            let hashes: Vec<_> = words.collect();
            assert!(!hashes.is_empty(), "{line}");
            for hash in hashes {
                let digits = hash.strip_prefix("--hash=sha256:").expect("a sha256");
                assert!(digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit()), "{line}");
            }
        }
    }

    #[test]
    fn the_models_torch_is_the_one_libtorch_comes_from() {
        for platform in crate::PLATFORMS {
            assert!(PINS.contains(platform.sha256()), "{}", platform.name);
        }
    }

    #[test]
    fn a_python_without_torch_is_refused_in_one_line() {
        let Ok(python) = python::find() else { return };
        let error = ask(&python, "import no_module_has_this_name").expect_err("no such module");
        let text = error.to_string();
        assert!(text.contains("No module named") && text.contains(MODELS_PYTHON), "{text}");
        assert_eq!(text.lines().count(), 1);
    }
}
