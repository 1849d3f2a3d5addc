//! Python as the runtime of scripts.

use std::sync::Arc;

use nn_model::{Description, LoadError, Model, ModelLocation, Printed, RunAs, Runtime};

use crate::{
    asked, examined::Interpreter, format, interpreter::interpreter, model::PythonModel, process::told,
    source::Source,
};

/// What to do without one that is recent enough.
const CURE: &str = "install Python 3.9 or later, or name it in NN_PYTHON";
/// The selector under which a box tells of it.
const PYTHON: &str = "python";

/// How a script is run.
fn how(location: &ModelLocation) -> RunAs {
    if let ModelLocation::Program(_, how) = location { how.clone() } else { RunAs::default() }
}

/// Plays scripts in processes of the user's own Python.
#[derive(Clone, Copy, Debug, Default)]
pub struct PythonRuntime;

impl Runtime for PythonRuntime {
    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        let path = location.file()?.to_owned();
        let (text, outline) = format::read(location)?;
        let how = how(location);
        let interpreter = interpreter(&path, &how);
        let source = Arc::new(Source::new(path, text, outline, interpreter, how.alone));
        Ok(Box::new(PythonModel::load(source, &Self, location)?))
    }

    fn player(&self, location: &ModelLocation) -> Option<(&'static str, Vec<String>)> {
        let interpreter = interpreter(location.as_file()?, &how(location));
        Some((PYTHON, told(&interpreter)))
    }

    fn examine(&self, description: &mut Description) {
        let Some(script) = description.location.as_file() else { return };
        let found = Interpreter::ask(&interpreter(script, &how(&description.location)));
        match found {
            Ok(found) if found.is_recent() => {
                let packages = [("numpy", found.numpy), ("torch", found.torch)];
                let packages = packages.into_iter().filter_map(|(name, version)| Some((name, version?)));
                let facts = [("path", found.path), ("version", found.version)].into_iter().chain(packages);
                description.player = Some((PYTHON, facts.collect()));
            }
            Ok(found) => description.problems.push(format!("{} is too old: {CURE}", found.in_words())),
            Err(what) => description.problems.push(format!("{what}: {CURE}")),
        }
    }

    fn take_printed(&self) -> Option<Printed> {
        asked::take_printed()
    }
}
