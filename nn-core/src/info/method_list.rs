//! A description as an entry of the list that classes of SuperCollider read: what a UGen's shape depends on.
//!
//! Thread: any but audio.

use std::{fmt::Write, path::Path};

use nn_model::{
    Description,
    shown::{self, escaped_yaml, plain},
    spec::{AttributeSpec, MethodSpec},
};

/// One entry of a YAML list: the model's number, where it is, its methods and attributes in the order in which it lists them.
/// Entries of several models, one after the other, are a list.
///
/// Texts of the file are quoted, and what is not seen in them is escaped; labels and the problem are lines to be read, names and
/// the path are kept as they are.
///
/// Thread: any but audio.
pub fn method_list(index: i64, path: &Path, description: &Description) -> String {
    let spec = &description.spec;
    let mut text = format!(
        "- idx: {index}\n  modelPath: {}\n  minBufferSize: {}\n  sampleRate: {}\n",
        quoted(&shown::path(path)),
        spec.largest_ratio(),
        spec.sample_rate_hz.unwrap_or(0),
    );
    below(&mut text, "methods", spec.methods.iter().map(method));
    below(&mut text, "attributes", spec.attributes.iter().map(|attribute| quoted(&attribute.name)));
    below(&mut text, "attributeTypes", spec.attributes.iter().map(types));
    // A text can be written.
    let _written = writeln!(text, "  problem: {}", quoted(&plain(&description.problems.join("; "))));
    text
}

/// A key and its list.
fn below(text: &mut String, key: &str, values: impl Iterator<Item = String>) {
    let items: String = values.map(|value| format!("    - {value}\n")).collect();
    let end = if items.is_empty() { " []" } else { "" };
    let _written = write!(text, "  {key}:{end}\n{items}");
}

fn method(method: &MethodSpec) -> String {
    let labels = |labels: &[String]| {
        let labels: Vec<_> = labels.iter().map(|label| quoted(&plain(label))).collect();
        format!("[{}]", labels.join(", "))
    };
    [
        format!("name: {}", quoted(&method.name)),
        format!("inDim: {}", method.in_channels),
        format!("inRatio: {}", method.in_ratio),
        format!("outDim: {}", method.out_channels),
        format!("outRatio: {}", method.out_ratio),
        format!("inLabels: {}", labels(&method.input_labels)),
        format!("outLabels: {}", labels(&method.output_labels)),
    ]
    .join("\n      ")
}

fn types(attribute: &AttributeSpec) -> String {
    let types: Vec<_> = attribute.types.iter().map(|one| one.name()).collect();
    format!("[{}]", types.join(", "))
}

/// In double quotes, where YAML has all of JSON's escapes.
fn quoted(text: &str) -> String {
    escaped_yaml(&serde_json::Value::from(text).to_string())
}
