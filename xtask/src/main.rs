//! One command for every chore.

fn main() {}
