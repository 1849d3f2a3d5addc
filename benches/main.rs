//! The benchmarks, in one program: `cargo xtask bench`, or `cargo bench -p nn --bench nn -- NAME`.
//!
//! Each folder measures one thing and says it through `common::report`. Figures are ratios and differences between
//! sides of one run; nothing here fails because of them.
//!
//! | variable | meaning |
//! |---|---|
//! | `NN_BENCH_MODELS` | models beside the project's codec, separated as in `PATH` |
//! | `NN_BENCH_ROUNDS` | rounds of those benchmarks that have them |
//! | `NN_BENCH_METHOD`, `NN_BENCH_BUFFER` | methods and buffers of `overhead`, separated by commas |
//! | `NN_BENCH_LATENCY_S`, `NN_BENCH_DISTRIBUTION_S`, `NN_BENCH_TRY_S` | seconds of `latency`, of `distribution`, of a try of `capacity` |
//! | `NN_BENCH_RESULTS` | where results are appended for the chore that writes the page |
//! | `NN_BENCH_COMMAND` | what the chore was called with |

mod boxes;
mod callback;
mod capacity;
mod common;
mod distribution;
mod first;
mod kernels;
mod latency;
mod overhead;
mod python;
#[cfg(target_os = "linux")]
#[path = "../tests/support/mod.rs"]
mod support;
mod swap;

/// A benchmark's name and what it does.
type Bench = (&'static str, fn());

const BENCHES: [Bench; 10] = [
    ("callback", callback::run),
    ("overhead", overhead::run),
    ("kernels", kernels::run),
    ("first", first::run),
    ("boxes", boxes::run),
    ("swap", swap::run),
    ("capacity", capacity::run),
    ("latency", latency::run),
    ("distribution", distribution::run),
    ("python", python::run),
];

fn main() {
    // cargo adds `--bench`.
    let named: Vec<_> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    #[cfg(target_os = "linux")]
    if let [word, side @ ..] = &named[..]
        && word == boxes::ALONE
    {
        return boxes::stand(side);
    }
    for name in &named {
        let names = BENCHES.map(|(name, _)| name).join(", ");
        assert!(BENCHES.iter().any(|(known, _)| known == name), "no benchmark '{name}': there are {names}");
    }
    for (name, run) in BENCHES {
        if named.is_empty() || named.iter().any(|wanted| wanted == name) {
            run();
        }
    }
}
