//! package-info.json: what Max's package manager reads, true to what is in the package.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{
    code::{Processor, System},
    name::NAME,
};

/// Processors by system.
pub type Machines = BTreeMap<System, BTreeSet<Processor>>;

/// The whole text as a value.
pub fn package_info(machines: &Machines) -> Value {
    json!({
        "name": NAME,
        "displayname": NAME,
        "version": env!("CARGO_PKG_VERSION"),
        "author": "the authors of this project",
        "authors": ["the authors of this project"],
        "description": "Neural audio models (TorchScript) in Max: nn~, mc.nn~, mcs.nn~, nn.info",
        "tags": ["neural", "audio", "machine learning", "RAVE"],
        "website": "",
        "extends": "",
        "extensible": 0,
        "max_version_min": "8.0.2",
        "max_version_max": "none",
        "os": systems(machines),
        "homepatcher": ""
    })
}

/// What the key `os` says: the systems that there are externals for, and their processors.
pub fn systems(machines: &Machines) -> Value {
    let entry = |(system, processors): (&System, &BTreeSet<Processor>)| {
        let name = match system {
            // Max does not know it; the test host does.
            System::Linux => "linux",
            System::Macos => "macintosh",
            System::Windows => "windows",
        };
        let platforms: Vec<&str> = processors.iter().map(|processor| processor.name()).collect();
        (name.to_owned(), json!({ "platform": platforms, "min_version": "none" }))
    };
    Value::Object(machines.iter().map(entry).collect::<Map<_, _>>())
}
