//! Where the model comes from, who made it, and under which terms.

use maud::{Markup, html};

use super::table::facts as table;
use crate::report::facts::Facts;

/// The section.
pub fn section(facts: &Facts) -> Markup {
    let origin = facts.file.origin.as_ref();
    let not_stated = html! { span class="soft" { "not stated in the file" } };
    let mut rows = vec![
        ("Author", not_stated.clone()),
        ("Licence", not_stated),
        (
            "Downloaded as",
            html! {
                @match origin {
                    Some(origin) => code { (origin.card) },
                    None => span class="soft" { "not with " code { "nn models download" } },
                }
            },
        ),
    ];
    if let Some(origin) = origin {
        let address = origin.address.as_deref().unwrap_or("a folder, or a source that is no longer known");
        rows.push(("Source", html! { (origin.source) ": " (address) }));
        rows.extend(origin.account.as_ref().map(|account| ("Account", html! { (account) })));
    }
    html! {
        (table("Where the model comes from", &rows))
        p class="soft" { "Ask its author before you publish it or what you made with it, and look where you got it: files of this format hold no terms." }
    }
}
