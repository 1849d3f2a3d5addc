//! Signatures for macOS: Apple's processors run no code without one, and stripping breaks the compiler's.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{
    macos::check,
    run::{self, Failure},
    target::Target,
};

/// Signs all code in a package for macOS, where this is a Mac. Elsewhere the linker has signed what is not touched afterwards, and
/// all of it is looked at.
///
/// # Errors
/// When a file cannot be read or signed, or is not as macOS wants it.
pub fn finish(target: Target, folder: &Path) -> Result<(), Failure> {
    if !target.is("macos") {
        return Ok(());
    }
    let files = check::in_folder(folder)?;
    if !cfg!(target_os = "macos") {
        return check::run(target.platform, &files);
    }
    for code in signed(files.into_values()) {
        run::run(Command::new("codesign").args(["--force", "--sign", "-"]).arg(code))?;
    }
    Ok(())
}

/// What gets a signature: bundles as a whole, and files outside of them.
fn signed(files: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let bundle = |file: &PathBuf| {
        let is_bundle = |folder: &&Path| folder.extension().is_some_and(|ending| ending == "mxo");
        file.ancestors().find(is_bundle).map(Path::to_owned)
    };
    files.map(|file| bundle(&file).unwrap_or(file)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_signed_as_a_whole() {
        let files = ["/nn~/externals/nn~.mxo/Contents/MacOS/nn~", "/nn~/support/libnn_max.dylib"];
        let signed = signed(files.iter().map(PathBuf::from));
        assert_eq!(signed, ["/nn~/externals/nn~.mxo", "/nn~/support/libnn_max.dylib"].map(PathBuf::from));
    }
}
