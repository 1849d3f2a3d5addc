//! Which hosts are installed, and where this project's package lies for them: in the usual places alone.

mod places;
#[cfg(test)]
mod table;
mod version;

use std::path::{Path, PathBuf};

use nn_core::doctor::{InstalledHost, System};

use places::{Host, Places, hosts};

/// All that are found.
pub fn found() -> Vec<InstalledHost> {
    let places = Places::here();
    hosts(System::here()).iter().flat_map(|host| of(host, &places)).collect()
}

/// One host, as often as it is there.
fn of(host: &Host, places: &Places) -> Vec<InstalledHost> {
    let packages: Vec<_> = places.packages(host).into_iter().filter(|path| path.is_dir()).collect();
    let mut found: Vec<InstalledHost> = Vec::new();
    for path in places.programs(host) {
        // A folder of the search path may be another by a link.
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if found.iter().any(|one| one.path.canonicalize().is_ok_and(|known| known == real)) {
            continue;
        }
        let version = match host.version_words {
            Some(words) if path.is_file() => match version::asked(&path, words) {
                Some(version) => Some(version),
                // Another program of that name.
                None => continue,
            },
            _ => version::of_folder(&path),
        };
        found.push(InstalledHost { name: host.name.into(), version, path, packages: packages.clone() });
    }
    if found.is_empty() && !packages.is_empty() {
        // It lies somewhere else, or is a plug-in.
        let path = packages[0].clone();
        found.push(InstalledHost { name: host.name.into(), version: None, path, packages: Vec::new() });
    }
    found
}

/// The models folders of the packages.
pub fn models(hosts: &[InstalledHost]) -> Vec<(String, PathBuf)> {
    let of = |host: &InstalledHost| {
        let lone = host.packages.is_empty().then(|| host.path.clone()).filter(|path| is_package(path));
        let packages = host.packages.iter().cloned().chain(lone);
        packages.map(|package| (host.name.clone(), package.join("models"))).collect::<Vec<_>>()
    };
    hosts.iter().flat_map(of).collect()
}

fn is_package(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "nn~" || name == "nn")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_once_with_its_packages_and_those_have_models() {
        let place = tempfile::tempdir().expect("a folder");
        let [applications, home] = ["Applications", "home"].map(|name| place.path().join(name));
        let package = home.join("Documents/Pd/externals/nn~");
        for folder in [applications.join("Pd-0.55-2.app"), applications.join("Other.app"), package.clone()] {
            std::fs::create_dir_all(folder).expect("a folder");
        }
        let places = Places {
            path: Vec::new(),
            applications: vec![applications],
            documents: Some(home.join("Documents")),
            home: Some(home),
        };
        let known = hosts(System::MacOs);
        let all: Vec<_> = known.iter().flat_map(|host| of(host, &places)).collect();
        let [pd] = &all[..] else { panic!("{all:?}") };
        assert_eq!((pd.name.as_str(), pd.version.as_deref()), ("Pd", Some("0.55-2")));
        assert_eq!(pd.packages, std::slice::from_ref(&package));
        assert_eq!(models(&all), [("Pd".to_owned(), package.join("models"))]);
    }

    #[test]
    fn a_package_without_its_host_is_told_and_has_models() {
        let place = tempfile::tempdir().expect("a folder");
        let package = place.path().join("Documents/Max 9/Packages/nn~");
        std::fs::create_dir_all(&package).expect("a folder");
        let places = Places {
            path: Vec::new(),
            applications: Vec::new(),
            documents: Some(place.path().join("Documents")),
            home: Some(place.path().to_owned()),
        };
        let all: Vec<_> = hosts(System::Windows).iter().flat_map(|host| of(host, &places)).collect();
        let [max] = &all[..] else { panic!("{all:?}") };
        assert_eq!((max.name.as_str(), &max.path), ("Max", &package));
        assert_eq!(models(&all), [("Max".to_owned(), package.join("models"))]);
    }
}
