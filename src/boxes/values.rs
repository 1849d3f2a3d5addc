//! What the attributes of a model hold when it is loaded, and which words they take.

use std::time::Duration;

use nn_core::{
    formats::FORMATS,
    message::{Atom, Event, text},
    model::{AttributeError, Model, ModelLocation, ModelSource},
    offline::Player,
    spec::AttributeSpec,
    value::{Value, ValueType},
};
use serde::{Deserialize, Serialize};

use super::{choose::Chosen, start::without_name};

/// An answer is a matter of moments.
const PATIENCE: Duration = Duration::from_secs(10);
/// No model takes this word, or nothing is lost if it does: the copy is thrown away.
const NO_WORD: &str = "?";
/// Before the words in a refusal.
const NAMES: &str = "its code names ";

/// What is known of one attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributeValue {
    /// Its name.
    pub attribute: String,
    /// What a box answers to `get` before anything was set; or why it does not.
    pub value: Result<String, String>,
    /// The words that its setter knows, where it refuses others.
    pub words: Option<String>,
}

impl AttributeValue {
    /// The same with other texts, as a page shows them.
    pub fn shown(&self, text: impl Fn(&str) -> String) -> Self {
        Self {
            attribute: self.attribute.clone(),
            value: self.value.as_deref().map(&text).map_err(|line| text(line)),
            words: self.words.as_deref().map(&text),
        }
    }
}

/// Asks a box that is ready, and copies of the model.
pub fn attribute_values(player: &mut Player, model: &Chosen) -> Vec<AttributeValue> {
    let attributes = &model.spec.attributes;
    let has_words = attributes.iter().any(|attribute| attribute.types == [ValueType::String]);
    // The box has it loaded: this one shares its weights.
    let loaded = has_words.then(|| FORMATS.load(&ModelLocation::from(&model.path)).ok()).flatten();
    let held = |attribute: &AttributeSpec| AttributeValue {
        attribute: attribute.name.clone(),
        value: value(player, &attribute.name),
        words: loaded.as_deref().and_then(|loaded| words(loaded, attribute)),
    };
    attributes.iter().map(held).collect()
}

/// The answer to `get`.
fn value(player: &mut Player, name: &str) -> Result<String, String> {
    drop(player.take_events());
    player.send("get", &[Atom::symbol(name)]);
    let waited = player.until(PATIENCE, |player| !player.object.pending());
    waited.map_err(|_| "it does not answer".to_owned())?;
    let answer = player.take_events().into_iter().find_map(|event| match event {
        Event::Info { selector, atoms } if selector == name => Some(Ok(text(&atoms))),
        Event::Error(line) => Some(Err(without_name(&line).to_owned())),
        _ => None,
    });
    answer.unwrap_or_else(|| Err("it does not answer".into()))
}

/// The words that a setter of one word knows.
fn words(loaded: &dyn Model, attribute: &AttributeSpec) -> Option<String> {
    if attribute.types != [ValueType::String] {
        return None;
    }
    let mut copy = loaded.fork().ok()?;
    let index = copy.spec().attributes.iter().position(|other| other.name == attribute.name)?;
    match copy.set(index, &[Value::String(NO_WORD.into())]) {
        Err(AttributeError::Refused { allowed, .. }) => Some(allowed.strip_prefix(NAMES)?.to_owned()),
        _ => None,
    }
}
