//! From a name to a model's file. Not on an audio thread.

use std::path::PathBuf;

use nn_core::{
    find_model::{self, SearchPath, named_outright},
    frontend::source::source,
    info::Description,
    model::ModelLocation,
    shown, user_dirs,
};

use crate::order::ModelFile;

/// The places of this host: a whole path as it is, a name in the models folders: that of `NN_MODELS`, the
/// package's, the user's. `NNTool.find` of the language does the same.
pub struct Places;

impl Places {
    fn folders() -> Vec<PathBuf> {
        user_dirs::model_folders(nn_dylib::package().as_deref())
    }
}

impl SearchPath for Places {
    fn find(&self, file: &str) -> Option<PathBuf> {
        if let Some(path) = named_outright(file) {
            return path.is_file().then_some(path);
        }
        Self::folders().into_iter().map(|folder| folder.join(file)).find(|path| path.is_file())
    }

    fn searched(&self) -> Vec<String> {
        Self::folders().iter().map(|folder| shown::path(folder)).collect()
    }
}

/// The file that a name means and what it says of itself; else a line that says what is wrong and what to do.
pub fn describe(name: &str) -> Result<ModelFile, String> {
    let source = source();
    let location = find_model::model(name, &*source, &Places).map_err(|error| error.to_string())?;
    let spec = source.describe(&location).map_err(|error| error.to_string())?;
    let description = Description::of_spec(&location, spec);
    let path = match &location {
        ModelLocation::File(path) | ModelLocation::Program(path, _) => path.clone(),
        ModelLocation::Address(address) => PathBuf::from(address),
    };
    Ok(ModelFile { path, description })
}
