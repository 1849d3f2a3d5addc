//! The command line of `nn profile`, and that of the process that it starts.

use std::path::PathBuf;

use clap::Args;

use crate::boxes::USUAL_BUFFER_FRAMES;

/// What to profile, and what to write.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
For example:
  nn profile voice.ts                          where a call of forward spends its time, at buffer 4096
  nn profile voice.ts:decode --buffer 2048     another method, another buffer
  nn profile voice.ts --optimise 0             with libtorch's own convolutions
  nn profile voice.ts --out pictures/          also flame graph, roofline and memory, as pictures
  nn profile voice.ts --json > voice.json      everything, for programs

How to read it. A module is a part of the model by its name in the file (decoder.net.1.conv); its time is that of its own \
operators, without those of modules inside it. 'interpreter' is what libtorch does between operators, 'copies' are the \
samples on their way in and out. All times add up to the recorded call; the first lines say what recording itself costs.

Memory: a stream reads all weights for every buffer. 'of memory' says how much of the measured bandwidth a module's weights \
and samples use, 'of peak' how much of the measured arithmetic its multiplications use, both on one thread. A module near 100 % of one \
of them cannot be made faster by better code: smaller weights or a larger buffer help the first, less arithmetic the second. A \
module far from both spends its time elsewhere.

'ours' are convolutions that this project's kernels compute; of all others the reason stands behind them.

Runs in a separate process, so a model that crashes or hangs is a line. Exit codes: 0 done; 1 the model failed, or could not be loaded; \
2 the command line was not understood; 4 no such file; 5 a file of that name exists (--force); 130 interrupted.")]
pub struct Arguments {
    /// The model, and its method behind a colon: without one forward, or the first
    #[arg(value_name = "MODEL[:METHOD]")]
    pub model: String,
    /// The method, where none stands behind the model
    #[arg(long, value_name = "NAME")]
    pub method: Option<String>,
    /// How it is called.
    #[command(flatten)]
    pub calls: Calls,
    /// Shows every module and operator, and every convolution with its shape
    #[arg(long)]
    pub all: bool,
    /// Writes flame.svg, roofline, memory, time per block and the stacks behind the flame graph into this folder
    #[arg(short, long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Replaces files that exist
    #[arg(long)]
    pub force: bool,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
}

/// How a method is called.
#[derive(Clone, Debug, Args)]
pub struct Calls {
    /// Samples in a buffer; the model's ratios may make it larger
    #[arg(long, default_value_t = USUAL_BUFFER_FRAMES, value_name = "SAMPLES")]
    pub buffer: usize,
    /// How many calls are recorded, at most: no more are begun after ten seconds
    #[arg(long, default_value_t = 100, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub calls: u32,
    /// The sample rate: what a buffer lasts; by default the model's own, or 44100
    #[arg(long, value_name = "HZ", value_parser = clap::value_parser!(u32).range(1_000..=768_000))]
    pub rate: Option<u32>,
    /// Sets an attribute before the first call
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// What the model's random numbers begin with
    #[arg(long, default_value_t = 0, allow_negative_numbers = true, value_name = "NUMBER")]
    pub seed: i64,
    /// 1 for this project's convolutions, 0 for libtorch's own
    #[arg(long, default_value_t = 1, value_name = "0|1", value_parser = clap::value_parser!(u8).range(0..=1))]
    pub optimise: u8,
    /// How many threads one call of the model may use
    #[arg(long, default_value_t = 1, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub threads: u32,
    /// How long a load or a call may take before it counts as hanging; NN_LOAD_LIMIT_S goes before it for loading
    /// [default: 60 for loading, 10 for a call]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub patience: Option<u64>,
}

/// What the process is told that calls the model.
#[derive(Debug, Args)]
pub struct Record {
    /// The model
    pub file: PathBuf,
    /// The method
    pub method: String,
    /// How it is called; the buffer and the rate are the final ones.
    #[command(flatten)]
    pub calls: Calls,
}

impl Calls {
    /// The same as words of a command line.
    pub fn words(&self) -> Vec<String> {
        let mut words = vec![
            format!("--buffer={}", self.buffer),
            format!("--calls={}", self.calls),
            format!("--seed={}", self.seed),
            format!("--optimise={}", self.optimise),
            format!("--threads={}", self.threads),
        ];
        words.extend(self.rate.map(|hz| format!("--rate={hz}")));
        words.extend(self.set.iter().map(|word| format!("--set={word}")));
        words
    }
}
