//! What is known of a model file.

use crate::{LoadError, ModelLocation, spec::ModelSpec};

/// A model, described. Made by its format, and by [`ModelSource::inspect`](crate::ModelSource::inspect) together with what
/// the runtime at hand says.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// What its methods carry from one block to the next.
    pub state: Option<State>,
    /// The operators that its code calls.
    pub operators: Option<Operators>,
}

/// The operators that a model's code calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operators {
    /// All of them, as libtorch names them: `aten::conv1d`.
    pub used: Vec<String>,
    /// The version of the libtorch that was asked, and those that it lacks; `None` when none was asked.
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

    /// Adds which operators a libtorch lacks.
    pub fn check_operators(&mut self, version: &str, mut lacking: Vec<String>) {
        // Others are refused, whether it has them or not.
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

/// What a model carries from one block to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// How many values (tensors, numbers, lists).
    pub values: u64,
    /// The size of those that are tensors, for as many examples at a time as the model was made for.
    pub bytes: u64,
    /// Whether sound goes on in it from one block to the next: not where all of it is flags, nor in an export without
    /// streaming.
    pub streams: bool,
    /// Whether it is an export without streaming, in which every buffer begins anew: its convolutions are told to.
    pub begins_anew: bool,
}
