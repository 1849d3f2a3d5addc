//! TorchScript in the table of formats.

use std::{fs::File, path::Path};

use nn_model::{
    About, Description, Format, InnerSound, LoadError, ModelLocation, Unsound, effect::ModelKind,
    spec::ModelSpec,
};

use crate::{
    ArchiveError, about, allowed_by_hand, describe, describe_at_once, description, known, sounds, verify_file,
};

/// Files of `torch.jit.save`: zip archives, with the ending `.ts`, or `.nm` where Neutone's SDK wrote them.
#[derive(Clone, Copy, Debug, Default)]
pub struct TorchScript;

/// How a zip archive begins.
const BEGINNING: &[u8] = b"PK";

impl Format for TorchScript {
    fn extensions(&self) -> &'static [&'static str] {
        &["ts", "nm"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        head.starts_with(BEGINNING) || head == &BEGINNING[..1]
    }

    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        let stamp = location.stamp();
        if let Some(spec) = known::find(stamp.as_ref()) {
            return Ok(spec);
        }
        let spec = describe(location.file()?).map_err(|error| error.at(location))?;
        known::remember(stamp, &spec);
        Ok(spec)
    }

    fn describe_at_once(&self, location: &ModelLocation) -> Result<Option<ModelSpec>, LoadError> {
        let stamp = location.stamp();
        if let Some(spec) = known::find(stamp.as_ref()) {
            return Ok(Some(spec));
        }
        let spec = describe_at_once(location.file()?).map_err(|error| error.at(location))?;
        if let Some(spec) = &spec {
            known::remember(stamp, spec);
        }
        Ok(spec)
    }

    fn inspect(&self, location: &ModelLocation) -> Description {
        match location.file() {
            Ok(path) => description(path),
            Err(error) => Description::of_described(location, Err(error)),
        }
    }

    fn verify(&self, file: &Path) -> Result<(), Unsound> {
        let unsound = |error: ArchiveError| Unsound(error.to_string());
        verify_file(file).map_err(unsound)?;
        let spec = describe(file).map_err(unsound)?;
        // A generator has none.
        let is_usable = !spec.methods.is_empty() || spec.kind == ModelKind::Generator;
        if is_usable { Ok(()) } else { Err(Unsound("it has no method".into())) }
    }

    fn about(&self, location: &ModelLocation) -> Option<About> {
        about(location.as_file()?)
    }

    fn sounds(&self, location: &ModelLocation) -> Result<Vec<InnerSound>, LoadError> {
        sounds(location.file()?).map_err(|error| error.at(location))
    }

    fn warning(&self, location: &ModelLocation) -> Option<String> {
        File::open(location.as_file()?).ok().and_then(allowed_by_hand)
    }
}

impl ArchiveError {
    /// The same as what is said of a load.
    ///
    /// Thread: any but audio.
    pub fn at(self, location: &ModelLocation) -> LoadError {
        let path = location.to_string();
        match self {
            Self::Read(what) => LoadError::Read { path, what: what.to_string() },
            Self::Spec(what) => LoadError::Spec { path, what },
            other => LoadError::Unsound { path, what: other.to_string() },
        }
    }
}
