//! A Windows of this project's own, in which programs run.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use super::tools::{COMPILER, WINE};
use crate::{
    package::files::failed,
    run::{self, Failure, workspace},
};

/// The machine whose folders are shared.
const SERVER: &str = "studio";

/// The folder that wine takes for a Windows.
pub struct Wine {
    prefix: PathBuf,
}

impl Wine {
    /// Makes it, unless it is there.
    ///
    /// # Errors
    /// When wine does not make it.
    pub fn ready(folder: &Path) -> Result<Self, Failure> {
        let wine = Self { prefix: folder.join("wine") };
        let system = wine.prefix.join("drive_c/windows/system32");
        let stand_in = system.join("bcryptprimitives.dll");
        if stand_in.is_file() {
            return Ok(wine);
        }
        wine.quiet(&["wineboot", "--init"])?;
        // Whose functions Rust's standard library asks for; wine begins as an older one.
        wine.quiet(&["reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f"])?;
        if !system.is_dir() {
            return Err(Failure::new(format!("wine has made no Windows in {}", wine.prefix.display())));
        }
        let mut compile = Command::new(COMPILER);
        compile.args(["-shared", "-O1", "-s", "-o"]).arg(&stand_in);
        run::run(compile.arg(workspace().join("tests/windows/process_prng.c")).arg("-ladvapi32"))?;
        Ok(wine)
    }

    fn quiet(&self, words: &[&str]) -> Result<(), Failure> {
        let mut command = Command::new(WINE);
        command.args(words).envs(self.environment()).stdin(Stdio::null());
        run::run(command.stdout(Stdio::null()).stderr(Stdio::null()))
    }

    /// What a program has to find around it. Nothing of this machine's own Windows is touched, and wine is silent about what
    /// it lacks.
    pub fn environment(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::from([("WINEPREFIX", self.prefix.display().to_string()), ("WINEDEBUG", "-all".to_owned())])
    }

    /// What a program says on its standard output and beside it, and how it ends.
    ///
    /// # Errors
    /// When wine cannot be started.
    pub fn output(&self, program: &Path, words: &[&str], more: &[(&str, &str)]) -> Result<Output, Failure> {
        let mut command = Command::new(WINE);
        command.arg(program).args(words).envs(self.environment()).envs(more.iter().copied());
        command.stdin(Stdio::null()).output().map_err(failed(program))
    }

    /// The path of a file as programs in it know it.
    pub fn path(path: &Path) -> String {
        format!("Z:{}", path.display()).replace('/', r"\")
    }

    /// A folder as a network shares it: the path by which programs in it know it, `\\studio\name`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn share(&self, name: &str, folder: &Path) -> Result<String, Failure> {
        let server = self.prefix.join("dosdevices/unc").join(SERVER);
        fs::create_dir_all(&server).map_err(failed(&server))?;
        let link = server.join(name);
        let _absent = fs::remove_file(&link);
        linked(folder, &link).map_err(failed(&link))?;
        Ok(format!(r"\\{SERVER}\{name}"))
    }

    /// A fresh folder for settings and files of a program, as Windows has one for each user.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn fresh(&self, name: &str) -> Result<PathBuf, Failure> {
        let folder = self.prefix.join("drive_c").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(failed(&folder))?;
        }
        fs::create_dir_all(&folder).map_err(failed(&folder))?;
        Ok(folder)
    }
}

#[cfg(unix)]
fn linked(folder: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(folder, link)
}

#[cfg(not(unix))]
fn linked(_folder: &Path, _link: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}
