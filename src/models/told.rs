//! Errors of the catalog, worded for a terminal.

use nn_core::catalog::CatalogError;

/// Boxes name the message that helps; the tool names the command.
pub fn told(error: &CatalogError) -> String {
    match error {
        CatalogError::NoModel { model, hint } => {
            format!("no model '{model}' in the catalog: nn models list shows those there are{hint}")
        }
        other => other.to_string(),
    }
}
