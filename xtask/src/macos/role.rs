//! What each file of a package is for: what hosts look up in it, and what it may ask of them.

use std::path::Path;

use crate::build::BOXES;

/// Functions that every build of Pd has, one a line, and those of Max's header: `tests/host_symbols.rs` holds the libraries
/// for Linux to them.
const PD: &str = include_str!("../../../tests/host_functions/pd.txt");
const MAX: &str = include_str!("../../../tests/host_functions/max.txt");

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// libtorch, which others build.
    Libtorch,
    /// The tool.
    Tool,
    /// What a host opens under a box's name.
    Stub(Host),
    /// What that opens.
    Core(Host),
    /// The library that holds libtorch.
    Torch,
}

/// Who opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Pure Data.
    Pd,
    /// A Pure Data of double precision.
    PdDouble,
    /// Max.
    Max,
    /// scsynth or supernova.
    SuperCollider,
}

impl Role {
    /// That of the file at this place in a package; `None` where nothing is known of it.
    pub fn of(place: &Path) -> Option<Self> {
        let name = place.file_name()?.to_str()?;
        if place.parent()?.ends_with("libtorch/lib") {
            return Some(Self::Libtorch);
        }
        if place.parent()?.ends_with("Contents/MacOS") {
            return Some(Self::Stub(Host::Max));
        }
        Some(match name {
            "nn" => Self::Tool,
            "libnn_torch.dylib" | "libnn_torch.nn" => Self::Torch,
            "libnn_pd.dylib" => Self::Core(Host::Pd),
            "libnn_pd_64.dylib" => Self::Core(Host::PdDouble),
            "libnn_max.dylib" => Self::Core(Host::Max),
            "libnn_supercollider.nn" => Self::Core(Host::SuperCollider),
            _ if name.ends_with(".pd_darwin") => Self::Stub(Host::Pd),
            _ if name.ends_with(".darwin-arm64-64.so") => Self::Stub(Host::PdDouble),
            _ if name.ends_with(".scx") => Self::Stub(Host::SuperCollider),
            _ => return None,
        })
    }

    /// What others look up in it, without the `_` before each name; `None` where that is not ours to say.
    pub fn exports(self) -> Option<Vec<String>> {
        let one = |name: &str| vec![name.to_owned()];
        Some(match self {
            Self::Libtorch => return None,
            Self::Tool => Vec::new(),
            Self::Torch => one("nn_torch_api"),
            Self::Core(Host::Pd | Host::PdDouble) => one("nn_pd_setup_1"),
            Self::Core(Host::Max) => one("nn_max_setup_1"),
            Self::Core(Host::SuperCollider) => {
                ["nn_supercollider_load_1", "nn_supercollider_unload_1"].map(str::to_owned).into()
            }
            Self::Stub(Host::Pd | Host::PdDouble) => BOXES.map(pd_setup).into(),
            Self::Stub(Host::Max) => one("ext_main"),
            Self::Stub(Host::SuperCollider) => {
                ["api_version", "load", "server_type", "unload"].map(str::to_owned).into()
            }
        })
    }

    /// Whether the host has a function of this name, without the `_`.
    pub fn host_has(self, function: &str) -> bool {
        let host = match self {
            Self::Stub(host) | Self::Core(host) => host,
            Self::Libtorch | Self::Tool | Self::Torch => return false,
        };
        match host {
            Host::Pd => PD.lines().any(|line| line == function),
            // The one function whose name says how wide numbers are.
            Host::PdDouble => match function {
                "class_new" => false,
                "class_new64" => true,
                _ => PD.lines().any(|line| line == function),
            },
            Host::Max => MAX.lines().any(|line| line == function),
            Host::SuperCollider => false,
        }
    }
}

/// The function that Pd calls when it has opened the file of a box.
fn pd_setup(name: &str) -> String {
    let plain = name.replace('~', "_tilde");
    if !plain.contains('.') {
        return format!("{plain}_setup");
    }
    format!("setup_{}", plain.replace('.', "0x2e"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_of_a_package_is_known_by_its_place() {
        let told = |place: &str| Role::of(Path::new(place));
        assert_eq!(told("libtorch/lib/libc10.dylib"), Some(Role::Libtorch));
        assert_eq!(told("externals/nn~.mxo/Contents/MacOS/nn~"), Some(Role::Stub(Host::Max)));
        assert_eq!(told("mc.nn~.pd_darwin"), Some(Role::Stub(Host::Pd)));
        assert_eq!(told("nn.info.darwin-arm64-64.so"), Some(Role::Stub(Host::PdDouble)));
        assert_eq!(told("support/libnn_torch.nn"), Some(Role::Torch));
        assert_eq!(told("support/libother.dylib"), None);
    }

    #[test]
    fn the_functions_that_pd_calls_are_named_as_pd_names_them() {
        assert_eq!(pd_setup("nn~"), "nn_tilde_setup");
        assert_eq!(pd_setup("mc.nn~"), "setup_mc0x2enn_tilde");
        assert_eq!(pd_setup("nn.info"), "setup_nn0x2einfo");
    }

    #[test]
    fn a_pd_of_double_precision_has_one_function_under_another_name() {
        let single = Role::Core(Host::Pd);
        let double = Role::Core(Host::PdDouble);
        assert!(single.host_has("class_new") && !single.host_has("class_new64"));
        assert!(double.host_has("class_new64") && !double.host_has("class_new"));
        assert!(single.host_has("post") && double.host_has("post") && !Role::Torch.host_has("post"));
    }
}
