//! Which machine made the figures, and how busy it was.

use std::fs;

/// Prints the machine, its load and the command line.
pub fn print(title: &str) {
    println!("\n## {title}");
    println!("machine: {}, {} cores", cpu_model(), cores());
    println!("load at the start: {}", load());
    println!("command: {}", command());
}

/// Prints the load once more: figures of a machine that others used meanwhile are worth less.
pub fn print_end() {
    println!("load at the end: {}", load());
}

fn cpu_model() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split(':').nth(1));
    model.map_or_else(|| std::env::consts::ARCH.to_owned(), |model| model.trim().to_owned())
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Runnable threads per minute, 5 and 15 minutes, as the system tells.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let words: Vec<_> = text.split_whitespace().take(3).collect();
    if words.is_empty() { "unknown".into() } else { words.join(" ") }
}

/// What the user typed: the chore hands it on, otherwise it is cargo's.
fn command() -> String {
    std::env::var("NN_BENCH_COMMAND")
        .unwrap_or_else(|_| format!("cargo bench -p nn --bench {}", env!("CARGO_CRATE_NAME")))
}
