//! How sure a ratio of two measurements is: the bootstrap.
//!
//! Both lists are drawn anew a thousand times, and the ratio of their figures is told with the interval in which 95 of 100
//! such draws lie. Runs that follow each other are alike (a processor that is hot stays so for a while), so they are drawn in
//! stretches of as many runs as the square root of their number. The same lists give the same interval.

/// Draws.
const DRAWS: usize = 1000;
/// Of the draws, this part lies on each side of the interval.
const OUTSIDE: f64 = 0.025;

/// A ratio, and the interval that it probably lies in.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Ratio {
    /// New by old.
    pub ratio: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

impl Ratio {
    /// Of a quantile of two lists; `None` where one of them is empty or the figure 0.
    pub fn of_quantile(new: &[u64], old: &[u64], part: f64) -> Option<Self> {
        if new.is_empty() || old.is_empty() {
            return None;
        }
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let ratio = |new: u64, old: u64| (old > 0).then(|| new as f64 / old as f64);
        let measured = ratio(quantile(&mut new.to_vec(), part), quantile(&mut old.to_vec(), part))?;
        let (mut drawn_new, mut drawn_old) = (Vec::new(), Vec::new());
        let mut ratios = Vec::with_capacity(DRAWS);
        for _ in 0..DRAWS {
            random.draw(new, &mut drawn_new);
            random.draw(old, &mut drawn_old);
            ratios.extend(ratio(quantile(&mut drawn_new, part), quantile(&mut drawn_old, part)));
        }
        ratios.sort_by(f64::total_cmp);
        let at = |part| nn_core::figures::of_sorted(&ratios, part);
        Some(Self { ratio: measured, low: at(OUTSIDE), high: at(1.0 - OUTSIDE) })
    }

    /// Whether it is not 1, as far as can be told.
    pub fn is_a_change(&self) -> bool {
        self.low > 1.0 || self.high < 1.0
    }
}

/// At the nearest rank; the list is put into another order.
fn quantile(values: &mut [u64], part: f64) -> u64 {
    let rank = ((values.len() as f64 * part).ceil() as usize).clamp(1, values.len());
    *values.select_nth_unstable(rank - 1).1
}

/// Numbers that repeat (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) as usize) % end
    }

    /// As many values, in stretches from anywhere; the list is thought of as a circle.
    fn draw(&mut self, from: &[u64], to: &mut Vec<u64>) {
        let stretch = (from.len() as f64).sqrt().ceil() as usize;
        to.clear();
        while to.len() < from.len() {
            let begin = self.below(from.len());
            let left = stretch.min(from.len() - to.len());
            to.extend(from[begin..].iter().chain(from).take(left));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values around a middle, as a uniform distribution has them, in any order.
    fn around(middle: u64, count: usize, seed: u64) -> Vec<u64> {
        let mut random = Random(seed);
        (0..count).map(|_| middle - 100 + random.below(201) as u64).collect()
    }

    #[test]
    fn a_change_is_told_where_there_is_one_and_only_there() {
        let old = around(1000, 400, 3);
        let same = Ratio::of_quantile(&around(1000, 400, 5), &old, 0.5).expect("values");
        assert!(!same.is_a_change() && same.low < 1.0 && same.high > 1.0, "{same:?}");
        for (middle, expected) in [(1100, 1.1), (900, 0.9)] {
            let other = Ratio::of_quantile(&around(middle, 400, 7), &old, 0.5).expect("values");
            assert!(other.is_a_change() && (other.ratio - expected).abs() < 0.02, "{other:?}");
            assert!(other.low < expected && expected < other.high, "{other:?}");
        }
    }

    #[test]
    fn the_interval_is_as_wide_as_that_of_known_values() {
        // The median of n values that are spread evenly over a width has a standard error of about width / (2 sqrt(n)).
        let (old, new) = (vec![1000; 400], around(1000, 400, 11));
        let found = Ratio::of_quantile(&new, &old, 0.5).expect("values");
        let standard = 0.201 / (2.0 * 400.0_f64.sqrt());
        let width = found.high - found.low;
        assert!((2.0 * standard..6.0 * standard).contains(&width), "{found:?}: {standard}");
    }

    #[test]
    fn the_same_lists_give_the_same_interval_and_equal_ones_no_change() {
        let (new, old) = (around(1000, 100, 3), around(1010, 90, 5));
        assert_eq!(Ratio::of_quantile(&new, &old, 0.99), Ratio::of_quantile(&new, &old, 0.99));
        let equal = Ratio::of_quantile(&[5; 9], &[5; 4], 0.5).expect("values");
        assert_eq!((equal.ratio, equal.low, equal.high), (1.0, 1.0, 1.0));
        assert_eq!(Ratio::of_quantile(&[], &old, 0.5), None);
        assert_eq!(Ratio::of_quantile(&[5], &[0], 0.5), None);
        // Runs that are alike for long tell less than as many that are not.
        let slow_drift: Vec<u64> = (0..400).map(|at| if at < 200 { 900 } else { 1100 }).collect();
        let mixed: Vec<u64> = (0..400).map(|at| if at % 2 == 0 { 900 } else { 1100 }).collect();
        let mean_like = |list: &[u64]| Ratio::of_quantile(list, &[1000; 400], 0.45).expect("values");
        let (drift, mixed) = (mean_like(&slow_drift), mean_like(&mixed));
        assert!(drift.high - drift.low >= mixed.high - mixed.low, "{drift:?} {mixed:?}");
    }
}
