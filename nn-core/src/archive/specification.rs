//! From the object graph to the [`ModelSpec`]: what a host would learn by calling the loaded model.

use std::{
    collections::{HashMap, HashSet},
    io::{Read, Seek},
};

use super::{
    ArchiveError, NEWEST_FORMAT,
    container::Archive,
    evaluate::{self, Term},
    pickle::{Graph, Node, NodeId},
    source::Program,
    tensor::Tensor,
};
use crate::spec::{AttributeSpec, MethodSpec, ModelSpec, SpecError};

/// The pickle of a RAVE has 40 kB.
pub(super) const MOST_PICKLE_BYTES: u64 = 1 << 24;
const MOST_RECORD_BYTES: u64 = 64;
/// Names that a model may list.
const MOST_NAMES: usize = 1 << 12;

/// Checks that the archive is one of TorchScript's and of a format that can be read; gives the format.
pub(super) fn format<R: Read + Seek>(archive: &mut Archive<R>) -> Result<u64, ArchiveError> {
    if archive.find("model.json").is_some() {
        return Err(ArchiveError::TooOld);
    }
    if archive.find("data.pkl").is_none() {
        let found = "another zip archive: export the model with torch.jit.save";
        return Err(ArchiveError::NotAnArchive { found });
    }
    if !archive.has_folder("code") {
        return Err(ArchiveError::Checkpoint);
    }
    // The place libtorch looks at first.
    let record = if archive.find(".data/version").is_some() { ".data/version" } else { "version" };
    let text = archive.read(record, MOST_RECORD_BYTES)?;
    let number = std::str::from_utf8(&text).ok().and_then(|t| t.trim().parse().ok());
    let format = number
        .filter(|&n| n > 0)
        .ok_or_else(|| ArchiveError::Damaged { entry: record.into(), what: "it is no version" })?;
    if format > NEWEST_FORMAT {
        return Err(ArchiveError::TooNew { found: format });
    }
    if archive.find("byteorder").is_some() {
        match &archive.read("byteorder", MOST_RECORD_BYTES)?[..] {
            b"little" => {}
            b"big" => return Err(ArchiveError::ByteOrder),
            _ => {
                return Err(ArchiveError::Damaged { entry: "byteorder".into(), what: "it is no byte order" });
            }
        }
    }
    Ok(format)
}

/// The graph of a pickle entry's content.
pub(super) fn graph<'a>(entry: &str, bytes: &'a [u8]) -> Result<Graph<'a>, ArchiveError> {
    Graph::read(bytes).map_err(|fault| ArchiveError::Pickle {
        entry: entry.into(),
        offset: fault.offset,
        what: fault.what,
    })
}

/// Everything that the file says about the model.
pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<ModelSpec, ArchiveError> {
    let format = format(archive)?;
    let bytes = archive.read("data.pkl", MOST_PICKLE_BYTES)?;
    let graph = graph("data.pkl", &bytes)?;
    let root = graph.root();
    let no_module = || ArchiveError::Damaged { entry: "data.pkl".into(), what: "it holds no module" };
    let mut state = HashMap::new();
    for &(key, value) in graph.state(root).ok_or_else(no_module)? {
        if let Some(name) = graph.text_of(key) {
            state.insert(name, graph.unwrapped(value));
        }
    }
    let mut program = Program::new(archive, &graph);
    let class = program.class_of(root)?.ok_or_else(no_module)?;
    let mut module = Module { program, root, state };

    let listed = module.listed("get_methods")?;
    let names = listed.unwrap_or_else(|| class.method_names().map(str::to_owned).collect());
    let mut spec = ModelSpec {
        takes_sample_rate: class.method("set_sample_rate").is_some(),
        producer: Some(format!("torch (file format {format})")),
        ..ModelSpec::default()
    };
    for name in distinct(&names) {
        if let Some(params) = module.numbers(&format!("{name}_params"))? {
            let mut method = MethodSpec::from_params(name, &params)?;
            method.input_labels = module.labels(&format!("{name}_input_labels"), method.in_channels);
            method.output_labels = module.labels(&format!("{name}_output_labels"), method.out_channels);
            spec.methods.push(method);
        }
    }
    if spec.methods.is_empty() {
        let has = class.method_names().map(str::to_owned).collect();
        return Err(SpecError::NoMethod { has }.into());
    }
    let names = match module.listed("get_attributes")? {
        Some(names) => names,
        None => module.names_with_params(),
    };
    for name in distinct(&names) {
        // `none` stands for "no attributes"; a method's numbers are no types.
        if name == "none" || spec.method(name).is_some() || class.method(name).is_some() {
            continue;
        }
        let codes = module.numbers(&format!("{name}_params"))?;
        if let Some(codes) = codes.filter(|codes| !codes.is_empty()) {
            spec.attributes.push(AttributeSpec::from_codes(name, &codes)?);
        }
    }
    spec.sample_rate_hz = module.sample_rate_hz()?;
    spec.ratio_lcm()?;
    Ok(spec)
}

/// In order, each once, no more than a model can mean.
fn distinct(names: &[String]) -> impl Iterator<Item = &str> {
    let mut seen = HashSet::new();
    names.iter().map(String::as_str).filter(move |name| seen.insert(*name)).take(MOST_NAMES)
}

/// The top module.
struct Module<'p, 'g, R> {
    program: Program<'p, R>,
    root: NodeId,
    state: HashMap<&'g str, NodeId>,
}

impl<'g, R: Read + Seek> Module<'_, 'g, R> {
    /// What a method that lists names answers; `None` when it does not exist or cannot be followed.
    fn listed(&mut self, method: &str) -> Result<Option<Vec<String>>, ArchiveError> {
        Ok(evaluate::answer(&mut self.program, self.root, method)?.and_then(|term| term.texts()))
    }

    /// The whole numbers of a tensor that the module has.
    fn numbers(&mut self, name: &str) -> Result<Option<Vec<i64>>, ArchiveError> {
        let Some(&id) = self.state.get(name) else { return Ok(None) };
        match Tensor::of(self.program.graph, id) {
            Some(Ok(tensor)) => tensor.integers(self.program.archive).map(Some),
            Some(Err(what)) => Err(ArchiveError::Damaged { entry: "data.pkl".into(), what }),
            None => Ok(None),
        }
    }

    /// Every `A` for which the module has a tensor `A_params`, in the order of the file.
    fn names_with_params(&self) -> Vec<String> {
        let graph = self.program.graph;
        let pairs = graph.state(self.root).unwrap_or_default();
        let name = |&(key, _): &(NodeId, _)| graph.text_of(key)?.strip_suffix("_params").map(str::to_owned);
        pairs.iter().filter_map(name).collect()
    }

    /// One label per channel, or none when the file has another number of them.
    fn labels(&self, name: &str, channels: usize) -> Vec<String> {
        let graph = self.program.graph;
        let members = self.state.get(name).and_then(|&id| graph.members(id)).unwrap_or_default();
        if members.len() != channels {
            return Vec::new();
        }
        let labels = members.iter().map(|&m| graph.text_of(m).map(str::to_owned));
        labels.collect::<Option<_>>().unwrap_or_default()
    }

    /// The rate for which the model was made; -1 and the like mean any.
    fn sample_rate_hz(&mut self) -> Result<Option<u32>, ArchiveError> {
        let rate = |number: i64| u32::try_from(number).ok().filter(|&rate| rate > 0);
        match evaluate::answer(&mut self.program, self.root, "get_sample_rate")? {
            Some(Term::Int(number)) => return Ok(rate(number)),
            Some(Term::None) => return Ok(None),
            _ => {}
        }
        for name in ["sr", "sampling_rate"] {
            let Some(&id) = self.state.get(name) else { continue };
            let number = match self.program.graph.node(id) {
                Node::Int(number) => Some(*number),
                _ => match self.numbers(name)?.as_deref() {
                    Some(&[number]) => Some(number),
                    _ => None,
                },
            };
            if let Some(hz) = number.and_then(rate) {
                return Ok(Some(hz));
            }
        }
        Ok(None)
    }
}
