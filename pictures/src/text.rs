//! Measuring, cutting and breaking texts, in DejaVu Sans.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, GlyphId, OutlineCurve};

use crate::theme::LEADING;

/// At most so many lines of a note.
const MOST_LINES: usize = 4;

/// The font.
pub fn font(bold: bool) -> &'static FontRef<'static> {
    static FONTS: OnceLock<[FontRef<'static>; 2]> = OnceLock::new();
    let open = |file| FontRef::try_from_slice(file).expect("the bundled font is a font");
    &FONTS.get_or_init(|| [open(dejavu::sans::regular()), open(dejavu::sans::bold())])[usize::from(bold)]
}

/// Width of a line of text in pixels.
pub fn width(text: &str, size: f32, bold: bool) -> f32 {
    glyphs(text, size, bold).last().map_or(0.0, |glyph| glyph.left + glyph.advance)
}

/// A character's place in a line.
pub struct Glyph {
    /// Which one.
    pub id: GlyphId,
    /// From the line's beginning, in pixels.
    pub left: f32,
    /// To the next one, in pixels.
    pub advance: f32,
}

/// The glyphs of a line, with kerning.
pub fn glyphs(text: &str, size: f32, bold: bool) -> impl Iterator<Item = Glyph> {
    let font = font(bold);
    let pixels = size / font.units_per_em().unwrap_or(2048.0);
    let mut pen = 0.0;
    let mut last = None;
    text.chars().map(move |character| {
        let id = font.glyph_id(character);
        pen += last.map_or(0.0, |last| font.kern_unscaled(last, id) * pixels);
        last = Some(id);
        let advance = font.h_advance_unscaled(id) * pixels;
        let left = pen;
        pen += advance;
        Glyph { id, left, advance }
    })
}

/// The outline of a glyph, in units of the font, upwards; and how many pixels one of them is.
pub fn outline(id: GlyphId, size: f32, bold: bool) -> (Vec<OutlineCurve>, f32) {
    let font = font(bold);
    let curves = font.outline(id).map(|outline| outline.curves).unwrap_or_default();
    (curves, size / font.units_per_em().unwrap_or(2048.0))
}

/// From the middle of a line's height down to its base: half the height of capitals and digits.
pub fn middle_to_base(size: f32) -> f32 {
    0.365 * size
}

/// The text as one line: blanks for line breaks and control characters.
pub fn one_line(text: &str) -> String {
    let plain = |character: char| {
        let shown = !character.is_control()
            && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}');
        if shown { character } else { ' ' }
    };
    // More than any line has room for.
    text.chars().take(1_000).map(plain).collect::<String>().trim().to_owned()
}

/// The text as one line of at most `most` pixels, cut with an ellipsis where it is longer.
pub fn cut(text: &str, size: f32, most: f32) -> String {
    let text = one_line(text);
    if width(&text, size, false) <= most {
        return text;
    }
    let room = most - width("…", size, false);
    let fitting = glyphs(&text, size, false).take_while(|glyph| glyph.left + glyph.advance <= room).count();
    let kept: String = text.chars().take(fitting).collect();
    format!("{}…", kept.trim_end())
}

/// The text broken between words into a few lines of at most `most` pixels.
pub fn wrapped(text: &str, size: f32, most: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in one_line(text).split_whitespace() {
        let full = lines.len() == MOST_LINES;
        match lines.last_mut() {
            Some(line) if full || width(&format!("{line} {word}"), size, false) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| cut(line, size, most)).collect()
}

/// Height of so many lines in pixels.
pub fn height(lines: usize, size: f32) -> f32 {
    lines as f32 * size * LEADING
}
