//! Microsoft's C++ runtime, without which libtorch does not open on Windows.
//!
//! Thread: any but audio.

use std::path::{Path, PathBuf};

use super::{check::Check, system::System};
use crate::info::Tree;

/// Its libraries that libtorch wants.
const LIBRARIES: [&str; 3] = ["vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll"];
/// Where it is to be had.
const LINK: &str = "https://aka.ms/vs/17/release/vc_redist.x64.exe";

/// What was found of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Microsoft {
    /// Those that are nowhere.
    pub missing: Vec<&'static str>,
}

impl Microsoft {
    /// Looks in the system's folder and in that of libtorch.
    pub fn here(package: &Path) -> Self {
        let system = std::env::var_os("SystemRoot").map(|root| PathBuf::from(root).join("System32"));
        let beside = [package.to_owned(), package.join("libtorch/lib"), package.join("support/libtorch/lib")];
        Self::within(&system.into_iter().chain(beside).collect::<Vec<_>>())
    }

    fn within(folders: &[PathBuf]) -> Self {
        let is_missing = |name: &&str| !folders.iter().any(|folder| folder.join(name).is_file());
        Self { missing: LIBRARIES.into_iter().filter(is_missing).collect() }
    }

    /// What is said of it, by whether libtorch is open; on other systems nothing.
    pub fn check(&self, system: System, libtorch_is_open: bool) -> Option<Check> {
        if system != System::Windows {
            return None;
        }
        let check = if self.missing.is_empty() {
            Check::fine("microsoft_runtime", format!("{} are there", LIBRARIES.join(", ")))
        } else {
            let text = format!("missing: {}", self.missing.join(", "));
            let cure = format!("install Microsoft's Visual C++ Redistributable: {LINK}");
            // Somewhere it was found, if libtorch is open.
            if libtorch_is_open {
                Check::warning("microsoft_runtime", text, cure)
            } else {
                Check::fault("microsoft_runtime", text, cure)
            }
        };
        Some(check.with("missing", Tree::texts(self.missing.iter().copied())))
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_where_it_is_to_be_had() {
        let place = tempfile::tempdir().expect("a folder");
        for name in ["vcruntime140.dll", "msvcp140.dll"] {
            std::fs::write(place.path().join(name), "").expect("written");
        }
        let found = Microsoft::within(&[place.path().join("no"), place.path().to_owned()]);
        assert_eq!(found.missing, ["vcruntime140_1.dll"]);
        let state = |is_open| found.check(System::Windows, is_open).map(|check| check.state);
        assert_eq!((state(false), state(true)), (Some(State::Fault), Some(State::Warning)));
        let cure = found.check(System::Windows, false).and_then(|check| check.cure).expect("a cure");
        assert!(cure.contains("vc_redist.x64.exe"), "{cure}");
        let all = Microsoft { missing: Vec::new() };
        assert_eq!(all.check(System::Windows, false).map(|check| check.state), Some(State::Fine));
        assert_eq!(found.check(System::Linux, false), None);
        assert_eq!(found.check(System::MacOs, false), None);
    }
}
