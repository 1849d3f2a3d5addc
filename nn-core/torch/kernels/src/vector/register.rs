//! What the kernels ask of a register, whatever the instruction set.

/// A register of floats.
///
/// # Safety
/// Every method reads or writes `LANES` elements at most. Methods that are `unsafe` may be called only where the
/// processor has the instruction set, from a function that is compiled for it; those for prefetching may be called
/// wherever the program runs.
pub unsafe trait Vector: Copy {
    /// How many floats.
    const LANES: usize;

    /// Asks for the cache line at an address that need not be readable, into the first cache. Does nothing where the
    /// processor cannot be asked.
    #[inline(always)]
    fn prefetch_near(_from: *const u8) {}

    /// The same into the second cache.
    #[inline(always)]
    fn prefetch_far(_from: *const u8) {}

    /// All zero.
    ///
    /// # Safety
    /// As said at the trait.
    unsafe fn zero() -> Self;

    /// `LANES` floats.
    ///
    /// # Safety
    /// As said at the trait; `from` is readable and aligned for the register.
    unsafe fn load(from: *const f32) -> Self;

    /// `LANES` floats whose upper halves lie in memory; the lower halves become zero.
    ///
    /// # Safety
    /// As said at the trait; `from` is readable and aligned for half of the register.
    unsafe fn load_upper_halves(from: *const u16) -> Self;

    /// One float in every lane.
    ///
    /// # Safety
    /// As said at the trait; `from` is readable.
    unsafe fn splat(from: *const f32) -> Self;

    /// `self + a * b`.
    ///
    /// # Safety
    /// As said at the trait.
    unsafe fn add_product(self, a: Self, b: Self) -> Self;

    /// Writes `LANES` floats.
    ///
    /// # Safety
    /// As said at the trait; `to` is writable and aligned for the register.
    unsafe fn store(self, to: *mut f32);
}
