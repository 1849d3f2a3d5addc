//! Medians and their like.

/// The median, 0 for none.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value that `part` of all do not exceed, 0 for none.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (values.len() as f64 * part).ceil() as usize;
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
