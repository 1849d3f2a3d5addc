//! What is known of models, as a list that the language reads.

use nn_core::info::method_list;

use crate::order::ModelFile;

/// One entry for each model.
pub fn of(models: &[(i32, ModelFile)]) -> String {
    models.iter().map(|(number, file)| method_list((*number).into(), &file.path, &file.description)).collect()
}
