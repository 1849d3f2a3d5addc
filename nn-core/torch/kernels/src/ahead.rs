//! Asking the memory for weights before they are needed.

use crate::{isa::Isa, vector::Vector};

/// Floats of a cache line.
const LINE: usize = 16;
/// Floats of the smallest page: what processors guess by themselves ends with it.
const PAGE: usize = 1024;
/// How many floats ahead single lines are asked for.
const LINES_AHEAD: usize = 4096;
/// How many floats ahead pages are.
const PAGES_AHEAD: usize = 8192;

/// How to ask. Which way is the fastest hangs on the processor; docs/KERNELS.md says on which ones it was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "others are not asked"))]
pub enum Ahead {
    /// The instruction set has no way to ask, or none that is used here.
    Nothing,
    /// Every line, into the first cache.
    Lines,
    /// The first two lines of every page, into the second cache: the processor then guesses the others. Where its own
    /// guesses are good, asking for every line only holds them up.
    Pages,
}

impl Ahead {
    /// What suits this processor, or, where that was never measured, every line.
    pub fn of(isa: Isa) -> Self {
        match isa {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 | Isa::Avx512 => x86(),
            _ => Self::Nothing,
        }
    }

    /// How far ahead, in floats.
    #[inline(always)]
    pub fn floats(self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Lines => LINES_AHEAD,
            Self::Pages => PAGES_AHEAD,
        }
    }

    /// Asks for what is needed so much later than a row of `floats` weights; each row of a panel once, in order.
    #[inline(always)]
    pub fn ask<V: Vector>(self, row: *const f32, floats: usize) {
        let later = row.wrapping_add(self.floats());
        match self {
            Self::Nothing => {}
            Self::Lines => {
                for line in (0..floats).step_by(LINE) {
                    V::prefetch_near(later.wrapping_add(line));
                }
            }
            Self::Pages => {
                if row.addr() / size_of::<f32>() % PAGE < floats {
                    V::prefetch_far(later);
                    V::prefetch_far(later.wrapping_add(LINE));
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn x86() -> Ahead {
    let vendor = std::arch::x86_64::__cpuid(0);
    let name = [vendor.ebx, vendor.edx, vendor.ecx].map(u32::to_le_bytes);
    match name.as_flattened() {
        b"AuthenticAMD" | b"HygonGenuine" => Ahead::Pages,
        _ => Ahead::Lines,
    }
}

#[cfg(test)]
#[allow(unsafe_code)] // A register that only notes what it is asked for.
mod tests {
    use std::cell::RefCell;

    use super::*;

    thread_local! {
        /// Addresses in floats, and whether they were asked for into the first cache.
        static ASKED: RefCell<Vec<(usize, bool)>> = const { RefCell::new(Vec::new()) };
    }

    #[derive(Clone, Copy)]
    struct Noting;

    // SAFETY: nothing is read or written.
    unsafe impl Vector for Noting {
        const LANES: usize = 1;

        fn prefetch_near(from: *const f32) {
            ASKED.with_borrow_mut(|asked| asked.push((from.addr() / size_of::<f32>(), true)));
        }

        fn prefetch_far(from: *const f32) {
            ASKED.with_borrow_mut(|asked| asked.push((from.addr() / size_of::<f32>(), false)));
        }

        unsafe fn zero() -> Self {
            unreachable!()
        }

        unsafe fn load(_: *const f32) -> Self {
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

    /// What a panel of `rows` rows of `floats` weights asks for that begins `first` floats after address 0.
    fn asked(ahead: Ahead, first: usize, floats: usize, rows: usize) -> Vec<(usize, bool)> {
        for row in 0..rows {
            let address = (first + row * floats) * size_of::<f32>();
            ahead.ask::<Noting>(std::ptr::without_provenance(address), floats);
        }
        ASKED.take()
    }

    #[test]
    fn every_page_is_asked_for_once_whatever_the_width_of_a_row() {
        for floats in [16, 32, 48, 64] {
            for first in [0_usize, 16, 1008, 4096 + 48] {
                let rows = 20 * PAGE / floats;
                let asked = asked(Ahead::Pages, first, floats, rows);
                assert!(asked.iter().all(|&(_, near)| !near));
                let pages: Vec<_> = asked.iter().map(|&(at, _)| (at - PAGES_AHEAD) / PAGE).collect();
                // The panel may begin within the first row of a page, or after it.
                let begun = first / PAGE + usize::from(first % PAGE >= floats);
                let wanted: Vec<_> =
                    (begun..=(first + (rows - 1) * floats) / PAGE).flat_map(|page| [page; 2]).collect();
                assert_eq!(pages, wanted, "rows of {floats} from {first}");
            }
        }
    }

    #[test]
    fn every_line_is_asked_for_once() {
        for floats in [16, 32, 48, 64] {
            let asked = asked(Ahead::Lines, 64, floats, 10);
            let wanted: Vec<_> =
                (0..10 * floats / LINE).map(|line| (64 + LINES_AHEAD + line * LINE, true)).collect();
            assert_eq!(asked, wanted);
        }
    }

    #[test]
    fn processors_that_cannot_be_asked_are_not() {
        assert_eq!(Ahead::of(Isa::Portable), Ahead::Nothing);
        assert_eq!(Ahead::of(Isa::Neon), Ahead::Nothing);
        assert!(asked(Ahead::Nothing, 0, 64, 10).is_empty());
    }
}
