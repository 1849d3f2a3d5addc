//! Texts of others, as they may be shown.

/// The beginning of a text, of at most so many characters, with `...` where there was more.
pub fn shortened(text: &str, most: usize) -> String {
    let begin: String = text.chars().take(most).collect();
    if begin.len() < text.len() { format!("{begin}...") } else { begin }
}
