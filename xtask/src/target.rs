//! What is built for: this machine, or another one of those that users have.
//!
//! Names of files, folders and tools depend on the target, never on the machine that builds.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use nn_install::{PLATFORMS, Platform};

use crate::{
    macos::tools,
    run::{self, Failure, target_dir},
    standard_library,
};

/// The machine on which the gate runs: the only one that builds for the others.
pub const fn is_linux_x86_64() -> bool {
    cfg!(all(target_os = "linux", target_arch = "x86_64"))
}

/// A machine that users have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Its libtorch, system and processor.
    pub platform: &'static Platform,
}

impl Target {
    /// This machine.
    ///
    /// # Errors
    /// When there is no libtorch for it.
    pub fn host() -> Result<Self, Failure> {
        let platform = Platform::current();
        platform
            .map(|platform| Self { platform })
            .ok_or_else(|| Failure::new("no libtorch is pinned for this machine"))
    }

    /// The one that a word names, such as `linux-aarch64`.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn named(word: &str) -> Result<Self, Failure> {
        let found = PLATFORMS.iter().find(|platform| platform.name == word || platform.triple == word);
        found.map(|platform| Self { platform }).ok_or_else(|| {
            let names: Vec<_> = PLATFORMS.iter().map(|platform| platform.name).collect();
            Failure::new(format!("no target \"{word}\": there are {}", names.join(", ")))
        })
    }

    /// Takes `--target NAME` out of `words`; this machine where they do not have it.
    ///
    /// # Errors
    /// When there is no target of that name.
    pub fn take<'a>(words: &[&'a str]) -> Result<(Self, Vec<&'a str>), Failure> {
        let Some(at) = words.iter().position(|word| *word == "--target") else {
            return Ok((Self::host()?, words.to_vec()));
        };
        let target = Self::named(words.get(at + 1).copied().unwrap_or_default())?;
        Ok((target, [&words[..at], words.get(at + 2..).unwrap_or_default()].concat()))
    }

    /// Whether it is this machine.
    pub fn is_host(self) -> bool {
        Platform::current() == Some(self.platform)
    }

    /// Whether its system is this one: `linux`, `macos`, `windows`.
    pub fn is(self, os: &str) -> bool {
        self.platform.os == os
    }

    /// Its processor, as Pd's names of files and packages have it.
    pub fn processor(self) -> &'static str {
        if self.platform.arch == "aarch64" { "arm64" } else { "amd64" }
    }

    /// The folder of what is made for it: `target` for this machine, `target/for/NAME` for another.
    pub fn folder(self) -> PathBuf {
        if self.is_host() { target_dir() } else { target_dir().join("for").join(self.platform.name) }
    }

    /// Where cargo puts what it builds for it, with the profile that users get or a quicker one.
    pub fn built(self, profile: &str) -> PathBuf {
        let folder = if self.is_host() { target_dir() } else { target_dir().join(self.platform.triple) };
        folder.join(profile)
    }

    /// What cargo calls a library.
    pub fn library(self, name: &str) -> String {
        match self.platform.os {
            "windows" => format!("{name}.dll"),
            "macos" => format!("lib{name}.dylib"),
            _ => format!("lib{name}.so"),
        }
    }

    /// What cargo calls a program.
    pub fn program(self, name: &str) -> String {
        if self.is("windows") { format!("{name}.exe") } else { name.to_owned() }
    }

    /// Takes debug information and local names out of a library. For macOS elsewhere the linker has done it, and on Windows they
    /// stand in files of their own.
    ///
    /// # Errors
    /// When the tool for it is missing or refuses.
    pub fn strip(self, library: &Path) -> Result<(), Failure> {
        if (self.is("macos") && tools::wanted()) || cfg!(windows) {
            return Ok(());
        }
        let words: &[&str] = if self.is("macos") { &["-x"] } else { &["--strip-unneeded"] };
        let tool = if self.is_host() { "strip".to_owned() } else { format!("{}strip", self.binutils()) };
        run::run(Command::new(tool).args(words).arg(library))
    }

    /// How the names of Debian's tools for it begin.
    fn binutils(self) -> String {
        match self.platform.os {
            "windows" => format!("{}-w64-mingw32-", self.platform.arch),
            _ => format!("{}-linux-gnu-", self.platform.arch),
        }
    }

    /// cargo with these words, for this target.
    ///
    /// # Errors
    /// When no compiler here has a standard library for it, or the sources of one.
    pub fn cargo(self, words: &str) -> Result<Command, Failure> {
        if self.is_host() {
            return Ok(run::cargo(words));
        }
        if self.is("windows") {
            return Err(Failure::new(
                "what is for Windows with libtorch is built on Windows, by Microsoft's compiler: do this there; here `cargo xtask \
                 windows` builds all the rest and runs it under wine",
            ));
        }
        let mut command = if has_library(self.platform.triple) {
            let mut command = run::cargo(words);
            command.args(["--target", self.platform.triple]);
            command
        } else {
            standard_library::sources()?;
            let (verb, rest) = words.split_once(' ').unwrap_or((words, ""));
            // Of what is for macOS no test runs.
            let library = if self.is("macos") { "std,panic_unwind" } else { "std,panic_unwind,test" };
            let mut command = standard_library::cargo(verb, self.platform.triple, &target_dir(), library);
            command.args(rest.split_whitespace());
            command
        };
        if self.is("macos") && tools::wanted() {
            tools::instruct(&mut command)?;
        }
        if self.is("linux") {
            let variable = self.platform.triple.replace('-', "_").to_uppercase();
            command.env(format!("CARGO_TARGET_{variable}_LINKER"), format!("{}gcc", self.binutils()));
        }
        Ok(command)
    }
}

/// Whether the compiler has a standard library for a target, as `rustup target add` brings it.
fn has_library(triple: &str) -> bool {
    let command = "--print target-libdir --target";
    let output = Command::new("rustc").args(command.split(' ')).arg(triple).stderr(Stdio::null()).output();
    let folder = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    folder.is_ok_and(|folder| !folder.is_empty() && Path::new(&folder).is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(not(windows))]
    #[test]
    fn what_only_windows_can_build_is_refused_in_plain_words_elsewhere() {
        let refused = Target::named("windows-x86_64").unwrap().cargo("build").unwrap_err().message;
        assert!(refused.contains("built on Windows") && refused.contains("cargo xtask windows"), "{refused}");
    }

    #[test]
    fn each_machine_has_its_own_names_of_files_wherever_they_are_built() {
        let told = |name: &str| {
            let target = Target::named(name).unwrap();
            (target.library("nn_pd"), target.program("nn"))
        };
        let pair = |library: &str, program: &str| (library.to_owned(), program.to_owned());
        assert_eq!(told("linux-x86_64"), pair("libnn_pd.so", "nn"));
        assert_eq!(told("aarch64-unknown-linux-gnu"), pair("libnn_pd.so", "nn"));
        assert_eq!(told("macos-aarch64"), pair("libnn_pd.dylib", "nn"));
        assert_eq!(told("windows-x86_64"), pair("nn_pd.dll", "nn.exe"));
    }

    #[test]
    fn the_target_is_taken_out_of_the_words_and_an_unknown_one_is_refused() {
        let (target, rest) = Target::take(&["pd", "--target", "linux-aarch64", "--folder"]).unwrap();
        assert_eq!((target.platform.name, rest), ("linux-aarch64", vec!["pd", "--folder"]));
        assert!(Target::take(&["pd"]).unwrap().0.is_host());
        for words in [&["--target", "amiga"][..], &["--target"]] {
            let refused = Target::take(words).unwrap_err().message;
            assert!(refused.contains("there are linux-x86_64, linux-aarch64"), "{refused}");
        }
    }

    #[test]
    fn what_is_made_for_another_machine_lies_apart() {
        let other =
            PLATFORMS.iter().map(|platform| Target { platform }).find(|target| !target.is_host()).unwrap();
        assert!(other.folder().ends_with(Path::new("for").join(other.platform.name)));
        assert!(other.built("release").ends_with(Path::new(other.platform.triple).join("release")));
        assert_eq!(Target::host().unwrap().built("release"), target_dir().join("release"));
    }
}
