//! Every system's paths for every host, in one table: where users put the package, what the host opens there, what that opens,
//! and where models come from.

use std::path::{Path, PathBuf};

use nn_core::{doctor::System, user_dirs};
use nn_dylib::{Host, package_of};

use super::places::{Places, hosts};

const LINUX: System = System::Linux;
const MACOS: System = System::MacOs;
const WINDOWS: System = System::Windows;

/// A system, a host, and where the installation page sends its package: `HOME`, `DOCUMENTS`, or a folder for all users.
type Place = (System, Host, &'static str);

#[rustfmt::skip]
const PLACES: [Place; 21] = [
    (LINUX,   Host::PureData,      "HOME/.local/lib/pd/extra/nn~"),
    (LINUX,   Host::PureData,      "HOME/pd-externals/nn~"),
    (LINUX,   Host::PureData,      "DOCUMENTS/Pd/externals/nn~"),
    (LINUX,   Host::PureData,      "/usr/lib/pd/extra/nn~"),
    (LINUX,   Host::SuperCollider, "HOME/.local/share/SuperCollider/Extensions/nn"),
    (LINUX,   Host::SuperCollider, "/usr/share/SuperCollider/Extensions/nn"),
    (MACOS,   Host::PureData,      "HOME/Library/Pd/nn~"),
    (MACOS,   Host::PureData,      "DOCUMENTS/Pd/externals/nn~"),
    (MACOS,   Host::PureData,      "/Library/Pd/nn~"),
    (MACOS,   Host::Max,           "DOCUMENTS/Max 9/Packages/nn~"),
    (MACOS,   Host::Max,           "DOCUMENTS/Max 8/Packages/nn~"),
    (MACOS,   Host::Max,           "/Users/Shared/Max 9/Packages/nn~"),
    (MACOS,   Host::SuperCollider, "HOME/Library/Application Support/SuperCollider/Extensions/nn"),
    (MACOS,   Host::SuperCollider, "/Library/Application Support/SuperCollider/Extensions/nn"),
    (WINDOWS, Host::PureData,      "HOME/AppData/Roaming/Pd/nn~"),
    (WINDOWS, Host::PureData,      "DOCUMENTS/Pd/externals/nn~"),
    (WINDOWS, Host::Max,           "DOCUMENTS/Max 9/Packages/nn~"),
    (WINDOWS, Host::Max,           "DOCUMENTS/Max 8/Packages/nn~"),
    (WINDOWS, Host::Max,           "C:/ProgramData/Max 9/Packages/nn~"),
    (WINDOWS, Host::SuperCollider, "HOME/AppData/Local/SuperCollider/Extensions/nn"),
    (WINDOWS, Host::SuperCollider, "C:/ProgramData/SuperCollider/Extensions/nn"),
];

/// What a host opens in a package, the core's name, and where that is.
type Opened = (System, Host, &'static str, &'static str, &'static str);

/// Linux is there twice: processors differ in the names of Pd's externals of double precision.
#[rustfmt::skip]
const OPENED: [Opened; 16] = [
    (LINUX,   Host::PureData,      "nn~.pd_linux",                        "nn_pd",            "libnn_pd.so"),
    (LINUX,   Host::PureData,      "nn~.linux-amd64-64.so",               "nn_pd_64",         "libnn_pd_64.so"),
    (LINUX,   Host::PureData,      "nn~.linux-arm64-64.so",               "nn_pd_64",         "libnn_pd_64.so"),
    (LINUX,   Host::SuperCollider, "plugins/nn_scsynth.so",               "nn_supercollider", "support/libnn_supercollider.nn"),
    (LINUX,   Host::SuperCollider, "plugins/nn_supernova.so",             "nn_supercollider", "support/libnn_supercollider.nn"),
    (MACOS,   Host::PureData,      "nn~.pd_darwin",                       "nn_pd",            "libnn_pd.dylib"),
    (MACOS,   Host::PureData,      "nn~.darwin-arm64-64.so",              "nn_pd_64",         "libnn_pd_64.dylib"),
    (MACOS,   Host::Max,           "externals/nn~.mxo/Contents/MacOS/nn~", "nn_max",          "support/libnn_max.dylib"),
    (MACOS,   Host::Max,           "externals/nn.info.mxo/Contents/MacOS/nn.info", "nn_max",  "support/libnn_max.dylib"),
    (MACOS,   Host::SuperCollider, "plugins/nn_scsynth.scx",              "nn_supercollider", "support/libnn_supercollider.nn"),
    (MACOS,   Host::SuperCollider, "plugins/nn_supernova.scx",            "nn_supercollider", "support/libnn_supercollider.nn"),
    (WINDOWS, Host::PureData,      "nn~.dll",                             "nn_pd",            "nn_pd.dll"),
    (WINDOWS, Host::PureData,      "nn~.windows-amd64-64.dll",            "nn_pd_64",         "nn_pd_64.dll"),
    (WINDOWS, Host::Max,           "externals/mcs.nn~.mxe64",             "nn_max",           "support/nn_max.dll"),
    (WINDOWS, Host::SuperCollider, "plugins/nn_scsynth.scx",              "nn_supercollider", "support/nn_supercollider.nn"),
    (WINDOWS, Host::SuperCollider, "plugins/nn_supernova.scx",            "nn_supercollider", "support/nn_supercollider.nn"),
];

/// Homes and documents that users have: plain, with spaces and accents, on another drive, on a network.
#[rustfmt::skip]
const HOMES: [(System, &str, &str); 8] = [
    (LINUX,   "/home/ada", "/home/ada/Documents"),
    (LINUX,   "/net/Musik Hochschule/Zoë", "/net/Musik Hochschule/Zoë/Documents"),
    (MACOS,   "/Users/ada", "/Users/ada/Documents"),
    (MACOS,   "/Volumes/Zoës Platte/Zoë", "/Volumes/Zoës Platte/Zoë/Documents"),
    (WINDOWS, "C:/Users/ada", "C:/Users/ada/Documents"),
    (WINDOWS, "C:/Users/Zoë Müller", "C:/Users/Zoë Müller/OneDrive/Dokumente"),
    (WINDOWS, "C:/Users/ada", "N:/ada/Documents"),
    (WINDOWS, "//studio/Benutzer/Zoë Müller", "//studio/Benutzer/Zoë Müller/Documents"),
];

/// As the tool names hosts.
fn name(host: Host) -> &'static str {
    match host {
        Host::PureData => "Pd",
        Host::Max => "Max",
        Host::SuperCollider => "SuperCollider",
    }
}

/// The places that the tool looks into for packages.
fn known(places: &Places, system: System, host: Host) -> Vec<PathBuf> {
    let of_it = hosts(system).iter().filter(|one| one.name == name(host));
    of_it.flat_map(|one| places.packages(one)).collect()
}

#[test]
fn every_host_on_every_system_finds_its_libraries_and_models_wherever_users_put_the_package() {
    for (system, home, documents) in HOMES {
        let places = Places {
            path: Vec::new(),
            applications: Vec::new(),
            home: Some(home.into()),
            documents: Some(documents.into()),
        };
        for (_, host, place) in PLACES.into_iter().filter(|row| row.0 == system) {
            let package = PathBuf::from(place.replace("HOME", home).replace("DOCUMENTS", documents));
            let known = known(&places, system, host);
            assert!(known.contains(&package), "{host:?} on {system:?}: {package:?} is none of {known:?}");
            for (_, _, opened, name, core) in
                OPENED.into_iter().filter(|row| (row.0, row.1) == (system, host))
            {
                let opened = package.join(opened);
                let found = host.core(system, opened.parent().unwrap(), name);
                assert_eq!(found, package.join(core), "{host:?} on {system:?} opens {opened:?}");
                let its_package = package_of(found.parent().unwrap());
                assert_eq!(its_package, package);
                let models = user_dirs::model_folders(Some(&its_package));
                assert!(models.contains(&package.join("models")), "{models:?}");
            }
        }
    }
}

#[test]
fn the_pages_name_those_places() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = ["README.md", "docs/INSTALL.md", "install/pd/README.txt", "install/supercollider/README.txt"];
    let text =
        pages.map(|page| std::fs::read_to_string(root.join(page)).unwrap()).concat().replace('\\', "/");
    for (system, host, place) in PLACES {
        let folder = Path::new(place).parent().unwrap().to_str().unwrap();
        let written = folder
            .replace("HOME/AppData/Roaming", "%AppData%")
            .replace("HOME/AppData/Local", "%LOCALAPPDATA%")
            .replace("C:/ProgramData", "%ProgramData%")
            .replace("HOME", "~")
            .replace("DOCUMENTS", "Documents");
        // The page has one line for both releases of Max.
        let written = written.replace("Max 8/Packages", "Max 9/Packages");
        assert!(text.contains(&written), "{host:?} on {system:?}: {written}");
    }
}
