//! `cargo xtask build`: the externals for Pure Data, ready to be put on Pd's path.

use std::path::Path;

use crate::run::{self, Failure, cargo, target_dir};

/// What the libraries are called: as cargo makes them, and as Pd and the external look for them.
struct Names {
    built_external: &'static str,
    external: &'static str,
    built_backend: &'static str,
    backend: &'static str,
}

const NAMES: Names = if cfg!(target_os = "macos") {
    Names {
        built_external: "libnn_pd.dylib",
        external: "nn~.pd_darwin",
        built_backend: "libnn_torch.dylib",
        backend: "libnn_torch.dylib",
    }
} else if cfg!(windows) {
    Names {
        built_external: "nn_pd.dll",
        external: "nn~.dll",
        built_backend: "nn_torch.dll",
        backend: "nn_torch.dll",
    }
} else {
    Names {
        built_external: "libnn_pd.so",
        external: "nn~.pd_linux",
        built_backend: "libnn_torch.so",
        backend: "libnn_torch.so",
    }
};

/// Builds the release externals and puts them into `target/pd`.
///
/// # Errors
/// When cargo fails or a file cannot be written.
pub fn run() -> Result<(), Failure> {
    run::run(&mut cargo("build --release -p nn-torch -p nn-pd"))?;
    let release = target_dir().join("release");
    let folder = target_dir().join("pd");
    std::fs::create_dir_all(&folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?;
    place(&release.join(NAMES.built_external), &folder.join(NAMES.external))?;
    for class in ["mc", "mcs"] {
        alias(&folder, NAMES.external, &format!("{class}.{}", NAMES.external))?;
    }
    place(&release.join(NAMES.built_backend), &folder.join(NAMES.backend))?;
    println!("Pure Data externals: {}", folder.display());
    Ok(())
}

/// Gives a library another name. One file, so that the host has one of it, with one set of everything.
fn alias(folder: &Path, name: &str, other: &str) -> Result<(), Failure> {
    let path = folder.join(other);
    let _absent = std::fs::remove_file(&path);
    #[cfg(unix)]
    let made = std::os::unix::fs::symlink(name, &path);
    #[cfg(not(unix))]
    let made = std::fs::hard_link(folder.join(name), &path);
    made.map_err(|e| Failure::new(format!("{} cannot be made: {e}", path.display())))
}

/// Copies under another name first: overwriting a library that a running host has mapped would crash it.
fn place(from: &Path, to: &Path) -> Result<(), Failure> {
    let partial = to.with_extension("partial");
    std::fs::copy(from, &partial)
        .and_then(|_| std::fs::rename(&partial, to))
        .map_err(|e| Failure::new(format!("{} cannot be put at {}: {e}", from.display(), to.display())))
}
