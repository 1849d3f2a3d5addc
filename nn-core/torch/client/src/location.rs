//! Where the library `nn_torch` is.

use std::path::{Path, PathBuf};

use nn_dylib::QUIET_ENDING;

/// Names the file to open instead of the one beside the external.
pub const VARIABLE: &str = "NN_TORCH_BACKEND";

/// Where the library is, and whether the environment says so.
pub fn expected_path() -> (PathBuf, bool) {
    match std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        Some(path) => (path.into(), true),
        None => (beside(&nn_dylib::own_module().unwrap_or_default()), false),
    }
}

/// The library beside this module: of the same ending, if that is not the system's; beside a program the one that is there.
fn beside(module: &Path) -> PathBuf {
    let usual = module.with_file_name(libloading::library_filename("nn_torch"));
    let quiet = usual.with_extension(QUIET_ENDING);
    let is_quiet = module.extension().is_some_and(|ending| ending == QUIET_ENDING);
    if is_quiet || (!usual.is_file() && quiet.is_file()) { quiet } else { usual }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_with_an_ending_of_its_own_opens_the_library_with_that_ending() {
        let folder = tempfile::tempdir().unwrap();
        let name = libloading::library_filename("nn_torch");
        let usual = folder.path().join(&name);
        let quiet = usual.with_extension("nn");
        let [core, program] = ["libnn_supercollider.nn", "nn"].map(|name| folder.path().join(name));
        // What is missing is named as it should be.
        assert_eq!((beside(&core), beside(&program)), (quiet.clone(), usual.clone()));
        std::fs::write(&quiet, "").unwrap();
        assert_eq!((beside(&core), beside(&program)), (quiet.clone(), quiet.clone()));
        std::fs::write(&usual, "").unwrap();
        assert_eq!((beside(&core), beside(&program)), (quiet, usual.clone()));
        assert_eq!(beside(&folder.path().join("nn~.pd_linux")), usual);
        // Where the system does not tell the module.
        assert_eq!(beside(Path::new("")), Path::new(&name));
    }
}
