//! The command-line tool `nn`.

fn main() {}
