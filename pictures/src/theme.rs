//! The one look: sizes in pixels of the SVG, colours, the font's family.

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// The ground.
pub const PAPER: Rgb = [255, 255, 255];
/// Texts, frames and ticks.
pub const INK: Rgb = [24, 28, 36];
/// Notes and marker lines.
pub const SOFT_INK: Rgb = [96, 104, 116];
/// Grid lines.
pub const GRID: Rgb = [226, 229, 234];
/// Of one series after the other. Okabe and Ito's colours without the yellow, which is too light for lines on white: they
/// stay distinct without colour vision.
pub const SERIES: [Rgb; 7] = [
    [0, 114, 178],
    [213, 94, 0],
    [0, 158, 115],
    [204, 121, 167],
    [86, 180, 233],
    [230, 159, 0],
    [90, 90, 90],
];

/// Of a picture, unless it says otherwise.
pub const WIDTH: u32 = 900;
/// Around everything.
pub const MARGIN: f32 = 16.0;
/// Of a chart's plot.
pub const PLOT_HEIGHT: f32 = 360.0;
/// Of a title, as the font's size.
pub const TITLE: f32 = 17.0;
/// Of titles of axes, ticks, legends and labels.
pub const TEXT: f32 = 13.0;
/// Of notes.
pub const NOTE: f32 = 11.5;
/// From one line of text to the next, in sizes of the font.
pub const LEADING: f32 = 1.4;
/// Of lines that show data.
pub const LINE: f32 = 1.8;
/// Of a point.
pub const RADIUS: f32 = 4.5;
/// Pixels of a PNG to one of the SVG.
pub const PNG_SCALE: u32 = 2;

/// DejaVu Sans is what texts are measured with; Verdana has the same widths, nearly.
pub const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";
