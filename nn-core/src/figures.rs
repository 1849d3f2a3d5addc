//! Medians and their like, by nearest rank: every one of them is a value that was measured, and none is left out.
//!
//! Thread: any but audio.

/// The median, 0 for none.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value that `part` of all do not exceed, 0 for none.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    of_sorted(&sorted, part)
}

/// The same of values that rise.
pub fn of_sorted(sorted: &[f64], part: f64) -> f64 {
    let rank = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// The smallest, 0 for none.
pub fn least(values: &[f64]) -> f64 {
    quantile(values, 0.0)
}

/// The largest, 0 for none.
pub fn largest(values: &[f64]) -> f64 {
    quantile(values, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_of_the_list_at_the_nearest_rank() {
        // The example of the definition: 15, 20, 35, 40, 50.
        let values = [35.0, 20.0, 15.0, 50.0, 40.0];
        for (part, expected) in
            [(0.05, 15.0), (0.3, 20.0), (0.4, 20.0), (0.5, 35.0), (1.0, 50.0), (0.0, 15.0)]
        {
            assert_eq!(quantile(&values, part), expected, "{part}");
        }
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!([0.5, 0.9, 0.99, 0.999].map(|part| quantile(&hundred, part)), [50.0, 90.0, 99.0, 100.0]);
        assert_eq!([median(&[]), least(&[]), largest(&[])], [0.0; 3]);
    }
}
