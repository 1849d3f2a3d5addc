//! Reads what was linked for macOS as its loader will, and says what is wrong: nothing of it can run here.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use nn_install::Platform;

use super::{
    image::{Image, Import, Kind},
    role::Role,
    signature,
};
use crate::{
    package::{
        files::{entries, failed},
        loader_path::expanded,
    },
    run::Failure,
};

/// Libraries of macOS 14 that may be asked for.
const LIBRARIES: [&str; 4] = [
    "/usr/lib/libSystem.B.dylib",
    "/usr/lib/libc++.1.dylib",
    "/usr/lib/libiconv.2.dylib",
    "/usr/lib/libobjc.A.dylib",
];

/// The same of frameworks, in [`FRAMEWORK_FOLDER`].
const FRAMEWORKS: [&str; 9] = [
    "Accelerate",
    "CoreFoundation",
    "Foundation",
    "IOKit",
    "Metal",
    "MetalPerformanceShaders",
    "MetalPerformanceShadersGraph",
    "Security",
    "SystemConfiguration",
];
const FRAMEWORK_FOLDER: &str = "/System/Library/Frameworks/";

/// Files by their places in a package.
pub type Files = BTreeMap<PathBuf, PathBuf>;

/// Everything in a folder that begins as files for macOS do.
///
/// # Errors
/// When something cannot be read.
pub fn in_folder(folder: &Path) -> Result<Files, Failure> {
    let mut files = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for path in entries(&next)? {
            if path.is_dir() {
                folders.push(path);
            } else if begins_as_code(&path)? {
                files.insert(path.strip_prefix(folder).unwrap_or(&path).to_owned(), path);
            }
        }
    }
    Ok(files)
}

/// Whether a file begins as code for macOS does.
fn begins_as_code(path: &Path) -> Result<bool, Failure> {
    use std::io::Read;
    let mut start = Vec::new();
    let file = fs::File::open(path).map_err(failed(path))?;
    file.take(4).read_to_end(&mut start).map_err(failed(path))?;
    Ok([ONE, SEVERAL].iter().any(|number| start == number))
}

/// How files with code begin: for one processor, and for several.
const ONE: [u8; 4] = [0xcf, 0xfa, 0xed, 0xfe];
const SEVERAL: [u8; 4] = [0xca, 0xfe, 0xba, 0xbe];

/// Looks at all of them.
///
/// # Errors
/// When one is wrong: one line for each fault. When one cannot be read.
pub fn run(platform: &Platform, files: &Files) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    let mut images = BTreeMap::new();
    for (place, file) in files {
        let bytes = fs::read(file).map_err(failed(file))?;
        // Joined with what another machine made, which was looked at there.
        if bytes.starts_with(&SEVERAL) {
            continue;
        }
        match (Image::read(&bytes), signature::faults(&bytes)) {
            (Ok(image), Ok(faults)) => {
                wrong.extend(faults.iter().map(|fault| format!("{} {fault}", place.display())));
                images.insert(place.clone(), image);
            }
            (Err(error), _) | (_, Err(error)) => {
                wrong.push(format!("{} cannot be read: {error}", place.display()));
            }
        }
    }
    wrong.extend(faults(&images, least(platform)));
    if wrong.is_empty() { Ok(()) } else { Err(Failure::new(wrong.join("\n"))) }
}

/// The least macOS that libtorch's wheel says it is for, which everything beside it is then for.
fn least(platform: &Platform) -> Option<(u32, u32)> {
    let mut words = platform.wheel_tag.strip_prefix("macosx_")?.split('_').map(str::parse);
    Some((words.next()?.ok()?, words.next()?.ok()?))
}

/// What is wrong with files that lie in a package together.
pub fn faults(images: &BTreeMap<PathBuf, Image>, least: Option<(u32, u32)>) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, image) in images {
        let Some(role) = Role::of(place) else {
            faults.push(format!("{} is code that no host opens", place.display()));
            continue;
        };
        let found = [form(image, role, least), paths(image, role), exports(image, role)].concat();
        let found = found.into_iter().chain(imports(place, image, role, images));
        faults.extend(found.map(|fault| format!("{} {fault}", place.display())));
    }
    faults
}

/// Processor, kind and system.
fn form(image: &Image, role: Role, least: Option<(u32, u32)>) -> Vec<String> {
    let mut faults = Vec::new();
    if !image.arm {
        faults.push("is not for Apple's processors".into());
    }
    let kind = if role == Role::Tool { Kind::Program } else { Kind::Library };
    if image.kind != kind {
        faults.push(format!("should be of the kind {kind:?}"));
    }
    let fits = if role == Role::Libtorch {
        image.least.is_some() && image.least <= least
    } else {
        image.least == least
    };
    if !fits {
        faults.push(format!("is for macOS {}, not {}", version(image.least), version(least)));
    }
    faults
}

fn version(least: Option<(u32, u32)>) -> String {
    least.map_or_else(|| "of no number".into(), |(major, minor)| format!("{major}.{minor}"))
}

/// Its own name and its run paths: none of the machine that built it.
fn paths(image: &Image, role: Role) -> Vec<String> {
    if role == Role::Libtorch {
        return Vec::new();
    }
    let mut faults = Vec::new();
    if image.kind == Kind::Library {
        let name = image.name.as_deref().unwrap_or_default();
        if !name.strip_prefix("@rpath/").is_some_and(|file| !file.is_empty() && !file.contains('/')) {
            faults.push(format!("calls itself \"{name}\", not @rpath/ and its file"));
        }
    }
    let beside = |path: &&String| path.as_str() == "@loader_path" || path.starts_with("@loader_path/");
    let away = image.run_paths.iter().filter(|path| !beside(path));
    faults.extend(away.map(|path| format!("looks for libraries in {path}, on the machine that built it")));
    faults
}

/// Exactly what others look up.
fn exports(image: &Image, role: Role) -> Vec<String> {
    // Of a program nobody looks anything up.
    let Some(wanted) = role.exports().filter(|_| image.kind == Kind::Library) else { return Vec::new() };
    let wanted: Vec<_> = wanted.iter().map(|name| format!("_{name}")).collect();
    let missing = wanted.iter().filter(|name| !image.exports.contains(*name));
    let missing = missing.map(|name| format!("does not export {name}"));
    let more = image.exports.iter().filter(|name| !wanted.contains(name));
    let more: Vec<_> = more.take(4).map(String::as_str).collect();
    let more = (!more.is_empty()).then(|| format!("exports more than hosts look up: {}", more.join(", ")));
    missing.chain(more).collect()
}

/// Its libraries are the system's or in the package, and what it wants is in them, or in the host.
fn imports(place: &Path, image: &Image, role: Role, all: &BTreeMap<PathBuf, Image>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut found = BTreeMap::new();
    for library in &image.libraries {
        match library.strip_prefix("@rpath/") {
            None if system_has(library) => {}
            None => {
                faults.push(format!("asks for {library}, which is no library that macOS is known to have"))
            }
            Some(name) => {
                let places =
                    image.run_paths.iter().filter_map(|path| Some(expanded(place, path)?.join(name)));
                match places.into_iter().find_map(|place| all.get(&place)) {
                    Some(other) => drop(found.insert(library.as_str(), other)),
                    None => faults.push(format!("asks for {library}, which no run path of it leads to")),
                }
            }
        }
    }
    for Import { symbol, library } in &image.imports {
        let Some(library) = library else {
            if !role.host_has(symbol.strip_prefix('_').unwrap_or(symbol)) && role != Role::Libtorch {
                faults.push(format!(
                    "wants {symbol}, which is in no library of it and no function of its host"
                ));
            }
            continue;
        };
        if found.get(library.as_str()).is_some_and(|library| !library.exports.contains(symbol)) {
            faults.push(format!("wants {symbol} of {library}, which does not have it"));
        }
    }
    faults
}

/// Whether macOS 14 is known to have a library.
pub fn system_has(library: &str) -> bool {
    let framework = |rest: &str| {
        let (name, inner) = rest.split_once(".framework/")?;
        let version = inner.strip_prefix("Versions/")?.strip_suffix(name)?.strip_suffix('/')?;
        Some(FRAMEWORKS.contains(&name) && version.len() == 1)
    };
    LIBRARIES.contains(&library)
        || library.strip_prefix(FRAMEWORK_FOLDER).and_then(framework).unwrap_or_default()
}
