//! Functions that the linker must not leave out.

/// Keeps functions that only externals call in the executable.
#[macro_export]
#[doc(hidden)]
macro_rules! keep {
    ($($function:ident),* $(,)?) => {
        #[used]
        static KEEP: [$crate::keep::Kept; [$(stringify!($function)),*].len()] =
            [$($crate::keep::Kept($function as *const ())),*];
    };
}

/// An address that lives in a static.
pub struct Kept(#[allow(dead_code, reason = "the linker reads it")] pub *const ());

// An address of code.
unsafe impl Sync for Kept {}
