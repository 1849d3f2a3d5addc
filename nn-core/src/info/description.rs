//! The description of a model file.

use std::path::{Path, PathBuf};

use super::Tree;
use crate::{
    archive::{self, Inspection, State},
    shown::plain,
    spec::{AttributeSpec, MethodSpec, ModelSpec},
};

/// The description of a model file. [`Description::read`] makes it without libtorch;
/// [`ModelSource::inspect`](crate::model::ModelSource::inspect) adds what the installed libtorch lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// The file.
    pub path: PathBuf,
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
    /// Describes a file, as far as it can be read. Reads all of its source: not on a host's main thread.
    pub fn read(path: &Path) -> Self {
        let Inspection { file_bytes, format, spec, tensor_bytes, state, operators, devices, faults } =
            archive::inspect(path);
        let mut problems: Vec<_> = faults.iter().map(ToString::to_string).collect();
        problems.extend(devices.iter().map(|device| {
            format!(
                "its code asks for the device {device}: it needs one, or has to be moved to the CPU before the export"
            )
        }));
        let has_code = format.is_some();
        Self {
            path: path.to_owned(),
            problems,
            spec,
            format,
            file_bytes: (file_bytes > 0).then_some(file_bytes),
            tensor_bytes,
            state,
            operators: has_code.then_some(Operators { used: operators, checked: None }),
        }
    }

    /// The description of a model that is no TorchScript file.
    pub fn of_spec(path: &Path, spec: ModelSpec) -> Self {
        Self { path: path.to_owned(), spec, ..Self::default() }
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

    /// Keys and values, which `nn.info` sends as a dictionary or lists, and writes. Unknown ones are left out.
    pub fn tree(&self) -> Tree {
        let spec = &self.spec;
        let named = |name: &str, tree| (name.to_owned(), tree);
        let mut entries = vec![
            named("path", Tree::text(self.path.display().to_string())),
            named("runnable", Tree::Flag(self.problems.is_empty())),
            named("problems", shown(&self.problems)),
            named("methods", Tree::Map(spec.methods.iter().map(|m| named(&m.name, method(m))).collect())),
            named(
                "attributes",
                Tree::Map(spec.attributes.iter().map(|a| named(&a.name, attribute(a))).collect()),
            ),
        ];
        let mut add = |name: &str, value: Option<Tree>| entries.extend(value.map(|tree| named(name, tree)));
        if !spec.methods.is_empty() {
            // Models state -1 for "any rate".
            add("rate", Some(Tree::Number(spec.sample_rate_hz.map_or(-1, i64::from))));
            add("takes_rate", Some(Tree::Flag(spec.takes_sample_rate)));
        }
        add("block", self.block_frames().map(|frames| Tree::count(frames as u64)));
        let hints =
            spec.buffer_hints.iter().map(|(name, n)| named(name, Tree::count(*n as u64))).collect::<Vec<_>>();
        add("buffer_hints", (!hints.is_empty()).then_some(Tree::Map(hints)));
        add("streaming", self.state.map(|state| Tree::Flag(state.streams)));
        let state = |state: State| {
            Tree::Map(vec![
                named("values", Tree::count(state.values)),
                named("bytes", Tree::count(state.bytes)),
            ])
        };
        add("state", self.state.map(state));
        add("producer", spec.producer.as_deref().map(|text| Tree::text(plain(text))));
        add("format", self.format.map(Tree::count));
        add("file_bytes", self.file_bytes.map(Tree::count));
        add("tensor_bytes", self.tensor_bytes.map(Tree::count));
        add("operators", self.operators.as_ref().map(operators));
        Tree::Map(entries)
    }

    /// The description as a YAML document.
    pub fn to_yaml(&self) -> String {
        self.tree().to_yaml()
    }

    /// The description as a JSON document.
    pub fn to_json(&self) -> String {
        self.tree().to_json()
    }
}

/// Texts that are only read; names are given as they are.
fn shown(texts: &[String]) -> Tree {
    Tree::texts(texts.iter().map(|text| plain(text)))
}

fn method(method: &MethodSpec) -> Tree {
    let mut entries: Vec<_> =
        numbers(method).map(|(name, n)| (name.to_owned(), Tree::count(n as u64))).into();
    for (name, labels) in [("input_labels", &method.input_labels), ("output_labels", &method.output_labels)] {
        if !labels.is_empty() {
            entries.push((name.to_owned(), shown(labels)));
        }
    }
    Tree::Map(entries)
}

/// The numbers of a method, under the names in `nn.info`.
pub(super) fn numbers(method: &MethodSpec) -> [(&'static str, usize); 4] {
    [
        ("channels_in", method.in_channels),
        ("channels_out", method.out_channels),
        ("ratio_in", method.in_ratio),
        ("ratio_out", method.out_ratio),
    ]
}

fn attribute(attribute: &AttributeSpec) -> Tree {
    let types = Tree::texts(attribute.types.iter().map(|t| t.name()));
    Tree::Map(vec![("attribute_type".to_owned(), types)])
}

fn operators(operators: &Operators) -> Tree {
    let mut entries = vec![("used".to_owned(), Tree::count(operators.used.len() as u64))];
    if let Some((version, lacking)) = &operators.checked {
        entries.push(("libtorch".to_owned(), Tree::text(version.as_str())));
        entries.push(("missing".to_owned(), shown(lacking)));
    }
    Tree::Map(entries)
}
