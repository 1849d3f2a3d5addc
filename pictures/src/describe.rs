//! What a chart shows, as plain data.

/// How values lie along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Equal differences are equally far apart.
    #[default]
    Linear,
    /// Equal ratios are equally far apart. Values that are not above zero are left out, or end at the edge.
    Log10,
}

/// An axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// What it shows, with its unit: `time (ms)`.
    pub title: String,
    /// How values lie along it.
    pub scale: Scale,
    /// Where it begins; below the least value when `None`.
    pub from: Option<f64>,
    /// Where it ends; above the largest value when `None`.
    pub to: Option<f64>,
}

impl Axis {
    /// A linear axis as long as its values need.
    pub fn linear(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// A logarithmic axis as long as its values need.
    pub fn log(title: impl Into<String>) -> Self {
        Self { title: title.into(), scale: Scale::Log10, ..Self::default() }
    }

    /// The same axis from one value to another.
    #[must_use]
    pub fn between(self, from: f64, to: f64) -> Self {
        Self { from: Some(from), to: Some(to), ..self }
    }
}

/// A point with a state.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Along the horizontal axis.
    pub x: f64,
    /// Along the vertical axis.
    pub y: f64,
    /// Written beside it, where there is room; may be empty.
    pub label: String,
    /// Whether what was wanted held there: drawn full, otherwise hollow.
    pub held: bool,
}

/// One bin of a histogram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Its left edge.
    pub from: f64,
    /// Its right edge.
    pub to: f64,
    /// How much is in it.
    pub height: f64,
}

/// One thing in a chart. Each with a name gets the next colour and a line in the legend, unless the name is empty.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A line through points.
    Line {
        /// For the legend.
        name: String,
        /// Horizontal and vertical value of each.
        points: Vec<[f64; 2]>,
        /// Whether it has gaps, as limits and estimates have.
        dashed: bool,
    },
    /// Stairs: a value lasts until the next one.
    Stairs {
        /// For the legend.
        name: String,
        /// Where each step begins, and its height.
        points: Vec<[f64; 2]>,
    },
    /// Bins beside each other, half transparent, so that several histograms can lie on each other.
    Histogram {
        /// For the legend.
        name: String,
        /// From left to right.
        bins: Vec<Bin>,
    },
    /// Points.
    Points {
        /// For the legend.
        name: String,
        /// In any order.
        points: Vec<Point>,
        /// Whether a thin line joins one to the next.
        joined: bool,
    },
    /// A line across the whole plot at a horizontal value: a budget, a deadline.
    Vertical {
        /// The value.
        at: f64,
        /// Written at the line.
        label: String,
    },
    /// A line across the whole plot at a vertical value.
    Horizontal {
        /// The value.
        at: f64,
        /// Written at the line.
        label: String,
    },
}

impl Mark {
    /// A line without gaps.
    pub fn line(name: impl Into<String>, points: impl IntoIterator<Item = [f64; 2]>) -> Self {
        Self::Line { name: name.into(), points: points.into_iter().collect(), dashed: false }
    }

    /// Points that are not joined.
    pub fn points(name: impl Into<String>, points: impl IntoIterator<Item = Point>) -> Self {
        Self::Points { name: name.into(), points: points.into_iter().collect(), joined: false }
    }

    /// For how large a share of `values` (0 to 1) each value is reached or exceeded: stairs that fall from 1. On two
    /// logarithmic axes the rare large values are seen as well as the many small ones.
    pub fn distribution(name: impl Into<String>, values: &[f64]) -> Self {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let count = sorted.len() as f64;
        let mut points: Vec<[f64; 2]> = Vec::new();
        // Beyond a value, only those that come after it are left; beyond the largest one, none.
        let mut from = sorted.first().copied();
        for (index, &value) in sorted.iter().enumerate() {
            if sorted.get(index + 1) == Some(&value) {
                continue;
            }
            let reached = points.len();
            let before = if reached == 0 { 1.0 } else { points[reached - 1][1] };
            if let Some(first) = from.take() {
                points.push([first, before]);
            }
            points.push([value, (count - index as f64 - 1.0) / count]);
        }
        Self::Stairs { name: name.into(), points }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_says_which_share_goes_beyond_each_value() {
        let Mark::Stairs { points, .. } = Mark::distribution("t", &[3.0, 1.0, 1.0, f64::NAN, 10.0]) else {
            panic!("not stairs");
        };
        assert_eq!(points, [[1.0, 1.0], [1.0, 0.5], [3.0, 0.25], [10.0, 0.0]]);
        let Mark::Stairs { points, .. } = Mark::distribution("t", &[]) else { panic!("not stairs") };
        assert_eq!(points, [] as [[f64; 2]; 0]);
    }
}
