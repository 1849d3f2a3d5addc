//! A description as keys and values, with the names of the keys.
//!
//! Thread: any but audio.

use nn_model::{
    Description, Operators, State,
    shown::plain,
    spec::{AttributeSpec, MethodSpec},
};

use super::{
    Tree,
    told::{self, shown},
};

impl Tree {
    /// Keys and values of a description, which `nn.info` sends as a dictionary or lists, and writes. Unknown ones are
    /// left out.
    pub fn of(description: &Description) -> Self {
        let spec = &description.spec;
        let named = |name: &str, tree| (name.to_owned(), tree);
        let mut entries = vec![
            named("path", Self::text(description.location.to_string())),
            named("runnable", Self::Flag(description.problems.is_empty())),
            named("problems", shown(&description.problems)),
            named("methods", Self::Map(spec.methods.iter().map(|m| named(&m.name, method(m))).collect())),
            named(
                "attributes",
                Self::Map(spec.attributes.iter().map(|a| named(&a.name, attribute(a))).collect()),
            ),
        ];
        let mut add = |name: &str, value: Option<Self>| entries.extend(value.map(|tree| named(name, tree)));
        if !spec.methods.is_empty() {
            // Models state -1 for "any rate".
            add("rate", Some(Self::Number(spec.sample_rate_hz.map_or(-1, i64::from))));
            add("takes_rate", Some(Self::Flag(spec.takes_sample_rate)));
        }
        add("block", description.block_frames().map(|frames| Self::count(frames as u64)));
        let hints =
            spec.buffer_hints.iter().map(|(name, n)| named(name, Self::count(*n as u64))).collect::<Vec<_>>();
        add("buffer_hints", (!hints.is_empty()).then_some(Self::Map(hints)));
        add("streaming", description.state.map(|state| Self::Flag(state.streams)));
        let state = |state: State| {
            Self::Map(vec![
                named("values", Self::count(state.values)),
                named("bytes", Self::count(state.bytes)),
            ])
        };
        add("state", description.state.map(state));
        add("producer", spec.producer.as_deref().map(|text| Self::text(plain(text))));
        add("format", description.format.map(Self::count));
        add("file_bytes", description.file_bytes.map(Self::count));
        add("tensor_bytes", description.tensor_bytes.map(Self::count));
        add("operators", description.operators.as_ref().map(operators));
        if let Some((name, facts)) = &description.player {
            let facts = facts.iter().map(|(key, text)| named(key, Self::text(plain(text)))).collect();
            entries.push(named(name, Self::Map(facts)));
        }
        let about = description.about.iter().flat_map(told::about);
        entries.extend(told::playing(spec).into_iter().chain(about).map(|(name, tree)| named(name, tree)));
        Self::Map(entries)
    }
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
