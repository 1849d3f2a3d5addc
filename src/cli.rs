//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Neural audio models for Pure Data and Max.
#[derive(Debug, Parser)]
#[command(
    name = "nn",
    version,
    after_help = "Begin with:
  nn models list                     what there is to download
  nn models download voice           bring one; boxes then find it as [nn~ voice]
  nn info voice.ts                   its methods, channels, ratios and attributes
  nn check voice.ts                  whether it is fit for the stage, on this machine
  nn doctor                          whether models run here, and on which devices

Exit codes:
  0  done; the model is fit
  1  it could not be done, or the output not be written; the model is not fit
  2  the words were not understood
  3  the network or a server is to blame: try again later
  4  there is no such model, source or file
  5  a file of that name is there already, or is not the catalogue's to delete"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the tool does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List, download and delete models
    #[command(subcommand)]
    Models(Models),
    /// Say what a model file is: methods, channels, ratios, attributes, state, problems
    Info(Info),
    /// Try a model in processes of its own, and say whether it is fit for the stage
    #[command(after_help = "\
Every method runs at 44.1 and 48 kHz with silence, an impulse and noise, in a process of its own: a model that \
crashes or hangs is a line in the table. Not fit is what raises, answers another shape than it promises, answers NaN \
or infinity, traps the processor, hangs, or takes longer for a block than the block lasts. What a method needs is found out first and \
said: another buffer, attributes to be set, classes and steps where labels of inputs ask for them.")]
    Check(Check),
    /// Say whether models run on this machine, and on which devices
    #[command(after_help = "\
Versions, the libtorch that was found, and a small model on the processor and on the GPU, in a process of its own: a \
driver that crashes or hangs is a line. The exit code is 0 when models run; a machine without a GPU is no fault.")]
    Doctor,
    /// What the doctor asks
    #[command(hide = true)]
    Probe,
    /// One method of a check
    #[command(hide = true)]
    Try(Try),
}

/// What can be done with the catalogue.
#[derive(Debug, Subcommand)]
pub enum Models {
    /// Show the models of all sources
    #[command(after_help = "\
Sources are the IRCAM Forum and Hugging Face, and those in a file of your own (docs/CATALOGUE.md, NN_SOURCES). A \
source that is down is shown as it was when it last answered.")]
    List {
        /// Only this source
        #[arg(long, value_name = "SOURCE")]
        source: Option<String>,
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Bring models into the models folder
    #[command(after_help = "\
A card is as `nn models list` shows it, or enough of its end to be unique. A model is there when it is whole and \
checked; an interrupted download goes on when it is asked for again. NN_MODELS names another folder. The files' paths \
are printed.")]
    Download {
        /// Which models
        #[arg(required = true, value_name = "CARD")]
        cards: Vec<String>,
        /// Another name for the file
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Replace a file of that name
        #[arg(long)]
        force: bool,
    },
    /// Delete models that were brought, and nothing else
    #[command(alias = "remove")]
    Delete {
        /// The files' names, with or without .ts
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
}

/// A file to be described.
#[derive(Debug, Args)]
pub struct Info {
    /// The model
    pub file: PathBuf,
    /// As YAML, which is what is shown anyway
    #[arg(long, conflicts_with = "json")]
    pub yaml: bool,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// A file to be tried.
#[derive(Debug, Args)]
pub struct Check {
    /// The model
    pub file: PathBuf,
    /// Samples in a block; the model's ratios may make it larger
    #[arg(long, default_value_t = 4096, value_name = "SAMPLES")]
    pub buffer: usize,
    /// How long one block may take before it counts as hanging
    #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub patience: u64,
}

/// One method at one rate.
#[derive(Debug, Args)]
pub struct Try {
    /// The model
    pub file: PathBuf,
    /// The method
    pub method: String,
    /// In Hz
    pub rate: u32,
    /// In samples
    pub buffer: usize,
}
