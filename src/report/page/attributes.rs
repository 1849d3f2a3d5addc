//! Attributes: what they are, hold and take, and how to set them.

use maud::{Markup, html};

use super::table::{heads, scrolling};
use crate::{
    boxes::AttributeValue,
    report::facts::{AttributeFacts, Facts},
};

/// The section.
pub fn section(facts: &Facts) -> Markup {
    if facts.attributes.is_empty() {
        return html! { p { "It has none." } };
    }
    // Only files of Neutone have parameters, whose ranges they state.
    let caption = match facts.model["parameters"].is_null() {
        true => {
            "A file states types and no ranges: what the code of the model refuses all the same is an error, and changes nothing"
        }
        false => "Numbers from 0 to 1; a signal in the inlet of the same name goes before them",
    };
    let table = html! {
        table {
            caption { "Send these messages to a box. " (caption) }
            (heads(&["Attribute", "Type", "Takes", "After loading", "For example"]))
            tbody {
                @for attribute in &facts.attributes {
                    tr {
                        th scope="row" { (attribute.name) }
                        td { (attribute.types.join(" ")) }
                        td { (attribute.takes) }
                        td { (value(attribute.held.as_ref())) }
                        td { code { (example(attribute)) } }
                    }
                }
            }
        }
    };
    html! {
        (scrolling("Attributes", &table))
        p class="soft" { code { "get NAME" } " answers what an attribute holds; " code { "nn render … --set NAME=VALUE" } " sets one for a rendering." }
    }
}

fn value(held: Option<&AttributeValue>) -> Markup {
    html! {
        @match held.map(|held| &held.value) {
            Some(Ok(value)) if value.is_empty() => span class="soft" { "nothing" },
            Some(Ok(value)) => code { (nn_core::shown::shortened(value, 60)) },
            Some(Err(line)) => span class="bad" { (line) },
            None => span class="soft" { "unknown" },
        }
    }
}

/// A message that sets it: to what it holds, where that is short.
fn example(attribute: &AttributeFacts) -> String {
    let name = &attribute.name;
    let held = attribute.held.as_ref().and_then(|held| held.value.as_ref().ok());
    let needs_array = attribute.types.iter().any(|kind| kind == "tensor" || kind == "buffer");
    match held.filter(|value| !value.is_empty() && value.chars().count() <= 30 && !needs_array) {
        Some(value) => format!("set {name} {value}"),
        None if needs_array => format!("set {name} ARRAY"),
        None => format!("set {name} {}", attribute.types.join(" ").to_uppercase()),
    }
}
