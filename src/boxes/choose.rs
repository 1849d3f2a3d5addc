//! Finds a model that somebody has named.

use std::path::{Path, PathBuf};

use nn_core::{
    doctor::package, effect::ModelKind, find_model, formats::FORMATS, model::ModelLocation, spec::ModelSpec,
    user_dirs::model_folders,
};

use crate::failure::Failure;

/// A model that was named, with what its file says.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Its file.
    pub path: PathBuf,
    /// What the file says.
    pub spec: ModelSpec,
    /// Which of its methods.
    pub method: usize,
}

impl Chosen {
    /// The file's name alone.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// The same with the name of the method.
    pub fn with_method(&self) -> String {
        format!("{} {}", self.name(), self.spec.methods[self.method].name)
    }

    /// Whether the method takes sound and makes sound: then its own delay can be told.
    pub fn makes_sound_of_sound(&self) -> bool {
        let method = &self.spec.methods[self.method];
        method.in_channels > 0 && method.in_ratio == 1 && method.out_ratio == 1
    }
}

/// The file and the method of a word that may mean a model: `voice.ts`, `voice.ts:encode`, `voice`.
pub fn meant(word: &str) -> Option<(&str, Option<&str>)> {
    let is_model = |name: &str| FORMATS.by_name(name).is_some();
    // A method is a name: what has a separator in it is the path of a Windows drive.
    let split = word.rsplit_once(':').filter(|(file, method)| {
        file.len() > 1 && !method.is_empty() && !method.contains(['/', '\\']) && !is_model(word)
    });
    let (file, method) = split.map_or((word, None), |(file, method)| (file, Some(method)));
    let has_no_ending = Path::new(file).extension().is_none();
    (is_model(file) || has_no_ending).then_some((file, method))
}

/// The full path of a file, or of one in a models folder.
fn find(name: &str) -> Option<PathBuf> {
    // The tool need not lie in the package's own folder: in that for SuperCollider it is in `support`.
    let folders = model_folders(package().as_deref());
    let places = std::iter::once(PathBuf::from(name)).chain(folders.iter().map(|folder| folder.join(name)));
    places.into_iter().find(|path| path.is_file())
}

/// The file of the model of that name, here or in a models folder. Reads nothing of it.
pub fn located(file: &str) -> Result<PathBuf, Failure> {
    let location = find_model::model(file, &FORMATS, &find).map_err(|_| {
        Failure::not_there(format_args!("{file}: no such model, here or in the models folders"))
    })?;
    match location {
        ModelLocation::File(path) | ModelLocation::Program(path, _) => Ok(path),
        ModelLocation::Address(_) => {
            Err(Failure::not_there(format_args!("{file}: only models in files can be played here")))
        }
    }
}

/// The model of that name and what its file says. Runs nothing of it.
fn described(file: &str) -> Result<(PathBuf, ModelSpec), Failure> {
    let path = located(file)?;
    let location = ModelLocation::from(&path);
    let format = FORMATS.entry(&location).map_err(Failure::failed)?.format;
    let spec = format.describe(&location).map_err(Failure::failed)?;
    Ok((path, spec))
}

/// The generator of that name; `None` where that is a model of another kind. It has no method.
pub fn generator(file: &str) -> Result<Option<Chosen>, Failure> {
    let (path, spec) = described(file)?;
    Ok((spec.kind == ModelKind::Generator).then_some(Chosen { path, spec, method: 0 }))
}

/// The model of that name, and one of its methods: `forward` or the first if none is named. Runs nothing of it.
pub fn chosen(file: &str, method: Option<&str>) -> Result<Chosen, Failure> {
    let (path, spec) = described(file)?;
    if spec.kind == ModelKind::Generator {
        let line = "it makes whole sounds, not block by block: nn render has them";
        return Err(Failure::failed(format_args!("{}: {line}", path.display())));
    }
    let wanted = method.unwrap_or("forward");
    let at = spec.methods.iter().position(|spec| spec.name == wanted);
    // A box takes the first one too where there is no forward.
    let Some(method) = at.or_else(|| method.is_none().then_some(0)) else {
        let has: Vec<_> = spec.methods.iter().map(|method| method.name.as_str()).collect();
        return Err(Failure::failed(format_args!(
            "{}: no method '{wanted}': it has {}",
            path.display(),
            has.join(", ")
        )));
    };
    Ok(Chosen { path, spec, method })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_what_follows_the_last_colon() {
        for (word, expected) in [
            ("voice.ts", Some(("voice.ts", None))),
            ("voice.ts:encode", Some(("voice.ts", Some("encode")))),
            ("C:\\models\\voice.ts:encode", Some(("C:\\models\\voice.ts", Some("encode")))),
            ("C:\\models\\voice.ts", Some(("C:\\models\\voice.ts", None))),
            ("voice", Some(("voice", None))),
            ("voice:decode", Some(("voice", Some("decode")))),
            ("words.txt", None),
            ("words.txt:encode", None),
        ] {
            assert_eq!(meant(word), expected, "{word}");
        }
    }
}
