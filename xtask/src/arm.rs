//! Linux on ARM: the externals for it, built here, and a Pure Data for it that the emulator runs.
//!
//! A test (`tests/arm.rs`) plays them in that Pure Data on an emulated processor of a Raspberry Pi 4 and compares.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    build::{self, Build, QUICK},
    package::files::{entries, failed},
    run::{self, Failure, target_dir},
    setup,
    target::Target,
};

/// The target.
const TARGET: &str = "linux-aarch64";
/// What runs its programs here.
const EMULATOR: &str = "qemu-aarch64-static";
/// Its compiler.
const COMPILER: &str = "aarch64-linux-gnu-g++";
/// Its C library.
const LIBRARIES: &str = "/usr/aarch64-linux-gnu";
/// Debian's packages of these.
const PACKAGES: &str = "g++-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static";
/// What is played in.
const HOST: &str = "puredata-core";

/// Builds the externals and unpacks the Pure Data.
///
/// # Errors
/// When a tool is missing, or something cannot be built or downloaded.
pub fn run() -> Result<(), Failure> {
    for tool in [EMULATOR, COMPILER] {
        if Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
            return Err(Failure::new(format!("no {tool}: on Debian: sudo apt install {PACKAGES}")));
        }
    }
    download()?;
    let build = Build { target: Target::named(TARGET)?, profile: QUICK };
    build::run(build)?;
    convolutions(build.target)?;
    ["pd", "max", "supercollider"].iter().try_for_each(|host| old_enough(&build.folder().join(host)))
}

/// The tests of the convolutions, whose code no other machine has.
fn convolutions(target: Target) -> Result<(), Failure> {
    // No documentation tests: they would run without the emulator.
    let mut tests = target.cargo("test -p nn-kernels --lib --tests")?;
    let runner = format!("{EMULATOR} -L {LIBRARIES}");
    tests.args(["--profile", QUICK]).env("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER", runner);
    run::run(&mut tests)
}

/// Downloads libtorch and the Pure Data, where they are not here yet.
///
/// # Errors
/// When something cannot be downloaded, or the compiler is missing.
pub fn download() -> Result<(), Failure> {
    setup::run_with(&["--target", TARGET].map(str::to_owned))?;
    pure_data(&target_dir().join("arm"))
}

/// The C library of Raspberry Pi OS 12, which every library has to do with: 2.36.
const GLIBC_MINOR: u32 = 36;

/// That no library asks for a newer C library than users have.
fn old_enough(folder: &Path) -> Result<(), Failure> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder)? {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).map_err(failed(&path))?;
            let wanted = newest_glibc(&bytes).filter(|_| bytes.starts_with(b"\x7fELF"));
            if let Some(minor) = wanted.filter(|minor| *minor > GLIBC_MINOR) {
                let path = path.display();
                return Err(Failure::new(format!(
                    "{path} wants glibc 2.{minor}, users have 2.{GLIBC_MINOR}"
                )));
            }
        }
    }
    Ok(())
}

/// The newest version of the C library that a file names: `GLIBC_2.<number>`.
fn newest_glibc(bytes: &[u8]) -> Option<u32> {
    const WORD: &[u8] = b"GLIBC_2.";
    let places = bytes.windows(WORD.len()).enumerate().filter(|(_, window)| *window == WORD);
    let number = |at: usize| {
        let digits = bytes[at + WORD.len()..].iter().take_while(|byte| byte.is_ascii_digit());
        digits.map(|digit| u32::from(digit - b'0')).reduce(|number, digit| number * 10 + digit)
    };
    places.filter_map(|(at, _)| number(at)).max()
}

/// Debian's Pure Data for ARM with what it needs, unpacked into `folder/root`: beside the one of this machine it cannot be
/// installed.
fn pure_data(folder: &Path) -> Result<(), Failure> {
    let root = folder.join("root");
    if root.join("usr/bin/puredata").is_file() {
        return Ok(());
    }
    for part in ["lists/partial", "archives/partial", "root"] {
        fs::create_dir_all(folder.join(part)).map_err(failed(folder))?;
    }
    run::run(apt(folder).args(["-qq", "update"]))?;
    run::run(apt(folder).args([
        "-qq",
        "--yes",
        "--no-install-recommends",
        "--download-only",
        "install",
        HOST,
    ]))?;
    for file in entries(&folder.join("archives"))? {
        if file.extension().is_some_and(|ending| ending == "deb") {
            run::run(Command::new("dpkg-deb").arg("-x").arg(&file).arg(&root))?;
        }
    }
    processor(&root).map_err(failed(&root))
}

/// apt for ARM, with lists and packages in a folder of their own: nothing of this machine's changes, and nobody has to be root.
fn apt(folder: &Path) -> Command {
    let mut command = Command::new("apt-get");
    let place = |name: &str| folder.join(name).display().to_string();
    let options = [
        "APT::Architecture=arm64".to_owned(),
        "APT::Architectures=arm64".to_owned(),
        "APT::Sandbox::User=".to_owned(),
        "Debug::NoLocking=1".to_owned(),
        "Dir::State::status=/dev/null".to_owned(),
        format!("Dir::State::Lists={}", place("lists")),
        format!("Dir::Cache={}", folder.display()),
        format!("Dir::Cache::archives={}", place("archives")),
    ];
    command.args(options.iter().flat_map(|option| ["-o", option]));
    command
}

/// What the system tells of a Raspberry Pi 4's processor: libtorch reads it, and what the emulator shows is this machine's.
fn processor(root: &Path) -> std::io::Result<()> {
    let write = |file: PathBuf, text: &str| {
        fs::create_dir_all(file.parent().unwrap_or(root))?;
        fs::write(file, text)
    };
    let mut cpuinfo = String::new();
    let cpu = root.join("sys/devices/system/cpu");
    for number in 0..CORES {
        cpuinfo += &format!("processor\t: {number}\n{CORTEX_A72}\n");
        write(cpu.join(format!("cpu{number}/regs/identification/midr_el1")), "0x00000000410fd083\n")?;
    }
    write(root.join("proc/cpuinfo"), &cpuinfo)?;
    let all = format!("0-{}\n", CORES - 1);
    ["possible", "present", "online"].iter().try_for_each(|file| write(cpu.join(file), &all))
}

const CORES: usize = 4;

const CORTEX_A72: &str = "BogoMIPS\t: 108.00
Features\t: fp asimd evtstrm crc32 cpuid
CPU implementer\t: 0x41
CPU architecture: 8
CPU variant\t: 0x0
CPU part\t: 0xd08
CPU revision\t: 3
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_c_library_that_a_file_names_is_found() {
        assert_eq!(newest_glibc(b"\x7fELF GLIBC_2.17\0GLIBC_2.34\0GLIBC_2.4\0"), Some(34));
        assert_eq!(newest_glibc(b"GLIBC_2.\0GLIBC_PRIVATE\0"), None);
        assert_eq!(newest_glibc(b"GLIBC_2.5"), Some(5));
    }

    #[test]
    fn a_library_that_wants_a_newer_system_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("support");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("libnew.so"), b"\x7fELF GLIBC_2.36\0").unwrap();
        fs::write(inner.join("page.txt"), b"about GLIBC_2.99").unwrap();
        old_enough(folder.path()).unwrap();
        fs::write(inner.join("libnew.so"), b"\x7fELF GLIBC_2.38\0").unwrap();
        let refused = old_enough(folder.path()).unwrap_err().message;
        assert!(refused.contains("libnew.so wants glibc 2.38, users have 2.36"), "{refused}");
    }
}
