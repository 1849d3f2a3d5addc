//! The parameters of a generator: what they are set to, and how they become an order.
//!
//! Thread: any but audio.

use super::{error::SettingError, sounds::Sounds, whole::Order};
use crate::{
    attribute::given,
    effect::{Parameter, ParameterKind},
    shown::shortened,
    spec::ModelSpec,
    value::{SoundBuffer, Value},
};

/// How many names or labels an error lists.
const MOST_LISTED: usize = 12;
/// How much of a text an error repeats.
const MOST_SHOWN: usize = 60;

/// What one parameter is set to.
#[derive(Clone, Debug, PartialEq)]
enum Setting {
    /// 0 to 1.
    Number(f64),
    Text(String),
    Tokens(Vec<i64>),
}

/// What all parameters of a generator are set to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The sounds of the model that they are for.
    sounds: Sounds,
    parameters: Vec<Parameter>,
    settings: Vec<Setting>,
}

impl Settings {
    /// As the file says.
    pub fn new(spec: &ModelSpec) -> Self {
        let (mut texts, mut tokens) = (spec.sounds.texts.iter(), spec.sounds.tokens.iter());
        let settings = spec.parameters.iter().map(|parameter| match &parameter.kind {
            ParameterKind::Continuous { .. } => Setting::Number(parameter.default_value),
            ParameterKind::Choice { labels } => Setting::Number(part(parameter.default_value, labels.len())),
            ParameterKind::Text { .. } => Setting::Text(texts.next().cloned().unwrap_or_default()),
            ParameterKind::Tokens { .. } => Setting::Tokens(tokens.next().cloned().unwrap_or_default()),
        });
        Self {
            settings: settings.collect(),
            sounds: spec.sounds.clone(),
            parameters: spec.parameters.clone(),
        }
    }

    /// Sets the parameter of a name or key. A number is from 0 to 1; a choice takes a label or its place from 0; words are
    /// joined with spaces; tokens are whole numbers.
    ///
    /// # Errors
    /// There is none of that name, or it takes something else.
    pub fn set(&mut self, name: &str, values: &[Value]) -> Result<(), SettingError> {
        let at = self.find(name)?;
        let parameter = &self.parameters[at];
        self.settings[at] = setting(parameter, values).ok_or_else(|| SettingError::Refused {
            name: parameter.attribute.clone(),
            wanted: wanted(&parameter.kind),
            found: given(values),
        })?;
        Ok(())
    }

    /// What a parameter is set to, as it would be typed.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn get(&self, name: &str) -> Result<Vec<Value>, SettingError> {
        let at = self.find(name)?;
        Ok(match (&self.settings[at], &self.parameters[at].kind) {
            (Setting::Number(number), ParameterKind::Choice { labels }) => {
                let place = (number * labels.len().saturating_sub(1) as f64).round() as usize;
                vec![labels.get(place).map_or(Value::Float(*number), |label| Value::String(label.clone()))]
            }
            (Setting::Number(number), _) => vec![Value::Float(*number)],
            (Setting::Text(text), _) => vec![Value::String(text.clone())],
            (Setting::Tokens(tokens), _) => tokens.iter().map(|&token| Value::Int(token)).collect(),
        })
    }

    /// Whether they are of a model with these sounds and parameters.
    pub fn are_of(&self, spec: &ModelSpec) -> bool {
        (&self.sounds, &self.parameters) == (&spec.sounds, &spec.parameters)
    }

    /// Whether there is a parameter of that name or key.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_ok()
    }

    /// The order for these sounds, which have the rate of the order; `frames` is how long to play where there are none.
    pub fn order(&self, rate_hz: u32, sounds: Vec<SoundBuffer>, frames: usize) -> Order {
        let first = sounds.first().map(|sound| sound.samples.len() / sound.channels.max(1));
        let mut order = Order { rate_hz, frames: first.unwrap_or(frames).max(1), sounds, ..Order::default() };
        for setting in &self.settings {
            match setting {
                Setting::Number(number) => order.numbers.push(*number as f32),
                Setting::Text(text) => order.texts.push(text.clone()),
                Setting::Tokens(tokens) => order.tokens.push(tokens.clone()),
            }
        }
        order
    }

    fn find(&self, name: &str) -> Result<usize, SettingError> {
        let plain = crate::effect::attribute_name(name);
        let is = |parameter: &Parameter| {
            parameter.attribute == name || parameter.attribute == plain || parameter.key == name
        };
        self.parameters.iter().position(is).ok_or_else(|| {
            let names = listed(self.parameters.iter().map(|parameter| parameter.attribute.as_str()));
            let has = if names.is_empty() { ": it has none".into() } else { format!(": it has {names}") };
            SettingError::Unknown { name: shortened(name, MOST_SHOWN), has }
        })
    }
}

/// A place among several as a number from 0 to 1.
fn part(place: f64, of: usize) -> f64 {
    if of > 1 { place / (of - 1) as f64 } else { 0.0 }
}

fn number(value: &Value) -> Option<f64> {
    match *value {
        Value::Float(number) => Some(number),
        Value::Int(number) => Some(number as f64),
        _ => None,
    }
}

/// What a parameter is set to by these values; `None` where it does not take them.
fn setting(parameter: &Parameter, values: &[Value]) -> Option<Setting> {
    match &parameter.kind {
        ParameterKind::Continuous { .. } => {
            let [value] = values else { return None };
            number(value).filter(|number| (0.0..=1.0).contains(number)).map(Setting::Number)
        }
        ParameterKind::Choice { labels } => {
            let place = place(labels, values)?;
            Some(Setting::Number(part(place as f64, labels.len())))
        }
        &ParameterKind::Text { most_characters } => {
            let text = joined(values)?;
            let fits = most_characters == 0 || text.chars().count() <= most_characters;
            fits.then_some(Setting::Text(text))
        }
        &ParameterKind::Tokens { most_tokens } => {
            let whole = |value: &Value| match *value {
                Value::Int(number) => Some(number),
                Value::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some(number as i64),
                _ => None,
            };
            let tokens = values.iter().map(whole).collect::<Option<Vec<_>>>()?;
            (most_tokens == 0 || tokens.len() <= most_tokens).then_some(Setting::Tokens(tokens))
        }
    }
}

/// Which label is meant: by itself, in any letters, or by its place. Labels of several words come as several.
fn place(labels: &[String], values: &[Value]) -> Option<usize> {
    let text = joined(values)?;
    let named = labels.iter().position(|label| *label == text);
    let named = named.or_else(|| labels.iter().position(|label| label.to_lowercase() == text.to_lowercase()));
    named.or_else(|| {
        let [value] = values else { return None };
        let place = number(value).filter(|number| number.fract() == 0.0 && *number >= 0.0)? as usize;
        (place < labels.len()).then_some(place)
    })
}

/// Words and numbers as one text.
fn joined(values: &[Value]) -> Option<String> {
    let word = |value: &Value| match value {
        Value::String(word) => Some(word.clone()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        _ => None,
    };
    Some(values.iter().map(word).collect::<Option<Vec<_>>>()?.join(" "))
}

/// What a parameter takes, for users.
fn wanted(kind: &ParameterKind) -> String {
    match kind {
        ParameterKind::Continuous { .. } => "a number from 0 to 1".into(),
        ParameterKind::Choice { labels } => {
            format!("one of {}", listed(labels.iter().map(String::as_str)))
        }
        ParameterKind::Text { most_characters: 0 } => "words".into(),
        ParameterKind::Text { most_characters } => format!("words of {most_characters} characters at most"),
        ParameterKind::Tokens { most_tokens: 0 } => "whole numbers".into(),
        ParameterKind::Tokens { most_tokens } => format!("up to {most_tokens} whole numbers"),
    }
}

fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(MOST_LISTED);
    let text = names.take(MOST_LISTED).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{text} and {more} more") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::whole::check_made;

    fn parameter(key: &str, name: &str, default_value: f64, kind: ParameterKind) -> Parameter {
        let (name, attribute) = (name.to_owned(), crate::effect::attribute_name(name));
        Parameter { key: key.into(), name, attribute, description: String::new(), default_value, kind }
    }

    fn spec() -> ModelSpec {
        let labels = ["slow", "fast", "very fast"].map(String::from).to_vec();
        ModelSpec {
            parameters: vec![
                parameter("p1", "Amount", 0.25, ParameterKind::Continuous { min: 2.0, max: 6.0 }),
                parameter("p2", "Pace", 2.0, ParameterKind::Choice { labels }),
                parameter("p3", "Prompt", 0.0, ParameterKind::Text { most_characters: 12 }),
                parameter("p4", "Keys", 0.0, ParameterKind::Tokens { most_tokens: 3 }),
            ],
            sounds: Sounds { texts: vec!["a b".into()], tokens: vec![vec![7]], ..Sounds::default() },
            ..ModelSpec::default()
        }
    }

    fn words(words: &[&str]) -> Vec<Value> {
        words.iter().map(|&word| Value::String(word.into())).collect()
    }

    #[test]
    fn an_order_begins_as_the_file_says() {
        let order = Settings::new(&spec()).order(44_100, Vec::new(), 10);
        assert_eq!((&order.numbers[..], order.frames), (&[0.25, 1.0][..], 10));
        assert_eq!((order.texts, order.tokens), (vec!["a b".to_owned()], vec![vec![7]]));
    }

    #[test]
    fn parameters_take_numbers_labels_words_and_lists() {
        let mut settings = Settings::new(&spec());
        settings.set("amount", &[Value::Float(0.5)]).expect("a number");
        settings.set("PACE", &words(&["very", "fast"])).expect("a label of two words");
        assert_eq!(settings.get("pace").expect("a choice"), words(&["very fast"]));
        settings.set("pace", &[Value::Int(1)]).expect("a place");
        let mixed = [words(&["some", "words"]), vec![Value::Int(9)]].concat();
        settings.set("p3", &mixed).expect("words");
        settings.set("keys", &[Value::Float(60.0), Value::Int(-1)]).expect("tokens");
        let order = settings.order(48_000, Vec::new(), 0);
        assert_eq!((&order.numbers[..], order.frames), (&[0.5, 0.5][..], 1));
        assert_eq!((&order.texts[0][..], &order.tokens[0][..]), ("some words 9", &[60, -1][..]));
    }

    #[test]
    fn what_a_parameter_does_not_take_is_said_and_changes_nothing() {
        let mut settings = Settings::new(&spec());
        for (name, values, line) in [
            ("amount", vec![Value::Float(1.5)], "amount takes a number from 0 to 1, not 1.5"),
            ("amount", vec![], "amount takes a number from 0 to 1, not nothing"),
            ("pace", words(&["slower"]), "pace takes one of slow, fast, very fast, not the word slower"),
            ("pace", vec![Value::Int(3)], "pace takes one of slow, fast, very fast, not 3"),
            (
                "prompt",
                words(&["1234567890", "12"]),
                "prompt takes words of 12 characters at most, not the word 1234567890, the word 12",
            ),
            ("keys", vec![Value::Float(0.5)], "keys takes up to 3 whole numbers, not 0.5"),
            ("keys", vec![Value::Int(1); 4], "keys takes up to 3 whole numbers, not 1, 1, 1, 1"),
            ("other", vec![], "there is no parameter 'other': it has amount, pace, prompt, keys"),
        ] {
            assert_eq!(settings.set(name, &values).expect_err(name).to_string(), line);
        }
        assert_eq!(settings, Settings::new(&spec()));
    }

    #[test]
    fn what_a_model_makes_is_held_against_its_file() {
        use crate::generator::{error::GenerateError, sounds::SoundSpec};
        let outputs = vec![SoundSpec { label: String::new(), channels: 2 }];
        let spec = ModelSpec { sounds: Sounds { outputs, ..Sounds::default() }, ..ModelSpec::default() };
        let sound =
            |channels, samples: &[f32]| SoundBuffer { channels, samples: samples.into(), sample_rate_hz: 1 };
        let check = |made: &[SoundBuffer]| check_made(&spec, made);
        assert_eq!(check(&[sound(2, &[0.0; 4])]), Ok(()));
        assert_eq!(check(&[]), Err(GenerateError::Count { found: 0, promised: 1 }));
        assert_eq!(
            check(&[sound(1, &[0.0])]),
            Err(GenerateError::Channels { number: 1, found: 1, promised: 2 })
        );
        assert_eq!(check(&[sound(2, &[])]), Err(GenerateError::Empty { number: 1 }));
        let wrong = check(&[sound(2, &[0.0, 0.0, 0.0, f32::NAN])]);
        assert_eq!(wrong, Err(GenerateError::NotFinite { number: 1, frame: 1 }));
    }
}
