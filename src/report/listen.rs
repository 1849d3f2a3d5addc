//! Plays the test sounds through all methods.

use std::{path::Path, time::Duration};

use nn_core::spec::{MethodSpec, ModelSpec};

use super::{
    facts::{GeneratorFacts, MethodFacts, SoundFacts},
    feed::{MadeFiles, fed, written},
    hear::Hearing,
    media,
    short::Shortener,
    sounds,
    told::{Teller, output},
};
use crate::{boxes::AttributeValue, failure::Failure};

/// A model and where its sounds go.
#[derive(Debug)]
pub struct Listener<'a> {
    /// The model.
    pub file: &'a Path,
    /// What its file says.
    pub spec: &'a ModelSpec,
    /// The boxes' buffer, in samples.
    pub buffer_frames: usize,
    /// For files that nobody needs later.
    pub folder: &'a Path,
    /// A load, and a piece of sound, that takes longer hangs.
    pub patience: (Duration, Duration),
}

/// Everything that was heard.
#[derive(Debug, Default)]
pub struct All {
    /// In the order of the file.
    pub methods: Vec<MethodFacts>,
    /// What the methods were given.
    pub sounds: Vec<SoundFacts>,
    /// What the attributes hold, as the first method that could tell has told it.
    pub attributes: Vec<AttributeValue>,
    /// Of a generator, what it is and made.
    pub generator: Option<GeneratorFacts>,
}

impl Listener<'_> {
    /// Plays all sounds through all methods; `goes` is called with the method that is next.
    ///
    /// # Errors
    /// The sounds cannot be written.
    pub fn listen(&self, mut goes: impl FnMut(&str)) -> Result<All, Failure> {
        let &Self { file, spec, buffer_frames, folder, patience } = self;
        let mut all = All::default();
        let mut inputs = Vec::new();
        for sound in sounds::all() {
            let path = written(&sound, folder)?;
            all.sounds.push(SoundFacts {
                name: sound.name.into(),
                title: sound.title.into(),
                what: sound.what.into(),
                media: media::sound(&path, &format!("{} before", sound.name), folder, None)?,
            });
            inputs.push(path);
        }
        // Those that make latents of sound come before those that take them.
        let mut order: Vec<&MethodSpec> = spec.methods.iter().collect();
        order.sort_by_key(|method| method.in_ratio > 1);
        let mut made = MadeFiles::new();
        let teller = Teller { short: Shortener::new(file).without(folder), folder, buffer_frames };
        for (number, method) in order.into_iter().enumerate() {
            goes(&method.name);
            let fed = fed((spec, method), &inputs, &made, folder)?;
            let below = folder.join(format!("method {number}"));
            std::fs::create_dir_all(&below)
                .map_err(|error| Failure::failed(format_args!("{}: {error}", below.display())))?;
            let (name, inputs, folder) = (method.name.as_str(), fed.inputs.as_slice(), below.as_path());
            let found = Hearing { file, method: name, buffer_frames, folder, inputs, patience }.run();
            if all.attributes.is_empty() {
                all.attributes = found.attributes.clone().unwrap_or_default();
            }
            let outputs = found.rendered.iter().filter_map(output).filter(|path| path.is_file());
            made.insert(name, outputs.collect());
            all.methods.push(teller.told(method, &fed, found));
        }
        // As the file has them.
        all.methods.sort_by_key(|told| spec.methods.iter().position(|method| *method == told.spec));
        Ok(all)
    }
}
