//! Models made with Neutone's SDK: which they are, and how a box meets them.

mod mix;
mod parameters;
mod sizes;
mod sounds;

use std::io::{Read, Seek};

use nn_model::{
    About,
    effect::{ModelKind, Parameter},
    spec::{AttributeSpec, MethodSpec, ModelSpec},
    value::ValueType,
};

use crate::{
    ArchiveError,
    evaluate::{self, Term},
    extra::{self, Metadata},
    specification::{Module, kept},
};

/// What every model of Neutone has.
const SETS_SIZES: &str = "set_daw_sample_rate_and_buffer_size";

impl<R: Read + Seek> Module<'_, '_, R> {
    /// What kind of model the module is, by its methods; files made for other programs are streaming until their methods
    /// say no.
    pub(super) fn kind(&mut self) -> Result<ModelKind, ArchiveError> {
        let class = self.class();
        if class.method(SETS_SIZES).is_none() {
            return Ok(ModelKind::Streaming);
        }
        if class.method("forward_bt").is_some() {
            return Ok(ModelKind::Effect);
        }
        let renders = class.method("forward_non_realtime").is_some();
        let is_generator = renders || self.truth("realtime")? == Some(false);
        Ok(if is_generator { ModelKind::Generator } else { ModelKind::Streaming })
    }

    /// Fills in what a box needs to know of an effect or a generator. What is wrong goes to `faults`.
    pub(super) fn neutone(&mut self, spec: &mut ModelSpec, faults: &mut Vec<ArchiveError>) {
        spec.takes_sample_rate = true;
        let Some(metadata) = kept(self.metadata(), faults) else { return };
        spec.native = kept(self.native(&metadata), faults).unwrap_or_default();
        let is_effect = spec.kind == ModelKind::Effect;
        spec.parameters = kept(parameters::of(&metadata, is_effect), faults).unwrap_or_default();
        let floats = |parameter: &Parameter| AttributeSpec {
            name: parameter.attribute.clone(),
            types: vec![ValueType::Float],
        };
        if is_effect {
            spec.mix = Some(mix::of(&metadata));
            spec.attributes = spec.parameters.iter().map(floats).collect();
            spec.methods.extend(kept(self.effect(&metadata, &spec.parameters), faults));
        } else {
            spec.sounds = kept(self.sounds(&metadata), faults).unwrap_or_default();
        }
    }

    /// What the file says of itself; nothing where it says nothing.
    fn metadata(&mut self) -> Result<Metadata, ArchiveError> {
        if let Some(metadata) = Metadata::find(self.program.archive, parameters::KEY)? {
            return Ok(metadata);
        }
        // Since SDK 1.5 the module says the same, for files that have lost the entry.
        match self.answer("get_metadata_json")? {
            Some(Term::Text(text)) => Metadata::of_text(self.program.archive, &text),
            _ => Ok(Metadata::default()),
        }
    }

    /// What the file tells people; nothing where it tells nothing, or nothing that can be read.
    pub(super) fn about(&mut self) -> Option<About> {
        let metadata = self.metadata().unwrap_or_default();
        let delay_frames = self.delay_frames();
        let about = extra::about(&metadata);
        if about.is_none() && delay_frames.is_none() {
            return None;
        }
        let sounds = extra::count_sounds(self.program.archive);
        Some(About { delay_frames, sounds, ..about.unwrap_or_default() })
    }

    /// The delay in model samples that the code states, where that is a number in it.
    fn delay_frames(&mut self) -> Option<u64> {
        // Before version 1.3 of the SDK under another name.
        const DELAYS: [&str; 2] = ["calc_model_delay_samples", "calc_min_delay_samples"];
        self.class().method(SETS_SIZES)?;
        let is_old = self.class().method(DELAYS[0]).is_none();
        let delay = DELAYS[usize::from(is_old)];
        // The wrapper around the model converts it to the host's rate.
        let delay = match self.held("w2w_base") {
            Some(inner) => evaluate::answer(&mut self.program, inner, delay),
            None => self.answer(delay),
        };
        match delay {
            Ok(Some(Term::Int(number))) => u64::try_from(number).ok(),
            _ => None,
        }
    }

    /// The one method of an effect.
    fn effect(&mut self, metadata: &Metadata, parameters: &[Parameter]) -> Result<MethodSpec, ArchiveError> {
        let mut audio = |mono: &str| -> Result<Vec<String>, ArchiveError> {
            let mono = self.truth(mono)?.or_else(|| metadata.flag(mono));
            let labels: &[&str] = if mono == Some(true) { &["audio"] } else { &["left", "right"] };
            Ok(labels.iter().map(|&label| label.to_owned()).collect())
        };
        let (inputs, outputs) = (audio("is_input_mono")?, audio("is_output_mono")?);
        let numbers = [inputs.len() + parameters.len(), 1, outputs.len(), 1].map(|number| number as i64);
        let mut method = MethodSpec::from_params("forward", &numbers)?;
        method.parameters = parameters.len();
        method.input_labels = inputs;
        method.input_labels.extend(parameters.iter().map(parameters::label));
        method.output_labels = outputs;
        Ok(method)
    }

    /// A truth value that the module answers or holds.
    fn truth(&mut self, name: &str) -> Result<Option<bool>, ArchiveError> {
        match self.answer(name)? {
            Some(Term::Bool(truth)) => Ok(Some(truth)),
            _ => self.held_truth(name),
        }
    }
}
