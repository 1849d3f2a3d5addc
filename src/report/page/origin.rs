//! Where the model comes from, who made it, and under which terms.

use maud::{Markup, html};

use super::table::facts as table;
use crate::report::facts::Facts;

/// The section.
pub fn section(facts: &Facts) -> Markup {
    let file = &facts.file;
    let stated = |text: Option<&str>| {
        html! {
            @match text {
                Some(text) => (text),
                None => span class="soft" { "not stated in the file" },
            }
        }
    };
    let rows = [
        ("Author", stated(file.author.as_deref())),
        ("Licence", stated(file.licence.as_deref())),
        (
            "Downloaded as",
            html! {
                @match &file.card {
                    Some(card) => code { (card) },
                    None => span class="soft" { "not with " code { "nn models download" } },
                }
            },
        ),
    ];
    html! {
        (table("Where the model comes from", &rows))
        @if file.licence.is_none() {
            p class="soft" { "Ask its author before you publish it or what you made with it, and look where you got it: files of this format hold no terms." }
        }
    }
}
