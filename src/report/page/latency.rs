//! How late boxes are, by method, rate and buffer.

use maud::{Markup, html};

use super::table::{grouped, heads, scrolling};
use crate::{
    boxes::{BLOCK_FRAMES, Latency},
    report::{
        child::RATES_HZ,
        facts::{Facts, MethodFacts},
    },
};

/// The section.
pub fn section(facts: &Facts) -> Markup {
    let mut told: Vec<_> = facts.methods.iter().filter(|method| !method.latencies.is_empty()).collect();
    // From sound to sound, where all of it is known.
    told.sort_by_key(|method| method.model_delay.frames().is_none());
    if told.is_empty() {
        return html! { p { "No box could be made of it." } };
    }
    html! {
        p {
            "A box is late by its buffer, by the deadline that it gives its model, and by the filters between two sample rates: a "
            "constant that " code { "latency" } " reports. " code { "bufsize" } " and " code { "deadline auto" } " make it "
            "shorter. What the model itself adds is measured with an impulse, where that can be told; a file may state it, too."
        }
        @if told.iter().any(|method| method.model_delay.frames().is_some()) { (own_delays(&told)) }
        @for (number, group) in grouped_by_latency(&told).iter().enumerate() {
            @if number == 0 { (table(group)) }
            // They differ little.
            @else { details { summary { (names(group)) } (table(group)) } }
        }
    }
}

/// What files state of their own delay beside what was measured.
fn own_delays(methods: &[&MethodFacts]) -> Markup {
    let frames = |frames: Option<usize>| match frames {
        Some(frames) => html! { td class="number" { (grouped(frames as u64)) } },
        None => html! { td class="number" { span class="soft" { "–" } } },
    };
    let table = html! {
        table {
            caption { "The model's own delay, in samples of a host of " (RATES_HZ[0]) " Hz" }
            (heads(&["Method", "Declared in the file #", "Measured #"]))
            tbody {
                @for method in methods.iter().filter(|method| method.model_delay.frames().is_some()) {
                    tr {
                        th scope="row" { (method.name) }
                        (frames(method.model_delay.declared_frames))
                        (frames(method.model_delay.measured_frames))
                    }
                }
            }
        }
    };
    scrolling("The model's own delay", &table)
}

/// Methods whose boxes are equally late share a table.
fn grouped_by_latency<'a>(methods: &[&'a MethodFacts]) -> Vec<Vec<&'a MethodFacts>> {
    let mut groups: Vec<Vec<&MethodFacts>> = Vec::new();
    for &method in methods {
        let same = groups.iter_mut().find(|group| {
            group[0].latencies == method.latencies && group[0].model_delay == method.model_delay
        });
        match same {
            Some(group) => group.push(method),
            None => groups.push(vec![method]),
        }
    }
    groups
}

fn names(methods: &[&MethodFacts]) -> String {
    methods.iter().map(|method| method.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn table(methods: &[&MethodFacts]) -> Markup {
    let names = names(methods);
    let own = methods[0].model_delay;
    let own_text = own.frames().map_or("the model's own delay cannot be told".to_owned(), |frames| {
        format!("the model's own delay, as {}, is {} samples", own.source(), grouped(frames as u64))
    });
    let caption = format!("{names}, in samples, in a host of blocks of {BLOCK_FRAMES}; {own_text}");
    let row = |latency: &Latency| {
        let ms = |frames: usize| format!("{:.1}", frames as f64 * 1e3 / f64::from(latency.host_hz.max(1)));
        html! {
            tr {
                th scope="row" { (latency.host_hz) " Hz" }
                td class="number" { (grouped(latency.buffer_frames as u64)) }
                td class="number" { (grouped(latency.buffering_frames as u64)) }
                td class="number" { (grouped(latency.deadline_frames as u64)) }
                td class="number" { (grouped(latency.resampling_frames as u64)) }
                td class="number" { (grouped(latency.frames() as u64)) }
                td class="number" { (ms(latency.frames())) }
            }
        }
    };
    let table = html! {
        table {
            caption { (caption) }
            (heads(&["Host", "Buffer #", "Until it is full #", "Deadline #", "Resampling #", "Latency #", "In ms #"]))
            tbody {
                @for latency in &methods[0].latencies { (row(latency)) }
            }
        }
    };
    scrolling(&format!("Latency of {names}"), &table)
}
