//! The package for Max with what was built here: what its check says of every DLL.

use std::path::Path;

use super::build::built;
use crate::{build::BOXES, package, run::Failure};

/// The one file that is not built here.
const NOT_BUILT: &str = "support/nn_torch.dll is missing for Windows on x64";

/// Makes the package as a machine with Windows would, has it joined into another, and checks that.
///
/// # Errors
/// When something else is wrong with it than that there is no libtorch.
pub fn test(folder: &Path) -> Result<(), Failure> {
    let built = built(folder);
    let stub = |name: &str| (built.join("nn_max_stub.dll"), format!("externals/{name}.mxe64"));
    let core = (built.join("nn_max.dll"), "support/nn_max.dll".to_owned());
    let libraries: Vec<_> = BOXES.into_iter().map(stub).chain([core]).collect();
    let wrong = package::max_of_another_machine(&folder.join("package"), &libraries)?;
    if wrong != [NOT_BUILT] {
        return Err(Failure::new(format!("the package for Max on Windows: {}", wrong.join("\n"))));
    }
    Ok(())
}
