//! The classes in the TorchScript source of an archive: which methods they have, and the text of each.

use std::{
    collections::HashMap,
    io::{Read, Seek},
    rc::Rc,
};

use crate::{
    ArchiveError, budget,
    container::Archive,
    pickle::{Graph, Node, NodeId},
};

/// The source of one class is some ten kilobytes.
const MOST_SOURCE_BYTES: u64 = 1 << 23;
/// A source is read once for each of its classes that is asked for: this much in all.
const MOST_READ_BYTES: u64 = 1 << 28;

/// One class as its source says it.
#[derive(Debug, Default)]
pub(super) struct Class {
    /// Names and texts (from `def` on) of its methods, in order.
    methods: Members,
    /// Names and texts of its constants (`name : Final[type] = text`), in order.
    constants: Members,
}

/// Texts by name, in the order of the source; the first of a name counts.
#[derive(Debug, Default)]
struct Members {
    texts: Vec<(String, String)>,
    index: HashMap<String, usize>,
}

impl Members {
    fn push(&mut self, name: &str, text: &str) {
        self.index.entry(name.to_owned()).or_insert(self.texts.len());
        self.texts.push((name.to_owned(), text.to_owned()));
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.index.get(name).map(|&i| self.texts[i].1.as_str())
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|(name, _)| name.as_str())
    }
}

impl Class {
    /// The names of all methods in order.
    pub(super) fn method_names(&self) -> impl Iterator<Item = &str> {
        self.methods.names()
    }

    /// The text of a method.
    pub(super) fn method(&self, name: &str) -> Option<&str> {
        self.methods.get(name)
    }

    /// The names of all constants in order.
    pub(super) fn constant_names(&self) -> impl Iterator<Item = &str> {
        self.constants.names()
    }

    /// The text of a constant.
    pub(super) fn constant(&self, name: &str) -> Option<&str> {
        self.constants.get(name)
    }

    /// Finds a class in a source file. TorchScript indents by two spaces and never breaks a string.
    fn parse(source: &str, name: &str) -> Option<Self> {
        let is_head = |line: &str| {
            line.strip_prefix("class ")
                .and_then(|rest| rest.strip_prefix(name))
                .is_some_and(|rest| rest.starts_with(['(', ':']))
        };
        let mut lines = source.lines().skip_while(|line| !is_head(line));
        lines.next()?;
        let mut class = Self::default();
        let mut in_method = false;
        for line in lines.take_while(|line| line.is_empty() || line.starts_with(' ')) {
            if let Some(member) = line.strip_prefix("  ").filter(|m| !m.starts_with(' ')) {
                let method = member.strip_prefix("def ").and_then(|m| m.split_once('('));
                in_method = method.is_some();
                if let Some((method, _)) = method {
                    class.methods.push(method.trim(), "");
                } else if let Some((name, text)) = constant(member) {
                    class.constants.push(name, text);
                }
            }
            if let Some((_, text)) = class.methods.texts.last_mut().filter(|_| in_method) {
                text.push_str(line);
                text.push('\n');
            }
        }
        Some(class)
    }
}

/// `name : Final[type] = text`.
fn constant(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once(':')?;
    let (_type, text) = rest.trim_start().strip_prefix("Final[")?.split_once(" = ")?;
    Some((name.trim(), text))
}

/// The object graph together with the source of its classes, read when asked for.
pub(super) struct Program<'a, R> {
    pub(super) archive: &'a mut Archive<R>,
    pub(super) graph: &'a Graph<'a>,
    classes: HashMap<NodeId, Option<Rc<Class>>>,
    read_bytes: u64,
}

impl<'a, R: Read + Seek> Program<'a, R> {
    /// Nothing is read yet.
    pub(super) fn new(archive: &'a mut Archive<R>, graph: &'a Graph<'a>) -> Self {
        Self { archive, graph, classes: HashMap::new(), read_bytes: 0 }
    }

    /// The class of an object; `None` when it is no object of a class with source.
    pub(super) fn class_of(&mut self, object: NodeId) -> Result<Option<Rc<Class>>, ArchiveError> {
        let Node::Call { function, .. } = *self.graph.node(object) else { return Ok(None) };
        if let Some(known) = self.classes.get(&function) {
            return Ok(known.clone());
        }
        let Some((module, name)) = self.graph.global(function).filter(|(m, _)| m.starts_with("__torch__"))
        else {
            return Ok(None);
        };
        let entry = format!("code/{}.py", module.replace('.', "/"));
        let source = self.archive.read(&entry, MOST_SOURCE_BYTES)?;
        self.read_bytes += source.len() as u64;
        if self.read_bytes > MOST_READ_BYTES {
            let what = "bytes of source with all classes in it".into();
            return Err(ArchiveError::Limit { what, found: self.read_bytes, most: MOST_READ_BYTES });
        }
        // Looking for the class costs as much again.
        self.archive.budget.spend(budget::bytes(source.len() as u64))?;
        let source = String::from_utf8_lossy(&source);
        let class = Class::parse(&source, name).map(Rc::new);
        self.classes.insert(function, class.clone());
        Ok(class)
    }

    /// What the state of an object holds under a name. A later pair wins, as in libtorch.
    pub(super) fn attribute(&self, object: NodeId, name: &str) -> Option<NodeId> {
        let pairs = self.graph.state(object)?;
        let (_, value) = pairs.iter().rev().find(|(key, _)| self.graph.text_of(*key) == Some(name))?;
        Some(self.graph.unwrapped(*value))
    }
}

#[cfg(test)]
mod tests {
    use super::Class;

    const SOURCE: &str = "class Other(Module):\n  def forward(self) -> int:\n    return 1\n\
        class Model(Module):\n  __buffers__ = []\n  sr : int\n  rate : Final[int] = 44100\n\
        \x20 def forward(self: __torch__.Model,\n    x: Tensor) -> Tensor:\n    return x\n\
        \x20 def get_methods(self) -> List[str]:\n    return [\"def x(\"]\n\
        class ModelBelow(Module):\n  def below(self) -> int:\n    return 1\n";

    #[test]
    fn a_class_has_its_own_methods_and_constants() {
        let class = Class::parse(SOURCE, "Model").expect("the class is there");
        assert_eq!(class.method_names().collect::<Vec<_>>(), ["forward", "get_methods"]);
        assert_eq!(class.constant("rate"), Some("44100"));
        assert_eq!(class.constant("sr"), None);
        assert!(class.method("forward").is_some_and(|text| text.ends_with("return x\n")));
    }

    #[test]
    fn a_class_that_is_not_there_is_none() {
        assert!(Class::parse(SOURCE, "Mod").is_none());
    }
}
