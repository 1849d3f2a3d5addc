//! What a script says of itself, read from its text.

mod lines;
mod literal;

use lines::{Line, logical_lines};
use literal::{Literal, literal};
use nn_model::{
    spec::{AttributeSpec, MethodSpec, ModelSpec, SpecError},
    value::{Value, ValueType},
};

/// How the name of a function ends that takes sound in another form than lists.
const FORMS: [&str; 3] = ["_npy", "_numpy", "_torch"];
/// The function that needs no further mark to be a method.
const PROCESS: &str = "process";
/// The class of which each box makes objects.
const EFFECT: &str = "Effect";
/// The largest text that is read, in bytes.
pub const MOST_BYTES: u64 = 4 << 20;

/// A script, as far as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// What boxes know of it.
    pub spec: ModelSpec,
    /// The name of the function behind each method.
    pub functions: Vec<String>,
    /// What the attributes are in the text, in their order.
    pub values: Vec<Value>,
    /// Whether its class `Effect` is what plays.
    pub is_class: bool,
}

/// One assignment or function of the script or of its class `Effect`.
struct Found {
    functions: Vec<(String, Vec<String>)>,
    values: Vec<(String, Literal)>,
}

/// Reads a text.
///
/// # Errors
/// When it has no function that could play, or numbers that no box can have.
pub fn outline(text: &str) -> Result<Outline, SpecError> {
    let lines = logical_lines(text);
    let outer = found(lines.iter().filter(|line| line.indent == 0));
    let inner = found(inside_effect(&lines).into_iter());
    let is_class = !inner.functions.is_empty();
    let of = |name: &str| {
        let in_class = inner.values.iter().rev().find(|(own, _)| own == name);
        in_class.or_else(|| outer.values.iter().rev().find(|(own, _)| own == name)).map(|(_, value)| value)
    };
    let spec = ModelSpec { takes_sample_rate: true, plays_midi: true, ..ModelSpec::default() };
    let mut outline = Outline { spec, is_class, ..Outline::default() };
    for (name, parameters) in if is_class { &inner.functions } else { &outer.functions } {
        let method = without_form(name);
        let params = of(&format!("{method}_params"));
        let is_method = method == PROCESS
            || params.is_some()
            || parameters.iter().map(String::as_str).eq(["midi", "audio"]);
        if !is_method || name.starts_with('_') || outline.spec.method(method).is_some() {
            continue;
        }
        let numbers = match params {
            Some(literal) => literal.whole_numbers().unwrap_or_default(),
            None => {
                let number = |name: &str, usual| of(name).and_then(Literal::whole_number).unwrap_or(usual);
                let usual = usual_channels(text);
                vec![
                    number("inlets", usual),
                    number("in_ratio", 1),
                    number("outlets", usual),
                    number("out_ratio", 1),
                ]
            }
        };
        outline.spec.methods.push(MethodSpec::from_params(method, &numbers)?);
        outline.functions.push(name.clone());
    }
    if outline.spec.methods.is_empty() {
        let has = outer.functions.iter().map(|(name, _)| name.clone()).collect();
        return Err(SpecError::NoMethod { has });
    }
    for (name, literal) in outer.values.into_iter().chain(inner.values) {
        add_attribute(&mut outline, name, &literal);
    }
    Ok(outline)
}

/// Inlets and outlets of a script that names none: those that PyPhonic has, for which it was written, or one.
fn usual_channels(text: &str) -> i64 {
    let imports = |line: &str| line.starts_with("import pyphonic") || line.starts_with("from pyphonic");
    if text.lines().any(imports) { 2 } else { 1 }
}

fn add_attribute(outline: &mut Outline, name: String, literal: &Literal) {
    let is_description =
        ["inlets", "outlets", "in_ratio", "out_ratio"].contains(&name.as_str()) || name.ends_with("_params");
    let Some((value_type, value)) = literal.value().filter(|_| !is_description && !name.starts_with('_'))
    else {
        return;
    };
    if let Some(at) = outline.spec.attributes.iter().position(|attribute| attribute.name == name) {
        // The last assignment counts.
        outline.spec.attributes[at].types = vec![value_type];
        outline.values[at] = value;
        return;
    }
    outline.spec.attributes.push(AttributeSpec { name, types: vec![value_type] });
    outline.values.push(value);
}

/// The name of a method: that of its function without what says how it takes sound.
fn without_form(name: &str) -> &str {
    FORMS.iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name)
}

/// The lines directly inside the class `Effect`.
fn inside_effect(lines: &[Line]) -> Vec<&Line> {
    let begins = |line: &Line| {
        line.indent == 0
            && line
                .text
                .strip_prefix("class ")
                .is_some_and(|rest| rest.trim_start().split(['(', ':', ' ']).next() == Some(EFFECT))
    };
    let Some(at) = lines.iter().rposition(begins) else { return Vec::new() };
    let body = lines[at + 1..].iter().take_while(|line| line.indent > 0);
    let indent = lines.get(at + 1).map_or(0, |line| line.indent);
    body.filter(|line| line.indent == indent).collect()
}

/// Functions and values, in the order of the text.
fn found<'a>(lines: impl Iterator<Item = &'a Line>) -> Found {
    let mut found = Found { functions: Vec::new(), values: Vec::new() };
    for line in lines {
        let text = line.text.strip_prefix("async ").unwrap_or(&line.text);
        if let Some(rest) = text.strip_prefix("def ") {
            if let Some((name, rest)) = rest.split_once('(') {
                let inside = rest.split_once(')').map_or(rest, |(inside, _)| inside);
                let parameters = inside
                    .split(',')
                    .map(|word| word.split([':', '=']).next().unwrap_or_default().trim().to_owned());
                let parameters = parameters.filter(|word| !word.is_empty() && word != "self").collect();
                found.functions.push((name.trim().to_owned(), parameters));
            }
            continue;
        }
        found.values.extend(assigned(text));
    }
    found
}

/// What a line assigns, where it is written out: `a = 1`, `a: float = 1`, `a = b = 1`, `a, b = 1, 2`.
fn assigned(text: &str) -> Vec<(String, Literal)> {
    let mut parts: Vec<&str> = text.split('=').map(str::trim).collect();
    let Some(last) = parts.pop().filter(|_| !parts.is_empty()) else { return Vec::new() };
    // A comparison, or an assignment that reckons.
    if parts.iter().any(|part| part.is_empty() || part.ends_with(|c: char| "+-*/%<>!|&^@~".contains(c))) {
        return Vec::new();
    }
    let Some(value) = literal(last) else { return Vec::new() };
    let mut all = Vec::new();
    for target in parts {
        let target = target.trim_matches(['(', ')']);
        let names: Vec<&str> = target.split(',').map(str::trim).collect();
        match (&names[..], &value) {
            ([name], value) => {
                let name = name.split(':').next().unwrap_or_default().trim();
                all.push((name.to_owned(), value.clone()));
            }
            (names, Literal::List(items)) if names.len() == items.len() => {
                all.extend(names.iter().map(|name| (*name).to_owned()).zip(items.iter().cloned()));
            }
            _ => {}
        }
    }
    all.retain(|(name, _)| is_name(name));
    all
}

fn is_name(text: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    text.chars().all(letter) && text.chars().next().is_some_and(|c| !c.is_numeric())
}

impl Literal {
    /// As an attribute has it.
    fn value(&self) -> Option<(ValueType, Value)> {
        Some(match self {
            Self::Bool(truth) => (ValueType::Bool, Value::Bool(*truth)),
            Self::Int(number) => (ValueType::Int, Value::Int(*number)),
            Self::Float(number) => (ValueType::Float, Value::Float(*number)),
            Self::Text(text) => (ValueType::String, Value::String(text.clone())),
            Self::List(items) => {
                let numbers = items.iter().map(Self::number).collect::<Option<Vec<_>>>()?;
                (ValueType::Tensor, Value::Tensor(numbers.into_iter().map(|number| number as f32).collect()))
            }
        })
    }

    fn number(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    fn whole_number(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    fn whole_numbers(&self) -> Option<Vec<i64>> {
        let Self::List(items) = self else { return None };
        items.iter().map(Self::whole_number).collect()
    }
}

#[cfg(test)]
mod tests;
