//! What `nn check` says, in its words.

use maud::{Markup, html};

use super::table::{heads, scrolling};
use crate::{command_line::quoted, report::facts::Facts};

/// The section.
pub fn section(facts: &Facts) -> Markup {
    let check = &facts.check;
    let class = facts.class(check.is_fit);
    let table = html! {
        table {
            caption {
                @if facts.generator.is_some() { "It was loaded in a process of its own" }
                @else { "Each method with silence, an impulse, a level and noise, in a process of its own" }
            }
            (heads(&["Method", "Host", "Verdict"]))
            tbody {
                @for row in &check.rows {
                    tr {
                        th scope="row" { (row.method) }
                        td { (row.rate_hz) " Hz" }
                        td class=(if row.is_fit { "good" } else { "bad" }) { (row.verdict) }
                    }
                }
            }
        }
    };
    html! {
        p class=(class) { (check.conclusion) }
        @if !check.rows.is_empty() { (scrolling("Pre-flight check", &table)) }
        @if !check.notes.is_empty() {
            ul { @for note in &check.notes { li { (note) } } }
        }
        p class="soft" { "The same in a terminal: " code { "nn check " (quoted(&facts.file.name)) } }
    }
}
