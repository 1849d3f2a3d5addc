//! Test sounds before and after each method.

use maud::{Markup, PreEscaped, html};
use serde_json::Value;

use super::table::{data, faults};
use crate::report::facts::{Facts, Heard, Media, MethodFacts, SoundFacts};

/// The section.
pub fn section(facts: &Facts) -> Markup {
    if facts.sounds.is_empty() {
        return html! { p { "Nothing was played." } };
    }
    let silent: Vec<_> =
        facts.methods.iter().filter_map(|method| Some((&method.name, method.fault.as_ref()?))).collect();
    let silent: Vec<_> = silent.iter().map(|(name, fault)| format!("{name}: {fault}")).collect();
    let others = heard(facts, None);
    html! {
        p {
            "What a box plays at a buffer of " (facts.made.buffer_frames) ", bit for bit, with its delay removed so that before "
            "and after begin together. Players have 16 bits. The line below each is the command that makes it again from the sound "
            "before it."
        }
        (faults(&silent))
        @for sound in &facts.sounds {
            @let after = heard(facts, Some(&sound.name));
            @if !after.is_empty() {
                h3 { (sound.title) }
                p class="soft" { (sound.what) }
                div class="pairs" {
                    (before(sound))
                    @for (method, heard) in after { (figure(method, heard, &sound.title)) }
                }
            }
        }
        @if !others.is_empty() {
            h3 { "Without a sound" }
            p class="soft" { "Methods without inlets play by themselves; those for whose latents no method of the file makes any are given noise of variance 1." }
            div class="pairs" {
                @for (method, heard) in others { (figure(method, heard, "no sound")) }
            }
        }
    }
}

/// What methods made of a sound.
fn heard<'a>(facts: &'a Facts, sound: Option<&str>) -> Vec<(&'a MethodFacts, &'a Heard)> {
    let of = |method: &'a MethodFacts| method.heard.iter().map(move |heard| (method, heard));
    facts.methods.iter().flat_map(of).filter(|(_, heard)| heard.sound.as_deref() == sound).collect()
}

fn before(sound: &SoundFacts) -> Markup {
    html! {
        figure {
            h4 { "Before" }
            (image_and_players(&sound.media, &format!("{} before", sound.title)))
            figcaption { code { (sound.name) ".wav" } }
        }
    }
}

fn figure(method: &MethodFacts, heard: &Heard, sound: &str) -> Markup {
    let title = match heard.through.as_deref() {
        Some("noise") => format!("{} of noise", method.name),
        Some(through) => format!("{} of the latents of {through}", method.name),
        None if heard.sound.is_none() => method.name.clone(),
        None => format!("After {}", method.name),
    };
    html! {
        figure {
            h4 { (title) }
            (faults(&heard.faults))
            (image_and_players(&heard.media, &format!("{sound}: {title}")))
            figcaption {
                @if let Some(figures) = figures(&heard.rendered) { (figures) br; }
                code { (heard.command) }
            }
        }
    }
}

/// Peak, loudness, shape; `object` is as `nn render --json` has it.
pub fn figures(object: &Value) -> Option<String> {
    let mut parts = Vec::new();
    if object["frames"].is_u64() {
        parts.push(object["peak_dbfs"].as_f64().map_or("silent".into(), |db| format!("peak {db:.1} dBFS")));
        parts.extend(object["loudness_lufs"].as_f64().map(|lufs| format!("{lufs:.1} LUFS")));
    }
    if let Some([_, channels, frames]) = object["latents_shape"].as_array().map(Vec::as_slice) {
        parts.push(format!("{channels} channels of {frames} values"));
    }
    let times = object["times_real_time"].as_f64().filter(|times| times.is_finite());
    parts.extend(times.map(|times| format!("{times:.1} x real time")));
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A player, or several, and the picture.
pub fn image_and_players(media: &Media, label: &str) -> Markup {
    html! {
        @match media {
            Media::None => p class="soft" { "Nothing came of it." },
            Media::Sound { players, picture, alt } => {
                @for (name, flac) in players {
                    @if !name.is_empty() { p class="soft" { (name) } }
                    audio controls preload="metadata" aria-label=(format!("{label} {name}").trim()) src=(data("audio/flac", flac)) {}
                }
                (image(picture, alt))
            }
            Media::Latents { picture, alt } => (image(picture, alt)),
        }
    }
}

/// A picture that was drawn here: its texts are escaped already.
fn image(svg: &str, alt: &str) -> Markup {
    html! { div class="picture" role="img" aria-label=(alt) { (PreEscaped(svg)) } }
}
