//! From the metadata to what people read.

use serde_json::Value;

use nn_model::{About, shown::shortened};

use super::{metadata::Metadata, names::NAME};

/// Characters of a name, a tag or an address, and of a text.
const MOST_NAME_CHARACTERS: usize = 200;
const MOST_TEXT_CHARACTERS: usize = 10_000;
/// Authors, tags, links. The SDK allows seven at most.
const MOST_MEMBERS: usize = 64;

/// What the metadata tells; `None` if it is nothing. The first of the keys is Neutone's, the others are those that come to mind
/// for files of other exports.
pub(crate) fn about(metadata: &Metadata) -> Option<About> {
    let text = |keys: &[&str], most| {
        let texts = keys.iter().filter_map(|key| metadata.get(key)?.as_str());
        texts.map(str::trim).find(|text| !text.is_empty()).map(|text| shortened(text, most))
    };
    let name = |keys: &[&str]| text(keys, MOST_NAME_CHARACTERS);
    let several =
        |keys: &[&str]| keys.iter().find_map(|key| metadata.get(key)).map(texts).unwrap_or_default();
    let told = About {
        name: name(&[NAME, "name", "title"]),
        authors: several(&["model_authors", "authors", "author"]),
        version: name(&["model_version", "version"]),
        short: text(&["model_short_description", "description"], MOST_TEXT_CHARACTERS),
        long: text(&["model_long_description"], MOST_TEXT_CHARACTERS),
        technical: text(&["technical_description"], MOST_TEXT_CHARACTERS),
        links: ["technical_links", "links"]
            .iter()
            .find_map(|key| metadata.get(key))
            .map(links)
            .unwrap_or_default(),
        tags: several(&["tags"]),
        citation: text(&["citation"], MOST_TEXT_CHARACTERS),
        licence: text(&["license", "licence", "model_license"], MOST_TEXT_CHARACTERS),
        experimental: metadata.flag("is_experimental"),
        sdk: name(&["sdk_version"]),
        pytorch: name(&["pytorch_version"]),
        delay_frames: None,
        sounds: None,
    };
    (told != About::default()).then_some(told)
}

/// The texts of a list, or the one text.
fn texts(value: &Value) -> Vec<String> {
    let members = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let texts = members.iter().filter_map(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    texts.take(MOST_MEMBERS).map(|text| shortened(text, MOST_NAME_CHARACTERS)).collect()
}

/// Names and addresses; addresses without a name have a number.
fn links(value: &Value) -> Vec<(String, String)> {
    let short = |text: &str| shortened(text.trim(), MOST_NAME_CHARACTERS);
    match value.as_object() {
        Some(named) => {
            let named = named.iter().filter_map(|(name, link)| Some((short(name), short(link.as_str()?))));
            named.filter(|(_, link)| !link.is_empty()).take(MOST_MEMBERS).collect()
        }
        None => texts(value).into_iter().enumerate().map(|(at, link)| ((at + 1).to_string(), link)).collect(),
    }
}
