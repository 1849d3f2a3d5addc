//! How fast the model is, in the words of `nn bench`.

use maud::{Markup, PreEscaped, html};

use super::table::scrolling;
use crate::{command_line::quoted, report::facts::Facts};

/// The section.
pub fn section(facts: &Facts) -> Markup {
    let Some(speed) = &facts.speed else {
        return html! { p { "Not measured here: " code { "nn bench " (quoted(&facts.file.name)) } " does so." } };
    };
    let class = if speed.is_good { "verdict good" } else { "verdict bad" };
    let table = html! {
        table class="speed" {
            caption { "What a run takes in real time, in ms; buffers, deadlines and latency in samples" }
            thead { tr { @for head in &speed.heads { th scope="col" class="number" { (head) } } } }
            tbody {
                @for row in &speed.rows {
                    tr {
                        @for (at, cell) in row.iter().enumerate() {
                            @if at == 0 { th scope="row" class="number" { (cell) } }
                            @else { td class="number" { (cell) } }
                        }
                    }
                }
            }
        }
    };
    html! {
        p class=(class) { (speed.verdict) }
        @if !speed.rows.is_empty() { (scrolling("Speed", &table)) }
        @if !speed.lines.is_empty() {
            ul { @for line in &speed.lines { li { (line) } } }
        }
        div class="pairs" {
            // They were drawn here, and have their titles in them.
            @for picture in &speed.pictures {
                figure { div class="picture" { (PreEscaped(picture)) } }
            }
        }
        p class="soft" { "The same in a terminal: " code { (speed.command) } }
    }
}
