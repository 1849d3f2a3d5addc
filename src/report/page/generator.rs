//! What stands on the page of a generator: it has no methods and no attributes, and is not played live.

use maud::{Markup, html};

use super::{
    sounds::{figures, image_and_players},
    table::{faults, heads, scrolling},
};
use crate::report::{
    facts::{GeneratorFacts, SoundFacts, WholeSound},
    generator::MOST_SECONDS,
};

/// The sections of its own, with their names and titles.
pub fn sections(
    generator: &GeneratorFacts,
    given: &[SoundFacts],
) -> [(&'static str, &'static str, Markup); 3] {
    [
        ("whole", "Takes and makes", whole_sounds(generator)),
        ("sounds", "Sounds that it makes", made(generator, given)),
        ("parameters", "Parameters", parameters(generator)),
    ]
}

fn whole_sounds(generator: &GeneratorFacts) -> Markup {
    let row = |way: &str, sound: &WholeSound| {
        html! {
            tr {
                th scope="row" { (sound.name) }
                td { (way) }
                td class="number" { (sound.channels) }
            }
        }
    };
    let table = html! {
        table {
            caption { "Whole sounds, in the order in which they are typed" }
            (heads(&["Sound", "It is", "Channels #"]))
            tbody {
                @for sound in &generator.takes { (row("taken", sound)) }
                @for sound in &generator.makes { (row("made", sound)) }
            }
        }
    };
    let count = |sounds: &[WholeSound]| match sounds.len() {
        0 => "no sound".to_owned(),
        1 => "1 sound".to_owned(),
        count => format!("{count} sounds"),
    };
    html! {
        p {
            "It takes " (count(&generator.takes)) " and makes " (count(&generator.makes)) ", from beginning to end at once. In a box, "
            code { "render" } " writes them into arrays; " code { "nn render" } " writes files. It plays nothing live."
        }
        (scrolling("Takes and makes", &table))
    }
}

fn made(generator: &GeneratorFacts, given: &[SoundFacts]) -> Markup {
    html! {
        p {
            "What it made once, as its file sets its parameters and with random numbers that begin with 0. Players have 16 bits, and of a "
            "longer sound the first " (MOST_SECONDS) " seconds."
        }
        (faults(generator.fault.as_slice()))
        @for note in &generator.notes { p class="soft" { (note) } }
        div class="pairs" {
            @for sound in given {
                figure {
                    h4 { "Given: " (sound.title) }
                    (image_and_players(&sound.media, &format!("{} before", sound.title)))
                    figcaption { code { (sound.name) ".wav" } }
                }
            }
            @for made in &generator.made {
                figure {
                    h4 { "Made: " (made.sound) }
                    (image_and_players(&made.media, &made.sound))
                    @if let Some(figures) = figures(&made.figures) { figcaption { (figures) } }
                }
            }
        }
        @if let Some(command) = &generator.command {
            p class="soft" { "The same in a terminal: " code { (command) } }
        }
    }
}

fn parameters(generator: &GeneratorFacts) -> Markup {
    if generator.parameters.is_empty() {
        return html! { p { "It has none." } };
    }
    let table = html! {
        table {
            caption { "Set them before it renders" }
            (heads(&["Parameter", "Type", "Takes", "At first"]))
            tbody {
                @for parameter in &generator.parameters {
                    tr {
                        th scope="row" { (parameter.name) }
                        td { (parameter.kind) }
                        td { (parameter.takes) }
                        td {
                            @if parameter.default.is_empty() { span class="soft" { "nothing" } } @else { (parameter.default) }
                        }
                    }
                }
            }
        }
    };
    html! {
        (scrolling("Parameters", &table))
        p class="soft" { code { "set NAME VALUE" } " in a box, " code { "nn render … --set NAME=VALUE" } " for files." }
    }
}
