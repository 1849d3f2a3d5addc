//! Prefetches weights before they are needed.

use crate::{element::Element, isa::Isa, vector::Vector};

/// A cache line.
const LINE_BYTES: usize = 64;
/// The smallest page: what processors guess by themselves ends with it.
const PAGE_BYTES: usize = 4096;
/// How far ahead single lines are asked for.
const LINES_AHEAD_BYTES: usize = 16 << 10;
/// How far ahead pages are.
const PAGES_AHEAD_BYTES: usize = 32 << 10;

/// How to ask. Which way is the fastest hangs on the processor; docs/KERNELS.md says on which ones it was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "others are not asked"))]
pub enum Prefetch {
    /// The instruction set has no way to ask, or none that is used here.
    Nothing,
    /// Every line, into the first cache.
    Lines,
    /// The first two lines of every page, into the second cache: the processor then guesses the others. Where its own
    /// guesses are good, asking for every line only holds them up.
    Pages,
}

impl Prefetch {
    /// What suits this processor, or, where that was never measured, every line.
    pub fn of(isa: Isa) -> Self {
        match isa {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 | Isa::Avx512 => x86(),
            _ => Self::Nothing,
        }
    }

    /// How far ahead.
    #[inline(always)]
    pub fn bytes(self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Lines => LINES_AHEAD_BYTES,
            Self::Pages => PAGES_AHEAD_BYTES,
        }
    }

    /// Asks for what is needed so much later than a row of so many weights; each row of a panel once, in order.
    #[inline(always)]
    pub fn ask<V: Vector, E: Element>(self, row: *const E, weights: usize) {
        let bytes = weights * size_of::<E>();
        let later = row.cast::<u8>().wrapping_add(self.bytes());
        match self {
            Self::Nothing => {}
            Self::Lines => {
                for line in (0..bytes).step_by(LINE_BYTES) {
                    V::prefetch_near(later.wrapping_add(line));
                }
            }
            Self::Pages => {
                if row.addr() % PAGE_BYTES < bytes {
                    V::prefetch_far(later);
                    V::prefetch_far(later.wrapping_add(LINE_BYTES));
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn x86() -> Prefetch {
    let vendor = std::arch::x86_64::__cpuid(0);
    let name = [vendor.ebx, vendor.edx, vendor.ecx].map(u32::to_le_bytes);
    match name.as_flattened() {
        b"AuthenticAMD" | b"HygonGenuine" => Prefetch::Pages,
        _ => Prefetch::Lines,
    }
}

#[cfg(test)]
#[allow(unsafe_code)] // A register that only notes what it is asked for.
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::bf16::Bf16;

    thread_local! {
        /// Addresses, and whether they were asked for into the first cache.
        static ASKED: RefCell<Vec<(usize, bool)>> = const { RefCell::new(Vec::new()) };
    }

    #[derive(Clone, Copy)]
    struct Noting;

    // SAFETY: nothing is read or written.
    unsafe impl Vector for Noting {
        const LANES: usize = 1;

        fn prefetch_near(from: *const u8) {
            ASKED.with_borrow_mut(|asked| asked.push((from.addr(), true)));
        }

        fn prefetch_far(from: *const u8) {
            ASKED.with_borrow_mut(|asked| asked.push((from.addr(), false)));
        }

        unsafe fn zero() -> Self {
            unreachable!()
        }

        unsafe fn load(_: *const f32) -> Self {
            unreachable!()
        }

        unsafe fn load_upper_halves(_: *const u16) -> Self {
            unreachable!()
        }

        unsafe fn splat(_: *const f32) -> Self {
            unreachable!()
        }

        unsafe fn add_product(self, _: Self, _: Self) -> Self {
            unreachable!()
        }

        unsafe fn store(self, _: *mut f32) {
            unreachable!()
        }
    }

    /// What a panel of `rows` rows of `width` weights asks for that begins `first` bytes after address 0.
    fn asked<E: Element>(prefetch: Prefetch, first: usize, width: usize, rows: usize) -> Vec<(usize, bool)> {
        for row in 0..rows {
            let address = first + row * width * size_of::<E>();
            prefetch.ask::<Noting, E>(std::ptr::without_provenance(address), width);
        }
        ASKED.take()
    }

    fn every_page_is_asked_for_once<E: Element>() {
        for width in [16, 32, 48, 64] {
            let bytes = width * size_of::<E>();
            for first in [0, 64, 4032, 4 * PAGE_BYTES + 192] {
                let rows = 20 * PAGE_BYTES / bytes;
                let asked = asked::<E>(Prefetch::Pages, first, width, rows);
                assert!(asked.iter().all(|&(_, near)| !near));
                let pages: Vec<_> =
                    asked.iter().map(|&(at, _)| (at - PAGES_AHEAD_BYTES) / PAGE_BYTES).collect();
                // The panel may begin within the first row of a page, or after it.
                let begun = first / PAGE_BYTES + usize::from(first % PAGE_BYTES >= bytes);
                let wanted: Vec<_> =
                    (begun..=(first + (rows - 1) * bytes) / PAGE_BYTES).flat_map(|page| [page; 2]).collect();
                assert_eq!(pages, wanted, "rows of {bytes} bytes from {first}");
            }
        }
    }

    #[test]
    fn every_page_is_asked_for_once_whatever_the_width_of_a_row() {
        every_page_is_asked_for_once::<f32>();
        every_page_is_asked_for_once::<Bf16>();
    }

    /// Rows of whole lines.
    fn every_line_is_asked_for_once<E: Element>(widths: &[usize]) {
        for &width in widths {
            let asked = asked::<E>(Prefetch::Lines, 256, width, 10);
            let wanted: Vec<_> = (0..10 * width * size_of::<E>() / LINE_BYTES)
                .map(|line| (256 + LINES_AHEAD_BYTES + line * LINE_BYTES, true))
                .collect();
            assert_eq!(asked, wanted);
        }
    }

    #[test]
    fn every_line_is_asked_for_once_in_rows_of_whole_lines() {
        every_line_is_asked_for_once::<f32>(&[16, 32, 48, 64]);
        every_line_is_asked_for_once::<Bf16>(&[32, 64]);
    }

    #[test]
    fn processors_that_cannot_be_asked_are_not() {
        assert_eq!(Prefetch::of(Isa::Portable), Prefetch::Nothing);
        assert_eq!(Prefetch::of(Isa::Neon), Prefetch::Nothing);
        assert!(asked::<f32>(Prefetch::Nothing, 0, 64, 10).is_empty());
    }
}
