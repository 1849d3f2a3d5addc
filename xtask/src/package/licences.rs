//! Licences that want their text beside the program: those of crates that are copyleft by file, which also want it said
//! where the source is, and those of fonts.

use std::{fs, path::Path};

use serde_json::Value;

use super::files::{copy_into, failed};
use crate::run::{Failure, cargo};

/// Words of such licences. `deny.toml` lists the crates that may have one.
const COPYLEFT: [&str; 2] = ["MPL-2.0", "CDDL-1.0"];
/// A crate that holds fonts under a licence of their own, and where in it that is.
const FONTS: (&str, &str) = ("dejavu", "assets/dejavu-fonts-ttf-2.37/LICENSE");

/// Writes the text of each, and where its source is, into `folder/licenses`.
///
/// # Errors
/// When Cargo does not tell what it uses, or a text is missing.
pub fn bring(folder: &Path) -> Result<(), Failure> {
    let command = "metadata --format-version 1 --locked";
    let told = cargo(command).output().map_err(|error| Failure::new(format!("cargo {command}: {error}")))?;
    let told: Value = serde_json::from_slice(&told.stdout)
        .map_err(|error| Failure::new(format!("cargo {command}: {error}")))?;
    for package in told["packages"].as_array().into_iter().flatten() {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        if COPYLEFT.contains(&text("license")) {
            one(package, &folder.join("licenses").join(text("name")))?;
        }
        if text("name") == FONTS.0 {
            let root = Path::new(text("manifest_path")).parent().unwrap_or(Path::new("."));
            copy_into(&root.join(FONTS.1), &folder.join("licenses").join("dejavu-fonts"))?;
        }
    }
    Ok(())
}

/// The texts of one crate.
fn one(package: &Value, place: &Path) -> Result<(), Failure> {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    let (name, version) = (text("name"), text("version"));
    let root = Path::new(text("manifest_path")).parent().unwrap_or(Path::new("."));
    let texts = fs::read_dir(root).map_err(failed(root))?.flatten().map(|entry| entry.path());
    let is_licence = |path: &Path| {
        path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("license")) && path.is_file()
    };
    let found: Vec<_> = texts.filter(|path| is_licence(path)).collect();
    if found.is_empty() {
        return Err(Failure::new(format!("{name} {version} has no text of its licence")));
    }
    found.iter().try_for_each(|path| copy_into(path, place).map(drop))?;
    let line = format!(
        "The program nn contains {name} {version}, unchanged, under {}.\nIts source: {}, version {version}.\n",
        text("license"),
        text("repository")
    );
    let file = place.join("SOURCE.txt");
    fs::write(&file, line).map_err(failed(&file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_copyleft_crate_brings_its_text_and_where_its_source_is() {
        let folder = tempfile::tempdir().unwrap();
        bring(folder.path()).unwrap();
        let fonts = folder.path().join("licenses/dejavu-fonts/LICENSE");
        assert!(fs::read_to_string(fonts).unwrap().contains("Bitstream"));
        for (name, word) in [("inferno", "COMMON DEVELOPMENT"), ("symphonia", "Mozilla Public License")] {
            let place = folder.path().join("licenses").join(name);
            let text = fs::read_to_string(place.join("LICENSE")).unwrap();
            assert!(text.to_lowercase().contains(&word.to_lowercase()), "{name}");
            assert!(fs::read_to_string(place.join("SOURCE.txt")).unwrap().contains(name));
        }
    }
}
