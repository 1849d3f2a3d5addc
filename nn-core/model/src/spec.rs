//! What a model declares: its methods, their channels and ratios, its attributes and their types.
//!
//! A [`ModelSpec`] comes either from the crate `nn-archive` (in milliseconds, without libtorch) or from the loaded
//! model itself; both go through the same checks here, so that nothing later meets a zero ratio.
//!
//! Thread: any but audio.

use crate::{
    effect::{Mix, ModelKind, Native, Parameter},
    generator::Sounds,
    midi,
    ratio::lcm,
    value::ValueType,
};

/// Largest number of channels on one side of a method that is accepted.
pub const MAX_CHANNELS: u32 = 4096;
/// Largest ratio that is accepted (real exports reach 65 536).
pub const MAX_RATIO: u32 = 1 << 20;
/// Largest buffer in samples that any combination of ratios and requested size may lead to (about six minutes at 44.1
/// kHz).
pub const MAX_BUFFER_FRAMES: usize = 1 << 24;

/// A method of a model: `forward`, `encode`, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodSpec {
    /// The name by which it is called.
    pub name: String,
    /// Number of input channels; 0 is a generator without input.
    pub in_channels: usize,
    /// Host samples per model frame on the way in, at least 1.
    pub in_ratio: usize,
    /// Number of output channels, at least 1.
    pub out_channels: usize,
    /// Host samples per model frame on the way out, at least 1.
    pub out_ratio: usize,
    /// One label per input channel, or empty.
    pub input_labels: Vec<String>,
    /// One label per output channel, or empty.
    pub output_labels: Vec<String>,
    /// So many of the last input channels are parameters: values that hold, 0 to 1. Where a box has no signal for one, it
    /// carries NaN, and the value that was set as an attribute counts.
    pub parameters: usize,
}

/// An attribute of a model that `set` and `get` reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeSpec {
    /// The name by which it is set.
    pub name: String,
    /// One type per value, at least one.
    pub types: Vec<ValueType>,
}

/// Everything a box needs to know about a model to have the right inlets, outlets and answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModelSpec {
    /// What kind of model it is.
    pub kind: ModelKind,
    /// The usable methods, in the order in which the model lists them.
    pub methods: Vec<MethodSpec>,
    /// The attributes, in the order in which the model lists them.
    pub attributes: Vec<AttributeSpec>,
    /// The rate that the model was made for, in Hz, if it states one.
    pub sample_rate_hz: Option<u32>,
    /// True if the model accepts the rate at which it runs.
    pub takes_sample_rate: bool,
    /// True if runs of the model are given MIDI without an attribute for it.
    pub plays_midi: bool,
    /// The version of torch that wrote the file, if known.
    pub producer: Option<String>,
    /// Ratios of methods that the model lists without code (`dummy_method` of msprior): they cannot run, they are
    /// there to make buffers larger.
    pub announced_ratios: Vec<usize>,
    /// Buffers that the file names (`min_buffer_size` and the like), in samples or, for some, in model frames.
    pub buffer_hints: Vec<(String, usize)>,
    /// The rates and buffers that it is bound to.
    pub native: Native,
    /// The parameters that are used, in the order of their rows.
    pub parameters: Vec<Parameter>,
    /// How the file wants its sound mixed with the input; `None` for the model's sound alone.
    pub mix: Option<Mix>,
    /// Of a generator: the sounds that it takes and makes.
    pub sounds: Sounds,
}

/// Why a description makes no usable model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// `M_params` does not hold four values.
    #[error("method {method}: `{method}_params` holds {found} values instead of 4: export the model again")]
    ParamsLength {
        /// Name of the method.
        method: String,
        /// How many values there are.
        found: usize,
    },
    /// A channel count is negative or absurd, or there is no output.
    #[error("method {method}: {found} {side} channels: must be from {least} to {MAX_CHANNELS}")]
    Channels {
        /// Name of the method.
        method: String,
        /// "input" or "output".
        side: &'static str,
        /// What the model says.
        found: i64,
        /// The least that makes sense.
        least: i64,
    },
    /// A ratio is zero, negative or absurd.
    #[error("method {method}: {side} ratio {found}: must be from 1 to {MAX_RATIO}")]
    Ratio {
        /// Name of the method.
        method: String,
        /// "input" or "output".
        side: &'static str,
        /// What the model says.
        found: i64,
    },
    /// The ratios together need a buffer that is too large for any host.
    #[error(
        "the ratios of all methods together need a buffer of more than {MAX_BUFFER_FRAMES} frames: \
         export the methods as separate models"
    )]
    Buffer,
    /// No method can be called.
    #[error("{}", no_method(.has))]
    NoMethod {
        /// The methods that the file has nevertheless.
        has: Vec<String>,
    },
    /// An attribute with a type code that does not exist.
    #[error("attribute {attribute}: unknown type code {code} in `{attribute}_params` (0 bool to 5 buffer)")]
    AttributeType {
        /// Name of the attribute.
        attribute: String,
        /// The code found.
        code: i64,
    },
}

fn no_method(has: &[String]) -> String {
    format!("no method with `<name>_params`: this is not a model made for nn~{}", listed(has))
}

fn listed(has: &[String]) -> String {
    const SHOWN: usize = 6;
    let shown = has.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match has.len() {
        0 => String::new(),
        1..=SHOWN => format!("; it has {shown}"),
        number => format!("; it has {shown} and {} more", number - SHOWN),
    }
}

impl MethodSpec {
    /// Checks the four numbers of `M_params`, in the order `[in_channels, in_ratio, out_channels, out_ratio]`.
    pub fn from_params(name: &str, params: &[i64]) -> Result<Self, SpecError> {
        let &[in_channels, in_ratio, out_channels, out_ratio] = params else {
            return Err(SpecError::ParamsLength { method: name.into(), found: params.len() });
        };
        let channels = |side, found, least| match found {
            n if n >= least && n <= i64::from(MAX_CHANNELS) => Ok(n as usize),
            _ => Err(SpecError::Channels { method: name.into(), side, found, least }),
        };
        let ratio = |side, found| match found {
            n if n >= 1 && n <= i64::from(MAX_RATIO) => Ok(n as usize),
            _ => Err(SpecError::Ratio { method: name.into(), side, found }),
        };
        Ok(Self {
            name: name.into(),
            in_channels: channels("input", in_channels, 0)?,
            in_ratio: ratio("input", in_ratio)?,
            out_channels: channels("output", out_channels, 1)?,
            out_ratio: ratio("output", out_ratio)?,
            input_labels: Vec::new(),
            output_labels: Vec::new(),
            parameters: 0,
        })
    }
}

impl AttributeSpec {
    /// Checks the type codes of `A_params`.
    pub fn from_codes(name: &str, codes: &[i64]) -> Result<Self, SpecError> {
        let types = codes
            .iter()
            .map(|&code| {
                ValueType::from_code(code)
                    .ok_or_else(|| SpecError::AttributeType { attribute: name.into(), code })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { name: name.into(), types })
    }
}

impl ModelSpec {
    /// The method of that name.
    pub fn method(&self, name: &str) -> Option<&MethodSpec> {
        self.methods.iter().find(|m| m.name == name)
    }

    /// The attribute of that name; a parameter also by its key (`p2`) and in any letters.
    pub fn attribute(&self, name: &str) -> Option<&AttributeSpec> {
        let named = |name: &str| self.attributes.iter().find(|a| a.name == name);
        named(name).or_else(|| {
            let name = crate::effect::attribute_name(name);
            let is_it = |parameter: &&Parameter| parameter.attribute == name || parameter.key == name;
            named(&self.parameters.iter().find(is_it)?.attribute)
        })
    }

    /// Whether the model can use MIDI: by itself, or through an attribute for it ([`midi::IN_ATTRIBUTE`]).
    pub fn takes_midi(&self) -> bool {
        self.plays_midi || self.is_tensor(midi::IN_ATTRIBUTE)
    }

    /// Whether the model may answer MIDI.
    pub fn answers_midi(&self) -> bool {
        self.plays_midi || self.is_tensor(midi::OUT_ATTRIBUTE)
    }

    fn is_tensor(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|attribute| attribute.types == [ValueType::Tensor])
    }

    /// The rate at which the model runs in a host of this rate, where it states any.
    pub fn rate_for(&self, host_hz: u32) -> Option<u32> {
        self.native.rate_hz(host_hz).or(self.sample_rate_hz)
    }

    /// The largest ratio of all methods.
    pub fn largest_ratio(&self) -> usize {
        let ratios = self.methods.iter().flat_map(|method| [method.in_ratio, method.out_ratio]);
        ratios.chain(self.announced_ratios.iter().copied()).max().unwrap_or(1)
    }

    /// Counts the ratios of a method that is listed without code. Invalid numbers are ignored.
    pub fn announce(&mut self, name: &str, params: &[i64]) {
        if let Ok(method) = MethodSpec::from_params(name, params) {
            self.announced_ratios.extend([method.in_ratio, method.out_ratio]);
        }
    }

    /// The least common multiple of all ratios of all methods: buffers are multiples of it.
    ///
    /// All methods count, not only the one that runs: RAVE's `forward` claims ratio 1 but computes whole latent
    /// frames. So do those that are only listed.
    pub fn ratio_lcm(&self) -> Result<usize, SpecError> {
        let ratios = self.methods.iter().flat_map(|m| [m.in_ratio, m.out_ratio]);
        ratios.chain(self.announced_ratios.iter().copied()).try_fold(1usize, |all, ratio| {
            lcm(all, ratio).filter(|&step| step <= MAX_BUFFER_FRAMES).ok_or(SpecError::Buffer)
        })
    }

    /// How the two differ in the same method or attribute; `None` if they agree.
    ///
    /// A loaded model may list more or fewer than its file shows (lists that its code computes), in another order;
    /// but what both have must be the same, or one of them is wrong.
    pub fn disagreement(&self, loaded: &Self) -> Option<String> {
        let numbers = |m: &MethodSpec| [m.in_channels, m.in_ratio, m.out_channels, m.out_ratio];
        let methods = self.methods.iter().filter_map(|here| {
            let there = loaded.method(&here.name)?;
            let (file, model) = (numbers(here), numbers(there));
            (file != model).then(|| format!("{}: {file:?} in the file, {model:?} in the model", here.name))
        });
        let attributes = self.attributes.iter().filter_map(|here| {
            let there = loaded.attribute(&here.name)?;
            let names = |types: &[ValueType]| types.iter().map(|t| t.name()).collect::<Vec<_>>().join(" ");
            (here.types != there.types).then(|| {
                format!(
                    "{}: {} in the file, {} in the model",
                    here.name,
                    names(&here.types),
                    names(&there.types)
                )
            })
        });
        methods.chain(attributes).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_of_methods_are_cut() {
        let said = |has: &[&str]| {
            let has = has.iter().map(|&name| name.to_owned()).collect();
            SpecError::NoMethod { has }.to_string()
        };
        assert!(said(&[]).ends_with("not a model made for nn~"));
        assert!(said(&["forward", "reset"]).ends_with("for nn~; it has forward, reset"));
        assert!(
            said(&["a", "b", "c", "d", "e", "f", "g", "h"]).ends_with("; it has a, b, c, d, e, f and 2 more")
        );
    }
}
