//! What holds and what does not, a line each.

/// The lines of one check.
pub struct Report {
    check: String,
    failed: u32,
}

impl Report {
    /// Of a check of this name.
    pub fn new(check: &str) -> Self {
        Self { check: check.into(), failed: 0 }
    }

    /// Something that must hold, with its figures.
    pub fn must(&mut self, holds: bool, what: impl std::fmt::Display) {
        self.failed += u32::from(!holds);
        println!("{}  {}: {what}", if holds { "PASS" } else { "FAIL" }, self.check);
    }

    /// A figure.
    pub fn figure(&self, what: impl std::fmt::Display) {
        println!("      {}: {what}", self.check);
    }

    /// How much did not hold.
    pub fn failed(&self) -> u32 {
        self.failed
    }
}
