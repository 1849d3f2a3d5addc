//! Where in a package the libraries are that a host's small files open, and which folder is the package.
//!
//! Nothing is looked at here: paths in, paths out. So all systems' can be tried on each.

use std::path::{Path, PathBuf};

/// The systems that users have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Linux, and what is like it.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl System {
    /// That of this machine.
    #[must_use]
    pub const fn here() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::MacOs
        } else {
            Self::Linux
        }
    }

    /// What it calls a library.
    #[must_use]
    pub fn library(self, name: &str) -> String {
        match self {
            Self::Linux => format!("lib{name}.so"),
            Self::MacOs => format!("lib{name}.dylib"),
            Self::Windows => format!("{name}.dll"),
        }
    }
}

/// The hosts that open small files, which open a core library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Pure Data.
    PureData,
    /// Max.
    Max,
    /// A server of SuperCollider.
    SuperCollider,
}

/// The folder with libraries, where a package has one.
const SUPPORT: &str = "support";

/// How libraries end on every system where a host opens all files with the system's ending.
pub const QUIET_ENDING: &str = "nn";

impl Host {
    /// The core library `name` of the small file that lies in `folder`:
    /// - Pure Data has it beside that,
    /// - Max's is in the package's folder `support`, seen from `externals/NAME.mxe64`, and on macOS from
    ///   `externals/NAME.mxo/Contents/MacOS/NAME`,
    /// - SuperCollider's is in `support` too, seen from `plugins/NAME.so`, with another ending.
    #[must_use]
    pub fn core(self, system: System, folder: &Path, name: &str) -> PathBuf {
        let file = system.library(name);
        let support = |up: usize| folder.ancestors().nth(up).unwrap_or(folder).join(SUPPORT);
        match (self, system) {
            (Self::PureData, _) => folder.join(file),
            (Self::Max, System::MacOs) => support(4).join(file),
            (Self::Max, _) => support(1).join(file),
            (Self::SuperCollider, _) => support(1).join(file).with_extension(QUIET_ENDING),
        }
    }
}

/// The package whose core library or tool lies in `folder`.
#[must_use]
pub fn package_of(folder: &Path) -> PathBuf {
    let above = folder.parent().filter(|_| folder.ends_with(SUPPORT));
    above.unwrap_or(folder).to_path_buf()
}

/// The package of this library or program; `None` where the system does not tell.
#[must_use]
pub fn package() -> Option<PathBuf> {
    Some(package_of(&crate::folder())).filter(|package| package.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Host, system, what the host opens, below a package; then what that opens, and the package's own folder.
    #[rustfmt::skip]
    const LAYOUTS: [(Host, System, &str, &str); 8] = [
        (Host::PureData, System::Linux, "nn~.pd_linux", "libnn.so"),
        (Host::PureData, System::MacOs, "nn~.pd_darwin", "libnn.dylib"),
        (Host::PureData, System::Windows, "nn~.dll", "nn.dll"),
        (Host::Max, System::MacOs, "externals/nn~.mxo/Contents/MacOS/nn~", "support/libnn.dylib"),
        (Host::Max, System::Windows, "externals/nn~.mxe64", "support/nn.dll"),
        (Host::SuperCollider, System::Linux, "plugins/nn_scsynth.so", "support/libnn.nn"),
        (Host::SuperCollider, System::MacOs, "plugins/nn_scsynth.scx", "support/libnn.nn"),
        (Host::SuperCollider, System::Windows, "plugins/nn_scsynth.scx", "support/nn.nn"),
    ];

    /// Where users put packages: homes, names with spaces and accents, drives of a network.
    const PLACES: [&str; 6] = [
        "/home/ada/.local/lib/pd/extra/nn~",
        "/Users/Zoë Müller/Documents/Max 9/Packages/nn~",
        "/Volumes/Geteilte Sachen, größer/nn~",
        "C:/Users/Zoë Müller/OneDrive/Dokumente/Max 9/Packages/nn~",
        "N:/nn~",
        "//studio/Geteilte Sachen, größer/nn~",
    ];

    #[test]
    fn the_core_library_and_the_package_are_found_wherever_a_package_is() {
        for place in PLACES {
            let package = Path::new(place);
            for (host, system, opened, core) in LAYOUTS {
                let opened = package.join(opened);
                let found = host.core(system, opened.parent().unwrap(), "nn");
                assert_eq!(found, package.join(core), "{host:?} on {system:?} in {place}");
                assert_eq!(package_of(found.parent().unwrap()), package, "{host:?} on {system:?} in {place}");
            }
        }
    }

    #[test]
    #[cfg(windows)]
    fn paths_as_windows_writes_them_are_taken() {
        for place in [r"\\studio\Sachen, größer\nn~", r"\\?\UNC\studio\shared\nn~", r"\\?\C:\nn~", r"N:\nn~"]
        {
            let found = Host::Max.core(System::Windows, Path::new(&format!(r"{place}\externals")), "nn");
            assert_eq!(found.as_os_str(), format!(r"{place}\support\nn.dll").as_str());
            assert_eq!(package_of(found.parent().unwrap()).as_os_str(), place);
        }
    }

    #[test]
    fn where_nothing_is_told_nothing_is_made_up() {
        assert_eq!(Host::Max.core(System::Windows, Path::new(""), "nn"), Path::new("support/nn.dll"));
        assert_eq!(package_of(Path::new("")), Path::new(""));
        assert_eq!(package_of(Path::new("support")), Path::new(""));
    }
}
