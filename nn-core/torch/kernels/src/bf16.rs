//! Weights of 16 bits with the range of an `f32`.
#![allow(unsafe_code)] // Loads through pointers.

use crate::{element::Element, vector::Vector};

/// The upper half of an `f32`: its sign, its exponent and the first 7 bits of its fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Bf16(u16);

// SAFETY: zeros are 0.0, and `Vector::load_upper_halves` reads as many halves as there are lanes.
unsafe impl Element for Bf16 {
    /// To even between two that are equally near.
    #[inline(always)]
    fn nearest(weight: f32) -> Self {
        if weight.is_nan() {
            return Self(0x7FC0); // Rounding could carry a NaN into an infinity.
        }
        let bits = weight.to_bits();
        let upper_is_odd = bits >> 16 & 1;
        // No overflow: what is no NaN is at most 0xFF80_0000.
        Self(((bits + 0x7FFF + upper_is_odd) >> 16) as u16)
    }

    #[inline(always)]
    fn value(self) -> f32 {
        f32::from_bits(u32::from(self.0) << 16)
    }

    #[inline(always)]
    unsafe fn load<V: Vector>(from: *const Self) -> V {
        // SAFETY: the processor has the instruction set, and `from` is readable and aligned, as this function demands;
        // the type is one `u16`.
        unsafe { V::load_upper_halves(from.cast()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The next value away from zero.
    fn next(value: Bf16) -> Bf16 {
        Bf16(value.0 + 1)
    }

    #[test]
    fn every_value_is_nearest_to_itself() {
        for value in (0..=u16::MAX).map(Bf16) {
            if value.value().is_nan() {
                assert!(Bf16::nearest(value.value()).value().is_nan());
            } else {
                assert_eq!(Bf16::nearest(value.value()), value);
            }
        }
    }

    #[test]
    fn between_two_values_the_nearer_one_is_taken_and_the_even_one_in_the_middle() {
        // All finite values of either sign but the last, whose next is an infinity.
        for low in (0..0x7F7F).chain(0x8000..0xFF7F).map(Bf16) {
            let high = next(low);
            let (a, b) = (f64::from(low.value()), f64::from(high.value()));
            let middle = ((a + b) / 2.0) as f32; // Exact: it needs one more bit.
            let even = if low.0.is_multiple_of(2) { low } else { high };
            assert_eq!(Bf16::nearest(middle), even, "{middle:e}");
            assert_eq!(Bf16::nearest(f32::from_bits(middle.to_bits() - 1)), low, "below {middle:e}");
            assert_eq!(Bf16::nearest(f32::from_bits(middle.to_bits() + 1)), high, "above {middle:e}");
        }
    }

    #[test]
    fn what_is_too_large_becomes_infinite() {
        let largest = Bf16(0x7F7F).value();
        assert_eq!(Bf16::nearest(largest).value(), largest);
        assert_eq!(Bf16::nearest(f32::MAX).value(), f32::INFINITY);
        assert_eq!(Bf16::nearest(f32::MIN).value(), f32::NEG_INFINITY);
    }
}
