//! The command line of `nn render`.

use std::path::PathBuf;

use clap::Args;

use crate::{boxes::USUAL_BUFFER_FRAMES, sound::SoundFormat};

/// What to render, and how.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Words are told apart by their endings: models are .ts files or names (voice.ts, voice.ts:encode; the method is \
forward if there is none), sound is WAV, FLAC, AIFF or MP3, and latents are .npz files of NumPy. Without --out the last \
sound or .npz is the file to write.

  nn render voice.ts in.wav out.wav                     one file
  nn render in.wav rave.ts:encode rave.ts:decode -o out.wav
                                                        models one after the other
  nn render rave.ts:encode in.wav latents.npz           sound to latents
  nn render rave.ts:decode latents.npz out.wav          and back, whatever was done to them between
  nn render voice.ts take1.wav folder/ -o rendered/     many files
  nn render generator.ts --seconds 10 -o out.wav        a model without input
  nn render chord.nm out.wav --set notes='a c e'        a generator, which makes whole sounds
  nn render voice.ts in.wav out.wav --set gain=0.5 --automation moves.csv
  nn render voice.ts in.wav out.wav --pictures seen/    also waves and spectrograms, before over after

What is played is what a box plays at that --buffer, bit for bit, with 'seed 0' and at the model's own sample rate \
('resample 1'). The delay of buffering and resampling is removed, and so is the model's own where 'latency measure' can tell it.

moves.csv holds lines of time in seconds, name, value (more values for attributes that have several). A name is an \
attribute, of all models or with 2:gain of the second one, or an input of the first model: its label, or in1 for its \
first. Numbers go in straight lines from one line to the next: attributes of type float buffer by buffer, inputs sample \
by sample, as are the parameters of an effect (.nm) that plays first; what is not a number or not a float steps.

A file of several channels goes through a model of one as through a box for each, all with the same seed.

Exit codes: 0 done; 1 failed, or the model raised an error or answered NaN somewhere; 2 the command line was not \
understood; 4 no such file; 5 a file of that name exists (--force); 130 interrupted. A file is there when it is \
complete, or not at all.")]
pub struct Arguments {
    /// Models, sound or .npz files, folders, and without --out the file to write
    #[arg(required = true, value_name = "MODEL|IN|OUT")]
    pub words: Vec<PathBuf>,
    /// The file to write, or the folder for several
    #[arg(short, long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// The method of models that are given without one
    #[arg(long, value_name = "NAME")]
    pub method: Option<String>,
    /// The box's buffer, in samples; the model's ratios may make it larger
    #[arg(long, visible_alias = "stream", default_value_t = USUAL_BUFFER_FRAMES, value_name = "SAMPLES")]
    pub buffer: usize,
    /// One call for the whole input instead of buffers
    #[arg(long, conflicts_with_all = ["buffer", "automation", "latents", "keep_delay"])]
    pub whole: bool,
    /// Sets an attribute before the first sample; 2:NAME sets that of the second model
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Moves attributes and inputs: a table of time in seconds, name, value
    #[arg(long, value_name = "FILE.csv")]
    pub automation: Option<PathBuf>,
    /// Also writes the latents between the models
    #[arg(long, value_name = "FILE.npz")]
    pub latents: Option<PathBuf>,
    /// Draws what went in over what came out into this folder, as SVG and PNG: waves, spectrograms, latents, and the difference
    /// to the file of --against
    #[arg(long, value_name = "FOLDER")]
    pub pictures: Option<PathBuf>,
    /// What the model's random numbers begin with
    #[arg(long, default_value_t = 0, allow_negative_numbers = true, value_name = "NUMBER")]
    pub seed: i64,
    /// 1 for this project's convolutions, 0 for libtorch's own
    #[arg(long, default_value_t = 1, value_name = "0|1", value_parser = clap::value_parser!(u8).range(0..=1))]
    pub optimise: u8,
    /// How many threads one call of a model may use
    #[arg(long, default_value_t = 1, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub threads: u32,
    /// Runs models at the file's sample rate, whatever they were made for
    #[arg(long)]
    pub no_resample: bool,
    /// The sample rate of latents and generators; that of the file or the model otherwise
    #[arg(long, value_name = "HZ", value_parser = clap::value_parser!(u32).range(1_000..=768_000))]
    pub rate: Option<u32>,
    /// How long a model without input plays
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub seconds: Option<f64>,
    /// How long to play on after the input; without it, until the model is silent
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub tail: Option<f64>,
    /// Leaves the delay in, as a recording of the box has it
    #[arg(long)]
    pub keep_delay: bool,
    /// Mixes the input to one channel first
    #[arg(long)]
    pub mono: bool,
    /// Format of the files in the folder
    #[arg(long, value_name = "FORMAT", default_value = "wav")]
    pub format: SoundFormat,
    /// Bits of a sample: 16, 24, or 32 for floating point; by default 32 in WAV, 24 in FLAC
    #[arg(long, value_name = "BITS", value_parser = bits)]
    pub bits: Option<u16>,
    /// Compares with another file: signal-to-noise ratio, largest difference
    #[arg(long, value_name = "SOUND")]
    pub against: Option<PathBuf>,
    /// Replaces files that exist
    #[arg(long)]
    pub force: bool,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if (0.0..=86_400.0).contains(&number) { Ok(number) } else { Err("from 0 to 86400 seconds".into()) }
}

fn bits(text: &str) -> Result<u16, String> {
    text.parse().ok().filter(|bits| [16, 24, 32].contains(bits)).ok_or_else(|| "16, 24 or 32".into())
}
