//! Files of the package that macOS holds back because they were downloaded.
//!
//! Thread: any but audio.

use std::path::{Path, PathBuf};

use super::{
    check::{Check, several, shown},
    system::System,
};
use crate::info::Tree;
use nn_process::system::is_quarantined;

/// More files of a package are not looked at, nor folders in folders deeper than that.
const MOST_FILES: usize = 10_000;
const MOST_DEEP: usize = 8;

/// What was found in a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantine {
    /// Its folder.
    pub package: PathBuf,
    /// The files that are held back.
    pub held: Vec<PathBuf>,
}

impl Quarantine {
    /// Looks through a package; nothing but macOS has such files.
    pub fn of(package: &Path) -> Self {
        let mut held = Vec::new();
        if System::here() == System::MacOs {
            let all = all_files(package);
            held.extend(all.into_iter().filter(|path| is_quarantined(path)));
        }
        Self { package: package.to_owned(), held }
    }

    /// What is said of it; on other systems nothing.
    pub fn check(&self, system: System) -> Option<Check> {
        if system != System::MacOs {
            return None;
        }
        let package = self.package.display();
        let check = match self.held.first() {
            None => Check::fine("quarantine", format!("no file of {} is held back", shown(&self.package))),
            Some(first) => Check::warning(
                "quarantine",
                format!(
                    "macOS holds back {} of the package, {} among them",
                    several(self.held.len(), "file"),
                    shown(first.strip_prefix(&self.package).unwrap_or(first))
                ),
                format!(
                    "in Terminal: xattr -dr com.apple.quarantine \"{package}\" ; and if a file is refused still: \
                     codesign --force --sign - \"{package}/FILE\" ; then start the host anew"
                ),
            ),
        };
        let held = self.held.iter().map(|path| path.display().to_string());
        Some(check.with("package", Tree::text(package.to_string())).with("held", Tree::texts(held)))
    }
}

/// The files below a folder; links are not followed.
fn all_files(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![(folder.to_owned(), 0)], Vec::new());
    while let Some((folder, deep)) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && deep < MOST_DEEP => folders.push((entry.path(), deep + 1)),
                Ok(kind) if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
            if files.len() >= MOST_FILES {
                return files;
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    #[test]
    fn files_that_are_held_back_are_counted_and_both_commands_are_told() {
        let of = |held: &[&str]| Quarantine {
            package: "/p/nn~".into(),
            held: held.iter().map(PathBuf::from).collect(),
        };
        let held = of(&["/p/nn~/nn~.pd_darwin", "/p/nn~/libnn_torch.dylib"]);
        let check = held.check(System::MacOs).expect("macOS has it");
        assert_eq!(check.state, State::Warning);
        assert_eq!(check.text, "macOS holds back 2 files of the package, nn~.pd_darwin among them");
        let cure = check.cure.expect("a cure");
        for command in ["xattr -dr com.apple.quarantine \"/p/nn~\"", "codesign --force --sign -"] {
            assert!(cure.contains(command), "{cure}");
        }
        assert_eq!(of(&[]).check(System::MacOs).map(|check| check.state), Some(State::Fine));
        for system in [System::Linux, System::Windows] {
            assert_eq!(held.check(system), None);
        }
    }

    #[test]
    fn all_files_of_a_package_are_looked_at() {
        let place = tempfile::tempdir().expect("a folder");
        let inner = place.path().join("libtorch/lib");
        std::fs::create_dir_all(&inner).expect("folders");
        for file in [place.path().join("a"), inner.join("b")] {
            std::fs::write(file, "").expect("written");
        }
        let mut names: Vec<_> =
            all_files(place.path()).iter().filter_map(|path| Some(path.file_name()?.to_owned())).collect();
        names.sort();
        assert_eq!(names, ["a", "b"]);
    }
}
