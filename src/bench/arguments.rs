//! The command line of `nn bench`.

use std::path::PathBuf;

use clap::Args;

use crate::boxes::BLOCK_FRAMES;

/// What to measure, and how.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
A box plays the model as in a host: a thread with the priority of audio, if the system grants one, calls it block by \
block when each is due. Every buffer counts, the slowest too: percentiles are the values at the nearest rank, none is left out. Each \
measurement runs in a process of its own, so that a model that crashes or hangs is a line.

  nn bench voice.ts                                 buffers of 512 and 2048, some two minutes
  nn bench voice.ts:encode --buffers 64,256,1024    another method, other buffers
  nn bench voice.ts --optimise 0,1                  this project's convolutions beside libtorch's, in turns
  nn bench voice.ts --buffers 2048 --hold 600       the least deadline that holds for ten minutes
  nn bench voice.ts --load 2                        while two other threads compute
  nn bench voice.ts --buffers 2048 --deadline 640 --seconds 600
                                                    whether that deadline holds for ten minutes
  nn bench voice.ts --out today                     bench.json and pictures as PNG and SVG
  nn bench voice.ts --against today/bench.json      what has changed since

Columns: buffer in samples; p50 to worst, what a run of the model takes by the clock, in ms; of budget, p50 in percent of the time \
that a run may take on average; late/1000, buffers that were late with the deadline of a whole buffer (or --deadline); \
least deadline, in samples: twice the longest time from a full buffer to its result and 1 ms, in whole host blocks, \
then played once more for as long, or for --hold, and raised until no buffer is late; latency with that deadline, and the model's own delay where it can \
be told; boxes, how many play beside each other with whole buffers as deadlines.

Exit codes: 0 it keeps its time; 1 it does not, or failed; 2 the command line was not understood; 4 no such file; 5 a file \
of that name exists (--force); 130 interrupted.")]
pub struct Arguments {
    /// The model, with the method behind a colon
    #[arg(value_name = "MODEL[:METHOD]")]
    pub model: PathBuf,
    /// The method, if none is behind the model; forward, or the first
    #[arg(long, value_name = "NAME")]
    pub method: Option<String>,
    /// Buffers in samples; the model's ratios may make them larger
    #[arg(long, value_name = "SAMPLES", value_delimiter = ',', default_values_t = [512, 2048])]
    pub buffers: Vec<usize>,
    /// Sample rates of the host; without it, the model's own, or 44100
    #[arg(long, value_name = "HZ", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1_000..=768_000))]
    pub rate: Vec<u32>,
    /// The host's block in samples
    #[arg(long, value_name = "SAMPLES", default_value_t = BLOCK_FRAMES as u32, value_parser = clap::value_parser!(u32).range(1..=8192))]
    pub block: u32,
    /// How long each buffer is played in real time
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    pub seconds: f64,
    /// How long the least deadline must hold; without it, as long as --seconds. A concert's is 600 and more
    #[arg(long, value_name = "SECONDS", value_parser = seconds, conflicts_with = "deadline")]
    pub hold: Option<f64>,
    /// How often times and deadlines are measured; load, memory and boxes are once; the sides that are compared take turns
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub repeats: u32,
    /// Plays with this deadline alone, in samples, instead of looking for the least
    #[arg(long, value_name = "SAMPLES", value_parser = clap::value_parser!(u32).range(1..=65_536))]
    pub deadline: Option<u32>,
    /// No more boxes than these are tried; 0 tries none
    #[arg(long, value_name = "NUMBER", default_value_t = 64, value_parser = clap::value_parser!(u32).range(0..=512))]
    pub boxes: u32,
    /// Threads that compute beside it, with ordinary priority
    #[arg(long, value_name = "THREADS", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=512))]
    pub load: u32,
    /// Sets an attribute first
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// What the model's random numbers begin with
    #[arg(long, default_value_t = 0, allow_negative_numbers = true, value_name = "NUMBER")]
    pub seed: i64,
    /// 1 for this project's convolutions, 0 for libtorch's own, 0,1 for both in turns
    #[arg(long, value_delimiter = ',', default_values_t = [1], value_name = "0|1", value_parser = clap::value_parser!(u8).range(0..=1))]
    pub optimise: Vec<u8>,
    /// How many threads one call of the model may use; with more than 1, processor time is not told
    #[arg(long, default_value_t = 1, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub threads: u32,
    /// Runs the model at the host's rate, whatever it was made for
    #[arg(long)]
    pub no_resample: bool,
    /// How long one run may take before it counts as hanging
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub patience: u64,
    /// Compares with an earlier run
    #[arg(long, value_name = "FILE.json")]
    pub against: Option<PathBuf>,
    /// Writes bench.json and pictures into this folder
    #[arg(short, long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Replaces files that exist
    #[arg(long)]
    pub force: bool,
    /// As JSON, for programs, with the time of every run
    #[arg(long)]
    pub json: bool,
}

/// How long something is played, as it is typed.
///
/// # Errors
/// It is no number, or one that makes no sense.
pub fn seconds(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if (0.1..=86_400.0).contains(&number) { Ok(number) } else { Err("from 0.1 to 86400 seconds".into()) }
}
