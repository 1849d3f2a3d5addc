//! Pure Data 0.55 as a test host.

fn main() {}
