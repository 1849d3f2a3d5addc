//! Writing a picture as SVG.

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::shape::{Align, At, Shape, Words};
use crate::text::{middle_to_base, one_line, width};
use crate::theme::{FAMILY, PAPER, Rgb};

/// The element `svg` of a size, width and height, with shapes in it.
pub fn written(title: &str, size: [f32; 2], shapes: &[Shape]) -> String {
    let [wide, high] = size.map(short);
    let title = escaped(&one_line(title));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\" \
         role=\"img\" aria-label=\"{title}\" font-family=\"{FAMILY}\">\n<title>{title}</title>\n\
         <rect width=\"{wide}\" height=\"{high}\" fill=\"{}\"/>\n",
        hex(PAPER)
    );
    for shape in shapes {
        element(&mut svg, shape);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Writing to a string cannot fail, so results are dropped here.
fn element(svg: &mut String, shape: &Shape) {
    let _ = match shape {
        Shape::Fill { points, colour, opacity } => {
            let opacity = if *opacity < 1.0 { format!(" fill-opacity=\"{opacity}\"") } else { String::new() };
            writeln!(svg, "<path d=\"{}Z\" fill=\"{}\"{opacity}/>", path(points), hex(*colour))
        }
        Shape::Line { points, colour, width, dashed } => {
            let dashes = if *dashed { " stroke-dasharray=\"6 4\"" } else { "" };
            writeln!(
                svg,
                "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{dashes}/>",
                path(points),
                hex(*colour)
            )
        }
        Shape::Disc { centre: [x, y], radius, fill, edge } => writeln!(
            svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.6\"/>",
            short(*x),
            short(*y),
            hex(*fill),
            hex(*edge)
        ),
        Shape::Text(words) => text(svg, words),
        Shape::Image { at: [x, y], size: [wide, high], pixels } => match pixels.png() {
            Ok(png) => writeln!(
                svg,
                "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" \
                 href=\"data:image/png;base64,{}\"/>",
                short(*x),
                short(*y),
                short(*wide),
                short(*high),
                STANDARD.encode(png)
            ),
            // An image without a pixel.
            Err(_) => Ok(()),
        },
    };
}

/// A text is as long as it was measured, whichever font shows it.
fn text(svg: &mut String, words: &Words) -> std::fmt::Result {
    let text = one_line(&words.text);
    if text.is_empty() {
        return Ok(());
    }
    let length = width(&text, words.size, words.bold);
    let [x, y] = words.at;
    let anchor = match words.align {
        Align::Left => "start",
        Align::Middle => "middle",
        Align::Right => "end",
    };
    let turn = match words.turned {
        true => format!(" transform=\"rotate(-90 {} {})\"", short(x), short(y)),
        false => String::new(),
    };
    let y = y + middle_to_base(words.size);
    let weight = if words.bold { " font-weight=\"bold\"" } else { "" };
    writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\" textLength=\"{}\" \
         lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{weight}{turn}>{}</text>",
        short(x),
        short(y),
        words.size,
        short(length),
        hex(words.colour),
        escaped(&text)
    )
}

/// The commands of a line through points.
fn path(points: &[At]) -> String {
    let mut path = String::with_capacity(points.len() * 12);
    for (index, [x, y]) in points.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{command}{} {}", short(*x), short(*y));
    }
    path
}

/// To a hundredth of a pixel.
fn short(value: f32) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Text that XML and HTML take as text, in elements and in attributes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
