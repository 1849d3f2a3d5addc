//! Tables that scroll within themselves, and data within addresses.

use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{Markup, html};

/// A table that is wider than a phone scrolls alone. `caption` says what it is.
pub fn scrolling(caption: &str, table: &Markup) -> Markup {
    html! {
        // Reached by keys, so that it can be scrolled by keys.
        div class="wide" role="region" aria-label=(caption) tabindex="0" { (table) }
    }
}

/// A table of names and what belongs to each.
pub fn facts(caption: &str, rows: &[(&str, Markup)]) -> Markup {
    scrolling(
        caption,
        &html! {
            table class="facts" {
                caption { (caption) }
                tbody {
                    @for (name, value) in rows {
                        tr { th scope="row" { (name) } td { (value) } }
                    }
                }
            }
        },
    )
}

/// The heads of columns; those that end in `#` are of numbers.
pub fn heads(names: &[&str]) -> Markup {
    html! {
        thead {
            tr {
                @for name in names {
                    @match name.strip_suffix('#') {
                        Some(name) => th scope="col" class="number" { (name.trim_end()) },
                        None => th scope="col" { (name) },
                    }
                }
            }
        }
    }
}

/// Data as an address.
pub fn data(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", STANDARD.encode(bytes))
}

/// What is wrong, in lines; nothing where nothing is.
pub fn faults(lines: &[String]) -> Markup {
    html! {
        @if !lines.is_empty() {
            ul class="faults" {
                @for line in lines { li { (line) } }
            }
        }
    }
}

/// A number with its thousands apart: 1 234 567.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1 000"), (12_345_678, "12 345 678")] {
            assert_eq!(grouped(number).replace('\u{202f}', " "), text);
        }
    }
}
