//! Where the model comes from, who made it, and under which terms.

use maud::{Markup, html};
use serde_json::Value;

use super::table::facts as table;
use crate::report::facts::Facts;

/// The section.
pub fn section(facts: &Facts) -> Markup {
    let told = &facts.model;
    let mut rows = vec![("Author", texts(&told["authors"])), ("Licence", texts(&told["licence"]))];
    let optional = [
        ("Name", "name"),
        ("Version", "version"),
        ("Tags", "tags"),
        ("To cite", "citation"),
        ("SDK", "sdk"),
        ("PyTorch", "pytorch"),
    ];
    rows.extend(
        optional.iter().filter(|(_, key)| !told[key].is_null()).map(|(name, key)| (*name, texts(&told[key]))),
    );
    if let Some(links) = told["links"].as_object() {
        // Texts, which nobody follows by accident.
        let link =
            |(name, link): (&String, &Value)| html! { (name) ": " (link.as_str().unwrap_or_default()) br; };
        rows.push(("Links", html! { @for pair in links { (link(pair)) } }));
    }
    if told["experimental"] == true {
        rows.push(("State", html! { "its makers call it an experiment" }));
    }
    rows.extend(downloaded(facts));
    html! {
        (table("Where the model comes from", &rows))
        @for key in ["description", "technical"] {
            @if let Some(text) = told[key].as_str() { p { (text) } }
        }
        @if told["licence"].is_null() {
            p class="soft" { "The file states no terms. Ask its author before you publish it or what you made with it, and look where you got it." }
        }
    }
}

/// What the catalog knows.
fn downloaded(facts: &Facts) -> Vec<(&'static str, Markup)> {
    let origin = facts.file.origin.as_ref();
    let card = html! {
        @match origin {
            Some(origin) => code { (origin.card) },
            None => span class="soft" { "not with " code { "nn models download" } },
        }
    };
    let mut rows = vec![("Downloaded as", card)];
    if let Some(origin) = origin {
        let address = origin.address.as_deref().unwrap_or("a folder, or a source that is no longer known");
        rows.push(("Source", html! { (origin.source) ": " (address) }));
        rows.extend(origin.account.as_ref().map(|account| ("Account", html! { (account) })));
    }
    rows
}

/// One text or several in a row.
fn texts(value: &Value) -> Markup {
    let members = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let texts: Vec<_> = members.iter().filter_map(Value::as_str).collect();
    html! {
        @if texts.is_empty() { span class="soft" { "not stated in the file" } } @else { (texts.join(", ")) }
    }
}
