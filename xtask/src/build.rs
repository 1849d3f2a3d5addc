//! `cargo xtask build`: the externals for Pure Data, ready to be put on Pd's path, those for Max, the plug-ins for
//! SuperCollider, and the tool `nn`.

use std::path::{Path, PathBuf};

use crate::run::{self, Failure, cargo, target_dir};

/// The boxes, as hosts spell them in file names.
pub const BOXES: [&str; 4] = ["nn~", "mc.nn~", "mcs.nn~", "nn.info"];

/// How the files of externals end for the Pure Data of this machine.
const ENDING: &str = if cfg!(target_os = "macos") {
    "pd_darwin"
} else if cfg!(windows) {
    "dll"
} else {
    "pd_linux"
};

/// The same for a Pure Data of double precision.
const DOUBLE_ENDING: &str = if cfg!(all(target_os = "macos", target_arch = "aarch64")) {
    "darwin-arm64-64.so"
} else if cfg!(target_os = "macos") {
    "darwin-amd64-64.so"
} else if cfg!(windows) {
    "windows-amd64-64.dll"
} else if cfg!(target_arch = "aarch64") {
    "linux-arm64-64.so"
} else {
    "linux-amd64-64.so"
};

/// All that users get.
const BUILD: &str = "build --release -p nn -p nn-torch -p nn-pd -p nn-pd-double -p nn-pd-stub -p nn-max -p nn-max-stub \
                     -p nn-supercollider -p nn-supercollider-scsynth -p nn-supercollider-supernova";

/// Builds the release externals and puts them into `target/pd`: one core for each width of
/// numbers, small files for each box that open it, and the library that holds libtorch.
///
/// # Errors
/// When cargo fails or a file cannot be written.
pub fn run() -> Result<(), Failure> {
    // Together: alone they would be built from dependencies with other features, one after the other.
    run::run(&mut cargo(BUILD))?;
    let release = target_dir().join("release");
    let folder = target_dir().join("pd");
    std::fs::create_dir_all(&folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?;
    for name in ["nn_pd", "nn_pd_64", "nn_torch"].map(library_name) {
        place(&release.join(&name), &folder.join(&name))?;
    }
    for name in BOXES {
        for ending in [ENDING, DOUBLE_ENDING] {
            place(&release.join(library_name("nn_pd_stub")), &folder.join(format!("{name}.{ending}")))?;
        }
    }
    println!("Pure Data externals: {}", folder.display());
    for_max()?;
    for_supercollider()
}

/// How the files of externals end for a Max of this machine; on macOS they are bundles, which the package makes.
const MAX_ENDING: &str = if cfg!(target_os = "macos") {
    ".mxo_binary"
} else if cfg!(windows) {
    ".mxe64"
} else if cfg!(target_arch = "aarch64") {
    ".mxl_aarch64"
} else {
    ".mxl_x86_64"
};

/// The same for Max into `target/max`, laid out as a package: the small files in `externals`, the libraries in
/// `support`.
fn for_max() -> Result<(), Failure> {
    let release = target_dir().join("release");
    let folder = target_dir().join("max");
    let (externals, support) = (folder.join("externals"), folder.join("support"));
    for folder in [&externals, &support] {
        std::fs::create_dir_all(folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?;
    }
    for name in ["nn_max", "nn_torch"].map(library_name) {
        place(&release.join(&name), &support.join(&name))?;
    }
    for name in BOXES {
        let file = externals.join(format!("{name}{MAX_ENDING}"));
        place(&release.join(library_name("nn_max_stub")), &file)?;
    }
    println!("Max externals: {}", folder.display());
    Ok(())
}

/// How the files of plug-ins end for a SuperCollider of this machine.
pub const PLUGIN_ENDING: &str = if cfg!(any(target_os = "macos", windows)) { "scx" } else { "so" };

/// How all other libraries end there, on every system: servers open whatever ends as plug-ins do.
pub const QUIET_ENDING: &str = "nn";

/// The plug-ins for SuperCollider, as libraries and in the package: one for each server.
pub const PLUGINS: [(&str, &str); 2] = [("nn_sc_scsynth", "nn_scsynth"), ("nn_sc_supernova", "nn_supernova")];

/// The same for SuperCollider into `target/supercollider`, laid out as in the package: what the servers open in `plugins`, the
/// libraries and the tool in `support`.
fn for_supercollider() -> Result<(), Failure> {
    let release = target_dir().join("release");
    let folder = target_dir().join("supercollider");
    let (plugins, support) = (folder.join("plugins"), folder.join("support"));
    for folder in [&plugins, &support] {
        std::fs::create_dir_all(folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?;
    }
    for (library, name) in PLUGINS {
        place(&release.join(library_name(library)), &plugins.join(name).with_extension(PLUGIN_ENDING))?;
    }
    for name in ["nn_supercollider", "nn_torch"].map(library_name) {
        place(&release.join(&name), &support.join(&name).with_extension(QUIET_ENDING))?;
    }
    place(&tool(), &support.join(tool().file_name().unwrap_or_default()))?;
    println!("SuperCollider plug-ins: {}", folder.display());
    Ok(())
}

/// The tool `nn`, as it was built.
pub fn tool() -> PathBuf {
    target_dir().join("release").join(format!("nn{}", std::env::consts::EXE_SUFFIX))
}

/// What cargo calls a library.
fn library_name(name: &str) -> String {
    format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
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
