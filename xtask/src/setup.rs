//! `cargo xtask setup`: libtorch, and the tools that building and testing need.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use nn_install::{Libtorch, VERSION, python};

use crate::macos::tools;
use crate::progress::Display;
use crate::run::{self, Failure};
use crate::target::Target;

/// Downloads libtorch and looks for the tools; Pure Data, which only the tests need, may be missing.
///
/// # Errors
/// When something that building needs is missing: one line for each thing.
pub fn run() -> Result<(), Failure> {
    report(needed_to_build())?;
    match pure_data() {
        Ok(line) => println!("{line}"),
        Err(line) => println!("note: {line}"),
    }
    Ok(())
}

/// The same; with `--cuda`, the libtorch for NVIDIA's GPUs too; with `--target NAME`, what building for another machine needs.
///
/// # Errors
/// As for [`run()`]; when that libtorch cannot be downloaded; for any other word.
pub fn run_with(words: &[String]) -> Result<(), Failure> {
    match words {
        [] => run(),
        [word] if word == "--cuda" => {
            run()?;
            cuda()
        }
        [word, name] if word == "--target" => report(Target::named(name).map(for_another)?),
        _ => Err(Failure::new("setup takes `--cuda`, or `--target NAME` for another machine than this one")),
    }
}

/// libtorch for another machine, and what links for it: one line for what is missing.
fn for_another(target: Target) -> Vec<String> {
    let mut display = Display::of("libtorch");
    let libtorch = nn_install::ensure_for(target.platform, |progress| display.show(progress));
    display.end();
    match libtorch {
        Ok(found) => {
            println!("libtorch {VERSION} for {}: {}", target.platform.name, found.root.display());
        }
        Err(error) => return vec![error.to_string()],
    }
    if target.is("macos") && tools::wanted() {
        return tools::ensure().err().map(|failure| failure.to_string()).into_iter().collect();
    }
    Vec::new()
}

fn cuda() -> Result<(), Failure> {
    let failure = |error: nn_install::EnsureError| Failure::new(error.to_string());
    println!("{}", nn_install::cuda_announcement().map_err(failure)?);
    let mut display = Display::of("libtorch with CUDA");
    let root = nn_install::ensure_cuda(|progress| display.show(progress));
    display.end();
    let root = root.map_err(failure)?;
    println!("libtorch with CUDA: {}", root.display());
    println!("externals that were built here use it from now on; `nn doctor` says whether the GPU works");
    println!("for those of a package, put its folder lib in the place of the package's libtorch/lib");
    Ok(())
}

/// The same, with the hosts required that tests play in.
///
/// # Errors
/// When anything is missing: one line for each thing.
pub fn run_for_tests() -> Result<(), Failure> {
    let mut missing = needed_to_build();
    match pure_data() {
        Ok(line) => println!("{line}"),
        Err(line) => missing.push(line),
    }
    // Its tests are for Linux.
    if cfg!(target_os = "linux") {
        match super_collider() {
            Ok(line) => println!("{line}"),
            Err(line) => missing.push(line),
        }
    }
    report(missing)
}

fn report(missing: Vec<String>) -> Result<(), Failure> {
    match missing.as_slice() {
        [] => Ok(()),
        [line] => Err(Failure::new(line.clone())),
        lines => Err(Failure::new(format!("{} things are missing\n{}", lines.len(), lines.join("\n")))),
    }
}

/// One line for each missing thing; what is there is printed.
fn needed_to_build() -> Vec<String> {
    let mut missing = Vec::new();
    let mut note = |found: Result<String, String>| match found {
        Ok(line) => println!("{line}"),
        Err(line) => missing.push(line),
    };
    note(compiler());
    let has_pip = python::find_with_pip();
    note(has_pip.as_ref().map(|p| format!("Python: {}", p.display())).map_err(ToString::to_string));
    // Without pip it still may be in the cache already; only the first complaint about pip is useful.
    let libtorch = match (&has_pip, nn_install::locate()) {
        (_, Ok(found)) => Ok(found),
        (Err(_), Err(_)) => return missing,
        (Ok(_), Err(_)) => libtorch(),
    };
    note(libtorch.and_then(|found| loads(&found)));
    missing
}

fn libtorch() -> Result<Libtorch, String> {
    let mut display = Display::of("libtorch");
    let libtorch = nn_install::ensure(|progress| display.show(progress)).map_err(|e| e.to_string());
    display.end();
    libtorch
}

/// Asks the system's loader for every symbol of it, so that what is missing shows here and not inside a host.
fn loads(libtorch: &Libtorch) -> Result<String, String> {
    let line = format!("libtorch {VERSION}: {}", libtorch.root.display());
    // Elsewhere Python may be built for another processor than this program.
    let (true, Ok(python)) = (cfg!(target_os = "linux"), python::find()) else { return Ok(line) };
    let script = "import ctypes, sys; ctypes.CDLL(sys.argv[1])";
    let output = Command::new(python)
        .args(["-c", script])
        .arg(libtorch.lib_dir.join("libtorch_cpu.so"))
        .output()
        .map_err(|e| e.to_string())?;
    if output.status.success() {
        return Ok(line);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let reason = stderr.trim().lines().last().unwrap_or("no reason given");
    Err(format!("libtorch in {} cannot be loaded: {reason}", libtorch.root.display()))
}

/// The C++ compiler that will build the backend.
fn compiler() -> Result<String, String> {
    if cfg!(windows) {
        return cc::windows_registry::find_tool(std::env::consts::ARCH, "cl.exe")
            .map(|tool| format!("C++ compiler: {}", tool.path().display()))
            .ok_or_else(|| "no C++ compiler: install the Visual Studio Build Tools with C++".to_owned());
    }
    let name = std::env::var("CXX").unwrap_or_else(|_| "c++".to_owned());
    let works = Command::new(&name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    match works {
        Ok(status) if status.success() => Ok(format!("C++ compiler: {name}")),
        _ if cfg!(target_os = "macos") => Err("no C++ compiler: run xcode-select --install".to_owned()),
        _ => Err(format!("no C++ compiler ({name}): on Debian and Ubuntu: sudo apt install g++")),
    }
}

/// Pure Data; on Debian it is installed when this runs as root.
fn pure_data() -> Result<String, String> {
    let found = || find_pure_data().map(|path| format!("Pure Data: {}", path.display()));
    if let Some(line) = found() {
        return Ok(line);
    }
    let missing = "Pure Data was not found, the tests need it";
    match std::env::consts::OS {
        "macos" => Err(format!("{missing}: brew install --cask pd")),
        "windows" => Err(format!("{missing}: install it and put its bin folder on PATH")),
        _ if on_path("apt-get").is_some() && is_root() => {
            println!("Pure Data is missing: installing puredata-core");
            apt_install(&["puredata-core"]).map_err(|e| format!("{missing}, and apt-get failed: {e}"))?;
            found().ok_or_else(|| missing.to_owned())
        }
        _ => Err(format!("{missing}: on Debian and Ubuntu: sudo apt install puredata-core")),
    }
}

/// What the tests in SuperCollider run, and Debian's packages with it.
const SUPER_COLLIDER: [(&str, &str); 4] = [
    ("scsynth", "supercollider-server"),
    ("supernova", "supercollider-supernova"),
    ("sclang", "supercollider-language"),
    ("jackd", "jackd2"),
];

/// SuperCollider's servers and language, and the driver for sound that needs no card; on Debian they are installed when this
/// runs as root.
fn super_collider() -> Result<String, String> {
    let lacking = || SUPER_COLLIDER.iter().filter(|(program, _)| on_path(program).is_none());
    let packages: Vec<_> = lacking().map(|(_, package)| *package).collect();
    let found = || Ok("SuperCollider: scsynth, supernova, sclang; jackd".to_owned());
    if packages.is_empty() {
        return found();
    }
    let programs: Vec<_> = lacking().map(|(program, _)| *program).collect();
    let missing = format!("{} not found, the tests in SuperCollider need them", programs.join(", "));
    let names = packages.join(" ");
    if on_path("apt-get").is_none() || !is_root() {
        return Err(format!(
            "{missing}: on Debian and Ubuntu: sudo apt install --no-install-recommends {names}"
        ));
    }
    println!("SuperCollider is missing: installing {names}");
    apt_install(&packages).map_err(|e| format!("{missing}, and apt-get failed: {e}"))?;
    if lacking().next().is_none() { found() } else { Err(missing) }
}

/// Pure Data's program.
pub fn find_pure_data() -> Option<PathBuf> {
    ["pd", "puredata"].into_iter().find_map(on_path).or_else(|| {
        // macOS: an application, which puts nothing on PATH.
        let applications = std::fs::read_dir("/Applications").ok()?;
        let inside = |app: PathBuf| app.join("Contents/Resources/bin/pd");
        applications.flatten().map(|app| inside(app.path())).find(|pd| pd.is_file())
    })
}

fn on_path(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?).map(|dir| dir.join(&file)).find(|path| path.is_file())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn apt_install(packages: &[&str]) -> Result<(), Failure> {
    let apt = |arguments: &[&str]| {
        run::run(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
    };
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    // A fresh system has no package lists yet.
    apt(&install).or_else(|_| {
        apt(&["update"])?;
        apt(&install)
    })
}
