//! The host that runs the box, and hosts that are installed.
//!
//! Thread: any but audio.

use std::path::{Path, PathBuf};

use super::check::{Check, shown};
use crate::info::Tree;

/// The host that runs a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name.
    pub name: &'static str,
    /// Its release, where it tells.
    pub version: Option<String>,
}

impl Host {
    /// What is said of it; `program` is the file that runs.
    pub fn check(host: Option<&Self>, program: Option<&Path>) -> Check {
        let name = host.map_or("unknown", |host| host.name);
        let version = host.and_then(|host| host.version.clone());
        let release = version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
        let place = program.map(|program| format!(", {}", shown(program))).unwrap_or_default();
        Check::fine("host", format!("{name}{release}{place}"))
            .with("name", Tree::text(name))
            .with_any("version", version.map(Tree::Text))
            .with_any("program", program.map(|program| Tree::text(program.display().to_string())))
    }
}

/// A host that is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstalledHost {
    /// Its name.
    pub name: String,
    /// Its release, where that is known.
    pub version: Option<String>,
    /// Its program or folder.
    pub path: PathBuf,
    /// Where this project's package lies for it, if it does in a usual place.
    pub packages: Vec<PathBuf>,
}

/// What is said of the hosts that are installed.
pub fn installed(hosts: &[InstalledHost]) -> Check {
    let texts: Vec<_> = hosts.iter().map(InstalledHost::text).collect();
    let trees = hosts.iter().map(InstalledHost::tree).collect();
    let check = if hosts.is_empty() {
        Check::warning(
            "hosts",
            "none was found in the usual places",
            "install Pure Data, Max or SuperCollider; one that lies elsewhere plays all the same",
        )
    } else {
        Check::fine("hosts", texts.join("; "))
    };
    check.with("installed", Tree::List(trees))
}

impl InstalledHost {
    fn text(&self) -> String {
        let version = self.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
        let packages = match &self.packages[..] {
            [] => String::new(),
            packages => {
                let packages: Vec<_> = packages.iter().map(|path| shown(path)).collect();
                format!(" (nn~ in {})", packages.join(", "))
            }
        };
        format!("{}{version}: {}{packages}", self.name, shown(&self.path))
    }

    fn tree(&self) -> Tree {
        let text = |path: &PathBuf| path.display().to_string();
        let mut entries = vec![("name".to_owned(), Tree::text(&self.name))];
        entries.extend(self.version.clone().map(|version| ("version".to_owned(), Tree::Text(version))));
        entries.push(("path".to_owned(), Tree::text(text(&self.path))));
        entries.push(("packages".to_owned(), Tree::texts(self.packages.iter().map(text))));
        Tree::Map(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    #[test]
    fn a_host_is_told_as_far_as_it_is_known() {
        let host = Host { name: "Pd", version: Some("0.55-2".into()) };
        let check = Host::check(Some(&host), Some(Path::new("/opt/plugdata")));
        assert_eq!(check.text, "Pd 0.55-2, /opt/plugdata");
        let max = Host { name: "Max", version: None };
        assert_eq!(Host::check(Some(&max), None).text, "Max");
        assert_eq!(Host::check(None, None).text, "unknown");
    }

    #[test]
    fn hosts_are_named_with_their_packages_and_none_is_a_warning() {
        let pd = InstalledHost {
            name: "Pd".into(),
            version: Some("0.55-2".into()),
            path: "/usr/bin/pd".into(),
            packages: vec!["/opt/pd/nn~".into()],
        };
        let plugdata = InstalledHost {
            name: "plugdata".into(),
            version: None,
            path: "/opt/plugdata".into(),
            packages: vec![],
        };
        let check = installed(&[pd, plugdata]);
        assert_eq!(check.text, "Pd 0.55-2: /usr/bin/pd (nn~ in /opt/pd/nn~); plugdata: /opt/plugdata");
        let none = installed(&[]);
        assert_eq!((none.state, none.cure.is_some()), (State::Warning, true));
    }
}
