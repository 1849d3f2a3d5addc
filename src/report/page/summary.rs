//! What the file is, and when and where the report was made.

use maud::{Markup, html};
use nn_core::catalog::size;
use serde_json::Value;

use super::table::{facts as table, faults, grouped};
use crate::report::facts::Facts;

/// The section.
pub fn section(facts: &Facts) -> Markup {
    let (file, made, model) = (&facts.file, &facts.made, &facts.model);
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
    if let Some(torch) = model["producer"].as_str() {
        rows.push(("Written by", html! { (torch) }));
    }
    rows.push(("Sample rate", rate(model)));
    if let Some(frames) = number("block") {
        let text = match frames {
            1 => "any".to_owned(),
            frames => format!("multiples of {} samples", grouped(frames)),
        };
        rows.push(("Buffers", html! { (text) }));
    }
    if let Some(bytes) = number("tensor_bytes") {
        rows.push(("Numbers in it", html! { (size(bytes)) }));
    }
    if let Some(streams) = model["streaming"].as_bool() {
        let text = if streams {
            "keeps state from buffer to buffer"
        } else {
            "keeps no sound from buffer to buffer"
        };
        let bytes = model["state"]["bytes"].as_u64().filter(|bytes| *bytes > 0);
        rows.push(("Streaming", html! { (text) @if let Some(bytes) = bytes { ", " (size(bytes)) } }));
    }
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
        (faults(&file.problems))
        div class="pairs" {
            (table("What the file is", &rows))
            (table("When and where this report was made", &made_rows))
        }
    }
}

fn rate(model: &Value) -> Markup {
    let hz = model["rate"].as_i64().filter(|hz| *hz > 0);
    let takes = model["takes_rate"].as_bool().unwrap_or(false);
    html! {
        @match hz {
            Some(hz) => { (hz) " Hz" },
            None if takes => { "any: it is told the host's" },
            None => { "not stated: it runs at the host's" },
        }
    }
}
