//! What this machine needs for it, and how cargo is told to build for Windows.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    build,
    package::files::failed,
    run::{self, Failure},
    standard_library,
};

/// The machine, with the C library and the linker of mingw-w64.
pub const TARGET: &str = "x86_64-pc-windows-gnu";
/// Compiles C and links.
pub const COMPILER: &str = "x86_64-w64-mingw32-gcc-posix";
/// Makes import libraries, which rustc asks for.
const DLLTOOL: &str = "x86_64-w64-mingw32-dlltool";
/// The profile of the workspace for what is built to be tested.
pub const PROFILE: &str = build::QUICK;
/// Runs programs.
pub const WINE: &str = "wine";
/// Debian's packages of all of them.
const PACKAGES: &str = "gcc-mingw-w64-x86-64-posix binutils-mingw-w64-x86-64 wine wine64";

/// # Errors
/// When a tool is missing: how to get it.
pub fn check() -> Result<(), Failure> {
    standard_library::sources()?;
    for tool in [COMPILER, DLLTOOL, WINE] {
        if Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
            return Err(Failure::new(format!("no {tool}: on Debian: sudo apt install {PACKAGES}")));
        }
    }
    Ok(())
}

/// cargo for Windows: `build` or `test`.
///
/// # Errors
/// When what every program begins and ends with cannot be compiled.
pub fn cargo(verb: &str, folder: &Path) -> Result<Command, Failure> {
    let objects = begin_and_end(folder)?;
    let mut command = standard_library::cargo(verb, TARGET, folder, "std,panic_unwind,test");
    let of_target = |name: &str| format!("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_{name}");
    command.env(of_target("LINKER"), COMPILER);
    command.env(of_target("RUSTFLAGS"), format!("-L native={}", objects.display()));
    command.env("CC_x86_64_pc_windows_gnu", COMPILER);
    command.args(["--profile", PROFILE]);
    build::leave_unoptimised(&mut command, &build::OPTIMISED_FOR_TESTS);
    // Each of many programs would have names of its own for debuggers.
    command.env("CARGO_PROFILE_QUICK_STRIP", "symbols");
    Ok(command)
}

/// Two object files that every program is linked with. Sources of the standard library come with them, and cargo does not
/// build them.
fn begin_and_end(folder: &Path) -> Result<std::path::PathBuf, Failure> {
    let place = folder.join("objects");
    std::fs::create_dir_all(&place).map_err(failed(&place))?;
    for name in ["rsbegin", "rsend"] {
        let object = place.join(name).with_extension("o");
        if object.is_file() {
            continue;
        }
        let mut command = Command::new(standard_library::RUSTC);
        command.args(["--target", TARGET, "--emit=obj", "-o"]).arg(&object);
        command.arg(standard_library::sources()?.join("rtstartup").join(name).with_extension("rs"));
        run::run(command.env("RUSTC_BOOTSTRAP", "1"))?;
    }
    Ok(place)
}
