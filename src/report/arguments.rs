//! The command line of `nn report`.

use std::path::PathBuf;

use clap::Args;

/// What to report on, and where to.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
The page is one file that needs no network, no server and no JavaScript: to be sent, put on a web site, or opened from a disk. \
It shows what the file is, each method as a picture of its inlets and outlets, test sounds before and after with their \
spectrograms, latents, latency, what `nn check` says, attributes and how to set them, and where the model comes from.

  nn report voice.ts                      writes voice.html
  nn report voice -o page.html            a model of the models folder
  nn report voice.ts --json               the same data for programs, and no page
  nn report voice.ts --json -o page.html  both

The sounds are what a box plays at --buffer after 'seed 0' and 'resample 1', bit for bit; each says with which `nn render` you \
get it again. The model runs in processes of their own: one that raises, crashes or hangs still gets its page, which says so.

Exit codes: 0 the page is written, and the model is fit; 1 the page is written, and the model is not fit or cannot be loaded, or \
the page could not be written; 2 the command line was not understood; 4 no such model; 5 a file of that name exists (--force); \
130 interrupted. A page is there when it is complete, or not at all.")]
pub struct Arguments {
    /// The model: a file, or a name in a models folder
    #[arg(value_name = "MODEL")]
    pub model: PathBuf,
    /// The page to write [default: the model's name with .html, in this folder]
    #[arg(short, long, value_name = "PAGE.html")]
    pub out: Option<PathBuf>,
    /// The boxes' buffer, in samples; the model's ratios may make it larger
    #[arg(long, default_value_t = crate::boxes::USUAL_BUFFER_FRAMES, value_name = "SAMPLES")]
    pub buffer: usize,
    /// How long loading, or one piece of sound, may take before it counts as hanging [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub patience: Option<u64>,
    /// Leaves measuring the speed out, which takes longest
    #[arg(long)]
    pub no_bench: bool,
    /// How long each buffer is played in real time to measure the speed: longer finds more of what is rare
    #[arg(long, value_name = "SECONDS", default_value_t = 3.0, value_parser = crate::bench::seconds, conflicts_with = "no_bench")]
    pub bench_seconds: f64,
    /// Replaces a page that exists
    #[arg(long)]
    pub force: bool,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
}

/// One method that is to be heard, in the process that `nn report` starts for it.
#[derive(Debug, Args)]
pub struct Hear {
    /// The model
    pub file: PathBuf,
    /// The method
    pub method: String,
    /// In samples
    pub buffer: usize,
    /// Where sounds and latents are written
    pub folder: PathBuf,
    /// Sounds or latents; none for a model without input
    pub inputs: Vec<PathBuf>,
}
