//! Other packages for SuperCollider on this machine that have a class of ours: two classes of one name stop sclang.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

/// The folders in which sclang finds classes of other packages.
pub fn folders() -> Vec<PathBuf> {
    let of = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = of("HOME").unwrap_or_default();
    let (user, system) = if cfg!(target_os = "macos") {
        let data = "Library/Application Support";
        (home.join(data), Path::new("/").join(data))
    } else if cfg!(windows) {
        (of("LOCALAPPDATA").unwrap_or_default(), of("ProgramData").unwrap_or_default())
    } else {
        (of("XDG_DATA_HOME").unwrap_or_else(|| home.join(".local/share")), PathBuf::from("/usr/share"))
    };
    [user, system].map(|folder| folder.join("SuperCollider/Extensions")).into()
}

/// One line for each file below the folders that defines the class `NN`, with what to do.
pub fn notes(folders: &[PathBuf]) -> Vec<String> {
    let mut files = Vec::new();
    folders.iter().for_each(|folder| classes(folder, DEEPEST, &mut files));
    let rivals = files.into_iter().filter(|file| fs::read_to_string(file).is_ok_and(|text| has_nn(&text)));
    let note = |file: PathBuf| {
        format!(
            "{} has a class NN, as nn.ar and this package have: beside another one, sclang stops with \"duplicate Class found\", so \
             keep one of them",
            file.display()
        )
    };
    rivals.map(note).collect()
}

/// Whether a text of classes defines `NN`.
fn has_nn(text: &str) -> bool {
    text.lines().any(|line| {
        let rest = line.strip_prefix("NN").map(str::trim_start);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '{']))
    })
}

/// Links may lead in a circle.
const DEEPEST: usize = 12;

/// All files of classes so many folders deep.
fn classes(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && depth > 0 {
            classes(&path, depth - 1, found);
        } else if path.extension() == Some(OsStr::new("sc")) {
            found.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_package_with_the_class_nn_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, text).unwrap();
            file
        };
        write("other/Classes/NNModel.sc", "NNModel {\n}\n// NN { }\n");
        write("other/notes.txt", "NN {\n}\n");
        assert_eq!(notes(&[folder.path().into(), folder.path().join("none")]), [""; 0]);
        for text in ["NN {\n}\n", "// first\nNN : Object {\n}\n", "NN\n{\n}\n"] {
            let file = write("nn.ar/Classes/NN.sc", text);
            let notes = notes(&[folder.path().into()]);
            assert_eq!(notes.len(), 1, "{text}");
            assert!(notes[0].starts_with(&file.display().to_string()), "{notes:?}");
            assert!(notes[0].contains("duplicate Class found"), "{notes:?}");
        }
    }
}
