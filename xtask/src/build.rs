//! `cargo xtask build`: the externals for Pure Data, ready to be put on Pd's path, those for Max, the plug-ins for
//! SuperCollider, and the tool `nn`.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    run::{self, Failure},
    target::Target,
};

/// The boxes, as hosts spell them in file names.
pub const BOXES: [&str; 4] = ["nn~", "mc.nn~", "mcs.nn~", "nn.info"];

/// How the files of externals end for a target's Pure Data.
fn pd_ending(target: Target) -> &'static str {
    match target.platform.os {
        "macos" => "pd_darwin",
        "windows" => "dll",
        _ => "pd_linux",
    }
}

/// The same for a Pure Data of double precision.
fn pd_double_ending(target: Target) -> String {
    let (system, ending) = match target.platform.os {
        "macos" => ("darwin", "so"),
        "windows" => ("windows", "dll"),
        _ => ("linux", "so"),
    };
    format!("{system}-{}-64.{ending}", target.processor())
}

/// How the files of externals end for a target's Max; on macOS they are bundles, which the package makes.
fn max_ending(target: Target) -> String {
    match target.platform.os {
        "macos" => ".mxo_binary".to_owned(),
        "windows" => ".mxe64".to_owned(),
        _ => format!(".mxl_{}", target.platform.arch),
    }
}

/// How the files of plug-ins end for a target's SuperCollider.
pub fn plugin_ending(target: Target) -> &'static str {
    if target.is("linux") { "so" } else { "scx" }
}

/// All that hosts open.
const BUILD: &str = "build -p nn-torch -p nn-pd -p nn-pd-double -p nn-pd-stub -p nn-max -p nn-max-stub \
                     -p nn-supercollider -p nn-supercollider-scsynth -p nn-supercollider-supernova";

/// cargo's profile for users.
pub const RELEASE: &str = "release";
/// The one that takes the least time to build, for tests elsewhere than where it is made. Without the tool.
pub const QUICK: &str = "quick";

/// What that profile optimises for the sake of tests that run where it is built, not elsewhere.
pub const OPTIMISED_FOR_TESTS: [&str; 8] =
    ["fdeflate", "nn-engine", "nn-pictures", "png", "rustfft", "tiny-skia", "tiny-skia-path", "zip"];

/// Tells cargo not to optimise some packages in that profile: compiling would take longer than it would save.
pub fn leave_unoptimised(cargo: &mut Command, packages: &[&str]) {
    for name in packages {
        cargo.args(["--config", &format!("profile.{QUICK}.package.{name}.opt-level=0")]);
    }
}

/// What is built, and how.
#[derive(Clone, Copy, Debug)]
pub struct Build {
    /// For which machine.
    pub target: Target,
    /// cargo's profile: [`RELEASE`] is what users get, [`QUICK`] the externals alone, unoptimised.
    pub profile: &'static str,
}

impl Build {
    /// What users of this machine get.
    ///
    /// # Errors
    /// When there is no libtorch for this machine.
    pub fn release() -> Result<Self, Failure> {
        Ok(Self { target: Target::host()?, profile: RELEASE })
    }

    /// Takes `--target NAME` and `--quick` out of `words`.
    ///
    /// # Errors
    /// When there is no such target.
    pub fn take<'a>(words: &[&'a str]) -> Result<(Self, Vec<&'a str>), Failure> {
        let (target, mut rest) = Target::take(words)?;
        let all = rest.len();
        rest.retain(|word| *word != "--quick");
        let profile = if rest.len() < all { QUICK } else { RELEASE };
        Ok((Self { target, profile }, rest))
    }

    /// The folder of what is made: `target`, or that of another machine.
    pub fn folder(self) -> PathBuf {
        self.target.folder()
    }

    /// The tool `nn`, as it was built.
    pub fn tool(self) -> PathBuf {
        self.built().join(self.target.program("nn"))
    }

    fn with_tool(self) -> bool {
        self.profile != QUICK
    }

    fn built(self) -> PathBuf {
        self.target.built(self.profile)
    }
}

/// `cargo xtask build`, with `--target NAME` for another machine and `--quick`.
///
/// # Errors
/// As for [`run()`]; for any other word.
pub fn run_with(words: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match Build::take(&words)? {
        (build, rest) if rest.is_empty() => run(build),
        _ => Err(Failure::new("build takes `--target NAME` and `--quick`")),
    }
}

/// Builds the externals and puts them into `target/pd`: one core for each width of
/// numbers, small files for each box that open it, and the library that holds libtorch.
///
/// # Errors
/// When cargo fails or a file cannot be written.
pub fn run(build: Build) -> Result<(), Failure> {
    // Together: alone they would be built from dependencies with other features, one after the other.
    let tool: &[&str] = if build.with_tool() { &["-p", "nn"] } else { &[] };
    run::run(build.target.cargo(BUILD)?.args(tool).args(["--profile", build.profile]))?;
    let (built, target) = (build.built(), build.target);
    let folder = fresh(build, "pd")?;
    for name in ["nn_pd", "nn_pd_64", "nn_torch"].map(|name| target.library(name)) {
        place(&built.join(&name), &folder.join(&name))?;
    }
    for name in BOXES {
        for ending in [pd_ending(target), &pd_double_ending(target)] {
            place(&built.join(target.library("nn_pd_stub")), &folder.join(format!("{name}.{ending}")))?;
        }
    }
    println!("Pure Data externals: {}", folder.display());
    for_max(build)?;
    for_supercollider(build)
}

/// The folder of a host's files.
fn fresh(build: Build, name: &str) -> Result<PathBuf, Failure> {
    let folder = build.folder().join(name);
    std::fs::create_dir_all(&folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?;
    Ok(folder)
}

/// The same for Max into `target/max`, laid out as a package: the small files in `externals`, the libraries in
/// `support`.
fn for_max(build: Build) -> Result<(), Failure> {
    let (built, target) = (build.built(), build.target);
    let (externals, support) = (fresh(build, "max/externals")?, fresh(build, "max/support")?);
    for name in ["nn_max", "nn_torch"].map(|name| target.library(name)) {
        place(&built.join(&name), &support.join(&name))?;
    }
    for name in BOXES {
        let file = externals.join(format!("{name}{}", max_ending(target)));
        place(&built.join(target.library("nn_max_stub")), &file)?;
    }
    println!("Max externals: {}", build.folder().join("max").display());
    Ok(())
}

/// How all other libraries end there, on every system: servers open whatever ends as plug-ins do.
pub const QUIET_ENDING: &str = "nn";

/// The plug-ins for SuperCollider, as libraries and in the package: one for each server.
pub const PLUGINS: [(&str, &str); 2] = [("nn_sc_scsynth", "nn_scsynth"), ("nn_sc_supernova", "nn_supernova")];

/// The same for SuperCollider into `target/supercollider`, laid out as in the package: what the servers open in `plugins`, the
/// libraries and the tool in `support`.
fn for_supercollider(build: Build) -> Result<(), Failure> {
    let (built, target) = (build.built(), build.target);
    let (plugins, support) = (fresh(build, "supercollider/plugins")?, fresh(build, "supercollider/support")?);
    for (library, name) in PLUGINS {
        let plugin = plugins.join(name).with_extension(plugin_ending(target));
        place(&built.join(target.library(library)), &plugin)?;
    }
    for name in ["nn_supercollider", "nn_torch"].map(|name| target.library(name)) {
        place(&built.join(&name), &support.join(&name).with_extension(QUIET_ENDING))?;
    }
    if build.with_tool() {
        place(&build.tool(), &support.join(target.program("nn")))?;
    }
    println!("SuperCollider plug-ins: {}", build.folder().join("supercollider").display());
    Ok(())
}

/// Copies under another name first: overwriting a library that a running host has mapped would crash it.
fn place(from: &Path, to: &Path) -> Result<(), Failure> {
    let mut partial = to.as_os_str().to_owned();
    partial.push(".partial");
    // What earlier builds made here may be a link to another of these files.
    let _absent = std::fs::remove_file(&partial);
    std::fs::copy(from, &partial)
        .and_then(|_| std::fs::rename(&partial, to))
        .map_err(|e| Failure::new(format!("{} cannot be put at {}: {e}", from.display(), to.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_end_as_each_machines_hosts_want_them() {
        let told = |name: &str| {
            let target = Target::named(name).unwrap();
            let double = pd_double_ending(target);
            [pd_ending(target).to_owned(), double, max_ending(target), plugin_ending(target).to_owned()]
        };
        assert_eq!(told("linux-x86_64"), ["pd_linux", "linux-amd64-64.so", ".mxl_x86_64", "so"]);
        assert_eq!(told("linux-aarch64"), ["pd_linux", "linux-arm64-64.so", ".mxl_aarch64", "so"]);
        assert_eq!(told("macos-aarch64"), ["pd_darwin", "darwin-arm64-64.so", ".mxo_binary", "scx"]);
        assert_eq!(told("windows-x86_64"), ["dll", "windows-amd64-64.dll", ".mxe64", "scx"]);
    }
}
