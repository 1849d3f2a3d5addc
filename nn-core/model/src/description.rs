//! The description of a model file.
//!
//! Thread: any but audio.

use crate::{About, LoadError, ModelLocation, spec::ModelSpec};

/// The description of a model. Its format makes it; [`ModelSource::inspect`](crate::ModelSource::inspect) adds what the
/// installed runtime lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    /// Where it is.
    pub location: ModelLocation,
    /// Why it cannot be used here, each as `what is wrong: what to do`; none for a model that is expected to run.
    pub problems: Vec<String>,
    /// Methods, attributes, rate: as far as they can be read.
    pub spec: ModelSpec,
    /// The number of its file format.
    pub format: Option<u64>,
    /// The size of the file.
    pub file_bytes: Option<u64>,
    /// All its numbers, unfolded.
    pub tensor_bytes: Option<u64>,
    /// The state that its methods keep from block to block.
    pub state: Option<State>,
    /// The operators that its code calls.
    pub operators: Option<Operators>,
    /// What it tells people of itself.
    pub about: Option<About>,
    /// Who plays it, where that is for users to know: what it is called (`python`), and what is known of it by key.
    pub player: Option<(&'static str, Vec<(&'static str, String)>)>,
}

/// The operators that a model's code calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operators {
    /// All of them, as libtorch names them: `aten::conv1d`.
    pub used: Vec<String>,
    /// The version of the installed libtorch, and operators that it lacks; `None` if it was not consulted.
    pub checked: Option<(String, Vec<String>)>,
}

impl Description {
    /// What is known of a model that says no more than this.
    pub fn of_spec(location: &ModelLocation, spec: ModelSpec) -> Self {
        Self {
            location: location.clone(),
            problems: Vec::new(),
            spec,
            format: None,
            file_bytes: None,
            tensor_bytes: None,
            state: None,
            operators: None,
            about: None,
            player: None,
        }
    }

    /// What is known of a model that says this, or cannot be described for this reason.
    pub fn of_described(location: &ModelLocation, described: Result<ModelSpec, LoadError>) -> Self {
        match described {
            Ok(spec) => Self::of_spec(location, spec),
            Err(error) => {
                Self { problems: vec![error.to_string()], ..Self::of_spec(location, ModelSpec::default()) }
            }
        }
    }

    /// Adds the operators that a libtorch lacks.
    pub fn check_operators(&mut self, version: &str, mut lacking: Vec<String>) {
        // Other operators are refused, whether libtorch has them or not.
        lacking.retain(|name| name.starts_with("aten::"));
        if !lacking.is_empty() {
            self.problems.push(format!(
                "it calls {}, which libtorch {version} does not have: export it with torch {version}, or without that",
                lacking.join(", ")
            ));
        }
        if let Some(operators) = &mut self.operators {
            operators.checked = Some((version.to_owned(), lacking));
        }
    }

    /// The smallest buffer, in samples, of which all others are multiples.
    pub fn block_frames(&self) -> Option<usize> {
        self.spec.ratio_lcm().ok().filter(|_| !self.spec.methods.is_empty())
    }
}

/// The state that a model keeps from block to block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// How many values (tensors, numbers, lists).
    pub values: u64,
    /// The size of those that are tensors, for as many examples at a time as the model was made for.
    pub bytes: u64,
    /// Whether sound continues in it from block to block: not if all of it is flags, nor in an export without
    /// streaming.
    pub streams: bool,
    /// Whether it is an export without streaming, whose convolutions start again in every buffer.
    pub begins_anew: bool,
}
