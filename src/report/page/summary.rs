//! What the file is, and when and where the report was made.

use maud::{Markup, html};
use nn_core::catalog::size;
use serde_json::Value;

use super::table::{facts as table, faults, grouped};
use crate::report::facts::Facts;

/// The section.
pub fn section(facts: &Facts) -> Markup {
    let made = &facts.made;
    let made_rows = [
        ("Date", html! { (made.date) }),
        (
            "Made with",
            html! { "nn " (made.version) @if let Some(version) = &made.libtorch { ", libtorch " (version) } },
        ),
        ("Machine", html! { (made.machine) }),
        ("System", html! { (made.system) }),
    ];
    html! {
        (faults(&facts.file.problems))
        @if let Some(about) = facts.model["about"].as_str() { p { (about) } }
        div class="pairs" {
            (table("What the file is", &file_rows(facts)))
            (table("When and where this report was made", &made_rows))
        }
    }
}

/// What the file is.
fn file_rows(facts: &Facts) -> Vec<(&'static str, Markup)> {
    let (file, model) = (&facts.file, &facts.model);
    let number = |key: &str| model[key].as_u64();
    let mut rows = vec![
        ("File", html! { (file.name) }),
        ("Size", html! { (size(file.bytes)) " (" (grouped(file.bytes)) " bytes)" }),
        ("SHA-256", html! { code { (file.sha256) } }),
        (
            "Format",
            html! { (file.format.as_deref().unwrap_or("unknown")) @if let Some(format) = number("format") { ", version " (format) } },
        ),
    ];
    rows.extend(kind(model).map(|kind| ("Kind", html! { (kind) })));
    if let Some(torch) = model["producer"].as_str() {
        rows.push(("Written by", html! { (torch) }));
    }
    rows.push(("Sample rate", rate(model)));
    rows.extend(buffers(model).map(|text| ("Buffers", html! { (text) })));
    if let Some(frames) = number("delay") {
        rows.push(("Delay that it states", html! { (grouped(frames)) " samples" }));
    }
    rows.extend(mixture(model).map(|text| ("Begins with", html! { (text) })));
    if let Some(bytes) = number("tensor_bytes") {
        rows.push(("Numbers in it", html! { (size(bytes)) }));
    }
    // A generator has no buffers.
    if let Some(streams) = model["streaming"].as_bool().filter(|_| facts.generator.is_none()) {
        let text = if streams {
            "keeps state from buffer to buffer"
        } else {
            "keeps no sound from buffer to buffer"
        };
        let bytes = model["state"]["bytes"].as_u64().filter(|bytes| *bytes > 0);
        rows.push(("Streaming", html! { (text) @if let Some(bytes) = bytes { ", " (size(bytes)) } }));
    }
    if let Some(pairs) = model["sounds"]["pairs"].as_u64() {
        let saved =
            html! { (pairs) " of input and output: " code { "nn info FILE --samples FOLDER" } " saves them" };
        rows.push(("Sounds inside", saved));
    }
    rows
}

/// What kind of model of Neutone it is.
fn kind(model: &Value) -> Option<&'static str> {
    match model["kind"].as_str()? {
        "gen" => Some("a generator, made for Neutone"),
        _ => Some("an effect, made for Neutone"),
    }
}

/// The numbers of a list, in a row; `None` where there are none.
fn numbers(list: &Value) -> Option<String> {
    let numbers: Vec<_> = list.as_array()?.iter().filter_map(Value::as_u64).map(grouped).collect();
    (!numbers.is_empty()).then(|| numbers.join(", "))
}

fn buffers(model: &Value) -> Option<String> {
    if let Some(native) = numbers(&model["native_buffers"]) {
        return Some(format!("of {native} samples: the nearest is taken"));
    }
    Some(match model["block"].as_u64()? {
        1 => "any".to_owned(),
        frames => format!("multiples of {} samples", grouped(frames)),
    })
}

/// How the model's sound and the input are mixed at first.
fn mixture(model: &Value) -> Option<String> {
    let gain = |side: &str| model["gains"][side].as_f64();
    Some(format!(
        "wet {}, dry {}, input {} dB, output {} dB",
        model["wet"].as_f64()?,
        model["dry"].as_f64()?,
        gain("input")?,
        gain("output")?
    ))
}

fn rate(model: &Value) -> Markup {
    let hz = model["rate"].as_i64().filter(|hz| *hz > 0);
    let takes = model["takes_rate"].as_bool().unwrap_or(false);
    html! {
        @match (numbers(&model["native_rates"]), hz) {
            (Some(native), _) => { (native) " Hz: the nearest is taken, and the sound resampled where it is not the host's" },
            (None, Some(hz)) => { (hz) " Hz" },
            (None, None) if takes => { "any: it is told the host's" },
            (None, None) => { "not stated: it runs at the host's" },
        }
    }
}
