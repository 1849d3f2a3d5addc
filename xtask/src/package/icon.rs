//! The package's icon: a tilde that runs through a small network.

use std::path::Path;

use super::files::failed;
use crate::run::Failure;

/// Red, green, blue.
type Rgb = [u8; 3];

/// Width and height in pixels.
const SIZE: usize = 512;

const TOP: Rgb = [38, 45, 78];
const BOTTOM: Rgb = [20, 92, 104];
const CORD: Rgb = [122, 160, 190];
const NODE: Rgb = [232, 241, 245];
const WAVE: Rgb = [255, 190, 84];

/// The network's layers: the height of each node, both as parts of the picture.
const LAYERS: [(f32, &[f32]); 4] =
    [(0.14, &[0.34, 0.66]), (0.38, &[0.18, 0.5, 0.82]), (0.62, &[0.18, 0.5, 0.82]), (0.86, &[0.34, 0.66])];

const NODE_RADIUS: f32 = 0.036;
const CORD_RADIUS: f32 = 0.0045;
const WAVE_RADIUS: f32 = 0.034;

/// Writes it as a PNG file.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path) -> Result<(), Failure> {
    let png = nn_pictures::encode_rgb(SIZE as u32, SIZE as u32, &drawn());
    let png = png.map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    std::fs::write(path, png).map_err(failed(path))
}

/// Red, green and blue of each pixel, row by row from the top.
fn drawn() -> Vec<u8> {
    let wave = wave();
    let pixel = |x: usize, y: usize| {
        let at = [x, y].map(|pixel| (pixel as f32 + 0.5) / SIZE as f32);
        let ground = mixed(TOP, BOTTOM, at[1]);
        let corded = mixed(ground, CORD, 0.75 * cover(to_cords(at), CORD_RADIUS));
        let noded = mixed(corded, NODE, cover(to_nodes(at), NODE_RADIUS));
        // The ground shows around the wave, which so lies in front.
        let to_wave = to_line(at, &wave);
        mixed(mixed(noded, ground, cover(to_wave, 1.5 * WAVE_RADIUS)), WAVE, cover(to_wave, WAVE_RADIUS))
    };
    (0..SIZE * SIZE).flat_map(|at| pixel(at % SIZE, at / SIZE)).collect()
}

/// `part` 0 is the one colour, 1 the other.
fn mixed(from: Rgb, to: Rgb, part: f32) -> Rgb {
    std::array::from_fn(|channel| {
        let (from, to) = (f32::from(from[channel]), f32::from(to[channel]));
        (from + (to - from) * part).round() as u8
    })
}

/// How much of a pixel a shape covers whose middle is so far away.
fn cover(distance: f32, radius: f32) -> f32 {
    ((radius - distance) * SIZE as f32 + 0.5).clamp(0.0, 1.0)
}

/// One period of a sine, as a line of points.
fn wave() -> Vec<[f32; 2]> {
    let point = |n: u16| {
        let part = f32::from(n) / 32.0;
        [0.2 + 0.6 * part, 0.5 - 0.15 * (std::f32::consts::TAU * part).sin()]
    };
    (0..=32).map(point).collect()
}

fn to_line(at: [f32; 2], points: &[[f32; 2]]) -> f32 {
    points.windows(2).map(|pair| to_segment(at, pair[0], pair[1])).fold(f32::INFINITY, f32::min)
}

fn to_nodes(at: [f32; 2]) -> f32 {
    let nodes = LAYERS.iter().flat_map(|&(x, heights)| heights.iter().map(move |&y| [x, y]));
    nodes.map(|node| to_segment(at, node, node)).fold(f32::INFINITY, f32::min)
}

fn to_cords(at: [f32; 2]) -> f32 {
    let mut nearest = f32::INFINITY;
    for pair in LAYERS.windows(2) {
        for &from in pair[0].1 {
            for &to in pair[1].1 {
                nearest = nearest.min(to_segment(at, [pair[0].0, from], [pair[1].0, to]));
            }
        }
    }
    nearest
}

fn to_segment(at: [f32; 2], from: [f32; 2], to: [f32; 2]) -> f32 {
    let (along, off) = ([to[0] - from[0], to[1] - from[1]], [at[0] - from[0], at[1] - from[1]]);
    let length = along[0].powi(2) + along[1].powi(2);
    let part =
        if length == 0.0 { 0.0 } else { ((off[0] * along[0] + off[1] * along[1]) / length).clamp(0.0, 1.0) };
    (off[0] - part * along[0]).hypot(off[1] - part * along[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_a_square_png_with_the_wave_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("icon.png");
        write(&path).unwrap();
        let file = std::io::BufReader::new(std::fs::File::open(&path).unwrap());
        let mut reader = png::Decoder::new(file).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width as usize, info.height as usize), (SIZE, SIZE));
        let of = |colour: Rgb| pixels.chunks_exact(3).filter(|pixel| **pixel == colour).count();
        assert!(of(WAVE) > 10_000, "{}", of(WAVE));
        assert!(of(NODE) > 5_000, "{}", of(NODE));
    }
}
