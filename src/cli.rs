//! The command line.

use std::path::PathBuf;

use crate::{
    bench::Arguments as Bench,
    check::Check,
    doctor::Doctor,
    info::Info,
    profile::{Arguments as Profile, Record},
    render::Arguments as Render,
    report::{Arguments as Report, Hear},
};
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

/// Neural audio models for Pure Data and Max.
#[derive(Debug, Parser)]
#[command(
    name = "nn",
    version,
    after_help = "Start with:
  nn models list                     what there is to download
  nn models download voice           download one; boxes then find it as [nn~ voice]
  nn info voice.ts                   its methods, channels, ratios and attributes; who made it
  nn check voice.ts                  whether it is fit for the stage, on this machine
  nn render voice.ts in.wav out.wav  what it makes of a sound, as a box would play it
  nn bench voice.ts                  how long it takes, and with how little latency it plays
  nn profile voice.ts                where its time goes, and what bounds it
  nn report voice.ts                 a page about it, with sounds and pictures
  nn doctor                          whether models play here, and what to do if not

Exit codes:
  0  done; the model is fit
  1  failed, or the output could not be written; the model is not fit
  2  the command line was not understood
  3  the network or a server failed: try again later
  4  there is no such model, source or file
  5  a file of that name exists already, or was not downloaded by the catalog
  130  interrupted (nn render, nn bench, nn profile, nn report)"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What a shell needs to complete the words of a command line.
pub fn completions(shell: Shell) -> String {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "nn", &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// What the tool does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List, download and delete models
    #[command(subcommand)]
    Models(Models),
    /// Describe a model file: methods, channels, ratios, attributes, state, problems; save the sounds inside it
    Info(Info),
    /// Test a model in separate processes, and say whether it is fit for the stage
    #[command(after_help = "\
Every method runs at 44.1 and 48 kHz with silence, an impulse and noise, in a separate process: a model that \
crashes or hangs is a line in the table. A model is not fit if it raises an error, returns another shape than it \
promises, returns NaN or infinity, crashes, hangs, or takes longer for a block than the block lasts. What a method \
needs is found first and reported: another buffer, attributes to be set, classes and steps where labels of inputs ask \
for them.")]
    Check(Check),
    /// Play sound files through models, as boxes would, into files
    Render(Box<Render>),
    /// Measure a model as a box plays it: times, least deadline, number of boxes, memory
    Bench(Box<Bench>),
    /// Say where a call of a model spends its time, and what bounds it
    Profile(Box<Profile>),
    /// Write a page about a model: pictures, test sounds, latency, whether it is fit
    Report(Report),
    /// Check whether models play on this machine, and say what to do where they do not
    #[command(after_help = "\
One screen: hosts, system, processor, memory, libtorch, models folders, downloads, real-time priority, files that \
macOS holds back, Microsoft's runtime; then two models are played for 2 s, unheard, and a small one on the GPU. Each \
line is ok, or says what to do. What may crash or hang is asked in a separate process; the network is asked nothing. \
The exit code is 0 if models play, with warnings or without, with a GPU or without.")]
    Doctor(Doctor),
    /// Write what a shell needs to complete commands and options
    #[command(after_help = "\
The package holds the files that this writes, in its folder `completions`. To try one: source <(nn completions bash)")]
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// The process that `nn doctor` starts
    #[command(hide = true)]
    Probe,
    /// The process that `nn check` starts for each method
    #[command(hide = true)]
    Try(Try),
    /// The process that `nn bench` starts for each measurement
    #[command(hide = true)]
    Measure(Measure),
    /// The process that `nn profile` starts
    #[command(hide = true)]
    Record(Record),
    /// The process that `nn report` starts for each method
    #[command(hide = true)]
    Hear(Hear),
}

/// What can be done with the catalog.
#[derive(Debug, Subcommand)]
pub enum Models {
    /// Show the models of all sources
    #[command(after_help = "\
Sources are the IRCAM Forum and Hugging Face, and those in your own file (docs/CATALOG.md, NN_SOURCES). For a \
source that is down, its last listing is shown.")]
    List {
        /// Only this source
        #[arg(long, value_name = "SOURCE")]
        source: Option<String>,
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Download models into the models folder
    #[command(after_help = "\
A card is the name that `nn models list` shows, or enough of its end to be unique. A model appears when it is \
complete and checked; an interrupted download resumes when you repeat the command. NN_MODELS names another folder. \
The files' paths are printed.")]
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
    /// Delete downloaded models, and nothing else
    #[command(alias = "remove")]
    Delete {
        /// The files' names, with or without .ts
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
}

/// One measurement.
#[derive(Debug, Args)]
pub struct Measure {
    /// The model
    pub file: PathBuf,
    /// What to measure, as JSON
    pub case: String,
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
