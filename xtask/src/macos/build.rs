//! Links everything that users get, and says where each file of it lies in their packages.

use std::path::{Path, PathBuf};

use super::check::Files;
use crate::{
    build::{BOXES, OPTIMISED_FOR_TESTS, PLUGINS, QUICK, leave_unoptimised},
    package::{self, parts},
    run::{self, Failure},
    target::Target,
};

/// What hosts open, but for the library with libtorch.
const CRATES: &str = "build -p nn-pd -p nn-pd-double -p nn-pd-stub -p nn-max -p nn-max-stub \
                      -p nn-supercollider -p nn-supercollider-scsynth -p nn-supercollider-supernova";
/// The rest: the tool, and that library.
const OTHERS: [&str; 2] = ["nn", "nn-torch"];

/// What else is optimised for the sake of tests, of which none run.
const OPTIMISED: [&str; 6] = ["crc32fast", "flate2", "nn-archive", "nn-kernels", "sha2", "zlib-rs"];

/// Builds it; all of it, or only [`CRATES`].
///
/// # Errors
/// When something cannot be compiled or linked.
pub fn everything(target: Target, all: bool) -> Result<Files, Failure> {
    let mut command = target.cargo(CRATES)?;
    command.args(["--profile", QUICK]);
    leave_unoptimised(&mut command, &[&OPTIMISED_FOR_TESTS[..], &OPTIMISED].concat());
    if all {
        command.args(OTHERS.iter().flat_map(|name| ["-p", name]));
    }
    run::run(&mut command)?;
    let built = target.built(QUICK);
    let mut files: Files = FILES.iter().map(|(file, place)| (place.into(), built.join(file))).collect();
    for name in BOXES {
        for ending in ["pd_darwin", "darwin-arm64-64.so"] {
            files.insert(format!("pd/{name}.{ending}").into(), built.join("libnn_pd_stub.dylib"));
        }
        files.insert(format!("max/externals/{name}.mxo/Contents/MacOS/{name}").into(), built.join(MAX_STUB));
    }
    for (library, name) in PLUGINS {
        files.insert(format!("sc/plugins/{name}.scx").into(), built.join(target.library(library)));
    }
    if all {
        files.insert("pd/nn".into(), built.join("nn"));
        files.insert("pd/libnn_torch.dylib".into(), built.join("libnn_torch.dylib"));
        for file in parts::libtorch(target)?.runtime_files {
            let place = Path::new("pd/libtorch/lib").join(file.file_name().unwrap_or_default());
            files.insert(place, file);
        }
    }
    Ok(files)
}

const MAX_STUB: &str = "libnn_max_stub.dylib";

/// What is built, and its place in a package.
const FILES: [(&str, &str); 4] = [
    ("libnn_pd.dylib", "pd/libnn_pd.dylib"),
    ("libnn_pd_64.dylib", "pd/libnn_pd_64.dylib"),
    ("libnn_max.dylib", "max/support/libnn_max.dylib"),
    ("libnn_supercollider.dylib", "sc/support/libnn_supercollider.nn"),
];

/// The one file of Max's package that is not built here.
const NOT_BUILT: &str = "support/libnn_torch.dylib is missing for Macos on aarch64";

/// Makes the package for Max as a Mac would, has it joined into another, and checks that.
///
/// # Errors
/// When something else is wrong with it than that there is no libtorch.
pub fn max_package(target: Target, folder: &Path) -> Result<(), Failure> {
    let built = target.built(QUICK);
    let stub = |name: &str| (built.join(MAX_STUB), format!("externals/{name}.mxo_binary"));
    let core: (PathBuf, _) = (built.join("libnn_max.dylib"), "support/libnn_max.dylib".to_owned());
    let libraries: Vec<_> = BOXES.into_iter().map(stub).chain([core]).collect();
    let wrong = package::max_of_another_machine(&folder.join("package"), &libraries)?;
    if wrong != [NOT_BUILT] {
        return Err(Failure::new(format!("the package for Max on macOS: {}", wrong.join("\n"))));
    }
    Ok(())
}
