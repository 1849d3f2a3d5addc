//! From values to places along an axis, and which values to label.

use crate::describe::{Axis, Scale};

/// Values beyond this are taken for it: differences stay finite.
const LARGEST: f64 = 1e300;
/// Values below this have no logarithm here.
const SMALLEST: f64 = 1e-300;

/// A stretch of an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// How values lie along it.
    pub scale: Scale,
    /// Where it begins.
    pub from: f64,
    /// Where it ends: above `from`.
    pub to: f64,
}

impl Span {
    /// As much as an axis asks for, or else as much as `values` need, ending at round numbers.
    pub fn of(axis: &Axis, values: impl Iterator<Item = f64>) -> Self {
        let usable = |value: &f64| value.is_finite() && (axis.scale == Scale::Linear || *value >= SMALLEST);
        let fixed = |end: Option<f64>| end.filter(usable).map(|end| end.clamp(-LARGEST, LARGEST));
        let (fixed_from, fixed_to) = (fixed(axis.from), fixed(axis.to));
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(usable).chain(fixed_from).chain(fixed_to) {
            least = least.min(value.clamp(-LARGEST, LARGEST));
            most = most.max(value.clamp(-LARGEST, LARGEST));
        }
        if least > most {
            (least, most) = if axis.scale == Scale::Linear { (0.0, 1.0) } else { (1.0, 10.0) };
        }
        let (from, to) = match axis.scale {
            Scale::Linear => round_ends(least, most),
            Scale::Log10 => round_powers(least, most),
        };
        let (from, to) = (fixed_from.unwrap_or(from), fixed_to.unwrap_or(to));
        let to = if to > from { to } else { from + from.abs().max(1e-9) };
        Self { scale: axis.scale, from, to }
    }

    /// Where a value lies: 0 at the beginning, 1 at the end, beyond them outside. `None` where it lies nowhere.
    pub fn part(&self, value: f64) -> Option<f32> {
        if !value.is_finite() {
            return None;
        }
        let value = value.clamp(-LARGEST, LARGEST);
        let part = match self.scale {
            Scale::Linear => (value - self.from) / (self.to - self.from),
            Scale::Log10 if value < SMALLEST => return None,
            Scale::Log10 => (value / self.from).log10() / (self.to / self.from).log10(),
        };
        part.is_finite().then_some(part.clamp(-1e6, 1e6) as f32)
    }

    /// The same, with what lies outside at the edge; what is not above zero on a logarithmic axis lies at its beginning.
    pub fn part_within(&self, value: f64) -> f32 {
        let lowest = if value > 0.0 { 1.0 } else { 0.0 };
        self.part(value).unwrap_or(lowest).clamp(0.0, 1.0)
    }

    /// At most `most` values to label, in ascending order: steps of 1, 2 or 5 times a power of ten, or such values themselves on
    /// a logarithmic axis.
    pub fn ticks(&self, most: usize) -> Vec<f64> {
        let most = most.clamp(2, 50);
        match self.scale {
            Scale::Linear => self.steps(most),
            Scale::Log10 => self.powers(most),
        }
    }

    /// Values that get a short tick and no label: 1 to 9 times every power of ten, on logarithmic axes of a few of them.
    pub fn fine_ticks(&self) -> Vec<f64> {
        let (first, last) = decades(self.from, self.to);
        if self.scale == Scale::Linear || last - first > 12 {
            return Vec::new();
        }
        let digits =
            (first..=last).flat_map(|power| (1..10).map(move |digit| times_power(f64::from(digit), power)));
        digits.filter(|value| self.holds(*value)).collect()
    }

    fn holds(&self, value: f64) -> bool {
        self.part(value).is_some_and(|part| (-1e-5..=1.000_01).contains(&part))
    }

    fn steps(&self, most: usize) -> Vec<f64> {
        let (digit, power) = step(self.to - self.from, most);
        let size = times_power(digit, power);
        let first = (self.from / size - 1e-6).ceil();
        (0..=most)
            .map(|index| times_power((first + index as f64) * digit, power))
            .filter(|v| self.holds(*v))
            .collect()
    }

    fn powers(&self, most: usize) -> Vec<f64> {
        let (first, last) = decades(self.from, self.to);
        let digits: &[f64] = &[1.0, 2.0, 5.0];
        if (last - first) as usize <= most {
            let all: Vec<_> = (first..=last)
                .flat_map(|power| digits.iter().map(move |digit| times_power(*digit, power)))
                .filter(|value| self.holds(*value))
                .collect();
            if (2..=most).contains(&all.len()) {
                return all;
            }
            if all.len() < 2 {
                return self.steps(most.min(6));
            }
        }
        let every = (1..).find(|every| (last - first) / every < most as i32).unwrap_or(1);
        (first..=last)
            .filter(|power| power.rem_euclid(every) == 0)
            .map(|power| times_power(1.0, power))
            .filter(|v| self.holds(*v))
            .collect()
    }
}

/// The powers of ten at or below both ends.
fn decades(from: f64, to: f64) -> (i32, i32) {
    let power = |value: f64| value.max(SMALLEST).log10().floor() as i32;
    (power(from), power(to))
}

/// Without the error of multiplying by a negative power.
fn times_power(digit: f64, power: i32) -> f64 {
    if power < 0 { digit / 10f64.powi(-power) } else { digit * 10f64.powi(power) }
}

/// The least of 1, 2 and 5 times the powers of ten of which at most `most` are as long as `length`.
fn step(length: f64, most: usize) -> (f64, i32) {
    let least = (length / most as f64).clamp(SMALLEST, LARGEST);
    let power = least.log10().floor() as i32;
    let digit = [1.0, 2.0, 5.0].into_iter().find(|digit| times_power(*digit, power) >= least * 0.999_999);
    digit.map_or((1.0, power + 1), |digit| (digit, power))
}

/// Round numbers around two values; zero when that is not far.
fn round_ends(least: f64, most: f64) -> (f64, f64) {
    let least = if least > 0.0 && least <= 0.6 * most { 0.0 } else { least };
    let most = if most < 0.0 && most >= 0.6 * least { 0.0 } else { most };
    let (least, most) = if most > least { (least, most) } else { apart(least) };
    let (digit, power) = step(most - least, 6);
    let (digit, power) = if digit == 5.0 { (1.0, power) } else { (digit / 2.0, power) };
    let size = times_power(digit, power);
    let (from, to) = ((least / size + 1e-6).floor() * size, (most / size - 1e-6).ceil() * size);
    if from.is_finite() && to.is_finite() && to > from { (from, to) } else { (least, most) }
}

/// Two ends around one value.
fn apart(value: f64) -> (f64, f64) {
    if value == 0.0 { (0.0, 1.0) } else { (value - 0.5 * value.abs(), value + 0.5 * value.abs()) }
}

/// 1, 2 or 5 times powers of ten around two values; whole powers of ten when they are far apart.
fn round_powers(least: f64, most: f64) -> (f64, f64) {
    let digits: &[f64] = if most / least > 1e5 { &[1.0] } else { &[1.0, 2.0, 5.0] };
    let (first, last) = decades(least, most);
    let candidates = |power: i32| {
        (power - 1..=power + 1).flat_map(|power| digits.iter().map(move |digit| times_power(*digit, power)))
    };
    let from = candidates(first).filter(|value| *value <= least * 1.000_001).fold(least / 10.0, f64::max);
    let to = candidates(last).filter(|value| *value >= most * 0.999_999).fold(most * 10.0, f64::min);
    if to > from { (from, to) } else { (from / 2.0, to * 2.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(scale: Scale, from: f64, to: f64) -> Span {
        Span { scale, from, to }
    }

    #[test]
    fn ticks_are_one_two_or_five_times_powers_of_ten() {
        let table: [(Span, usize, &[f64]); 7] = [
            (span(Scale::Linear, 0.0, 10.0), 6, &[0.0, 2.0, 4.0, 6.0, 8.0, 10.0]),
            (span(Scale::Linear, 0.0, 0.3), 6, &[0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]),
            (span(Scale::Linear, -1.0, 1.0), 5, &[-1.0, -0.5, 0.0, 0.5, 1.0]),
            (span(Scale::Log10, 1.0, 100.0), 8, &[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]),
            (span(Scale::Log10, 1e-3, 1e3), 8, &[1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1e3]),
            (span(Scale::Log10, 1e-9, 1e3), 5, &[1e-9, 1e-6, 1e-3, 1.0, 1e3]),
            (span(Scale::Log10, 3.0, 4.0), 8, &[3.0, 3.2, 3.4, 3.6, 3.8, 4.0]),
        ];
        for (span, most, ticks) in table {
            assert_eq!(span.ticks(most), ticks, "{span:?}");
        }
    }

    #[test]
    fn an_axis_ends_at_round_numbers_around_its_values() {
        let ends = |axis: Axis, values: &[f64]| {
            let span = Span::of(&axis, values.iter().copied());
            (span.from, span.to)
        };
        assert_eq!(ends(Axis::linear(""), &[1.0, 9.3]), (0.0, 10.0));
        assert_eq!(ends(Axis::linear(""), &[95.0, 101.0]), (95.0, 101.0));
        assert_eq!(ends(Axis::log(""), &[3.0, 70.0]), (2.0, 100.0));
        assert_eq!(ends(Axis::log(""), &[0.0, -4.0, 3.0, 70_000.0]), (2.0, 100_000.0));
        assert_eq!(ends(Axis::log(""), &[3.0, 700_000.0]), (1.0, 1_000_000.0));
        assert_eq!(ends(Axis::linear("").between(2.0, 3.0), &[9.0]), (2.0, 3.0));
        assert_eq!(ends(Axis::linear(""), &[]), (0.0, 1.0));
        assert_eq!(ends(Axis::log(""), &[f64::NAN]), (1.0, 10.0));
    }

    #[test]
    fn equal_ratios_are_equally_far_apart_on_a_logarithmic_axis() {
        let span = span(Scale::Log10, 1.0, 1e4);
        assert_eq!(span.part(100.0), Some(0.5));
        assert_eq!((span.part(0.0), span.part(f64::INFINITY)), (None, None));
        assert_eq!((span.part_within(0.0), span.part_within(1e9)), (0.0, 1.0));
    }

    #[test]
    fn ends_of_any_size_give_few_ticks() {
        for scale in [Scale::Linear, Scale::Log10] {
            for ends in [[-f64::MAX, f64::MAX], [1e16, 1e16 + 2.0], [5e-324, 1e-320], [0.0, 0.0], [7.0, 7.0]]
            {
                let axis = Axis { scale, ..Axis::default() };
                let span = Span::of(&axis, ends.into_iter());
                assert!(span.to > span.from, "{span:?}");
                assert!(span.ticks(8).len() <= 9, "{span:?}");
                assert!(span.fine_ticks().len() < 150, "{span:?}");
            }
        }
    }
}
