//! Greatest common divisor and least common multiple.
//!
//! Thread: any.

/// Greatest common divisor; `gcd(0, n) = n`.
pub fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Least common multiple, `None` when it does not fit or an argument is 0.
pub fn lcm(a: usize, b: usize) -> Option<usize> {
    if a == 0 || b == 0 { None } else { (a / gcd(a, b)).checked_mul(b) }
}
