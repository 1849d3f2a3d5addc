//! Patches besides the help: what Max's menu Extras shows, the self-test, the device for Live. `cargo xtask max-help` writes
//! them.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    package::files::copy_into,
    run::{Failure, workspace},
};

/// Where each lies, in the tree below `install/max` and in the package.
const FILES: [&str; 4] = [
    "devices/nn~ effect.amxd",
    "extras/nn~ Overview.maxpat",
    "patchers/nn-selftest-auto.maxpat",
    "patchers/nn-selftest.maxpat",
];

/// Copies them into a package.
///
/// # Errors
/// When one cannot be read or written.
pub fn bring(folder: &Path) -> Result<(), Failure> {
    for file in FILES {
        let to = folder.join(file);
        copy_into(&workspace().join("install/max").join(file), to.parent().unwrap_or(folder))?;
    }
    Ok(())
}

/// What is wrong with those of a package.
pub fn faults(folder: &Path) -> Vec<String> {
    let fault = |file: &&str| {
        let bytes = match fs::read(folder.join(file)) {
            Ok(bytes) => bytes,
            Err(error) => return Some(format!("{file}: {error}")),
        };
        let json = if file.ends_with(".amxd") { of_device(&bytes) } else { Some(&bytes[..]) };
        let patch = json.and_then(|json| serde_json::from_slice::<Value>(json).ok());
        (!patch.is_some_and(|patch| patch["patcher"].is_object())).then(|| format!("{file} is no patch"))
    };
    FILES.iter().filter_map(fault).collect()
}

/// The patcher of a device: the third of three chunks, up to its last zero.
fn of_device(mut bytes: &[u8]) -> Option<&[u8]> {
    for name in [b"ampf", b"meta", b"ptch"] {
        let (head, rest) = bytes.split_at_checked(8)?;
        let length = u32::from_le_bytes(head[4..].try_into().ok()?) as usize;
        let (content, rest) = rest.split_at_checked(length)?;
        if head[..4] != *name {
            return None;
        }
        if name == b"ptch" {
            return content.strip_suffix(b"\0").filter(|_| rest.is_empty());
        }
        bytes = rest;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_that_is_missing_or_broken_is_named() {
        let folder = tempfile::tempdir().unwrap();
        bring(folder.path()).unwrap();
        assert_eq!(faults(folder.path()), Vec::<String>::new());
        let device = folder.path().join(FILES[0]);
        let mut bytes = fs::read(&device).unwrap();
        bytes.truncate(200);
        fs::write(&device, bytes).unwrap();
        fs::write(folder.path().join(FILES[1]), "{}").unwrap();
        fs::remove_file(folder.path().join(FILES[2])).unwrap();
        let faults = faults(folder.path());
        assert_eq!(
            faults[..2],
            ["devices/nn~ effect.amxd is no patch", "extras/nn~ Overview.maxpat is no patch"]
        );
        assert!(
            faults.len() == 3 && faults[2].starts_with("patchers/nn-selftest-auto.maxpat: "),
            "{faults:?}"
        );
    }
}
