//! Which machine made the figures, and how busy it was.

use std::fs;

/// The processor's name and the number of cores that this process may use.
pub fn name() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split(':').nth(1));
    let model = model.map_or_else(|| std::env::consts::ARCH.to_owned(), |model| model.trim().to_owned());
    format!("{model}, {} cores", cores())
}

/// Cores that this process may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The system's name, and which one of its kind where it tells.
pub fn system() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let system = std::env::consts::OS.to_owned();
    name.map_or_else(|| system.clone(), |name| format!("{system} ({})", name.trim_matches('"')))
}

/// Runnable threads per minute, 5 and 15 minutes, as the system tells.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let words: Vec<_> = text.split_whitespace().take(3).collect();
    if words.is_empty() { "unknown".into() } else { words.join(" ") }
}

/// What the user typed: the chore hands it on, otherwise it is cargo's.
pub fn command() -> String {
    let words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    std::env::var("NN_BENCH_COMMAND").unwrap_or_else(|_| {
        ["cargo bench -p nn --bench nn --".to_owned()].into_iter().chain(words).collect::<Vec<_>>().join(" ")
    })
}
