//! Values as colours.

use crate::theme::Rgb;

/// Colours at equal distances along a scale, from its lowest to its highest value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColourMap {
    /// Gets the first colour, and so does what is below.
    pub lowest: f32,
    /// Gets the last colour, and so does what is above.
    pub highest: f32,
    stops: &'static [Rgb],
}

/// From dark to bright; lightness rises all the way, so that the picture also reads in grey.
const RISING: &[Rgb] = &[
    [6, 8, 24],
    [32, 24, 88],
    [92, 30, 126],
    [164, 44, 116],
    [226, 86, 76],
    [252, 164, 72],
    [254, 246, 190],
];
/// From blue over nearly white to orange: distinct also without colour vision.
const AROUND_ZERO: &[Rgb] = &[
    [0, 68, 120],
    [0, 114, 178],
    [140, 190, 222],
    [246, 246, 246],
    [240, 178, 128],
    [213, 94, 0],
    [130, 52, 0],
];

impl ColourMap {
    /// For levels.
    pub fn rising(lowest: f32, highest: f32) -> Self {
        Self { lowest, highest, stops: RISING }
    }

    /// For values on both sides of zero, as far as `extent`.
    pub fn around_zero(extent: f32) -> Self {
        Self { lowest: -extent, highest: extent, stops: AROUND_ZERO }
    }

    /// The colour of a value; what is no number gets the first.
    pub fn colour(&self, value: f32) -> Rgb {
        let place = (value - self.lowest) / (self.highest - self.lowest);
        let last = self.stops.len() - 1;
        let place = if place.is_nan() { 0.0 } else { place.clamp(0.0, 1.0) } * last as f32;
        let index = (place as usize).min(last - 1);
        let part = place - index as f32;
        std::array::from_fn(|channel| {
            let (from, to) =
                (f32::from(self.stops[index][channel]), f32::from(self.stops[index + 1][channel]));
            (from + (to - from) * part).round() as u8
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_get_lighter_with_the_level_and_end_at_the_ends() {
        let map = ColourMap::rising(-80.0, 0.0);
        let lightness =
            |[r, g, b]: Rgb| 0.2126 * f32::from(r) + 0.7152 * f32::from(g) + 0.0722 * f32::from(b);
        let levels: Vec<f32> = (-80..=0).map(|db| lightness(map.colour(db as f32))).collect();
        assert!(levels.windows(2).all(|pair| pair[1] > pair[0]));
        assert_eq!(map.colour(f32::NEG_INFINITY), RISING[0]);
        assert_eq!(map.colour(f32::NAN), RISING[0]);
        assert_eq!(map.colour(30.0), RISING[6]);
    }

    #[test]
    fn zero_is_the_lightest_of_values_on_both_sides() {
        let map = ColourMap::around_zero(3.0);
        assert_eq!(map.colour(0.0), AROUND_ZERO[3]);
        assert_eq!((map.colour(-9.0), map.colour(9.0)), (AROUND_ZERO[0], AROUND_ZERO[6]));
    }
}
