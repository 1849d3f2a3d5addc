//! From the object graph to the [`ModelSpec`]: what a host would learn by calling the loaded model.

use std::{
    collections::{HashMap, HashSet},
    io::{Read, Seek},
    rc::Rc,
};

use crate::{
    ArchiveError,
    budget::{self, Budget},
    container::Archive,
    evaluate::{self, Term},
    limits::{MOST_PICKLE_BYTES, NEWEST_FORMAT},
    pickle::{self, Graph, Node, NodeId},
    source::{Class, Program},
    tensor::{MOST_VALUES, Tensor},
};
use nn_model::{
    effect::ModelKind,
    spec::{AttributeSpec, MethodSpec, ModelSpec, SpecError},
};

const MOST_RECORD_BYTES: u64 = 64;
/// Names that a model may list.
const MOST_NAMES: u64 = 1 << 10;

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
    graph_within(entry, bytes, &Budget::unlimited())
}

/// The same, with no more opcodes than allowed.
fn graph_within<'a>(entry: &str, bytes: &'a [u8], budget: &Budget) -> Result<Graph<'a>, ArchiveError> {
    let graph = Graph::read_within(bytes, budget.opcodes()).map_err(|fault| match fault.what {
        pickle::TOO_LONG => ArchiveError::TakesLong,
        what => ArchiveError::Pickle { entry: entry.into(), offset: fault.offset, what },
    })?;
    budget.spend(graph.opcodes().saturating_mul(budget::OPCODE))?;
    Ok(graph)
}

/// Everything that the file says about the model; the first thing that is wrong is an error.
pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<ModelSpec, ArchiveError> {
    let format = format(archive)?;
    let bytes = archive.read("data.pkl", MOST_PICKLE_BYTES)?;
    let graph = graph_within("data.pkl", &bytes, &archive.budget)?;
    let mut faults = Vec::new();
    let spec = Module::of(archive, &graph)?.spec(format, &mut faults);
    faults.into_iter().next().map_or(Ok(spec), Err)
}

/// What came out well; the rest goes to `faults`.
pub(super) fn kept<T>(result: Result<T, ArchiveError>, faults: &mut Vec<ArchiveError>) -> Option<T> {
    result.map_err(|fault| faults.push(fault)).ok()
}

fn limit(what: impl FnOnce() -> String, found: usize, most: u64) -> Result<(), ArchiveError> {
    match found as u64 {
        found if found > most => Err(ArchiveError::Limit { what: what(), found, most }),
        _ => Ok(()),
    }
}

/// Names of methods without code, and the numbers that the module has for them.
type Announced = Vec<(String, Vec<i64>)>;

/// The top module.
pub(super) struct Module<'p, 'g, R> {
    pub(super) program: Program<'p, R>,
    root: NodeId,
    class: Rc<Class>,
    state: HashMap<&'g str, NodeId>,
}

impl<'g: 'p, 'p, R: Read + Seek> Module<'p, 'g, R> {
    /// The module that the graph of `data.pkl` is.
    pub(super) fn of(archive: &'p mut Archive<R>, graph: &'p Graph<'g>) -> Result<Self, ArchiveError> {
        let no_module = || ArchiveError::Damaged { entry: "data.pkl".into(), what: "it holds no module" };
        let root = graph.root();
        let mut state = HashMap::new();
        for &(key, value) in graph.state(root).ok_or_else(no_module)? {
            if let Some(name) = graph.text_of(key) {
                state.insert(name, graph.unwrapped(value));
            }
        }
        let mut program = Program::new(archive, graph);
        let class = program.class_of(root)?.ok_or_else(no_module)?;
        Ok(Self { program, root, class, state })
    }
}

impl<'g, R: Read + Seek> Module<'_, 'g, R> {
    /// Everything that the module says. What is wrong goes to `faults` and is left out.
    pub(super) fn spec(&mut self, format: u64, faults: &mut Vec<ArchiveError>) -> ModelSpec {
        let class = self.class.clone();
        let mut spec = ModelSpec {
            takes_sample_rate: class.method("set_sample_rate").is_some(),
            producer: Some(format!("torch (file format {format})")),
            ..ModelSpec::default()
        };
        spec.kind = kept(self.kind(), faults).unwrap_or_default();
        if spec.kind != ModelKind::Streaming {
            self.neutone(&mut spec, faults);
            return spec;
        }
        let marked = kept(self.marked(&class), faults).unwrap_or_default();
        let before = faults.len();
        let methods = self.methods(&class, &marked, faults);
        let (methods, announced) = kept(methods, faults).unwrap_or_default();
        spec.methods.extend(methods);
        for (name, params) in announced {
            spec.announce(&name, &params);
        }
        // Without a method because none is sound: that has been said.
        if spec.methods.is_empty() && faults.len() == before {
            let has = class.method_names().map(str::to_owned).collect();
            faults.push(SpecError::NoMethod { has }.into());
        }
        spec.attributes = kept(self.attributes(&class, &marked, faults), faults).unwrap_or_default();
        spec.sample_rate_hz = kept(self.sample_rate_hz(), faults).flatten();
        // No reason to refuse a model.
        spec.buffer_hints = self.buffer_hints().unwrap_or_default();
        if let Err(error) = spec.ratio_lcm() {
            faults.push(error.into());
        }
        spec
    }

    /// The methods, and the numbers of those that are only listed.
    fn methods(
        &mut self,
        class: &Class,
        marked: &[String],
        faults: &mut Vec<ArchiveError>,
    ) -> Result<(Vec<MethodSpec>, Announced), ArchiveError> {
        let names = self.listed("get_methods")?;
        let (mut methods, mut announced, mut seen) = (Vec::new(), Announced::new(), HashSet::new());
        for name in names.as_deref().unwrap_or(marked).iter().filter(|name| seen.insert(name.as_str())) {
            if class.method(name).is_some() {
                methods.extend(kept(self.method(name), faults).flatten());
            } else if names.is_some() {
                let params = self.numbers(&format!("{name}_params")).ok().flatten();
                announced.extend(params.map(|params| (name.clone(), params)));
            }
        }
        Ok((methods, announced))
    }

    fn method(&mut self, name: &str) -> Result<Option<MethodSpec>, ArchiveError> {
        let Some(params) = self.numbers(&format!("{name}_params"))? else { return Ok(None) };
        let mut method = MethodSpec::from_params(name, &params)?;
        // Labels may be those of another method: what counts is how many are made.
        let labels = (method.in_channels + method.out_channels) as u64;
        self.program.archive.budget.spend(labels * budget::LABEL)?;
        method.input_labels = self.labels(&format!("{name}_input_labels"), method.in_channels);
        method.output_labels = self.labels(&format!("{name}_output_labels"), method.out_channels);
        Ok(Some(method))
    }

    fn attributes(
        &mut self,
        class: &Class,
        marked: &[String],
        faults: &mut Vec<ArchiveError>,
    ) -> Result<Vec<AttributeSpec>, ArchiveError> {
        let names = self.listed("get_attributes")?;
        let mut attributes = Vec::new();
        for name in names.as_deref().unwrap_or(marked) {
            let has = |accessor: &str| class.method(&format!("{accessor}_{name}")).is_some();
            // Without a list, a method's numbers are no types, and what has no accessor cannot be reached. In a
            // list, `none` stands for "no attributes".
            let is_attribute = match names {
                Some(_) => name != "none",
                None => class.method(name).is_none() && (has("set") || has("get")),
            };
            if is_attribute {
                let codes = kept(self.numbers(&format!("{name}_params")), faults).flatten();
                let spec = codes.map(|codes| AttributeSpec::from_codes(name, &codes).map_err(Into::into));
                attributes.extend(spec.and_then(|spec| kept(spec, faults)));
            }
        }
        Ok(attributes)
    }

    /// What a method that lists names answers; `None` when it does not exist or cannot be followed.
    fn listed(&mut self, method: &str) -> Result<Option<Vec<String>>, ArchiveError> {
        let names = evaluate::answer(&mut self.program, self.root, method)?.and_then(|term| term.texts());
        limit(|| format!("names that {method} lists"), names.as_ref().map_or(0, Vec::len), MOST_NAMES)?;
        Ok(names)
    }

    /// The whole numbers of a tensor, a list or a constant that the module has.
    pub(super) fn numbers(&mut self, name: &str) -> Result<Option<Vec<i64>>, ArchiveError> {
        let graph = self.program.graph;
        let Some(&id) = self.state.get(name) else {
            return Ok(match evaluate::constant(&mut self.program, self.root, name)? {
                Some(Term::Int(number)) => Some(vec![number]),
                _ => None,
            });
        };
        match (Tensor::of(graph, id), graph.node(id)) {
            (Some(Ok(tensor)), _) => tensor.integers(self.program.archive).map(Some),
            (Some(Err(what)), _) => Err(ArchiveError::Damaged { entry: "data.pkl".into(), what }),
            (None, Node::Int(number)) => Ok(Some(vec![*number])),
            (None, Node::List(members)) => {
                limit(|| format!("values of {name}"), members.len(), MOST_VALUES)?;
                self.program.archive.budget.spend(members.len() as u64)?;
                Ok(members.iter().map(|&m| graph.int_of(m)).collect())
            }
            _ => Ok(None),
        }
    }

    /// What a method of the module answers; `None` when it has none or that cannot be told.
    pub(super) fn answer(&mut self, method: &str) -> Result<Option<Term>, ArchiveError> {
        evaluate::answer(&mut self.program, self.root, method)
    }

    /// The class of the module.
    pub(super) fn class(&self) -> Rc<Class> {
        self.class.clone()
    }

    /// A truth value that the module holds.
    pub(super) fn held_truth(&mut self, name: &str) -> Result<Option<bool>, ArchiveError> {
        let truth = match self.state.get(name) {
            Some(&id) => match self.program.graph.node(id) {
                Node::Bool(truth) => Some(*truth),
                _ => None,
            },
            None => match evaluate::constant(&mut self.program, self.root, name)? {
                Some(Term::Bool(truth)) => Some(truth),
                _ => None,
            },
        };
        Ok(truth)
    }

    /// What the module holds under a name.
    pub(super) fn held(&self, name: &str) -> Option<NodeId> {
        self.state.get(name).copied()
    }

    /// Every `X` for which the module has an `X_params`, in the order of the file.
    fn marked(&self, class: &Class) -> Result<Vec<String>, ArchiveError> {
        let graph = self.program.graph;
        let pairs = graph.state(self.root).unwrap_or_default();
        let names = pairs.iter().filter_map(|&(key, _)| graph.text_of(key)).chain(class.constant_names());
        let marked = names.filter_map(|name| name.strip_suffix("_params"));
        let marked: Vec<_> = marked.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        limit(|| "methods and attributes".into(), marked.len(), MOST_NAMES)?;
        Ok(marked)
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
        let answer = evaluate::answer(&mut self.program, self.root, "get_sample_rate")?;
        if let Some(Term::Int(number)) = answer {
            return Ok(rate(number));
        }
        for name in ["sr", "sampling_rate"] {
            let number = match self.state.get(name).map(|&id| self.program.graph.node(id)) {
                Some(Node::Float(number)) => Some(*number as i64),
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

#[cfg(test)]
mod tests {
    use std::{fs::File, path::Path};

    use super::read;
    use crate::{
        budget::{AT_ONCE, Budget},
        container::Archive,
    };

    /// Real exports have some ten times as much in them as the largest model here: so much room is left to all.
    #[test]
    fn models_take_a_small_part_of_what_is_allowed_at_once() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
        let paths = folder.read_dir().expect("the models").map(|entry| entry.expect("a file").path());
        let mut most = 0;
        for path in paths.filter(|path| path.extension().is_some_and(|extension| extension == "ts")) {
            let file = File::open(&path).expect("a model");
            let mut archive = Archive::within(file, Budget::at_once()).expect("an archive");
            read(&mut archive).expect("a description");
            let spent = archive.budget.spent();
            assert!(spent < AT_ONCE / 16, "{path:?} takes {spent} of {AT_ONCE}");
            most = most.max(spent);
        }
        assert!(most > 10_000, "what is done is counted: {most}");
    }
}
