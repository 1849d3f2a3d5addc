//! Checks a package as Max and the system's loader will read it: names, texts, and whether libraries find each other.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{
    bundle,
    code::{self, Code, Processor, System},
    info::{Machines, systems},
    init, join,
    name::NAME,
    patches,
};
use crate::{
    build::BOXES,
    package::{
        files::{entries, failed},
        loader_path::expanded,
    },
    run::Failure,
};

/// What was found, each one line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What must not be.
    pub wrong: Vec<String>,
    /// What is still to be done, or has to be on the user's machine.
    pub notes: Vec<String>,
}

/// A library of the package.
struct Library {
    /// Its path in the package.
    file: PathBuf,
    codes: Vec<Code>,
    /// True for libtorch, which others build.
    foreign: bool,
}

/// Which machines the externals are for.
///
/// # Errors
/// When a file cannot be read.
pub fn machines(folder: &Path) -> Result<Machines, Failure> {
    let mut machines = Machines::new();
    for (_, path) in externals(folder)?.iter().flat_map(|(name, path)| program(path, name)) {
        for code in code::read(&fs::read(&path).map_err(failed(&path))?).unwrap_or_default() {
            machines.entry(code.system).or_default().insert(code.processor);
        }
    }
    Ok(machines)
}

/// Looks at all of it.
///
/// # Errors
/// When a file cannot be read.
pub fn check(folder: &Path) -> Result<Findings, Failure> {
    let mut findings = Findings::default();
    let libraries = libraries(folder, &mut findings)?;
    texts(folder, &mut findings)?;
    names(folder, &mut findings)?;
    let machines = machines(folder)?;
    for (&system, processors) in &machines {
        for &processor in processors {
            complete(folder, system, processor, &libraries, &mut findings)?;
        }
    }
    match join::read_info(folder) {
        Ok(info) => {
            if info["name"] != NAME || folder.file_name().is_none_or(|name| name != NAME) {
                findings.wrong.push("its folder and package-info.json have different names".into());
            }
            let (said, true_) = (&info["os"], systems(&machines));
            if *said != true_ {
                findings.wrong.push(format!("package-info.json says os {said}, but it holds {true_}"));
            }
        }
        Err(failure) => findings.wrong.push(failure.to_string()),
    }
    for library in &libraries {
        for code in &library.codes {
            paths(library, code, &mut findings);
            wants(folder, library, code, &mut findings);
        }
    }
    findings.notes.sort();
    findings.notes.dedup();
    Ok(findings)
}

/// What stands in `externals`, by the name of the box.
fn externals(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let name = |path: PathBuf| {
        let file = path.file_name()?.to_str()?;
        let stem = file.strip_suffix(".mxo").or_else(|| file.strip_suffix(".mxe64"));
        let stem = stem.or_else(|| file.rsplit_once(".mxl_").map(|(stem, _)| stem));
        Some((stem.unwrap_or(file).to_owned(), path))
    };
    Ok(entries(&folder.join("externals"))?.into_iter().filter_map(name).collect())
}

/// The file with an external's code.
fn program(path: &Path, name: &str) -> Option<(String, PathBuf)> {
    let file = if path.is_dir() { path.join("Contents/MacOS").join(name) } else { path.to_owned() };
    file.is_file().then(|| (name.to_owned(), file))
}

fn names(folder: &Path, findings: &mut Findings) -> Result<(), Failure> {
    let externals = externals(folder)?;
    for (name, path) in &externals {
        if !BOXES.contains(&name.as_str()) {
            findings.wrong.push(format!("{} is no external of this package", within(folder, path)));
        }
        if path.is_dir() {
            let faults = bundle::faults(path, name).into_iter();
            findings.wrong.extend(faults.map(|fault| format!("{} {fault}", within(folder, path))));
        }
    }
    for name in BOXES {
        if !externals.iter().any(|(known, _)| known == name) {
            findings.wrong.push(format!("no external {name}"));
        }
    }
    for file in ["icon.png", "README.txt", "LICENSE-MIT", "LICENSE-APACHE", "models/README.md"] {
        if !folder.join(file).is_file() {
            findings.wrong.push(format!("no {file}"));
        }
    }
    Ok(())
}

fn texts(folder: &Path, findings: &mut Findings) -> Result<(), Failure> {
    for name in BOXES {
        let path = folder.join(format!("help/{name}.maxhelp"));
        let read = fs::read_to_string(&path).map_err(|error| error.to_string());
        let read = read.and_then(|text| serde_json::from_str::<Value>(&text).map_err(|e| e.to_string()));
        match read {
            Ok(help) if help["patcher"].is_object() => {}
            Ok(_) => findings.wrong.push(format!("{} is no patch", within(folder, &path))),
            Err(error) => findings.wrong.push(format!("{}: {error}", within(folder, &path))),
        }
    }
    findings.wrong.extend(patches::faults(folder));
    let path = folder.join(init::FILE);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let faults = init::faults(&text).into_iter();
            findings.wrong.extend(faults.map(|fault| format!("{}: {fault}", init::FILE)));
        }
        Err(error) => findings.wrong.push(format!("{}: {error}", init::FILE)),
    }
    Ok(())
}

/// A path as it is in the package.
fn within(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}

fn libraries(folder: &Path, findings: &mut Findings) -> Result<Vec<Library>, Failure> {
    let mut files: Vec<(PathBuf, bool)> = Vec::new();
    files.extend(
        externals(folder)?.iter().filter_map(|(name, path)| program(path, name)).map(|f| (f.1, false)),
    );
    for (place, foreign) in [("support", false), ("support/libtorch/lib", true)] {
        let found = entries(&folder.join(place)).unwrap_or_default();
        files.extend(found.into_iter().filter(|path| path.is_file()).map(|path| (path, foreign)));
    }
    let mut libraries = Vec::new();
    for (path, foreign) in files {
        let file = path.strip_prefix(folder).unwrap_or(&path).to_owned();
        match code::read(&fs::read(&path).map_err(failed(&path))?) {
            Ok(codes) if codes.is_empty() => findings.wrong.push(format!("{} is no library", file.display())),
            Ok(codes) => libraries.push(Library { file, codes, foreign }),
            Err(wrong) => findings.wrong.push(format!("{} {wrong}", file.display())),
        }
    }
    Ok(libraries)
}

/// Everything that a machine needs is there with code for its processor.
fn complete(
    folder: &Path,
    system: System,
    processor: Processor,
    libraries: &[Library],
    findings: &mut Findings,
) -> Result<(), Failure> {
    let mut needed: Vec<PathBuf> = Vec::new();
    for name in BOXES {
        needed.push(match system {
            System::Linux => format!("externals/{name}.mxl_{}", linux_name(processor)).into(),
            System::Macos => format!("externals/{name}.mxo/Contents/MacOS/{name}").into(),
            System::Windows => format!("externals/{name}.mxe64").into(),
        });
    }
    for name in ["nn_max", "nn_torch"] {
        needed.push(match system {
            System::Linux => format!("support/lib{name}.so").into(),
            System::Macos => format!("support/lib{name}.dylib").into(),
            System::Windows => format!("support/{name}.dll").into(),
        });
    }
    for file in needed {
        let there = libraries.iter().any(|library| {
            let fits = |code: &Code| code.system == system && code.processor == processor;
            library.file == file && library.codes.iter().any(fits)
        });
        if !there {
            let what = if folder.join(&file).exists() { "has no code" } else { "is missing" };
            findings.wrong.push(format!("{} {what} for {system:?} on {}", file.display(), processor.name()));
        }
    }
    Ok(())
}

fn linux_name(processor: Processor) -> &'static str {
    match processor {
        Processor::Aarch64 => "aarch64",
        Processor::X64 => "x86_64",
    }
}

/// Run paths follow the package wherever it lies, and lead to its libraries.
fn paths(library: &Library, code: &Code, findings: &mut Findings) {
    if library.foreign {
        return;
    }
    let right = match (code.system, library.file.starts_with("externals")) {
        (System::Macos, true) => "@loader_path/../../../../support",
        (System::Macos, false) => "@loader_path or @loader_path/libtorch/lib",
        (_, true) => "$ORIGIN/../support",
        (_, false) => "$ORIGIN or $ORIGIN/libtorch/lib",
    };
    for path in &code.run_paths {
        let allowed = ["support", "support/libtorch/lib"].map(PathBuf::from);
        if !expanded(&library.file, path).is_some_and(|place| allowed.contains(&place)) {
            let file = library.file.display();
            findings.wrong.push(format!("{file} looks for libraries in {path}: it should be {right}"));
        }
    }
    if code.system == System::Macos && code.processor == Processor::Aarch64 && !code.signed {
        let file = library.file.display();
        findings
            .notes
            .push(format!("{file} has no signature: on a Mac, `codesign --force --deep --sign -` it"));
    }
}

/// Everything that a library wants is in the package, or the system's or Max's.
fn wants(folder: &Path, library: &Library, code: &Code, findings: &mut Findings) {
    let file = library.file.display();
    let beside = library.file.parent().unwrap_or(Path::new("")).to_owned();
    let mut places: Vec<PathBuf> =
        code.run_paths.iter().filter_map(|path| expanded(&library.file, path)).collect();
    if library.foreign {
        places.push(beside);
    }
    let found = |name: &str, places: &[PathBuf]| places.iter().any(|p| folder.join(p).join(name).is_file());
    for wanted in &code.wants {
        let there = match code.system {
            System::Macos => match wanted.strip_prefix("@rpath/") {
                Some(name) => found(name, &places),
                None if wanted.starts_with('@') => {
                    let theirs = ["Max", "Jitter"];
                    let theirs = theirs.map(|name| format!("@executable_path/../Frameworks/{name}"));
                    expanded(&library.file, wanted).is_some_and(|path| folder.join(path).is_file())
                        || theirs.iter().any(|theirs| wanted.starts_with(theirs))
                }
                None => wanted.starts_with("/usr/lib/") || wanted.starts_with("/System/"),
            },
            System::Windows => {
                let lower = wanted.to_ascii_lowercase();
                if MICROSOFT.iter().any(|start| lower.starts_with(start)) {
                    findings.notes.push(format!(
                        "{wanted} comes with Microsoft's Visual C++ runtime, which has to be installed"
                    ));
                    continue;
                }
                WINDOWS.contains(&lower.as_str()) || lower.starts_with("api-ms-win-") || among(folder, &lower)
            }
            System::Linux => LINUX.iter().any(|start| wanted.starts_with(start)) || found(wanted, &places),
        };
        if !there {
            let how = match code.system {
                System::Windows => "which is neither Windows's nor Max's nor in support",
                _ => "which no run path of it leads to",
            };
            findings.wrong.push(format!("{file} wants {wanted}, {how}"));
        }
    }
}

/// A DLL of the package. Windows does not tell capitals from small letters.
fn among(folder: &Path, lower: &str) -> bool {
    let places = ["support", "support/libtorch/lib"];
    let files: BTreeSet<String> = places
        .iter()
        .flat_map(|place| entries(&folder.join(place)).unwrap_or_default())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_ascii_lowercase()))
        .collect();
    files.contains(lower)
}

/// Windows's and Max's own.
const WINDOWS: [&str; 23] = [
    "kernel32.dll",
    "ntdll.dll",
    "user32.dll",
    "advapi32.dll",
    "bcrypt.dll",
    "bcryptprimitives.dll",
    "crypt32.dll",
    "secur32.dll",
    "ws2_32.dll",
    "ole32.dll",
    "oleaut32.dll",
    "combase.dll",
    "rpcrt4.dll",
    "ktmw32.dll",
    "shell32.dll",
    "userenv.dll",
    "dbghelp.dll",
    "psapi.dll",
    "iphlpapi.dll",
    "msvcrt.dll",
    "maxapi.dll",
    "maxaudio.dll",
    "jitlib.dll",
];

/// How the names of the C++ runtime's libraries begin.
const MICROSOFT: [&str; 4] = ["vcruntime", "msvcp", "vcomp", "ucrtbase"];

/// How the names of the system's libraries begin on Linux.
const LINUX: [&str; 8] = [
    "libc.so.",
    "libm.so.",
    "libdl.so.",
    "librt.so.",
    "libpthread.so.",
    "libgcc_s.so.",
    "libstdc++.so.",
    "ld-linux",
];
