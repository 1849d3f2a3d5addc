//! Describes a file without libtorch.

use std::path::Path;

use nn_model::{Description, ModelLocation, Operators};

use crate::{Inspection, inspect};

/// Describes a file, as far as it can be read. Reads all of its source: not on a host's main thread.
///
/// Thread: loader.
pub fn description(path: &Path) -> Description {
    let Inspection { file_bytes, format, spec, tensor_bytes, state, operators, about, devices, faults } =
        inspect(path);
    let mut problems: Vec<String> = Vec::new();
    for problem in faults.iter().map(ToString::to_string) {
        // What several readers report is one problem.
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    problems.extend(devices.iter().map(|device| {
        format!(
            "its code asks for the device {device}: it needs one, or has to be moved to the CPU before the export"
        )
    }));
    let has_code = format.is_some();
    Description {
        player: None,
        location: ModelLocation::from(path),
        problems,
        spec,
        format,
        file_bytes: (file_bytes > 0).then_some(file_bytes),
        tensor_bytes,
        state,
        operators: has_code.then_some(Operators { used: operators, checked: None }),
        about,
    }
}
