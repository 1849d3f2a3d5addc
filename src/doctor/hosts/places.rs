//! The usual places of hosts and of their packages, by system.

use std::path::{Path, PathBuf};

use nn_core::{doctor::System, user_dirs};

/// A host, and where it usually is.
pub struct Host {
    /// Its name.
    pub name: &'static str,
    /// Its program, in a folder of the search path.
    program: Option<&'static str>,
    /// The words with which that tells its release.
    pub version_words: Option<&'static [&'static str]>,
    /// What the names of its files or folders among applications begin and end with.
    application: Option<(&'static str, &'static str)>,
    /// The package's usual places: below the home where they begin with `~/`, the first where users put it.
    packages: &'static [&'static str],
}

/// Where to look.
pub struct Places {
    /// The folders of the search path.
    pub path: Vec<PathBuf>,
    /// The folders of applications.
    pub applications: Vec<PathBuf>,
    /// The user's home.
    pub home: Option<PathBuf>,
    /// The user's documents: on Windows, where programs ask the system for them, they may be elsewhere than in the home.
    pub documents: Option<PathBuf>,
}

/// All hosts that there are on a system.
pub fn hosts(system: System) -> &'static [Host] {
    match system {
        System::Linux => &LINUX,
        System::MacOs => &MAC_OS,
        System::Windows => &WINDOWS,
    }
}

/// How places below the user's documents begin.
const DOCUMENTS: &str = "~/Documents/";

const PLUGDATA: &[&str] = &["~/Documents/plugdata/Externals/nn~", "~/Documents/plugdata/Extra/nn~"];

const LINUX: [Host; 3] = [
    Host {
        name: "Pd",
        program: Some("pd"),
        version_words: Some(&["-version"]),
        application: None,
        packages: &[
            "~/.local/lib/pd/extra/nn~",
            "~/pd-externals/nn~",
            "~/Documents/Pd/externals/nn~",
            "/usr/local/lib/pd-externals/nn~",
            "/usr/local/lib/pd/extra/nn~",
            "/usr/lib/pd/extra/nn~",
        ],
    },
    Host {
        name: "SuperCollider",
        program: Some("scsynth"),
        version_words: Some(&["-v"]),
        application: None,
        packages: &[
            "~/.local/share/SuperCollider/Extensions/nn",
            "/usr/local/share/SuperCollider/Extensions/nn",
            "/usr/share/SuperCollider/Extensions/nn",
        ],
    },
    Host {
        name: "plugdata",
        program: Some("plugdata"),
        version_words: None,
        application: None,
        packages: PLUGDATA,
    },
];

const MAC_OS: [Host; 4] = [
    Host {
        name: "Pd",
        program: None,
        version_words: None,
        application: Some(("Pd-", ".app")),
        packages: &["~/Documents/Pd/externals/nn~", "~/Library/Pd/nn~", "/Library/Pd/nn~"],
    },
    Host {
        name: "Max",
        program: None,
        version_words: None,
        application: Some(("Max", ".app")),
        packages: &[
            "~/Documents/Max 9/Packages/nn~",
            "~/Documents/Max 8/Packages/nn~",
            "/Users/Shared/Max 9/Packages/nn~",
            "/Users/Shared/Max 8/Packages/nn~",
        ],
    },
    Host {
        name: "SuperCollider",
        program: None,
        version_words: None,
        application: Some(("SuperCollider", ".app")),
        packages: &[
            "~/Library/Application Support/SuperCollider/Extensions/nn",
            "/Library/Application Support/SuperCollider/Extensions/nn",
        ],
    },
    Host {
        name: "plugdata",
        program: None,
        version_words: None,
        application: Some(("plugdata", ".app")),
        packages: PLUGDATA,
    },
];

const WINDOWS: [Host; 4] = [
    Host {
        name: "Pd",
        program: None,
        version_words: None,
        application: Some(("Pd", "")),
        packages: &["~/Documents/Pd/externals/nn~", "~/AppData/Roaming/Pd/nn~"],
    },
    Host {
        name: "Max",
        program: None,
        version_words: None,
        application: Some(("Max ", "")),
        packages: &[
            "~/Documents/Max 9/Packages/nn~",
            "~/Documents/Max 8/Packages/nn~",
            "C:/ProgramData/Max 9/Packages/nn~",
            "C:/ProgramData/Max 8/Packages/nn~",
        ],
    },
    Host {
        name: "SuperCollider",
        program: None,
        version_words: None,
        application: Some(("SuperCollider-", "")),
        packages: &[
            "~/AppData/Local/SuperCollider/Extensions/nn",
            "C:/ProgramData/SuperCollider/Extensions/nn",
        ],
    },
    Host {
        name: "plugdata",
        program: None,
        version_words: None,
        application: Some(("plugdata", "")),
        packages: PLUGDATA,
    },
];

impl Places {
    /// Those of this machine.
    pub fn here() -> Self {
        let path = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect());
        let home = user_dirs::home();
        let applications = match System::here() {
            System::Linux => Vec::new(),
            System::MacOs => {
                let own = home.as_ref().map(|home| home.join("Applications"));
                let all = ["/Applications", "/Applications/SuperCollider"].map(PathBuf::from);
                all.into_iter().chain(own).collect()
            }
            System::Windows => {
                let programs = std::env::var_os("ProgramFiles").map(PathBuf::from);
                let max = programs.as_ref().map(|programs| programs.join("Cycling '74"));
                programs.into_iter().chain(max).collect()
            }
        };
        let in_the_home = home.as_ref().map(|home| home.join("Documents"));
        let documents = if cfg!(windows) { user_dirs::documents() } else { in_the_home };
        Self { path: path.unwrap_or_default(), applications, home, documents }
    }

    /// Programs and applications of a host that are there.
    pub fn programs(&self, host: &Host) -> Vec<PathBuf> {
        let on_path =
            host.program.into_iter().flat_map(|name| self.path.iter().map(move |folder| folder.join(name)));
        let mut found: Vec<_> = on_path.filter(|path| path.is_file()).collect();
        if let Some((begin, end)) = host.application {
            found.extend(self.applications.iter().flat_map(|folder| named(folder, begin, end)));
        }
        found
    }

    /// Where packages of a host usually are.
    pub fn packages(&self, host: &Host) -> Vec<PathBuf> {
        let place = |place: &&str| match (place.strip_prefix(DOCUMENTS), place.strip_prefix("~/")) {
            (Some(below), _) => self.documents.as_ref().map(|documents| documents.join(below)),
            (None, Some(below)) => self.home.as_ref().map(|home| home.join(below)),
            (None, None) => Some(PathBuf::from(place)),
        };
        host.packages.iter().filter_map(place).collect()
    }
}

/// The entries of a folder with such names, in order.
fn named(folder: &Path, begin: &str, end: &str) -> Vec<PathBuf> {
    let has_name = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(begin) && name.ends_with(end)
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries.map(|entry| entry.path()).filter(has_name).collect();
    found.sort();
    found
}
