//! Methods: pictures of their signal flow, and a table.

use maud::{Markup, html};
use nn_core::shown::plain;

use super::table::{heads, scrolling};
use crate::report::{facts::Facts, flow};

/// The section.
pub fn section(facts: &Facts) -> Markup {
    if facts.methods.is_empty() {
        return html! { p { "No method of it can be read." } };
    }
    let table = html! {
        table class="methods" {
            caption { "Each method is played by a box of its own: " code { "[nn~ MODEL METHOD]" } }
            (heads(&["Method", "Inlets #", "In", "Outlets #", "Out", "Labels and what they ask for"]))
            tbody {
                @for method in &facts.methods {
                    @let spec = &method.spec;
                    tr {
                        th scope="row" { (method.name) }
                        td class="number" { (spec.in_channels) }
                        td { @if spec.in_channels > 0 { (flow::pace(spec.in_ratio)) } @else { "none" } }
                        td class="number" { (spec.out_channels) }
                        td { (flow::pace(spec.out_ratio)) }
                        td { (labels(method.spec.input_labels.as_slice(), &spec.output_labels)) (wishes(&flow::wishes(spec))) }
                    }
                }
            }
        }
    };
    html! {
        p {
            span class="key" {} "sound   "
            span class="key slow" {} "values: one for as many samples as the ratio says"
        }
        div class="cards" {
            @for method in &facts.methods {
                div class="card" { (flow::drawn(&method.spec)) }
            }
        }
        (scrolling("Methods", &table))
    }
}

fn labels(inputs: &[String], outputs: &[String]) -> Markup {
    html! {
        @match (inputs.is_empty(), outputs.is_empty()) {
            (true, true) => { "none" },
            (false, true) => { "in: " (listed(inputs)) },
            (true, false) => { "out: " (listed(outputs)) },
            (false, false) => { "in: " (listed(inputs)) br; "out: " (listed(outputs)) },
        }
    }
}

/// Labels in a row; of many, the first ones and the last.
fn listed(labels: &[String]) -> String {
    const MOST: usize = 8;
    let row = |labels: &[String]| labels.iter().map(|label| plain(label)).collect::<Vec<_>>().join(", ");
    match labels {
        [first @ .., last] if labels.len() > MOST => format!("{} … {}", row(&first[..3]), plain(last)),
        all => row(all),
    }
}

fn wishes(wishes: &[String]) -> Markup {
    html! {
        @for wish in wishes { br; (wish) }
    }
}
